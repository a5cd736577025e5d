package convert

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/policytest"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// guidePolicies are the policies of docs/guide-istio-envoy.md, by number and
// form: "1 Istio", "1 Envoy", "1 sessiongate".
func guidePolicies(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "docs", "guide-istio-envoy.md"))
	if err != nil {
		t.Fatal(err)
	}
	policies := map[string]string{}
	for _, part := range regexp.MustCompile(`(?s)\n## (\d)\. .*?\n## `).FindAllString(strings.ReplaceAll(string(text), "\n## ", "\n## \n## "), -1) {
		number := part[len("\n## ") : len("\n## ")+1]
		for _, block := range regexp.MustCompile("(?s)### (\\w+)\n.*?```\\w+\n(.*?)```").FindAllStringSubmatch(part, -1) {
			policies[number+" "+block[1]] = block[2]
		}
	}
	if len(policies) != 15 {
		t.Fatalf("the guide has %d policies", len(policies))
	}
	// The second and the third say that the first one's RequestAuthentication holds.
	authentication, _, _ := strings.Cut(policies["1 Istio"], "---")
	for _, number := range []string{"2", "3"} {
		policies[number+" Istio"] = authentication + "---\n" + policies[number+" Istio"]
	}
	return policies
}

// guideRows are requests, and whether they pass; of the tokens, "mine" and
// "partner" are the providers. But says in which form it is another way.
var guideRows = map[string][]struct {
	request, token string
	passes         bool
	but            string
}{
	"1": {
		{"GET /healthz", "", true, ""},
		{"GET /assets/a.css", "", true, ""},
		{"GET /assets/..%2forders", "", false, ""},
		{"GET /orders", "", false, ""},
		{"GET /orders", "{provider: mine}", true, ""},
		{"GET /orders", "{provider: mine, signedBy: impostor}", false, ""},
		{"GET /orders", "{provider: mine, claims: {aud: other}}", false, ""},
	},
	"2": {
		{"GET /shop", "", true, ""},
		{"GET /shop/1", "{provider: mine, claims: {exp: -5m}}", true, ""},
		{"GET /shop/1", "{provider: mine}", true, ""},
		{"GET /shops", "", false, ""},
		{"GET /", "", false, ""},
		{"GET /", "{provider: mine}", true, ""},
	},
	"3": {
		{"GET /admin", "", false, ""},
		{"GET /admin/x", "{provider: mine}", false, "Envoy"}, // the rbac filter says so
		{"GET /admin/x", "{provider: mine, claims: {realm_access: {roles: [user, admin]}}}", true, ""},
		{"GET /other", "{provider: mine}", true, ""},
		{"GET /other", "", false, ""},
	},
	"4": {
		{"GET /", "", false, ""},
		{"GET /", "{provider: mine, in: cookie}", true, ""},
		{"GET /", "{provider: mine}", true, ""},
		{"GET /", "{provider: mine, in: cookie, signedBy: stranger}", false, ""},
	},
	"5": {
		{"GET /partners", "{provider: partner}", true, ""},
		{"GET /partners/1", "{provider: mine}", false, ""},
		{"GET /orders", "{provider: mine}", true, ""},
		{"GET /orders", "{provider: partner}", false, ""},
		{"GET /orders", "", false, ""},
	},
}

// TestGuide: the guide's policies, converted, do what the guide's own do.
func TestGuide(t *testing.T) {
	policies, ran := guidePolicies(t), 0
	for number, rows := range guideRows {
		for _, form := range []string{"Istio", "Envoy", "sessiongate"} {
			t.Run(number+" "+form, func(t *testing.T) {
				policy := policies[number+" "+form]
				if form != "sessiongate" {
					status, out, findings := commandtest.Run(t, Command(), map[string]string{"in.yaml": policy}, "in.yaml")
					if want := map[bool]int{true: 1}[number == "3" && form == "Envoy"]; status != want {
						t.Fatalf("exit status %d\n%s%s", status, out, findings)
					}
					policy = out
				}
				text := "policy: policy.yaml\ntests:\n"
				for _, row := range rows {
					text += fmt.Sprintf("- {request: %q, expect: {passes: %v}", row.request, row.passes != (row.but == form))
					if row.token != "" {
						text += ", token: " + row.token
					}
					text += "}\n"
					ran++
				}
				if form == "Istio" {
					text = strings.NewReplacer("provider: mine", "provider: issuer-example-com", "provider: partner", "provider: partner-example-com").Replace(text)
				}
				status, out, findings := commandtest.Run(t, policytest.Command(), map[string]string{"policy.yaml": policy, "t.yaml": text}, "t.yaml")
				if status != 0 {
					t.Errorf("exit status %d\n%s%s\n%s", status, out, findings, policy)
				}
			})
		}
	}
	t.Logf("%d requests", ran)
}

const (
	istioKeys = "apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: a}\nspec:\n  jwtRules:\n  - {issuer: me@login.example, jwksUri: \"https://login.example/keys\"}\n"
	policyFor = "---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p}\nspec:\n"
	envoyKeys = "\"@type\": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication\nproviders:\n" +
		"  one: {issuer: \"https://one.example\", remote_jwks: {http_uri: {uri: \"https://one.example/keys\", cluster: one}}}\n" +
		"  two: {issuer: \"https://two.example\", local_jwks: {inline_string: '{\"keys\": [{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"x\": \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}'}, from_params: [t], forward: true, clock_skew_seconds: 10}\n"
	denyAll = "require:\n  - {claim: sub, notValues: [\"*\"]}\n"
)

// TestConvert are the shapes of policies that the documentation of Istio and
// Envoy shows, and those around them.
func TestConvert(t *testing.T) {
	runRows(t, map[string]row{
		"keys alone: tokens are optional": {istioKeys, 0, []string{"- name: me-login-example\n  issuer: me@login.example\n", "- auth: optional\n"}},
		"nobody without a principal":      {istioKeys + policyFor + "  action: DENY\n  rules:\n  - from: [{source: {notRequestPrincipals: [\"*\"]}}]\n", 0, []string{"rules:\n- auth: required\n"}},
		"one user": {istioKeys + policyFor + "  action: ALLOW\n  rules:\n  - from: [{source: {requestPrincipals: [me@login.example/me@login.example]}}]\n", 0,
			[]string{"providers: [\"me-login-example\"]\n  require:\n  - {claim: sub, values: [\"me@login.example\"]}\n"}},
		"a claim that is a list": {istioKeys + policyFor + "  rules:\n  - from: [{source: {requestPrincipals: [\"me@login.example/*\"]}}]\n    when: [{key: \"request.auth.claims[groups]\", values: [group1]}]\n", 0,
			[]string{"- {claim: \"groups\", values: [\"group1\"]}\n"}},
		"only some paths": {istioKeys + policyFor + "  action: DENY\n  rules:\n  - from: [{source: {notRequestPrincipals: [\"*\"]}}]\n    to: [{operation: {paths: [/headers]}}]\n", 0,
			[]string{"rules:\n- paths: [\"/headers\"]\n# Requests that no policy denies need no session."}},
		"methods and hosts": {istioKeys + policyFor + "  rules:\n  - to: [{operation: {methods: [GET], hosts: [A.example, \"a.example:*\"], paths: [/info*]}}]\n  - to: [{operation: {methods: [POST], paths: [/data]}}]\n    from: [{source: {requestPrincipals: [\"*\"]}}]\n", 0,
			[]string{"- hosts: [\"a.example\"]\n  paths: [\"/info*\"]\n  methods: [\"GET\"]\n  auth: optional\n", "- paths: [\"/data\"]\n  methods: [\"POST\"]\n", denyAll}},
		"nothing is allowed":      {istioKeys + policyFor + "  {}\n", 0, []string{"rules:\n# This rule refuses requests that no policy allows.\n- " + denyAll}},
		"denied outright":         {istioKeys + policyFor + "  action: DENY\n  rules: [{to: [{operation: {paths: [/internal/*]}}]}]\n", 0, []string{"- paths: [\"/internal/*\"]\n  " + denyAll}},
		"denied without a claim":  {istioKeys + policyFor + "  action: DENY\n  rules: [{when: [{key: \"request.auth.claims[a.b][c]\", notValues: [x, y]}]}]\n", 0, []string{"- {claim: [\"a.b\", \"c\"], values: [\"x\", \"y\"]}\n"}},
		"denied with a claim":     {istioKeys + policyFor + "  action: DENY\n  rules: [{when: [{key: \"request.auth.claims[x]\", values: [bad]}]}]\n", 0, []string{"- {claim: \"x\", notValues: [\"bad\"]}\n", "this needs a session"}},
		"an audience and a party": {istioKeys + policyFor + "  rules: [{when: [{key: request.auth.audiences, values: [a]}, {key: request.auth.presenter, values: [b]}, {key: request.auth.principal, values: [\"*\"]}]}]\n", 0, []string{"- {claim: \"aud\", values: [\"a\"]}\n  - {claim: \"azp\", values: [\"b\"]}\n"}},
		"denials add up": {istioKeys + policyFor + "  action: DENY\n  rules:\n  - {to: [{operation: {paths: [/admin*]}}], when: [{key: \"request.auth.claims[role]\", notValues: [admin]}]}\n  - {from: [{source: {notRequestPrincipals: [\"*\"]}}]}\n  - {when: [{key: \"request.auth.claims[banned]\", values: [\"true\"]}]}\n", 0,
			[]string{"- paths: [\"/admin*\"]\n  require:\n  - {claim: \"role\", values: [\"admin\"]}\n  - {claim: \"banned\", notValues: [\"true\"]}\n- require:\n"}},
		"a denial and an allowance": {istioKeys + policyFor + "  rules: [{to: [{operation: {paths: [/a]}}]}, {to: [{operation: {paths: [/b]}}]}]\n" + policyFor + "  action: DENY\n  rules: [{to: [{operation: {paths: [/b, /c]}}], from: [{source: {notRequestPrincipals: [\"*\"]}}]}]\n", 0,
			[]string{"- paths: [\"/a\"]\n  auth: optional\n- paths: [\"/b\"]\n# This rule refuses requests that no policy allows.\n"}},
		"a denial within an allowance": {istioKeys + policyFor + "  rules: [{from: [{source: {requestPrincipals: [\"*\"]}}]}]\n" + policyFor + "  action: DENY\n  rules: [{to: [{operation: {paths: [/internal/*]}}]}]\n", 0,
			[]string{"rules:\n- paths: [\"/internal/*\"]\n  " + denyAll + "- auth: required\n"}},
		"a denial beside an exception": {istioKeys + policyFor + "  rules: [{to: [{operation: {notPaths: [/a*]}}], from: [{source: {requestPrincipals: [\"*\"]}}]}]\n" + policyFor + "  action: DENY\n  rules: [{to: [{operation: {paths: [/b], methods: [GET]}}], when: [{key: \"request.auth.claims[x]\", notValues: [y]}]}]\n", 0,
			[]string{"rules:\n- paths: [\"/b\"]\n  methods: [\"GET\"]\n  require:\n  - {claim: \"x\", values: [\"y\"]}\n- notPaths: [\"/a*\"]\n# This rule refuses"}},
		"a denial across an exception": {istioKeys + policyFor + "  rules: [{to: [{operation: {notPaths: [/a*]}}], from: [{source: {requestPrincipals: [\"*\"]}}]}]\n" + policyFor + "  action: DENY\n  rules: [{to: [{operation: {paths: [/ab, /b]}}]}]\n", 0,
			[]string{"rules:\n- notPaths: [\"/a*\"]\n  " + denyAll}},
		"denials within denials": {istioKeys + policyFor + "  action: DENY\n  rules:\n  - from: [{source: {notRequestPrincipals: [\"*\"]}}]\n  - to: [{operation: {paths: [/internal/*]}}]\n  - {to: [{operation: {paths: [/internal/a*]}}], when: [{key: \"request.auth.claims[x]\", notValues: [y]}]}\n  - {to: [{operation: {paths: [/z]}}], when: [{key: \"request.auth.claims[x]\", notValues: [y]}]}\n", 0,
			[]string{"rules:\n- paths: [\"/internal/*\"]\n  " + denyAll + "- paths: [\"/z\"]\n  require:\n  - {claim: \"x\", values: [\"y\"]}\n- auth: required\n"}},
		"allowances that overlap":  {istioKeys + policyFor + "  rules: [{to: [{operation: {paths: [/a*]}}], when: [{key: \"request.auth.claims[x]\", values: [y]}]}, {from: [{source: {requestPrincipals: [\"*\"]}}]}]\n", 0, []string{"# Istio lets a request pass that meets this rule or a later one; here the first rule that matches decides\n"}},
		"audit and custom":         {istioKeys + policyFor + "  action: CUSTOM\n  provider: {name: x}\n", 1, []string{"CUSTOM: keep the AuthorizationPolicy p", "provider has no equal"}},
		"addresses":                {istioKeys + policyFor + "  rules: [{from: [{source: {ipBlocks: [10.0.0.0/8]}}]}]\n", 1, []string{denyAll, "a source by ipBlocks has no equal"}},
		"a workload and a user":    {istioKeys + policyFor + "  rules: [{from: [{source: {principals: [x], requestPrincipals: [\"*\"]}}]}]\n", 1, []string{denyAll}},
		"a header":                 {istioKeys + policyFor + "  rules: [{when: [{key: \"request.headers[x-a]\", values: [b]}]}]\n", 1, []string{denyAll, "a condition on request.headers[x-a] has no equal: everything is refused here"}},
		"denied by address":        {istioKeys + policyFor + "  action: DENY\n  rules: [{from: [{source: {ipBlocks: [10.0.0.0/8]}}]}]\n", 1, []string{denyAll}},
		"a port":                   {istioKeys + policyFor + "  rules: [{to: [{operation: {ports: [\"8080\"]}}]}]\n", 1, []string{denyAll, "ports have no equal"}},
		"a host with a port":       {istioKeys + policyFor + "  rules: [{to: [{operation: {hosts: [\"a.example:8080\"]}}]}]\n", 1, []string{denyAll, "the port 8080 is not compared"}},
		"a pattern of methods":     {istioKeys + policyFor + "  rules: [{to: [{operation: {methods: [G*]}}]}]\n", 1, []string{denyAll, "methods are exact"}},
		"somebody else's user":     {istioKeys + policyFor + "  rules: [{from: [{source: {requestPrincipals: [other/x]}}]}]\n", 1, []string{denyAll, "the principal other/x"}},
		"keys that are discovered": {strings.Replace(istioKeys, ", jwksUri: \"https://login.example/keys\"", "", 1), 1, []string{"look up jwks_uri there"}},
		"all fields of Istio": {strings.Replace(istioKeys, "keys\"}", "keys\", audiences: [a], fromHeaders: [{name: X-Token, prefix: \"T \"}], fromParams: [t], fromCookies: [c], outputPayloadToHeader: X-P, outputClaimToHeaders: [{header: X-A, claim: a.b}], forwardOriginalToken: true, timeout: 90s, spaceDelimitedClaims: [scope, roles]}", 1), 0,
			[]string{"fromHeaders: [{name: x-token, prefix: \"T \"}]\n  fromParams: [\"t\"]\n  fromCookies: [\"c\"]\n", "outputClaimToHeaders: [{header: x-a, claim: \"a.b\"}]\n  outputPayloadToHeader: x-p\n  forwardOriginalToken: true\n", "jwksTimeout: 1m0s", "the claim roles is not split"}},
		"a field that is new":      {strings.Replace(istioKeys, "keys\"}", "keys\", magic: true}", 1), 1, []string{"magic has no equal", "requiredClaims: [{claim: sub, notValues: [\"*\"]}]"}},
		"an operation that is new": {istioKeys + policyFor + "  rules: [{to: [{operation: {paths: [/a], magic: true}}]}]\n", 1, []string{"magic has no equal", "- paths: [\"/a\"]\n  " + denyAll}},
		"a condition that is new":  {istioKeys + policyFor + "  rules: [{magic: true}]\n", 1, []string{"magic has no equal", "rules:\n# magic has no equal\n- " + denyAll}},

		"first match wins": {envoyKeys + "rules:\n- {match: {path: /healthz}}\n- {match: {prefix: /a/}, requires: {provider_name: one}}\n- {match: {prefix: /}, requires: {requires_any: {requirements: [{provider_name: one}, {provider_name: two}]}}}\n", 0,
			[]string{"- paths: [\"/healthz\"]\n  auth: skip\n- paths: [\"/a/*\"]\n  providers: [\"one\"]\n- providers: [\"one\", \"two\"]\n", "clockSkew: 10s", "forwardOriginalToken: true", "fromHeaders: []\n  fromParams: [\"t\"]"}},
		"no rule matches":       {envoyKeys + "rules:\n- {match: {prefix: /api}, requires: {provider_name: two}}\n", 0, []string{"- paths: [\"/api*\"]\n  providers: [\"two\"]\n# Envoy lets requests pass that no rule matches.\n- auth: skip\n"}},
		"missing is fine":       {envoyKeys + "rules:\n- {match: {prefix: /}, requires: {requires_any: {requirements: [{allow_missing: {}}, {provider_name: one}]}}}\n", 0, []string{"- auth: optional\n  providers: [\"one\"]\n", "allow_missing refuses bad tokens"}},
		"missing or failed":     {envoyKeys + "rules:\n- {match: {prefix: /}, requires: {allow_missing_or_failed: {}}}\n", 0, []string{"- auth: optional\n"}},
		"two tokens":            {envoyKeys + "rules:\n- {match: {prefix: /}, requires: {requires_all: {requirements: [{provider_name: one}, {provider_name: two}]}}}\n", 1, []string{denyAll, "requires_all"}},
		"audiences of a rule":   {envoyKeys + "rules:\n- {match: {prefix: /}, requires: {provider_and_audiences: {provider_name: one, audiences: [x]}}}\n", 0, []string{"providers: [\"one\"]\n  audiences: [\"x\"]\n"}},
		"a map of requirements": {envoyKeys + "requirement_map: {a: {provider_name: two}}\nrules:\n- {match: {prefix: /}, requirement_name: a}\n", 0, []string{"- providers: [\"two\"]\n"}},
		"no such requirement":   {envoyKeys + "rules:\n- {match: {prefix: /}, requirement_name: b}\n", 1, []string{denyAll}},
		"no such provider":      {envoyKeys + "rules:\n- {match: {prefix: /}, requires: {provider_name: three}}\n", 1, []string{denyAll, "the provider three"}},
		"a regular expression":  {envoyKeys + "rules:\n- {match: {safe_regex: {regex: \"/a.*\"}}, requires: {provider_name: one}}\n", 1, []string{"- providers: [\"one\", \"two\"]\n  " + denyAll, "a match by safe_regex has no equal"}},
		"an open one":           {envoyKeys + "rules:\n- {match: {safe_regex: {regex: \"/a.*\"}}}\n- {match: {prefix: /}, requires: {provider_name: one}}\n", 1, []string{"rules:\n- providers: [\"one\"]\n", "is left out"}},
		"a method":              {envoyKeys + "rules:\n- {match: {prefix: /, headers: [{name: \":method\", string_match: {exact: OPTIONS}}]}}\n- {match: {prefix: /}, requires: {provider_name: one}}\n", 0, []string{"- methods: [\"OPTIONS\"]\n  auth: skip\n"}},
		"another header":        {envoyKeys + "rules:\n- {match: {prefix: /x, headers: [{name: x-a, present_match: true}]}, requires: {provider_name: one}}\n", 1, []string{"- paths: [\"/x*\"]\n  providers: [\"one\", \"two\"]\n  " + denyAll}},
		"a star in a path":      {envoyKeys + "rules:\n- {match: {path: \"/a*\"}}\n", 1, []string{"is left out"}},
		"any issuer":            {"\"@type\": x/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication\nproviders: {a: {local_jwks: {filename: /k}, subjects: {prefix: svc-}}}\n", 1, []string{"tokens of any issuer", "the keys are in a file", "requiredClaims: [{claim: sub, values: [\"svc-*\"]}]"}},
	})
}

// FuzzConvert: whatever a file holds, there is an error or YAML.
func FuzzConvert(f *testing.F) {
	f.Add(istioKeys + policyFor + "  rules: [{to: [{operation: {hosts: [\"a:1\"]}}], from: [{source: {requestPrincipals: [\"*\"]}}], when: [{key: x}]}]\n")
	f.Add(envoyKeys + "rules:\n- {match: {path: \"/a\\n*\"}, requires: {requires_any: {requirements: [{}]}}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		documents, wrong := tree.Read([]byte(text))
		if wrong != nil {
			return
		}
		d, err := convert([]source{{file: "in.yaml", documents: documents}})
		if err != nil {
			return
		}
		if _, wrong := tree.Read([]byte(d.yaml(text))); wrong != nil && !strings.Contains(wrong.Message, "given twice") {
			t.Errorf("%s\n%s", wrong.Message, d.yaml(text))
		}
	})
}

func TestUnread(t *testing.T) {
	for text, want := range map[string]string{
		"{}":      "there is no RequestAuthentication, no jwt_authn filter and no option",
		"a: [":    "in.yaml: ",
		policyFor: "together with their RequestAuthentication",
		envoyKeys + "rules: [{match: {prefix: /}}]\n" + policyFor: "one after the other",
	} {
		cmd := Command()
		status, _, _ := commandtest.Run(t, cmd, map[string]string{"in.yaml": text}, "in.yaml")
		if err := cmd.Execute(); status != 2 || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("exit status %d, %v, want %q", status, err, want)
		}
	}
}
