package decisions

import (
	"strings"
	"testing"
)

// TestTenants: a claim is compared with what stands in the path or the host.
func TestTenants(t *testing.T) {
	const yes, no = true, false
	const paths = `"paths": ["/t/{tenant}", "/t/{tenant}/{**}"], "require": [{"claim": "org", "equals": "{tenant}"}]`
	const hosts = `"hosts": ["{tenant}.example.com"], "require": [{"claim": "org", "equals": "{tenant}"}]`
	tests := []struct {
		name, rule, request, claims string
		passes                      bool
	}{
		{"it", paths, "GET /t/acme", `"org":"acme"`, yes},
		{"another", paths, "GET /t/evil", `"org":"acme"`, no},
		{"below", paths, "GET /t/acme/a/b", `"org":"acme"`, yes},
		{"a missing claim", paths, "GET /t/acme", ``, no},
		{"a claim that is null", paths, "GET /t/null", `"org":null`, no},
		{"an empty claim", paths, "GET /t/", `"org":""`, no},
		{"an empty claim, two slashes", paths, "GET /t//x", `"org":""`, no},
		{"one of several", paths, "GET /t/acme", `"org":["other","acme"]`, yes},
		{"none of several", paths, "GET /t/acme", `"org":["other","acm"]`, no},
		{"not in a list in a list", paths, "GET /t/acme", `"org":[["acme"]]`, no},
		{"not a part of it", paths, "GET /t/acm", `"org":"acme"`, no},
		{"not more than it", paths, "GET /t/acme2", `"org":"acme"`, no},
		{"a number", paths, "GET /t/42", `"org":42`, yes},
		{"a number, its text", paths, "GET /t/42", `"org":42.0`, no},
		{"a huge number", paths, "GET /t/18446744073709551617", `"org":18446744073709551617`, yes},
		{"a huge number, one less", paths, "GET /t/18446744073709551616", `"org":18446744073709551617`, no},
		{"a negative number", paths, "GET /t/-1", `"org":-1`, yes},
		{"a number in another form", paths, "GET /t/100", `"org":1e2`, no},
		{"a star in the path", paths, "GET /t/*/x", `"org":"acme"`, no},
		{"a star in the claim", paths, "GET /t/acme", `"org":"*"`, no},
		{"a star in both", paths, "GET /t/*", `"org":"*"`, yes},
		{"the name in the path", paths, "GET /t/%7Btenant%7D", `"org":"acme"`, no},
		{"an escape", paths, "GET /t/%61cme", `"org":"acme"`, yes},
		{"an escaped space", paths, "GET /t/a%20b", `"org":"a b"`, yes},
		{"an escaped percent sign", paths, "GET /t/100%25", `"org":"100%"`, yes},
		{"beyond ASCII", paths, "GET /t/%C3%A9", `"org":"é"`, yes},
		{"beyond ASCII, in another form", paths, "GET /t/e%CC%81", `"org":"é"`, no},
		{"a plus is no space", paths, "GET /t/a+b", `"org":"a b"`, no},
		{"encoded twice", paths, "GET /t/%2561cme", `"org":"acme"`, no},
		{"encoded twice, as it stands", paths, "GET /t/%2561cme", `"org":"%61cme"`, no},
		{"a parameter", paths, "GET /t/acme;v=1", `"org":"acme"`, no},
		{"a parameter that the claim has", paths, "GET /t/acme;v=1", `"org":"acme;v=1"`, no},
		{"dot segments", paths, "GET /t/acme/../evil", `"org":"acme"`, no},
		{"dot segments, to one's own", paths, "GET /t/evil/../acme", `"org":"acme"`, no},
		{"dot segments that stay", paths, "GET /t/acme/a/../b", `"org":"acme"`, yes},
		{"dot segments to both", paths, "GET /t/acme/../evil", `"org":["acme","evil"]`, no},
		{"an encoded slash", paths, "GET /t/acme%2Fevil", `"org":"acme"`, no},
		{"an encoded slash, the claim with it", paths, "GET /t/acme%2Fevil", `"org":"acme/evil"`, no},
		{"a backslash", paths, "GET /t/acme%5Cevil", `"org":"acme"`, no},
		{"two slashes", paths, "GET /t//acme", `"org":"acme"`, no},
		{"capitals in front", paths, "GET /T/acme", `"org":"acme"`, yes},
		{"capitals in front, another's", paths, "GET /T/evil", `"org":"acme"`, no},
		{"capitals, as the claim has them", paths, "GET /t/Acme", `"org":"Acme"`, yes},
		{"capitals that the claim has not", paths, "GET /t/ACME", `"org":"acme"`, no},
		{"capitals that the path has not", paths, "GET /t/acme", `"org":"Acme"`, no},
		{"a letter that is two when folded", paths, "GET /t/%C3%9F", `"org":"ss"`, no},
		{"every pattern has to agree", `"paths": ["/t/{tenant}", "/{tenant}/x"], "require": [{"claim": "org", "equals": "{tenant}"}]`,
			"GET /t/x", `"org":["t","x"]`, no},
		{"one pattern of two", `"paths": ["/t/{tenant}", "/{tenant}/x"], "require": [{"claim": "org", "equals": "{tenant}"}]`,
			"GET /acme/x", `"org":"acme"`, yes},
		{"two names", `"paths": ["/{tenant}/{project}"], "require": [{"claim": "org", "equals": "{tenant}"}, {"claim": "projects", "equals": "{project}"}]`,
			"GET /acme/7", `"org":"acme","projects":[5,7]`, yes},
		{"two names, the second is another", `"paths": ["/{tenant}/{project}"], "require": [{"claim": "org", "equals": "{tenant}"}, {"claim": "projects", "equals": "{project}"}]`,
			"GET /acme/6", `"org":"acme","projects":[5,7]`, no},
		{"a rule with capitals", `"paths": ["/Tenants/{tenant}"], "require": [{"claim": "org", "equals": "{tenant}"}]`,
			"GET /tenants/Evil", `"org":"acme"`, no},

		{"host", hosts, "GET /\nHost: acme.example.com", `"org":"acme"`, yes},
		{"host: another", hosts, "GET /\nHost: evil.example.com", `"org":"acme"`, no},
		{"host: capitals and a port", hosts, "GET /\nHost: ACME.Example.com:8443", `"org":"acme"`, yes},
		{"host: capitals in the claim", hosts, "GET /\nHost: acme.example.com", `"org":"Acme"`, no},
		{"host: one label only", hosts, "GET /\nHost: a.acme.example.com", `"org":["a.acme","a","acme"]`, yes}, // no rule
		{"host: a path says nothing", hosts, "GET /t/evil/../acme\nHost: acme.example.com", `"org":"acme"`, yes},
		{"host and path", `"hosts": ["{tenant}.example.com"], "paths": ["/p/{project}"], "require": [{"claim": "org", "equals": "{tenant}"}, {"claim": "project", "equals": "{project}"}]`,
			"GET /p/7\nHost: acme.example.com", `"org":"acme","project":"7"`, yes},
		{"host and path, another project", `"hosts": ["{tenant}.example.com"], "paths": ["/p/{project}"], "require": [{"claim": "org", "equals": "{tenant}"}, {"claim": "project", "equals": "{project}"}]`,
			"GET /p/8\nHost: acme.example.com", `"org":"acme","project":"7"`, no},
		{"host, in the middle", `"hosts": ["app.{tenant}.example.com"], "require": [{"claim": "org", "equals": "{tenant}"}]`,
			"GET /\nHost: app.acme.example.com", `"org":"acme"`, yes},
		{"host, in the middle, another", `"hosts": ["app.{tenant}.example.com"], "require": [{"claim": "org", "equals": "{tenant}"}]`,
			"GET /\nHost: app.evil.example.com", `"org":"acme"`, no},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, `{"providers": [{MINE}], "rules": [{`+test.rule+`}]}`)
			d := b.decide(b.read(test.request + "\nAuthorization: Bearer {mine {" + test.claims + "}}"))
			if got := d.Answer.Status == 0; got != test.passes || !got && d.Answer.Status != 403 {
				t.Error(d)
			}
		})
	}
}

// TestTenantOfClerk: the uniform names work, too.
func TestTenantOfClerk(t *testing.T) {
	b := newBench(t, `{"providers": [{CLERK}], "rules": [{"paths": ["/t/{tenant}/{**}"], "require": [{"claim": "org_slug", "equals": "{tenant}"}]}]}`)
	for _, claims := range []string{`"org_slug":"acme"`, `"v":2,"o":{"slg":"acme"}`} {
		for tenant, status := range map[string]int{"acme": 0, "evil": 403} {
			d := b.decide(b.read("GET /t/" + tenant + "/x\nAuthorization: Bearer {clerk {" + claims + "}}"))
			if d.Answer.Status != status {
				t.Error(tenant, claims, d)
			}
		}
	}
}

// TestTenantWithManyMethods: what a method override adds are rules, not values.
func TestTenantWithManyMethods(t *testing.T) {
	b := newBench(t, `{"providers": [{MINE}], "rules": [{"paths": ["/t/{tenant}"], "methods": ["DELETE"], "require": [{"claim": "org", "equals": "{tenant}"}]}]}`)
	for request, status := range map[string]int{
		"GET /t/evil": 0, "DELETE /t/evil": 403, "DELETE /t/acme": 0, "POST /t/evil\nX-HTTP-Method-Override: DELETE": 403,
		"POST /t/acme?_method=delete": 0, "POST /t/acme;x?_method=delete": 403,
	} {
		d := b.decide(b.read(request + "\n" + strings.TrimSpace(`Authorization: Bearer {mine {"org":"acme"}}`)))
		if d.Answer.Status != status {
			t.Error(request, d)
		}
	}
}
