package convert

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

const oauth2Keys = "oidc_issuer_url = \"https://login.example\"\noidc_jwks_url = 'https://login.example/keys'\nclient_id = \"app\"\nskip_jwt_bearer_tokens = true\n"

// TestOAuth2Proxy are the options of oauth2-proxy. Each result names its cookie,
// which has no equal.
func TestOAuth2Proxy(t *testing.T) {
	all := oauth2Keys + "email_domains = [\"*\"]\n"
	refused := "requiredClaims: [{claim: sub, notValues: [\"*\"]}]"
	runRows(t, map[string]row{
		"the least": {all, 1, []string{"- name: login-example\n  issuer: https://login.example\n  audiences: [\"app\"]\n  jwksUri: https://login.example/keys\n",
			"it does not read the cookie _oauth2_proxy", "requiredClaims: [{claim: email_verified, notValues: [\"false\"]}]\nbypassCorsPreflight: false", "rules:\n- auth: required\n"}},
		"a name of the cookie":  {all + "cookie_name = \"_x\"\n", 1, []string{"it does not read the cookie _x"}},
		"discovery":             {strings.Replace(all, "oidc_jwks_url", "login_url", 1), 1, []string{"look up jwks_uri there"}},
		"no tokens so far":      {strings.Replace(all, "= true", "= false", 1), 1, []string{"skip_jwt_bearer_tokens is off"}},
		"audiences":             {all + "oidc_extra_audiences = [\"b\", 'c']\n", 1, []string{"audiences: [\"app\", \"b\", \"c\"]"}},
		"audiences elsewhere":   {all + "oidc_audience_claims = [\"azp\"]\n", 1, []string{"oidc_audience_claims has no equal", refused}},
		"unverified addresses":  {all + "insecure_oidc_allow_unverified_email = true\n", 1, []string{"forwardOriginalToken: true # as it was; without it the backend gets no token\nbypassCorsPreflight"}},
		"preflights":            {all + "skip_auth_preflight = true\n", 1, []string{"email_verified, notValues: [\"false\"]}]\nrules:\n"}},
		"domains":               {oauth2Keys + "email_domains = [\"Example.com\", \".b.example\", \"*.c.example\"]\n", 1, []string{"- {claim: \"email\", values: [\"*@example.com\", \"*.b.example\", \"*.c.example\"]}\n"}},
		"a list of addresses":   {oauth2Keys + "authenticated_emails_file = \"/x\"\n", 1, []string{"authenticated_emails_file has no equal", "no email_domains: everything is refused", denyAll}},
		"another email claim":   {oauth2Keys + "email_domains = \"a.example\"\noidc_email_claim = \"https://x.example/mail\"\n", 1, []string{"- {claim: [\"https://x.example/mail\"], values: [\"*@a.example\"]}\n"}},
		"groups":                {all + "allowed_groups = [\"a\", \"b\"]\noidc_groups_claim = \"x.groups\"\n", 1, []string{"- require:\n  - {claim: \"x.groups\", values: [\"a\", \"b\"]}\n"}},
		"roles of Keycloak":     {all + "allowed_roles = [\"admin\"]\n", 1, []string{"- {claim: \"realm_access.roles\", values: [\"admin\"]}\n"}},
		"roles of a client":     {all + "allowed_roles = [\"app:admin\"]\n", 1, []string{"roles of a client, have no equal", denyAll}},
		"groups and roles":      {all + "allowed_roles = [\"a\"]\nallowed_groups = [\"b\"]\n", 1, []string{denyAll}},
		"an organisation":       {all + "github_org = \"x\"\n", 1, []string{"github_org has no equal", refused}},
		"an option of tomorrow": {all + "only_on = \"mondays\"\n", 1, []string{"only_on has no equal", refused}},
		"trusted addresses":     {all + "trusted_ips = [\"10.0.0.0/8\"]\n", 1, []string{"trusted_ips has no equal", "notValues: [\"false\"]"}},
		"another issuer": {all + "extra_jwt_issuers = [\"https://b.example=b=c\"]\nallowed_groups = [\"x\"]\n", 1, []string{"- name: b-example\n  issuer: https://b.example\n  audiences: [\"b=c\"]\n",
			"oauth2-proxy finds the keys in https://b.example/.well-known/openid-configuration", "- providers: [\"login-example\", \"b-example\"]\n  require:\n"}},
		"another issuer, other claims":       {all + "extra_jwt_issuers = [\"https://b.example=b\"]\nallowed_groups = [\"x\"]\noidc_groups_claim = \"y\"\n", 1, []string{"tokens of extra_jwt_issuers have other claims", denyAll}},
		"another issuer and an organisation": {all + "extra_jwt_issuers = [\"https://b.example=b\"]\ngithub_org = \"x\"\n", 1, []string{"- name: b-example", refused + "\n# oauth2-proxy", refused + "\nbypassCorsPreflight"}},
		"open paths": {all + "skip_auth_routes = [\n  \"GET=^/healthz$\", # a comment\n  \"^/a/\",\n  'POST!=^/b(/.*)?$', \"^/c\\\\.d/?$\", \"^/e/.*\",\n]\n", 1, []string{
			"- paths: [\"/healthz\"]\n  methods: [\"GET\"]\n  auth: skip\n- paths: [\"/a/*\"]\n  auth: skip\n", "- notPaths: [\"/b\", \"/b/*\"]\n  methods: [\"POST\"]\n  auth: skip\n",
			"- paths: [\"/c.d\", \"/c.d/\"]\n", "- paths: [\"/e/*\"]\n", "oauth2-proxy compared the query too"}},
		"open paths without an equal": {all + "skip_auth_routes = [\"/a\", \"^/(a|b)\", \"^/a.b\", \"g=t=^/a\"]\nskip_auth_regex = [\"^/a*$\"]\n", 1, []string{"^/(a|b) has no equal", "^/a.b has no equal", "skip_auth_regex: ^/a*$ has no equal", "rules:\n- auth: required\n"}},
		"paths of programs":           {all + "api_routes = [\"^/api/\", \"x\"]\n", 1, []string{"- paths: [\"/api/*\"]\n  onFailure: deny\n- auth: required\n", "api_routes: x has no equal"}},
		"headers for ext_authz":       {all + "set_xauthrequest = true\nupstreams = [\"static://202\"]\n", 1, []string{"outputClaimToHeaders: [{header: x-auth-request-user, claim: \"sub\"}, {header: x-auth-request-email, claim: \"email\"}, {header: x-auth-request-groups, claim: \"groups\"}, {header: x-auth-request-preferred-username, claim: \"preferred_username\"}]\n"}},
		"headers for an upstream":     {all + "prefer_email_to_user = true\nupstreams = [\"http://127.0.0.1:1\"]\n", 1, []string{"[{header: x-forwarded-user, claim: \"email\"},"}},
		"a token in a header":         {all + "pass_access_token = true\n", 1, []string{"pass_access_token has no equal"}},
		"flags of a Deployment": {"kind: Deployment\nspec: {template: {spec: {containers: [{args: [--oidc-issuer-url=https://login.example, --oidc-jwks-url, https://login.example/keys, --client-id=app, --skip-jwt-bearer-tokens, \"--email-domain=*\", --skip-auth-route=^/a$, --skip-auth-route=^/b$], env: [{name: OAUTH2_PROXY_ALLOWED_GROUPS, value: \"x,y\"}, {name: OAUTH2_PROXY_COOKIE_SECRET, valueFrom: {}}]}]}}}\n", 1,
			[]string{"jwksUri: https://login.example/keys\n", "- paths: [\"/a\"]\n", "- paths: [\"/b\"]\n", "values: [\"x\", \"y\"]"}},
		"a ConfigMap": {"kind: ConfigMap\ndata:\n  oauth2_proxy.cfg: |\n    " + strings.ReplaceAll(strings.TrimSpace(all), "\n", "\n    ") + "\n", 1, []string{"issuer: https://login.example\n"}},
	})
}

func TestOAuth2ProxyUnread(t *testing.T) {
	for text, want := range map[string]string{
		"a = 1\nb\n":          "line 2: write NAME = VALUE",
		"a = 1\n[table]\n":    "line 2: write NAME = VALUE",
		"a = {}\n":            "line 1: the value of a cannot be read",
		"a = \"x\" y\n":       "line 1: the value of a cannot be read",
		"a = [\"x\"\n":        "line 1: the value of a cannot be read",
		"a = [\"x\" {}\n]\n":  "line 1: the value of a cannot be read",
		"a = \"\\q\"\n":       "line 1: the value of a cannot be read",
		"a = 1, 2\n":          "line 1: the value of a cannot be read",
		"a = [1]]\n":          "line 1: the value of a cannot be read",
		"client_id = \"x\"\n": "no oidc_issuer_url",
	} {
		cmd := Command()
		status, _, _ := commandtest.Run(t, cmd, map[string]string{"in.cfg": text}, "in.cfg")
		if err := cmd.Execute(); status != 2 || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: exit status %d, %v, want %q", text, status, err, want)
		}
	}
}

// FuzzOAuth2Proxy: whatever a file holds, there is an error or YAML.
func FuzzOAuth2Proxy(f *testing.F) {
	f.Add(oauth2Keys + "skip_auth_routes = [\n \"GET=^/a$\", # b\n '^/b' ]\nemail_domains = \"*\"\n")
	f.Add("a = [1,\n2")
	f.Fuzz(func(t *testing.T, text string) {
		options, err := readCfg(text)
		if err != nil {
			return
		}
		d, err := convert([]source{{file: "in.cfg", options: options}})
		if err != nil {
			return
		}
		if _, wrong := tree.Read([]byte(d.yaml("in.cfg"))); wrong != nil {
			t.Errorf("%s\n%s", wrong.Message, d.yaml("in.cfg"))
		}
	})
}
