package sdk

import (
	"encoding/json"
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
	"github.com/sessiongate/sessiongate/jwt"
)

var recordKinds = flag.Bool("record-kinds", false, "write down whom the SDK finds in tokens, instead of comparing it")

const recordedKinds = "testdata/recorded_kinds.json"

// kindRecording is whom the SDK finds in each token, where it is to accept each
// kind alone, and all of them.
type kindRecording struct {
	Versions map[string]string   `json:"versions"`
	Callers  map[string][]string `json:"callers"` // by the name of the case
}

// route is what is accepted, as the SDK calls it and as a rule does, and where the
// token is.
type route struct {
	Accepts any  `json:"accepts"`
	Cookie  bool `json:"cookie"`
	tokens  string
}

var everyKind = []string{"session_token", "oauth_token", "m2m_token"}

var routes = []route{
	{"session_token", false, `"session"`}, {"oauth_token", false, `"oauth"`}, {"m2m_token", false, `"m2m"`},
	{everyKind, false, `"session", "oauth", "m2m"`}, {everyKind, true, `"session", "oauth", "m2m"`},
}

// signedKinds is every case with its token, of an instance made for it.
func signedKinds(t *testing.T, now time.Time) (*idp.Issuer, []kindCase) {
	t.Helper()
	issuer := issuers.Of("clerk")
	all := kindCases()
	for i := range all {
		s := bare(issuer, now)
		change(s.Header, all[i].header, now)
		change(s.Claims, all[i].claims, now)
		all[i].Token = s.Token()
	}
	return issuer, all
}

// change sets members to JSON; an empty one is taken out.
func change(members map[string]any, to fields, now time.Time) {
	for name, value := range to {
		offset, isTime := strings.CutPrefix(value, "NOW")
		switch {
		case value == "":
			delete(members, name)
		case isTime:
			seconds, err := strconv.Atoi(offset)
			if err != nil {
				panic(err)
			}
			members[name] = now.Unix() + int64(seconds)
		case name == "alg": // by which the token is signed
			_ = json.Unmarshal([]byte(value), &value)
			members[name] = value
		default:
			members[name] = json.RawMessage(value)
		}
	}
}

// TestRecordedCallersAreTheSDKs asks the SDK itself.
func TestRecordedCallersAreTheSDKs(t *testing.T) {
	if testing.Short() {
		t.Skip("installs the SDK")
	}
	issuer, cases := signedKinds(t, time.Now())
	var answers kindRecording
	askScript(t, "kinds.mjs", map[string]any{
		"publishableKey": issuer.PublishableKey, "secretKey": "sk_" + "live_" + "opensnothing", "jwtKey": issuer.Key().PEM(),
		"cases": cases, "routes": routes,
	}, &answers)
	if *recordKinds {
		text, _ := json.MarshalIndent(answers, "", " ")
		if err := os.WriteFile(recordedKinds, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(readRecordedKinds(t), answers); diff != "" {
		t.Errorf("recorded (-) and answered (+):\n%s", diff)
	}
}

func readRecordedKinds(t *testing.T) (all kindRecording) {
	t.Helper()
	text, err := os.ReadFile(recordedKinds)
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// acceptsMore are the differences by which the filter takes a token that the SDK
// does not.
var acceptsMore = map[string]bool{typIsMediaType: true, audOfMachines: true, emptyAudience: true}

// TestKindsAsTheSDK: the filter finds the same callers as the SDK, but where a
// difference is meant.
func TestKindsAsTheSDK(t *testing.T) {
	now := time.Now()
	issuer, cases := signedKinds(t, now)
	policies := map[bool]*policy.Policy{false: kindPolicy(t, issuer, nil), true: kindPolicy(t, issuer, api)}
	answers, differing, same := readRecordedKinds(t).Callers, map[string]int{}, 0
	for _, c := range cases {
		if len(answers[c.Name]) != len(routes) {
			t.Errorf("%s: nothing was recorded", c.Name)
			continue
		}
		for i, r := range routes {
			credential := [2]string{"authorization", "Bearer " + c.Token}
			if r.Cookie {
				credential = [2]string{"cookie", "__session=" + c.Token + "; __client_uat=1"}
			}
			read := request.Read([][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "app.example.com"},
				{":path", "/" + strconv.Itoa(i)}, credential})
			d := policies[c.Audience != nil].Decide(read, &session.Checker{Now: now, Verifier: jwt.Go{}})
			got, want := callerIn(&d), answers[c.Name][i]
			switch {
			case got == want:
				same++
			case want == "-" && !acceptsMore[c.differs]:
				t.Errorf("%s, accepting %s: the SDK finds nobody, and here it is %q", c.Name, r.tokens, got)
			case c.differs != "":
				differing[c.differs]++
			default:
				t.Errorf("%s, accepting %s: the SDK finds %q, and here it is %q (%v)", c.Name, r.tokens, want, got, d)
			}
		}
	}
	for _, why := range []string{typIsMediaType, listedClients, listedMachines, usersOnly, emptySubject, wordsOfScope, scopesOnly, requiredAud, wrongTypes, boundToken, sameIssuer, audOfMachines, critical, emptyAudience} {
		if differing[why] == 0 {
			t.Errorf("no token differs by %s", why)
		}
	}
	t.Logf("report: %d tokens, %d answers the same; different, and meant so: %v", len(cases), same, differing)
}

// kindPolicy has a rule for each of the routes.
func kindPolicy(t *testing.T, issuer *idp.Issuer, audiences []string) *policy.Policy {
	t.Helper()
	pem, _ := json.Marshal(issuer.Key().PEM())
	rules, more := "", ""
	for i, r := range routes {
		rules += `, {"paths": ["/` + strconv.Itoa(i) + `"], "tokens": [` + r.tokens + `]}`
	}
	if audiences != nil {
		list, _ := json.Marshal(audiences)
		more = `, "audiences": ` + string(list)
	}
	result, err := config.Load([]byte(`{"providers": [{"preset": "clerk", "publishableKey": "` + issuer.PublishableKey + `", "jwks": ` + string(pem) + `,
		"tokens": ["session", "oauth", "m2m"], "machines": ["mch_billing"], "clients": ["client_app"]` + more + `}], "rules": [` + rules[2:] + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return result.Policy
}

// callerIn is whom a decision finds, in the words of the script.
func callerIn(d *policy.Decision) string {
	if d.Outcome != policy.Forward {
		return "-"
	}
	headers := map[string]string{}
	for _, line := range d.Identity {
		headers[strings.TrimPrefix(line[0], "x-identity-")] = line[1]
	}
	kind := map[string]string{"session": "session_token", "oauth": "oauth_token", "m2m": "m2m_token"}[headers["kind"]]
	return strings.TrimRight(strings.Join([]string{kind, headers["user-id"], headers["client-id"], headers["machine-id"], headers["scopes"]}, " "), " ")
}
