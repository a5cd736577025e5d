package policy

import "testing"

// tenantRules have a name at the beginning, in the middle and at the end.
var tenantRules = []Rule{
	{Paths: []string{"/t/{tenant}", "/t/{tenant}/{**}"}, Require: equalTenant},
	{Paths: []string{"/orgs/{*}/teams/{tenant}"}, Require: equalTenant},
	{Paths: []string{"/{tenant}/x"}, Require: equalTenant},
}

var equalTenant = []Requirement{{Equals: "{tenant}"}}

// tenantTargets are ways to write one tenant and mean another.
var tenantTargets = []string{
	"/t/acme", "/t/acme;v=1", "/t/acme;v=1/x", "/t/%61cme", "/t/%2561cme", "/t/%252561cme", "/t/acme/../evil", "/t/acme/%2e%2e/evil", "/t/acme%2f..%2fevil",
	"/t/acme/..;/evil", "/t/..;/t/evil", "/T/acme", "/T/Acme", "/t/ACME", "/t/*/x", "/t/*", "/t/", "/t//x", "/t//acme", "//t/acme", "//acme/t/evil", `/t/acme\..\evil`,
	"/t/acme%5c..%5cevil", "/t/acme%2Fevil", "/t/acme%252Fevil", "/t/a%20b", "/t/a+b", "/t/100%25", "/t/%", "/t/%zz", "/t/%00", "/t/acme%3Fx", "/t/acme%23x", "/t/acme?x=/../evil",
	"/t/acme#/../evil", "http://example.com/t/acme", "/orgs/a/teams/acme", "/orgs/a/teams/acme/", "/orgs/a%2Fb/teams/acme", "/orgs/./teams/acme", "/t/x", "/t/./acme", "/t/acme/.", "/t/acme/..",
	"/t/;/acme", "/t/;acme", "/t/acme;", "/t/.;/acme", "/t/%2e/acme", "/t/acme/./x", "/%74/acme", "/t/stra%C3%9Fe", "/t/%EF%AC%81sh", "/t/ﬁsh", "/acme/x", "/acme/X", "/t/acme%20", "/t/acme ",
}

func TestNoPathSlipsToAnotherTenant(t *testing.T) {
	p := slipPolicy(t, tenantRules)
	for _, target := range tenantTargets {
		if server, reads, value := foreignTenant(p, target); server != "" {
			t.Errorf("%q is %q's, and %s reads %q", target, value, server, reads)
		}
	}
}

// FuzzTenant: what the servers read in a target is the tenant that was compared.
func FuzzTenant(f *testing.F) {
	for _, target := range tenantTargets {
		f.Add(target)
	}
	p := slipPolicy(f, tenantRules)
	f.Fuzz(func(t *testing.T, target string) {
		if server, reads, value := foreignTenant(p, target); server != "" {
			t.Errorf("%q is %q's, and %s reads %q", target, value, server, reads)
		}
	})
}

// foreignTenant names a server that reads a path in target which falls under a
// rule with a name, and has another text in its place than the policy.
func foreignTenant(p *Policy, target string) (server, reads, value string) {
	r := getOf(target)
	if _, bad := r.Readings(); bad != 0 {
		return "", "", ""
	}
	for i := range p.rules {
		rule := &p.rules[i]
		value, ok := p.named(r, rule, "tenant")
		if !ok {
			continue
		}
		for name, paths := range servers {
			for _, read := range paths(target) {
				if matched(p, r, read, false) != rule {
					continue
				}
				for j := range rule.paths {
					pattern := &rule.paths[j]
					if !pattern.matches(read, false) {
						continue
					}
					segment, _ := pattern.exact.named("tenant", read)
					if decoded, _ := unescaped(segment, func(byte) bool { return true }); segment != value && decoded != value {
						return name, read, value
					}
				}
			}
		}
	}
	return "", "", ""
}
