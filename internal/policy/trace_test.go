package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

var tracedRules = []Rule{
	{Hosts: []string{"admin.example.com", "*.internal"}, NotHosts: []string{"open.internal"}, Require: []Requirement{{Claim: session.Claim{Names: []string{"role"}}, Values: []string{"admin"}}}},
	{Paths: []string{"/Open/*", "/t/{*}/x"}, NotPaths: []string{"/open/secret"}, Methods: []string{"GET", "HEAD"}, Auth: Skip},
	{NotMethods: []string{"DELETE"}, Paths: []string{"/maybe*"}, Auth: Optional},
}

func TestTrace(t *testing.T) {
	p := slipPolicy(t, tracedRules)
	rows := map[string]struct {
		method, target, host string
		headers              [][2]string
		want                 []string
	}{
		"no rule":           {"GET", "/", "app.example.com", nil, []string{"/ GET: rule -1; 0 hosts, 1 paths, 2 paths", "/ (folded) GET: rule -1; 0 hosts, 1 paths, 2 paths"}},
		"the first":         {"GET", "/", "x.internal", nil, []string{"/ GET: rule 0;", "/ (folded) GET: rule 0;"}},
		"notHosts":          {"GET", "/", "open.internal", nil, []string{"/ GET: rule -1; 0 notHosts, 1 paths, 2 paths", "/ (folded) GET: rule -1; 0 notHosts, 1 paths, 2 paths"}},
		"methods":           {"PUT", "/t/a/x", "a", nil, []string{"/t/a/x PUT: rule -1; 0 hosts, 1 methods, 2 paths", "/t/a/x (folded) PUT: rule -1; 0 hosts, 1 methods, 2 paths"}},
		"notMethods":        {"DELETE", "/maybe", "a", nil, []string{"/maybe DELETE: rule -1; 0 hosts, 1 methods, 2 notMethods", "/maybe (folded) DELETE: rule -1; 0 hosts, 1 methods, 2 notMethods"}},
		"notPaths":          {"GET", "/open/secret", "a", nil, []string{"/open/secret GET: rule -1; 0 hosts, 1 paths, 2 paths", "/open/secret (folded) GET: rule -1; 0 hosts, 1 notPaths, 2 paths"}},
		"another path":      {"GET", "/maybe/..", "a", nil, []string{"/maybe/.. GET: rule 2; 0 hosts, 1 paths", "/maybe/.. (folded) GET: rule 2; 0 hosts, 1 paths", "/ GET: rule -1; 0 hosts, 1 paths, 2 paths", "/ (folded) GET: rule -1; 0 hosts, 1 paths, 2 paths"}},
		"a method override": {"GET", "/t/a/x", "a", [][2]string{{"x-http-method-override", "put"}}, []string{"/t/a/x GET: rule 1; 0 hosts", "/t/a/x PUT: rule -1; 0 hosts, 1 methods, 2 paths", "/t/a/x (folded) GET: rule 1; 0 hosts", "/t/a/x (folded) PUT: rule -1; 0 hosts, 1 methods, 2 paths"}},
		"a bad host":        {"GET", "/", "a b", nil, []string{"authority-invalid"}},
		"a bad path":        {"GET", "/%00", "a", nil, []string{"path-invalid"}},
		"a bad method":      {"G T", "/", "a", nil, []string{"method-invalid"}},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			r := request.Read(append([][2]string{{":method", row.method}, {":path", row.target}, {":authority", row.host}}, row.headers...))
			if got := traced(p.Trace(r)); !slices.Equal(got, row.want) {
				t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(row.want, "\n"))
			}
		})
	}
}

func traced(trace Trace) (lines []string) {
	if trace.Bad != reason.None {
		return []string{trace.Bad.String()}
	}
	for _, in := range trace.Readings {
		folded := ""
		if in.Folded {
			folded = " (folded)"
		}
		var misses []string
		for _, m := range in.Misses {
			misses = append(misses, fmt.Sprint(m.Rule, " ", m.Field))
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s%s %s: rule %d; %s", in.Path, folded, in.Method, in.Rule, strings.Join(misses, ", "))))
	}
	return lines
}

// FuzzTrace: what people are told is what Decide does.
func FuzzTrace(f *testing.F) {
	f.Add("GET", "/open/a?_method=DELETE", "x.internal", "put")
	f.Add("PUT", "/t/%2e%2e/x;b//", "open.internal:80", "")
	p := slipPolicy(f, tracedRules)
	plain := slipPolicy(f, []Rule{{Hosts: []string{"a"}, Auth: Skip}})
	f.Fuzz(func(t *testing.T, method, target, host, override string) {
		headers := [][2]string{{":method", method}, {":path", target}, {":authority", host}}
		if override != "" {
			headers = append(headers, [2]string{"x-method-override", override})
		}
		for _, p := range []*Policy{p, plain} {
			r := request.Read(headers)
			want, bad := picked(p, r)
			trace := p.Trace(r)
			var got []int
			for _, in := range trace.Readings {
				got = append(got, in.Rule)
			}
			slices.Sort(got)
			if got = slices.Compact(got); !slices.Equal(got, want) || trace.Bad != bad {
				t.Fatalf("rules %v %v, traced %v %v", want, bad, got, trace.Bad)
			}
		}
	})
}

// picked are the indexes of the rules that Decide finds.
func picked(p *Policy, r *request.Request) (indexes []int, bad reason.Reason) {
	rules, bad := p.pick(r, nil)
	for _, rule := range rules {
		index := NoIndex
		for i := range p.rules {
			if rule == &p.rules[i] {
				index = i
			}
		}
		indexes = append(indexes, index)
	}
	slices.Sort(indexes)
	return indexes, bad
}
