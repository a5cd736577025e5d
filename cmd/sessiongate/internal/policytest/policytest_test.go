package policytest

import (
	"os"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
)

const policyYAML = `
providers:
- {name: mine, issuer: "https://issuer.example", jwksUri: "https://issuer.example/keys", audiences: [api], fromCookies: [session], fromParams: [t], algorithms: [ES256, RS256]}
- {name: inline, issuer: "https://inline.example", algorithms: [EdDSA], jwks: {keys: [{kty: OKP, crv: Ed25519, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}]}, fromHeaders: [{name: x-token}]}
- {preset: clerk, publishableKey: pk_live_Y2xlcmsuZXhhbXBsZS5jb20k, authorizedParties: ["https://app.example.com"], algorithms: [RS256]}
rules:
- {name: health, paths: [/healthz], auth: skip}
- {name: admin, paths: ["/admin*"], providers: [mine], require: [{claim: role, values: [admin]}]}
- {name: inline, paths: [/inline], providers: [inline]}
- {name: clerk, paths: [/clerk], providers: [clerk]}
- {name: log, paths: [/log], providers: [mine], onFailure: log}
- {providers: [mine]}
`

const goodRows = `
policy: policy.yaml
at: 2026-05-12T08:00:00Z
tokens:
  user: {provider: mine}
  admin: {like: user, claims: {role: admin}}
  old: {like: admin, claims: {exp: -10m}}
tests:
- {request: GET /healthz, expect: {passes: true, outcome: skipped, status: 200, rule: health, backend: {x-identity-user-id: null}}}
- {request: GET /admin, token: admin, expect: {outcome: signed-in, rule: admin, provider: mine, reason: "", backend: {x-identity-user-id: user_1, x-identity-status: "*", authorization: null}}}
- {request: GET /admin, token: user, expect: {status: 403, reason: claims-mismatch, backend: {}, answer: {content-type: application/problem+json, location: null}}}
- {request: GET /admin, token: old, expect: {status: 401, reason: token-expired}}
- {request: GET /admin, token: admin, at: 30s, expect: {outcome: signed-in}}
- {request: GET /admin, token: admin, at: 2m, expect: {reason: token-expired}}
- {request: GET /admin, token: {like: admin, signedBy: stranger}, expect: {reason: jwk-kid-mismatch}}
- {request: GET /admin, token: {like: admin, signedBy: impostor}, expect: {reason: token-invalid-signature}}
- {request: GET /admin, token: {like: admin, header: {typ: xyz}}, expect: {reason: token-invalid}}
- {request: GET /admin, token: {like: admin, claims: {sub: null}}, expect: {reason: token-verification-failed}}
- {request: GET /admin, token: {like: admin, claims: {exp: 2026-05-12T07:59:00Z}}, expect: {reason: token-expired}}
- {request: GET /admin, token: {provider: mine, text: opaque}, expect: {reason: token-invalid}}
- {request: GET /admin, token: admin, keysUnavailable: true, expect: {status: 503, outcome: unavailable}}
- {request: GET /admin, token: admin, keysUnavailable: mine, expect: {status: 503}}
- {request: GET /admin, token: admin, keysUnavailable: [clerk], expect: {passes: true}}
- {request: "GET /x?a=b", token: {like: admin, in: parameter}, expect: {outcome: signed-in, rule: "rules[5]", backend: {":path": "/x?a=b"}}}
- {request: GET /x, token: {like: admin, in: cookie}, expect: {outcome: signed-in}}
- {request: "GET /x\nCookie: a=b; session={admin}", expect: {outcome: signed-in, backend: {cookie: a=b}}}
- {request: GET /inline, token: {provider: inline}, expect: {outcome: signed-in}}
- {request: "curl https://app.example.com/clerk -b a=b", token: {provider: clerk, in: cookie}, expect: {outcome: signed-in}}
- {request: "GET /clerk\nAccept: text/html\nCookie: __client_uat=1", expect: {status: 307, outcome: handshake}}
- {request: GET /log, at: 1h, expect: {passes: true, reason: token-missing}}
`

func TestGood(t *testing.T) {
	status, out, findings := commandtest.Run(t, Command(), map[string]string{"policy.yaml": policyYAML, "a.yaml": goodRows}, "a.yaml", "--junit", "out.xml")
	if status != 0 || out != "a.yaml: 22 rows, 0 failed\n" || findings != "" {
		t.Errorf("exit status %d\n%s%s", status, out, findings)
	}
	text, err := os.ReadFile("out.xml")
	if err != nil || !strings.Contains(string(text), `<testsuite name="a.yaml" tests="22" failures="0">`) {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestBad(t *testing.T) {
	rows := map[string]struct {
		row  string
		want []string
	}{
		"every comparison": {
			`{name: all, request: GET /admin, expect: {passes: true, outcome: signed-in, status: 200, reason: "", rule: x, provider: x, backend: {a: b}, answer: {content-type: null, x-a: b, vary: "*", cache-control: x}}}`,
			[]string{"FAIL  a.yaml:4: all\n", "passes: false, want true", "outcome: denied, want signed-in", "status: 401, want 200", "reason: token-missing, want ", "rule: admin, want x", "provider: mine, want x",
				"backend: the request does not reach it", "answer: content-type is there, want none", "answer: x-a is not there", `answer: cache-control: "no-store", want "x"`, "wrong:     no token in"},
		},
		"headers at the backend":    {`{request: GET /healthz, expect: {backend: {":path": null, x: y, ":method": PUT}}}`, []string{"backend: :path is there", "backend: x is not there", `backend: :method: "GET", want "PUT"`}},
		"no such token":             {`{request: GET /, token: nobody, expect: {passes: true}}`, []string{`there is no token "nobody"`}},
		"a token like itself":       {`{request: GET /, token: loop, expect: {passes: true}}`, []string{"like itself"}},
		"no such provider":          {`{request: GET /, token: {provider: x}, expect: {passes: true}}`, []string{`provider "x" is not in the policy; write one of clerk, inline, mine`}},
		"which provider":            {`{request: GET /, token: {}, expect: {passes: true}}`, []string{`token: provider: missing, and the policy has several; write one of clerk, inline, mine`}},
		"a place that nobody reads": {`{request: GET /, token: {provider: inline, in: parameter}, expect: {passes: true}}`, []string{`provider inline reads no "parameter"`}},
		"no such signer":            {`{request: GET /, token: {provider: mine, signedBy: me}, expect: {passes: true}}`, []string{"write issuer, stranger or impostor"}},
		"a date that is none":       {`{request: GET /, token: {provider: mine, claims: {exp: soon}}, expect: {passes: true}}`, []string{"claim exp: write a distance"}},
		"what JSON cannot say":      {`{request: GET /, token: {provider: mine, claims: {x: .nan}}, expect: {passes: true}}`, []string{"JSON cannot express"}},
		"keys that are not fetched": {`{request: GET /, keysUnavailable: inline, expect: {passes: true}}`, []string{`"inline" fetches no keys; write one of clerk, mine, or true`}},
		"a request that is none":    {`{request: nothing, expect: {passes: true}}`, []string{`"GET /path"`}},
		"a token in what is wrong":  {`{request: "GET /x\nX-A: {user}", token: user, expect: {backend: {x-a: other}}}`, []string{"[token]"}},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			text := "policy: policy.yaml\ntokens: {user: {provider: mine}, loop: {like: loop}}\ntests:\n- " + row.row + "\n"
			status, out, findings := commandtest.Run(t, Command(), map[string]string{"policy.yaml": policyYAML, "a.yaml": text}, "a.yaml", "-v", "--junit", "out.xml")
			if status != 1 || !strings.HasSuffix(out, "a.yaml: 1 rows, 1 failed\n") {
				t.Errorf("exit status %d\n%s%s", status, out, findings)
			}
			for _, want := range row.want {
				if !strings.Contains(out, want) {
					t.Errorf("%q is missing in\n%s", want, out)
				}
			}
			if strings.Contains(out, ".ey") {
				t.Errorf("a token is printed:\n%s", out)
			}
			if report, err := os.ReadFile("out.xml"); err != nil || !strings.Contains(string(report), "<failure message=") || strings.Contains(string(report), ".ey") {
				t.Errorf("%v\n%s", err, report)
			}
		})
	}
}

func TestUnread(t *testing.T) {
	rows := map[string]struct{ text, want string }{
		"nothing":                     {"", "the file is empty"},
		"not YAML":                    {"a: [", "line 1"},
		"a list":                      {"[]", "line 1: not an object; write the fields of a file: policy"},
		"no policy":                   {"tests: [{request: GET /, expect: {status: 1}}]", "policy: missing"},
		"no tests":                    {"policy: policy.yaml", "tests: missing"},
		"an unknown field":            {"policy: policy.yaml\ntest: []", `line 2: "test" is not known here; write one of policy, plugin, at, tokens, tests`},
		"an unknown field of a row":   {"policy: policy.yaml\ntests:\n- request: GET /\n  expects: {}", `line 4: "expects" is not known here`},
		"an unknown expectation":      {"policy: policy.yaml\ntests:\n- request: GET /\n  expect: {state: 1}", `line 4: "state" is not known here`},
		"an unknown field of a token": {"policy: policy.yaml\ntests:\n- request: GET /\n  token: {claim: {}}\n  expect: {status: 1}", `line 4: "claim" is not known here`},
		"no request":                  {"policy: policy.yaml\ntests:\n- expect: {status: 1}", "line 3: a test has no request"},
		"no expectation":              {"policy: policy.yaml\ntests:\n- request: GET /", "line 3: a test expects nothing"},
		"a wrong type":                {"policy: policy.yaml\ntests:\n- {request: GET /, expect: {status: x}}", "line 3: cannot unmarshal"},
		"a time that is none":         {"policy: policy.yaml\nat: noon\ntests: [{request: GET /, expect: {status: 1}}]", "line 2: at: write a time"},
		"no such policy":              {"policy: other.yaml\ntests: [{request: GET /, expect: {status: 1}}]", "other.yaml: no such file"},
		"a policy with errors":        {"policy: bad.yaml\ntests: [{request: GET /, expect: {status: 1}}]", "bad.yaml: error: providers: missing"},
		"several configurations":      {"policy: two.yaml\ntests: [{request: GET /, expect: {status: 1}}]", "choose one with --plugin"},
	}
	const one = "kind: WasmPlugin\nmetadata: {name: a}\nspec: {pluginConfig: {providers: []}}\n"
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"policy.yaml": policyYAML, "bad.yaml": "rules: []", "two.yaml": one + "---\n" + one, "a.yaml": row.text}
			status, out, findings := commandtest.Run(t, Command(), files, "a.yaml")
			if status != 2 || !strings.Contains(findings, row.want) {
				t.Errorf("exit status %d, %q is missing in\n%s%s", status, row.want, out, findings)
			}
		})
	}
}

// TestUntested: a rule that no row falls under is named.
func TestUntested(t *testing.T) {
	files := map[string]string{"policy.yaml": policyYAML, "a.yaml": "policy: policy.yaml\ntests: [{request: GET /admin, expect: {status: 401}}, {request: GET /log, expect: {passes: true}}]"}
	status, _, findings := commandtest.Run(t, Command(), files, "a.yaml")
	want := "a.yaml: note: no row falls under health\na.yaml: note: no row falls under inline\na.yaml: note: no row falls under clerk\na.yaml: note: no row falls under rules[5]\n"
	if status != 0 || findings != want {
		t.Errorf("exit status %d\n%s", status, findings)
	}
}

// FuzzParse: whatever a file holds, there are rows or an error.
func FuzzParse(f *testing.F) {
	f.Add(goodRows)
	f.Add("policy: a\nat: -5m\ntests:\n- {request: GET /, token: {claims: {a: [{b: 1}]}}, keysUnavailable: [a], expect: {backend: {a: null}}}")
	f.Add("&a {tests: *a}")
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := parse([]byte(text))
		if err == nil && len(parsed.Tests) == 0 {
			t.Error("no rows and no error")
		}
	})
}
