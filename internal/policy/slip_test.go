package policy

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// slipRules are rules of which a path could slip from the required ones to the
// skipped ones.
var slipRules = map[string][]Rule{
	"prefixes": {
		{Paths: []string{"/admin", "/admin/*"}, Auth: Required},
		{Paths: []string{"/*"}, Auth: Skip},
	},
	"public first": {
		{Paths: []string{"/public/*", "/", "/assets*"}, Auth: Skip},
		{Paths: []string{"/admin", "/admin/*"}, Auth: Required},
		{Auth: Skip},
	},
	"suffixes": {
		{Paths: []string{"*.php", "*/private"}, Auth: Required},
		{Paths: []string{"*.css", "*"}, Auth: Skip},
	},
	"templates": {
		{Paths: []string{"/users/{*}", "/users/{*}/orders/{**}"}, Auth: Required},
		{Paths: []string{"/{**}"}, Auth: Skip},
	},
	"not paths": {
		{NotPaths: []string{"/public/*", "/health"}, Auth: Required},
		{Auth: Skip},
	},
	"capitals": {
		{Paths: []string{"/Admin", "/Admin/*", "/Ärzte*"}, Auth: Required},
		{Auth: Skip},
	},
	"odd characters": {
		{Paths: []string{"/a b", "/a+b/*", "/é/*", "/~x/*", "/a:b@c/*"}, Auth: Required},
		{Auth: Skip},
	},
}

func slipPolicies(tb testing.TB) map[string]*Policy {
	policies := map[string]*Policy{}
	for name, rules := range slipRules {
		policies[name] = slipPolicy(tb, rules)
	}
	return policies
}

func slipPolicy(tb testing.TB, rules []Rule) *Policy {
	provider, problems := session.New(session.Presets{{Nothing: reason.TokenMissing}}, session.Settings{
		Name: "test", Issuers: []string{"https://issuer.example.com"},
		JWKSURI: "https://issuer.example.com/jwks.json", JWKSCluster: "keys",
	})
	if problems.Fatal() {
		tb.Fatal(problems)
	}
	p, problems := New(Settings{
		Providers: []*session.Provider{provider}, Rules: rules,
		IdentityHeaderPrefix: "x-identity-", MaxTokenBytes: 8192,
	})
	if problems.Fatal() {
		tb.Fatal(problems)
	}
	return p
}

// slips names the server that reads a path in target which a required rule
// covers, although the policy skips the request.
func slips(p *Policy, target string) (server, reads string) {
	r := getOf(target)
	if p.Decide(r, &session.Checker{}).Label != LabelSkipped {
		return "", ""
	}
	for name, paths := range servers {
		for _, read := range paths(target) {
			if covered(p, r, read) {
				return name, read
			}
		}
	}
	return "", ""
}

func getOf(target string) *request.Request {
	return request.Read([][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "example.com"}, {":path", target}})
}

// covered reports whether a path falls under a required rule, for a server that
// minds case or for one that does not.
func covered(p *Policy, r *request.Request, path string) bool {
	for _, rule := range []*compiledRule{matched(p, r, path, false), matched(p, r, request.Fold(path), true)} {
		if rule != &p.fallback && rule.auth == Required {
			return true
		}
	}
	return false
}

// matched is the rule that one reading of the path falls under.
func matched(p *Policy, r *request.Request, path string, folded bool) *compiledRule {
	return p.match(nil, lookup{r.Host, p.methodOf(r.Method), path, folded})[0]
}

// slipTargets are ways to /admin that were found in servers over the years,
// and some for the other rules.
var slipTargets = []string{
	"/admin", "/ADMIN", "/%61dmin", "/%2561dmin", "/%41DMIN/x", "//admin", "///admin/x", "/./admin", "/.//admin", "/x/../admin",
	"/public/../admin", "/public/..%2fadmin", "/public/%2e%2e/admin", "/public/%2e%2e%2fadmin", "/public/%252e%252e%252fadmin",
	"/public/..;/admin", "/public/..;x=y/admin", "/public/%2e%2e;/admin", "/public/..%3b/admin", "/public/;/../../admin",
	`/public\..\admin`, `/\admin`, "/public%5c..%5cadmin", `/public/..\admin`, "/public/%5c../../admin", "/public//../admin", "/public//..//../admin",
	"/admin/.", "/admin/..", "/admin/x/..", "/admin;x", "/admin;/x", "/;/admin", "/admin%2f", "/admin%2Fx", "/admin/%2e", "/public/./../admin",
	"//example.com/admin", `/\example.com/admin`, "//x@y:1/admin", "http://example.com/admin", "http://example.com", "/admin?x", "/admin#x", "/public#/../../admin",
	"/admin ", "/public/%2e./admin", "/public%2F%2e%2e/admin", "/a%2Fb/%2e%2e/admin", "/a/%2e%2e%2F../admin", "/a%2F/../admin", "/%2e%2e/admin",
	"/x.php", "/x.php;y.css", "/x.php/.", "/x%2ephp", "/x.PHP", "/private", "/a/private/", "/a/private/x/..",
	"/users/a%2Fb", "/%75sers/a%2Fb", "/users/a%252Fb", "/users/a;b", "/users//a", "/users/a/orders/%2e%2e", "/users/a/./orders/b",
	"/public", "/public/", "/public/a%2Fb", "/health", "/health/", "/health;x", "/%68ealth", "/health/.", "/public/x/../../health",
	"/a%20b", "/a%2520b", "/a+b/x", "/a%2bb/x", "/%c3%a9/x", "/%C3%89/x", "/é/x", "/É/x", "/%7ex/y", "/a%3ab%40c/x", "/\u00c4rzte", "/%C3%A4rzte",
	"", "/", "*", "/%00/admin", "/public/%0a/../admin", "/%", "/%zz/../admin", "/%%36%31dmin",
	"#/http:///////ADMIN", "#/admin", "?/admin", "http://example.com#/../admin", "http://example.com?/admin", "A://0#/admin",
	"/adm\u0131n", "/adm%C4%B1n", "/ADM%C4%B0N/x", "/%C3%A4rzte%C3%9F",
}

func TestNoPathSlipsPastARule(t *testing.T) {
	for name, p := range slipPolicies(t) {
		t.Run(name, func(t *testing.T) {
			for _, target := range slipTargets {
				if server, reads := slips(p, target); server != "" {
					t.Errorf("%q is skipped, and %s reads %q", target, server, reads)
				}
			}
		})
	}
}

// The test would find something if the path were read as sent only: in every
// server, by way of every policy.
func TestServersWouldLetPathsSlip(t *testing.T) {
	found := map[string]bool{}
	for name, p := range slipPolicies(t) {
		for _, target := range slipTargets {
			r := getOf(target)
			if matched(p, r, r.Path(), false).auth != Skip {
				continue
			}
			for server, paths := range servers {
				for _, read := range paths(target) {
					if covered(p, r, read) {
						found[server], found[name] = true, true
					}
				}
			}
		}
	}
	for server := range servers {
		if !found[server] {
			t.Errorf("no path slips past %s", server)
		}
	}
	for name := range slipRules {
		if !found[name] {
			t.Errorf("no path slips past the rules %q", name)
		}
	}
}
