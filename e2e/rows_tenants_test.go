package e2e

import "maps"

func init() { maps.Copy(configs, tenantConfigs) }

// tenantConfigs have rules that compare a claim with a part of the path or the
// host. What none of them covers needs a session.
var tenantConfigs = map[string]Config{
	"tenants": {JSON: `{"providers": [{` + minePlain + `}], "rules": [
		{"paths": ["/t/{tenant}", "/t/{tenant}/{**}"], "require": [{"claim": "org", "equals": "{tenant}"}]},
		{"paths": ["/try/{tenant}"], "onFailure": "log", "require": [{"claim": "org", "equals": "{tenant}"}]}
	]}`},
	"tenants-clerk": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}}], "rules": [
		{"paths": ["/orgs/{slug}/{**}"], "require": [{"claim": "org_slug", "equals": "{slug}"}]}]}`},
	"tenants-hosts": {JSON: `{"providers": [{` + minePlain + `}], "rules": [
		{"hosts": ["{tenant}.example.com"], "require": [{"claim": "org", "equals": "{tenant}"}]}, {"require": [{"claim": "role", "values": ["operator"]}]}]}`},
}

// asTenant is a request of somebody whose claim org is that text.
func asTenant(line, org string) string {
	return "GET " + line + "\nAuthorization: Bearer {plain org=" + org + "}"
}

var notTheirs = denied(403, "claims-mismatch")

// tenantRows: a request reaches the backend only for the tenant that its session
// is of, in whatever way the tenant is written.
var tenantRows = []Row{
	{Name: "tenant: it", Config: "tenants", Request: asTenant("/t/acme", "acme"), Want: Want{Upstream: plainUser + ":path: /t/acme"}},
	{Name: "tenant: below", Config: "tenants", Request: asTenant("/t/acme/a/b?c=d", "acme"), Want: Want{Upstream: plainUser + ":path: /t/acme/a/b?c=d"}},
	{Name: "tenant: another", Config: "tenants", Request: asTenant("/t/evil/a", "acme"), Want: Want{Status: 403, Reason: "claims-mismatch",
		Response: `www-authenticate: Bearer realm="app.example.com", error="insufficient_scope", error_description="The signed-in user may not do this."`}},
	{Name: "tenant: nobody", Config: "tenants", Request: "GET /t/acme", Want: denied(401, "token-missing")},
	{Name: "tenant: no claim", Config: "tenants", Request: "GET /t/acme" + asPlain, Want: notTheirs},
	{Name: "tenant: a parameter", Config: "tenants", Request: asTenant("/t/acme;v=1", "acme"), Want: notTheirs},
	{Name: "tenant: a parameter with another's name", Config: "tenants", Request: asTenant("/t/acme;/../evil", "acme"), Want: notTheirs},
	{Name: "tenant: an escaped letter", Config: "tenants", Request: asTenant("/t/%61cme/x", "acme"), Want: Want{Upstream: plainUser + ":path: /t/%61cme/x"}},
	{Name: "tenant: escaped twice", Config: "tenants", Request: asTenant("/t/%2561cme", "acme"), Want: notTheirs},
	{Name: "tenant: dot segments", Config: "tenants", Request: asTenant("/t/acme/../evil", "acme"), Want: notTheirs},
	{Name: "tenant: dot segments, to the session's own", Config: "tenants", Request: asTenant("/t/evil/../acme", "acme"), Want: notTheirs},
	{Name: "tenant: escaped dot segments", Config: "tenants", Request: asTenant("/t/acme/%2e%2e/evil", "acme"), Want: notTheirs},
	{Name: "tenant: dot segments behind escaped slashes", Config: "tenants", Request: asTenant("/t/acme%2f..%2fevil", "acme"), Want: notTheirs},
	{Name: "tenant: dot segments that stay within", Config: "tenants", Request: asTenant("/t/acme/a/../b", "acme"), Want: Want{Upstream: plainUser + ":path: /t/acme/a/../b"}},
	{Name: "tenant: an escaped slash", Config: "tenants", Request: asTenant("/t/acme%2Fevil", "acme"), Want: notTheirs},
	{Name: "tenant: an escaped backslash", Config: "tenants", Request: asTenant("/t/acme%5Cevil", "acme"), Want: notTheirs},
	{Name: "tenant: capitals in front of it", Config: "tenants", Request: asTenant("/T/acme", "acme"), Want: Want{Upstream: plainUser + ":path: /T/acme"}},
	{Name: "tenant: capitals in front of another", Config: "tenants", Request: asTenant("/T/evil", "acme"), Want: notTheirs},
	{Name: "tenant: capitals in it", Config: "tenants", Request: asTenant("/t/ACME", "acme"), Want: notTheirs},
	{Name: "tenant: a star", Config: "tenants", Request: asTenant("/t/*/x", "acme"), Want: notTheirs},
	{Name: "tenant: a star in the claim", Config: "tenants", Request: asTenant("/t/acme/x", "*"), Want: notTheirs},
	{Name: "tenant: an empty segment", Config: "tenants", Request: asTenant("/t//acme", "acme"), Want: notTheirs},
	{Name: "tenant: an empty segment at the end", Config: "tenants", Request: asTenant("/t/", "acme"), Want: notTheirs},
	{Name: "tenant: an empty segment and an empty claim", Config: "tenants", Request: "GET /t//x\nAuthorization: Bearer {plain org=}", Want: notTheirs},
	{Name: "tenant: slashes in front", Config: "tenants", Request: asTenant("//evil/t/acme", "acme"), Want: Want{Upstream: plainUser}},
	{Name: "tenant: two tenants in two readings", Config: "tenants", Request: `GET /t/acme/../evil
		Authorization: Bearer {plain org:=["acme","evil"]}`, Want: notTheirs},
	{Name: "tenant: one of several", Config: "tenants", Request: `GET /t/acme
		Authorization: Bearer {plain org:=["other","acme"]}`, Want: Want{Upstream: plainUser}},
	{Name: "tenant: a number", Config: "tenants", Request: `GET /t/42
		Authorization: Bearer {plain org:=42}`, Want: Want{Upstream: plainUser}},
	{Name: "tenant: a number as text", Config: "tenants", Request: asTenant("/t/42", "42"), Want: Want{Upstream: plainUser}},
	{Name: "tenant: a number with a fraction", Config: "tenants", Request: `GET /t/42
		Authorization: Bearer {plain org:=42.0}`, Want: notTheirs},
	{Name: "tenant: a huge number, one more", Config: "tenants", Request: `GET /t/9007199254740992
		Authorization: Bearer {plain org:=9007199254740993}`, Want: notTheirs},
	{Name: "tenant: a negative number", Config: "tenants", Request: `GET /t/-7
		Authorization: Bearer {plain org:=-7}`, Want: Want{Upstream: plainUser}},
	{Name: "tenant: absolute form", Config: "tenants", Request: asTenant("http://app.example.com/t/evil", "acme"), Want: notTheirs},
	{Name: "tenant: tried out", Config: "tenants", Request: asTenant("/try/evil", "acme"), Want: Want{Reason: "claims-mismatch", Upstream: plainUser}},

	{Name: "tenant: Clerk's organisation", Config: "tenants-clerk", Request: "GET /orgs/acme/x\nAuthorization: Bearer {clerk}", Want: Want{Upstream: clerkUser}},
	{Name: "tenant: another than Clerk's organisation", Config: "tenants-clerk", Request: "GET /orgs/evil/x\nAuthorization: Bearer {clerk}", Want: notTheirs},
	{Name: "tenant: Clerk without an organisation", Config: "tenants-clerk", Request: "GET /orgs/acme/x\nAuthorization: Bearer {clerk -o -fea}", Want: notTheirs},
	{Name: "tenant: a claim of version 1 in version 2", Config: "tenants-clerk", Request: "GET /orgs/acme/x\nAuthorization: Bearer {clerk -o -fea org_slug=acme}", Want: notTheirs},

	{Name: "tenant host: it", Config: "tenants-hosts", Request: asTenant("/\nHost: acme.example.com", "acme"), Want: Want{Upstream: plainUser}},
	{Name: "tenant host: another", Config: "tenants-hosts", Request: asTenant("/\nHost: evil.example.com", "acme"), Want: notTheirs},
	{Name: "tenant host: capitals and a port", Config: "tenants-hosts", Request: asTenant("/\nHost: ACME.Example.COM:8080", "acme"), Want: Want{Upstream: plainUser}},
	{Name: "tenant host: capitals, another", Config: "tenants-hosts", Request: asTenant("/\nHost: EVIL.Example.COM", "acme"), Want: notTheirs},
	{Name: "tenant host: capitals in the claim", Config: "tenants-hosts", Request: asTenant("/\nHost: acme.example.com", "ACME"), Want: notTheirs},
	{Name: "tenant host: more labels", Config: "tenants-hosts", Request: asTenant("/\nHost: acme.evil.example.com", "acme"), Want: notTheirs},
	{Name: "tenant host: a dot at the end", Config: "tenants-hosts", Request: asTenant("/\nHost: acme.example.com.", "acme"), Want: noAuthority},
	{Name: "tenant host: a forwarded host is none", Config: "tenants-hosts", Request: asTenant("/\nHost: evil.example.com\nX-Forwarded-Host: acme.example.com", "acme"), Want: notTheirs},
	{Name: "tenant host: user information", Config: "tenants-hosts", Request: asTenant("/\nHost: acme.example.com@evil.example.com", "acme"), Want: noAuthority},
	{Name: "tenant host: two in one line", Config: "tenants-hosts", Request: asTenant("/\nHost: acme.example.com,evil.example.com", "acme"), Want: noAuthority},
}
