package sdk

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
	"github.com/sessiongate/sessiongate/jwt"
)

// signed is every case with its token, of an instance made for it.
func signed(t *testing.T, now time.Time) (*idp.Issuer, []caseOf) {
	t.Helper()
	issuer := issuers.Of("clerk")
	all := allCases()
	for i := range all {
		s := bare(issuer, now)
		for name, value := range all[i].claims {
			s.Claims[name] = json.RawMessage(value)
		}
		all[i].Token = s.Token()
	}
	return issuer, all
}

// bare is a session that says nothing of what the cases are about.
func bare(issuer *idp.Issuer, now time.Time) *idp.Session {
	s := issuer.Session(now)
	for _, name := range []string{"v", "o", "pla", "fea", "fva", "sts"} {
		delete(s.Claims, name)
	}
	return s
}

func allCases() []caseOf { return append(billingCases(), reverificationCases()...) }

// asked is a policy with a rule for each question, at a path of its own.
func asked(t *testing.T, issuer *idp.Issuer, cases []caseOf) (p *policy.Policy, paths map[question]string) {
	t.Helper()
	paths = map[question]string{}
	var rules []string
	for _, c := range cases {
		for _, q := range c.Ask {
			if paths[q] == "" {
				paths[q] = "/" + strconv.Itoa(len(paths))
				rules = append(rules, `{"paths": ["`+paths[q]+`"], `+q.rule()+`}`)
			}
		}
	}
	result, err := config.Load([]byte(`{"providers": [{"preset": "clerk", "publishableKey": "` + issuer.PublishableKey + `", "jwks": ` + string(issuer.KeySet()) + `}],
		"rules": [` + strings.Join(rules, ",\n") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return result.Policy, paths
}

// TestRulesAnswerAsTheSDK: a rule lets those through for whom has() is true.
func TestRulesAnswerAsTheSDK(t *testing.T) {
	now := time.Now()
	issuer, cases := signed(t, now)
	p, paths := asked(t, issuer, cases)
	said := recorded(t)
	answers := said.Has
	tokens, questions, thrown := 0, 0, 0
	for _, c := range cases {
		tokens++
		words := strings.Fields(answers[c.Name])
		if len(words) != len(c.Ask) {
			t.Errorf("%s: %d answers were recorded, and %d questions asked", c.Name, len(words), len(c.Ask))
			continue
		}
		for i, q := range c.Ask {
			questions++
			r := request.Read([][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "app.example.com"},
				{":path", paths[q]}, {"authorization", "Bearer " + c.Token}})
			d := p.Decide(r, &session.Checker{Now: now, Verifier: jwt.Go{}})
			passes := d.Outcome == policy.Forward
			if d.Reason == reason.StepUpRequired {
				if got, want := strconv.Itoa(d.Answer.Status)+" "+d.Answer.Body, said.Bodies[q.Reverification]; got != want {
					t.Errorf("%s: the answer is %s, the SDK's is %s", c.Name, got, want)
				}
			}
			switch answer := words[i]; {
			case answer == "error": // the SDK throws, and its backend answers 500
				thrown++
			case strconv.FormatBool(passes) != answer || !passes && d.Answer.Status != 403:
				t.Errorf("%s, %v: has(%s) is %s, and here: %v", c.Name, c.claims, q, answer, d)
			}
		}
	}
	t.Logf("report: %d tokens and %d questions, of which the SDK throws at %d", tokens, questions, thrown)
}
