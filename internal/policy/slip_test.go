package policy

import (
	"math/rand/v2"
	"net/url"
	"path"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// The five servers below say which paths they serve for a request target. Each
// follows the documentation of that server, takes the options that read most
// into a path, and gives no path where the server refuses the request.

// nginxPaths follows ngx_http_core_module's "location" and "merge_slashes":
// the URI is matched after decoding %XX, resolving "." and "..", and merging
// adjacent slashes, which can be switched off. On Windows "\" is a slash.
func nginxPaths(target string) []string {
	p, _, _ := strings.Cut(target, "?")
	p, _, _ = strings.Cut(p, "#")
	p, ok := unescaped(originForm(p), func(byte) bool { return true })
	if !ok || strings.Contains(p, "\x00") {
		return nil
	}
	windows := strings.ReplaceAll(p, `\`, "/")
	return []string{withoutDots(p), withoutDots(merged(p)), withoutDots(merged(windows))}
}

// envoyPaths follows HttpConnectionManager's path_with_escaped_slashes_action
// (unescapes %2F and %5C), normalize_path (RFC 3986 section 6: unreserved
// characters are decoded, dot segments resolved; "\" becomes "/") and
// merge_slashes, done in this order.
func envoyPaths(target string) (paths []string) {
	p, _, _ := strings.Cut(target, "#")
	p, _, _ = strings.Cut(p, "?")
	for _, slashes := range []bool{false, true} {
		q := originForm(p)
		if slashes {
			q, _ = unescaped(q, func(c byte) bool { return c == '/' || c == '\\' })
		}
		paths = append(paths, q, merged(q))
		q, _ = unescaped(q, isUnreserved)
		q = withoutDots(strings.ReplaceAll(q, `\`, "/"))
		paths = append(paths, q, merged(q))
	}
	return paths
}

// goPaths follows net/http: the server parses the target as a URL (without a
// fragment), and ServeMux cleans the path, keeping a slash at its end. Since Go
// 1.22 it matches patterns segment by segment on the escaped path.
func goPaths(target string) []string {
	u, err := url.ParseRequestURI(target)
	if err != nil {
		return nil
	}
	bySegment, _ := unescaped(muxClean(u.EscapedPath()), func(c byte) bool { return c != '/' })
	return []string{u.Path, muxClean(u.Path), bySegment}
}

func muxClean(p string) string {
	if p == "" {
		return "/"
	}
	cleaned := path.Clean(originForm(p))
	if strings.HasSuffix(p, "/") && cleaned != "/" {
		cleaned += "/"
	}
	return cleaned
}

// nodePaths follows Node.js, where servers read request.url in three ways:
// new URL(request.url, "http://host").pathname (WHATWG URL section 4.4: "\" is
// a slash, "%2e" a dot, what follows two slashes is a host), Express's routes
// (the path as sent) and express.static (decoded once, path.normalize).
func nodePaths(target string) []string {
	sent, _, _ := strings.Cut(target, "?")
	decoded, ok := unescaped(originForm(sent), func(byte) bool { return true })
	if !ok || strings.Contains(decoded, "\x00") || !utf8.ValidString(decoded) {
		decoded = sent
	}
	paths := []string{originForm(sent), posixNormalize(decoded)}

	whatwg, _, _ := strings.Cut(strings.TrimRight(target, " "), "#")
	whatwg, _, _ = strings.Cut(whatwg, "?")
	whatwg = strings.ReplaceAll(whatwg, `\`, "/")
	if rest := strings.TrimLeft(whatwg, "/"); len(whatwg)-len(rest) >= 2 {
		_, after, _ := strings.Cut(rest, "/")
		whatwg = "/" + after
	}
	segments := strings.Split(originForm(whatwg), "/")
	for i, segment := range segments {
		dots := strings.ReplaceAll(strings.ReplaceAll(segment, "%2e", "."), "%2E", ".")
		if dots == "." || dots == ".." {
			segments[i] = dots
		}
	}
	return append(paths, withoutDots(strings.Join(segments, "/")))
}

// posixNormalize is Node's path.posix.normalize for absolute paths.
func posixNormalize(p string) string { return muxClean(p) }

// tomcatPaths follows the HTTP connector (encodedSolidusHandling,
// encodedReverseSolidusHandling: reject, decode or pass through; allowBackslash)
// and the order in which Tomcat works: path parameters are cut off the URI as
// it was sent, then it is decoded, "\" becomes "/", slashes are merged and dot
// segments resolved.
func tomcatPaths(target string) (paths []string) {
	p, _, _ := strings.Cut(target, "?")
	segments := strings.Split(originForm(p), "/")
	for i := range segments {
		segments[i], _, _ = strings.Cut(segments[i], ";")
	}
	p = strings.Join(segments, "/")
	for _, decodes := range []func(byte) bool{
		func(byte) bool { return true },
		func(c byte) bool { return c != '/' && c != '\\' },
	} {
		q, ok := unescaped(p, decodes)
		if !ok || strings.Contains(q, "\x00") {
			continue
		}
		paths = append(paths, withoutDots(merged(q)), withoutDots(merged(strings.ReplaceAll(q, `\`, "/"))))
	}
	return paths
}

// originForm is the path of an absolute-form target.
func originForm(p string) string {
	if !strings.HasPrefix(p, "/") {
		if _, rest, ok := strings.Cut(p, "://"); ok {
			_, p, _ = strings.Cut(rest, "/")
		}
		p = "/" + p
	}
	return p
}

// unescaped decodes the escapes of certain bytes; it is not ok if there are
// invalid ones, which it keeps.
func unescaped(s string, which func(byte) bool) (string, bool) {
	var b strings.Builder
	ok := true
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		c, err := url.PathUnescape(s[i:min(i+3, len(s))])
		switch {
		case err != nil:
			ok = false
			b.WriteByte('%')
		case which(c[0]):
			b.WriteByte(c[0])
			i += 2
		default:
			b.WriteByte('%')
		}
	}
	return b.String(), ok
}

func isUnreserved(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

func merged(p string) string {
	for strings.Contains(p, "//") {
		p = strings.ReplaceAll(p, "//", "/")
	}
	return p
}

// withoutDots is RFC 3986 section 5.2.4, segment by segment.
func withoutDots(p string) string {
	var out []string
	segments := strings.Split(p, "/")[1:]
	for i, segment := range segments {
		switch {
		case segment == ".." && len(out) > 0:
			out = out[:len(out)-1]
		case segment != "." && segment != "..":
			out = append(out, segment)
			continue
		}
		if (segment == "." || segment == "..") && i == len(segments)-1 {
			out = append(out, "")
		}
	}
	return "/" + strings.Join(out, "/")
}

var servers = map[string]func(target string) []string{
	"nginx": nginxPaths, "Envoy": envoyPaths, "Go": goPaths, "Node": nodePaths, "Tomcat": tomcatPaths,
}

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

// fragments are what paths that slip are made of.
var fragments = []string{
	"/", "/", "/", "//", "admin", "ADMIN", "public", "users", "orders", "x", "a", ".css", ".php", "health", "private", "example.com",
	".", "..", "/../", "/./", ";", ";v=1", "..;", `\`, "%2f", "%2F", "%5c", "%2e", "%2E", "%3b", "%25", "%252e",
	"%252f", "%61", "%20", "%c3%a9", "?", "#", " ", "+", "%", "http://", "@", ":", "~", "%00", "é", "É",
}

func joinFragments(picks []byte) string {
	var b strings.Builder
	for _, pick := range picks {
		b.WriteString(fragments[int(pick)%len(fragments)])
	}
	return b.String()
}

// A search with a fixed seed, so that every run of the tests looks further
// than the list does.
func TestNoJoinedPathSlipsPastARule(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	policies := slipPolicies(t)
	for range 3000 {
		picks := make([]byte, 1+random.IntN(12))
		for i := range picks {
			picks[i] = byte(random.Uint32())
		}
		target := "/" + joinFragments(picks)
		for name, p := range policies {
			if server, reads := slips(p, target); server != "" {
				t.Errorf("%s: %q is skipped, and %s reads %q", name, target, server, reads)
			}
		}
	}
}

// Of all the readings none may be more than the rules ask for.
func TestHarmlessPathsAreNotRefused(t *testing.T) {
	policies := slipPolicies(t)
	tests := map[string]struct{ rules, target string }{
		"escaped slash":             {"public first", "/public/a%2Fb"},
		"escaped slash in any case": {"public first", "/public/a%2fb%2Fc.txt"},
		"escaped twice":             {"public first", "/public/a%252Fb"},
		"escaped space and UTF-8":   {"public first", "/public/caf%C3%A9%20au%20lait"},
		"matrix parameter":          {"public first", "/public/a;v=1/b"},
		"double slash":              {"public first", "/public//a"},
		"well-known":                {"prefixes", "/.well-known/jwks.json"},
		"another name":              {"prefixes", "/administrators%2Fx"},
		"dots that stay inside":     {"public first", "/public/a/../b"},
		"capitals":                  {"public first", "/public/README"},
		"a lone percent":            {"public first", "/public/100%"},
		"escaped question mark":     {"suffixes", "/what%3F.css"},
		"a query with anything":     {"public first", "/public/x?next=/admin/..;//%2e%2e"},
		"not a path":                {"prefixes", "/x%2Fadmin"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if d := policies[test.rules].Decide(getOf(test.target), &session.Checker{}); d.Label != LabelSkipped {
				t.Errorf("%q is not skipped: %v", test.target, d.Reason)
			}
		})
	}
}

func TestRequestsWithoutAPath(t *testing.T) {
	for name, target := range map[string]string{"OPTIONS": "*", "CONNECT": "example.com:443"} {
		r := request.Read([][2]string{{":method", name}, {":authority", "example.com"}, {":path", target}})
		for rules, want := range map[string]bool{
			`/`: false, `/*`: false, `/{**}`: false, `*.css`: false, `*`: true,
		} {
			p := slipPolicy(t, []Rule{{Paths: []string{rules}, Auth: Skip}})
			if got := p.Decide(r, &session.Checker{}).Label == LabelSkipped; got != want {
				t.Errorf("%s falls under %s: %v", name, rules, got)
			}
		}
		p := slipPolicy(t, []Rule{{Auth: Skip}})
		if p.Decide(r, &session.Checker{}).Label != LabelSkipped {
			t.Errorf("%s does not fall under a rule without paths", name)
		}
	}
}

func TestInvalidPathsAreRefused(t *testing.T) {
	targets := []string{"/%00", "/%250a", "/a\tb", "/%7f", "admin", "http:///admin", "?", "?x", "#", "#/admin", "http://example.com#"}
	beyondBounds := "/" + strings.Repeat("%2F", 9000)
	for name, test := range map[string]struct {
		rules   []Rule
		targets []string
	}{
		"rules with paths": {[]Rule{{Paths: []string{"/x"}}, {Auth: Skip}}, append(targets, beyondBounds)},
		"no rule has any":  {[]Rule{{Auth: Skip}}, targets},
	} {
		p := slipPolicy(t, test.rules)
		for _, target := range test.targets {
			if d := p.Decide(getOf(target), &session.Checker{}); d.Outcome != Respond || d.Reason != reason.PathInvalid || d.Answer.Status != 400 {
				t.Errorf("%s: %.20q: %v, %v, %d", name, target, d.Outcome, d.Reason, d.Answer.Status)
			}
		}
	}
	if d := slipPolicy(t, []Rule{{Auth: Skip}}).Decide(getOf(beyondBounds), &session.Checker{}); d.Label != LabelSkipped {
		t.Errorf("where no rule has paths, a long one is refused: %v", d.Reason)
	}
}

// FuzzPathSlip looks for a request that a skip rule lets through, and that one
// of the servers takes for a path which a required rule covers.
func FuzzPathSlip(f *testing.F) {
	policies := slipPolicies(f)
	for i, target := range slipTargets {
		f.Add(target, []byte{byte(i), byte(i >> 1)})
	}
	f.Fuzz(func(t *testing.T, target string, picks []byte) {
		target += joinFragments(picks)
		for name, p := range policies {
			if server, reads := slips(p, target); server != "" {
				t.Errorf("%s: %q is skipped, and %s reads %q", name, target, server, reads)
			}
		}
	})
}
