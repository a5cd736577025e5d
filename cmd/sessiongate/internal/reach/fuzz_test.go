package reach_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reach"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// What rules and requests are made of: few and alike, so that they meet.
var (
	somePaths = []string{
		"/", "/a", "/a/", "/a/*", "/a*", "/a/b", "/a/b/*", "/ab", "*", "/*", "*b", "*/b", "*.x", "/a.x", "/b/{*}", "/{*}",
		"/a/{*}/b", "/a/{**}", "/{*}/{*}", "/{*}/b", "/a/{**}/b", "/A", "/A/*", "/ß", "/ss*", "*ſ", "*s", "/é*", "/Éa",
		"/{n}", "/a/{n}/b", "/{n}/{**}", "/A/{n}",
	}
	someHosts   = []string{"a.example", "*.example", "example", "*", "a*", "*e", "b.a.example", "[::1]", "[*", "10.0.0.1", "*.0.1", "{m}.example", "a.{m}.example"}
	someMethods = []string{"GET", "HEAD", "POST", "OPTIONS", "CONNECT"}
	triedPaths  = []string{
		"/", "/a", "/a/", "/a/b", "/a/b/", "/a/c", "/ab", "/b", "/b/c", "/a/c/b", "/x", "/x/b", "/A", "/a/B", "/SS", "/ß/b",
		"/%61", "/a%2Fb", "//a", "/x/../a", "/a;p/b", "/é", "/É", "/a.x", "/xſ", "/xS", "/a//b", "*",
	}
	triedHosts   = []string{"a.example", "b.a.example", "example", "xexample", "a", "[::1]", "10.0.0.1", "10.9.0.1", "e"}
	triedMethods = []string{"GET", "HEAD", "POST", "PATCH", "OPTIONS", "CONNECT", "FOO"}
)

// FuzzReached holds what a Map says to what package policy does: a rule that is
// reached is reached by the request that the Map has for it, and one that is
// not is not reached by any that is tried.
func FuzzReached(f *testing.F) {
	f.Add([]byte{2, 1, 4, 0, 1, 1, 0, 0})
	f.Add([]byte{3, 1, 8, 1, 2, 1, 9, 3, 4, 1, 1, 0, 1, 1, 2, 1, 2, 3, 4})
	f.Add([]byte("\x04\x02\x15\x01\x00\x00\x00\x00\x01\x16\x02\x17\x18\x00\x01\x01\x00\x00\x03\x02\x01\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rules := rulesOf(&data)
		m, ok := reach.New(rules)
		if !ok {
			t.Fatalf("gave up on %d rules", len(rules))
		}
		for i := range rules {
			p := only(t, rules, i)
			if p == nil {
				return
			}
			reached, _ := m.Reached(i)
			if reached {
				if cell := m.Owned(i)[0]; !falls(p, requestOf(m, cell)) {
					t.Errorf("rules[%d] of %+v is not reached by %v", i, rules, requestOf(m, cell))
				}
				continue
			}
			everyRequest(func(headers [][2]string) {
				if falls(p, headers) {
					t.Errorf("rules[%d] of %+v is reached by %v", i, rules, headers)
				}
			})
		}
	})
}

// rulesOf makes up to four rules of bytes.
func rulesOf(data *[]byte) []reach.Rule {
	next := func(n int) int {
		if len(*data) == 0 {
			return 0
		}
		b := int((*data)[0])
		*data = (*data)[1:]
		return b % n
	}
	list := func(from []string, odds int) []string {
		var chosen []string
		for range max(0, next(odds)-odds+4) {
			if s := from[next(len(from))]; !slices.Contains(chosen, s) {
				chosen = append(chosen, s)
			}
		}
		named := func(s string) bool { return strings.Contains(s, "{n}") || strings.Contains(s, "{m}") }
		if len(chosen) > 0 { // every pattern of a list has the same names
			first := named(chosen[0])
			chosen = slices.DeleteFunc(chosen, func(s string) bool { return named(s) != first })
		}
		return chosen
	}
	rules := make([]reach.Rule, 1+next(4))
	for i := range rules {
		r := &rules[i]
		r.Paths, r.NotPaths = list(somePaths, 5), list(somePaths, 8)
		r.Hosts, r.NotHosts = list(someHosts, 8), list(someHosts, 12)
		r.Methods, r.NotMethods = list(someMethods, 8), list(someMethods, 12)
	}
	return rules
}

// only is a policy of the rules in which all requests pass that do not fall
// under one of them. A rule with names needs a condition, and so cannot skip.
func only(t *testing.T, rules []reach.Rule, one int) *policy.Policy {
	type object = map[string]any
	var written []object
	for i, r := range rules {
		o := object{"auth": "skip"}
		if names := namesIn(r); names != nil {
			o = object{"onFailure": "log", "require": names}
		}
		if i == one {
			o["auth"], o["onFailure"] = "required", "deny"
		}
		for name, list := range map[string][]string{
			"paths": r.Paths, "notPaths": r.NotPaths, "hosts": r.Hosts, "notHosts": r.NotHosts, "methods": r.Methods, "notMethods": r.NotMethods,
		} {
			if list != nil {
				o[name] = list
			}
		}
		written = append(written, o)
	}
	text, err := json.Marshal(object{
		"providers":           []object{{"name": "p", "issuer": "i", "jwksUri": "https://k.example/"}},
		"rules":               append(written, object{"auth": "skip"}),
		"bypassCorsPreflight": false,
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := config.Load(text)
	if err != nil {
		return nil // not a configuration
	}
	return result.Policy
}

// namesIn are conditions on the names that a rule's patterns have.
func namesIn(r reach.Rule) (conditions []map[string]any) {
	for _, name := range []string{"{n}", "{m}"} {
		if strings.Contains(strings.Join(r.Paths, " ")+strings.Join(r.Hosts, " "), name) {
			conditions = append(conditions, map[string]any{"claim": "c", "equals": name})
		}
	}
	return conditions
}

// falls reports whether a request falls under the rule that requires a session.
func falls(p *policy.Policy, headers [][2]string) bool {
	checker := &session.Checker{Now: time.Unix(1, 0), Verifier: jwt.Go{}, Keys: func(*session.Provider) jwks.Snapshot {
		return jwks.Snapshot{OnMissing: jwks.OnMissingRefuse}
	}}
	d := p.Decide(request.Read(headers), checker)
	return d.Outcome == policy.Respond && d.Answer.Status == 401
}

// requestOf is a request of a class.
func requestOf(m *reach.Map, c reach.Cell) [][2]string {
	method, path, host := m.Methods[c.Method], m.Paths[c.Path].Text, m.Hosts[c.Host]
	if host == "" {
		host = "any.example"
	}
	if path == "*" && method != "OPTIONS" && method != "CONNECT" { // only these are about no path
		return [][2]string{{":method", "OPTIONS"}, {":scheme", "https"}, {":authority", host}, {":path", path}, {"x-http-method-override", method}}
	}
	return [][2]string{{":method", method}, {":scheme", "https"}, {":authority", host}, {":path", path}}
}

func everyRequest(visit func(headers [][2]string)) {
	for _, host := range triedHosts {
		for _, method := range triedMethods {
			for _, path := range triedPaths {
				visit([][2]string{{":method", method}, {":scheme", "https"}, {":authority", host}, {":path", path}})
			}
		}
	}
}
