package policy

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Of all the readings none may be more than the rules ask for.
func TestHarmlessPathsAreNotRefused(t *testing.T) {
	policies := slipPolicies(t)
	tests := map[string]struct{ rules, target string }{
		"escaped slash":             {"public first", "/public/a%2Fb"},
		"escaped slash in any case": {"public first", "/public/a%2fb%2Fc.txt"},
		"escaped twice":             {"public first", "/public/a%252Fb"},
		"escaped space and UTF-8":   {"public first", "/public/caf%C3%A9%20au%20lait"},
		"matrix parameter":          {"public first", "/public/a;v=1/b"},
		"double slash":              {"public first", "/public//a"},
		"well-known":                {"prefixes", "/.well-known/jwks.json"},
		"another name":              {"prefixes", "/administrators%2Fx"},
		"dots that stay inside":     {"public first", "/public/a/../b"},
		"capitals":                  {"public first", "/public/README"},
		"a lone percent":            {"public first", "/public/100%"},
		"escaped question mark":     {"suffixes", "/what%3F.css"},
		"a query with anything":     {"public first", "/public/x?next=/admin/..;//%2e%2e"},
		"not a path":                {"prefixes", "/x%2Fadmin"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if d := policies[test.rules].Decide(getOf(test.target), &session.Checker{}); d.Label != LabelSkipped {
				t.Errorf("%q is not skipped: %v", test.target, d.Reason)
			}
		})
	}
}

func TestRequestsWithoutAPath(t *testing.T) {
	for name, target := range map[string]string{"OPTIONS": "*", "CONNECT": "example.com:443"} {
		r := request.Read([][2]string{{":method", name}, {":authority", "example.com"}, {":path", target}})
		for rules, want := range map[string]bool{
			`/`: false, `/*`: false, `/{**}`: false, `*.css`: false, `*`: true,
		} {
			p := slipPolicy(t, []Rule{{Paths: []string{rules}, Auth: Skip}})
			if got := p.Decide(r, &session.Checker{}).Label == LabelSkipped; got != want {
				t.Errorf("%s falls under %s: %v", name, rules, got)
			}
		}
		p := slipPolicy(t, []Rule{{Auth: Skip}})
		if p.Decide(r, &session.Checker{}).Label != LabelSkipped {
			t.Errorf("%s does not fall under a rule without paths", name)
		}
	}
}

func TestInvalidPathsAreRefused(t *testing.T) {
	targets := []string{"/%00", "/%250a", "/a\tb", "/%7f", "admin", "http:///admin", "?", "?x", "#", "#/admin", "http://example.com#"}
	beyondBounds := "/" + strings.Repeat("%2F", 9000)
	for name, test := range map[string]struct {
		rules   []Rule
		targets []string
	}{
		"rules with paths": {[]Rule{{Paths: []string{"/x"}}, {Auth: Skip}}, append(targets, beyondBounds)},
		"no rule has any":  {[]Rule{{Auth: Skip}}, targets},
	} {
		p := slipPolicy(t, test.rules)
		for _, target := range test.targets {
			if d := p.Decide(getOf(target), &session.Checker{}); d.Outcome != Respond || d.Reason != reason.PathInvalid || d.Answer.Status != 400 {
				t.Errorf("%s: %.20q: %v, %v, %d", name, target, d.Outcome, d.Reason, d.Answer.Status)
			}
		}
	}
	if d := slipPolicy(t, []Rule{{Auth: Skip}}).Decide(getOf(beyondBounds), &session.Checker{}); d.Label != LabelSkipped {
		t.Errorf("where no rule has paths, a long one is refused: %v", d.Reason)
	}
}
