package policy

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/request"
)

func TestPathPattern(t *testing.T) {
	tests := map[string]struct {
		pattern string
		yes, no []string
	}{
		"exact":                  {"/admin", []string{"/admin"}, []string{"/", "/admin/", "/admins", "/a", "/Admin", "*"}},
		"root":                   {"/", []string{"/"}, []string{"/a", "//", "*"}},
		"prefix":                 {"/admin*", []string{"/admin", "/admins", "/admin/x/y"}, []string{"/admi", "/x/admin", "*"}},
		"prefix with slash":      {"/admin/*", []string{"/admin/", "/admin/x/y"}, []string{"/admin", "/admins"}},
		"every path":             {"/*", []string{"/", "/a/b"}, []string{"*"}},
		"suffix":                 {"*.css", []string{"/a.css", "/a/b.css", ".css"}, []string{"/a.css/", "/acss", "*"}},
		"everything":             {"*", []string{"/", "/a/b", "*", ""}, nil},
		"one segment":            {"/users/{*}", []string{"/users/a", "/users/..."}, []string{"/users/", "/users", "/users/a/", "/users/a/b"}},
		"one in the middle":      {"/users/{*}/orders", []string{"/users/a/orders"}, []string{"/users//orders", "/users/a/b/orders", "/users/a/orders/", "/users/orders"}},
		"two":                    {"/{*}/x/{*}", []string{"/a/x/b"}, []string{"/a/x/", "/a/x/b/c", "/a/y/b", "//x/b"}},
		"two side by side":       {"/{*}/{*}", []string{"/a/b"}, []string{"/a", "/a/", "//b", "/a/b/c"}},
		"first":                  {"/{*}", []string{"/a"}, []string{"/", "/a/", "*"}},
		"any segments":           {"/foo/{**}", []string{"/foo/", "/foo/a", "/foo/a/b", "/foo//"}, []string{"/foo", "/fo/a"}},
		"any, then a slash":      {"/foo/{**}/", []string{"/foo/bar/", "/foo//", "/foo/a/b/"}, []string{"/foo/bar", "/foo/"}},
		"any, then text":         {"/foo/{**}/x", []string{"/foo//x", "/foo/a/x", "/foo/a/b/x", "/foo/x/x"}, []string{"/foo/x", "/foo/a/xx", "/foo/a/x/"}},
		"one, then any":          {"/foo/{*}/bar/{**}", []string{"/foo/buzz/bar/", "/foo/buzz/bar/baz"}, []string{"/foo/buzz/bar", "/foo//bar/x", "/foo/a/b/bar/x"}},
		"any alone":              {"/{**}", []string{"/", "/a/b"}, []string{"*"}},
		"beginning and end meet": {"/ab/{**}/b", nil, []string{"/ab/b", "/ab"}},
		"capitals":               {"/Admin/*", []string{"/Admin/x"}, []string{"/admin/x"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, wrong := newPathPattern(test.pattern)
			if wrong != "" {
				t.Fatal(wrong)
			}
			for _, path := range test.yes {
				if !p.matches(path, false) {
					t.Errorf("%s does not match %q", test.pattern, path)
				}
			}
			for _, path := range test.no {
				if p.matches(path, false) {
					t.Errorf("%s matches %q", test.pattern, path)
				}
			}
		})
	}
}

func TestPathPatternFolded(t *testing.T) {
	tests := map[string]struct {
		pattern, path     string
		capitals, matches bool
	}{
		"capitals in the path":    {"/admin/*", "/ADMIN/x", false, true},
		"capitals in the pattern": {"/Admin/*", "/admin/x", true, true},
		"different ones":          {"/aDMIN", "/Admin", true, true},
		"in a template":           {"/Users/{*}/orders", "/users/A/ORDERS", true, true},
		"in a suffix":             {"*.CSS", "/a.css", true, true},
		"umlauts":                 {"/ärzte", "/ÄRZTE", true, true},
		"another path":            {"/Admin", "/admins", true, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, wrong := newPathPattern(test.pattern)
			if wrong != "" {
				t.Fatal(wrong)
			}
			if got := p.matches(request.Fold(test.path), true); got != test.matches {
				t.Errorf("%s with %q: %v", test.pattern, test.path, got)
			}
			c := compiler{policy: &Policy{}}
			c.rule(&Rule{Paths: []string{test.pattern}}, &compiledRule{}, "")
			if got := c.policy.capitals; got != test.capitals {
				t.Errorf("capitals of %s: %v", test.pattern, got)
			}
		})
	}
}

func TestHostPattern(t *testing.T) {
	tests := map[string]struct {
		pattern string
		yes, no []string
	}{
		"exact":      {"api.example.com", []string{"api.example.com"}, []string{"example.com", "xapi.example.com", "api.example.com.evil"}},
		"suffix":     {"*.example.com", []string{"a.example.com", "a.b.example.com"}, []string{"example.com", "aexample.com"}},
		"prefix":     {"api.*", []string{"api.example.com"}, []string{"apis.example.com", "api"}},
		"everything": {"*", []string{"a", "[::1]"}, nil},
		"IPv6":       {"[::1]", []string{"[::1]"}, []string{"[::2]"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, wrong := newHostPattern(test.pattern)
			if wrong != "" {
				t.Fatal(wrong)
			}
			for _, host := range test.yes {
				if !p.matches(host, false) {
					t.Errorf("%s does not match %q", test.pattern, host)
				}
			}
			for _, host := range test.no {
				if p.matches(host, false) {
					t.Errorf("%s matches %q", test.pattern, host)
				}
			}
		})
	}
}

// A message says what is wrong and what to write.
func TestBadPatterns(t *testing.T) {
	host := func(s string) string { _, wrong := newHostPattern(s); return wrong }
	path := func(s string) string { _, wrong := newPathPattern(s); return wrong }
	method := wrongMethod
	tests := map[string]struct {
		of            func(string) string
		pattern, says string
	}{
		"host: empty":              {host, "", "leave the field out"},
		"host: capitals":           {host, "API.example.com", `write "api.example.com"`},
		"host: port":               {host, "example.com:8080", `write "example.com"`},
		"host: port of IPv6":       {host, "[::1]:8080", `write "[::1]"`},
		"host: any port":           {host, "example.com:*", `write "example.com"`},
		"host: dot at the end":     {host, "example.com.", `write "example.com"`},
		"host: URL":                {host, "https://example.com", `write "example.com"`},
		"host: path":               {host, "example.com/a", `"/" cannot be part of a host`},
		"host: not ASCII":          {host, "bücher.example", "xn--"},
		"host: two stars":          {host, "*.example.*", "write one"},
		"host: star in the middle": {host, "a.*.example", "in the middle"},
		"path: empty":              {path, "", "leave the field out"},
		"path: no slash":           {path, "admin", `write "/admin"`},
		"path: two stars":          {path, "*/a/*", "write one"},
		"path: double star":        {path, "/a/**", "write one"},
		"path: star in the middle": {path, "/a/*/b", "{*}"},
		"path: query":              {path, "/a?b", `write "/a"`},
		"path: fragment":           {path, "/a#b", `write "/a"`},
		"path: escape":             {path, "/caf%C3%A9", "the characters themselves"},
		"path: dot segments":       {path, "/a/../b", "dot segments"},
		"path: dot segment ends":   {path, "/a/.", "dot segments"},
		"path: empty segment":      {path, "/a//b", "empty"},
		"path: parameter":          {path, "/a;b", `";"`},
		"path: backslash":          {path, `/a\b`, `"\"`},
		"path: control character":  {path, "/a\n", "control character"},
		"path: braces":             {path, "/users/{Id}", "write {*}"},
		"path: one brace":          {path, "/users/{*}/{", "write {*}"},
		"path: star and template":  {path, "/*/baz/{*}", "beside"},
		"path: stars and template": {path, "/**/baz/{*}", "beside"},
		"path: after {**}":         {path, "/{**}/foo/{*}", "last"},
		"path: two {**}":           {path, "/{**}/foo/{**}", "last"},
		"path: text and template":  {path, "/foo/{*}.txt", "whole segments"},
		"path: template and star":  {path, "/foo/{*}*", "whole segments"},
		"path: template first":     {path, "*{*}", "begins with"},
		"method: empty":            {method, "", `"GET"`},
		"method: lower case":       {method, "Get", `write "GET"`},
		"method: star":             {method, "*", "leave the field out"},
		"method: prefix":           {method, "P*", "exact"},
		"method: several":          {method, "GET,POST", "exact"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if wrong := test.of(test.pattern); !strings.Contains(wrong, test.says) {
				t.Errorf("%q says %q, want %q in it", test.pattern, wrong, test.says)
			}
		})
	}
}

func TestMatchingAllocatesNothing(t *testing.T) {
	p, _ := newPathPattern("/users/{*}/orders/{**}")
	h, _ := newHostPattern("*.example.com")
	if n := testing.AllocsPerRun(100, func() {
		if !p.matches("/users/a/orders/b/c", false) || !p.matches("/users/a/orders/b/c", true) || !h.matches("a.example.com", false) {
			t.Error("no match")
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzPathPattern(f *testing.F) {
	for _, seed := range []string{"/a", "/a*", "*a", "*", "/{*}/b", "/a/{**}/c", "/{*}{*}", "{**}"} {
		f.Add(seed, "/a/b/c")
	}
	f.Fuzz(func(t *testing.T, pattern, path string) {
		p, wrong := newPathPattern(pattern)
		if wrong != "" {
			if strings.HasPrefix(wrong, "/") || p.exact.operators != nil || p.exact.tail != "" {
				t.Errorf("%q, %v", wrong, p)
			}
			return
		}
		if p.matches(path, false) && !p.matches(request.Fold(path), true) {
			t.Errorf("%q matches %q, but not folded", pattern, path)
		}
		if !strings.ContainsAny(pattern, "*{}") && !p.matches(pattern, false) {
			t.Errorf("%q does not match itself", pattern)
		}
	})
}
