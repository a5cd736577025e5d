package decisions

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/tokencache"
	"github.com/sessiongate/sessiongate/jwt"
)

// hot are requests as a proxy sees them all day, with a token that was seen
// before.
var hot = map[string]struct {
	config, request string
	allocations     float64 // at most, reading the request included; its memory is used again
}{
	"plain, bearer, kept":  {`{"providers": [{MINE, "forwardOriginalToken": true}]}`, bearer("GET /api/things?page=2"), 0},
	"plain, bearer, taken": {"", bearer("GET /api/things?page=2"), 1},
	"plain, cookie, kept": {`{"providers": [{MINE, "fromCookies": ["session"], "forwardOriginalToken": true}]}`,
		"GET /\nCookie: theme=dark; session={mine}; lang=en", 0},
	"plain, cookie, taken": {`{"providers": [{MINE, "fromCookies": ["session"]}]}`,
		"GET /\nCookie: theme=dark; session={mine}; lang=en", 4},
	"clerk, bearer": {`{"providers": [{CLERK}]}`, "GET /api/things\nAuthorization: Bearer {clerk}", 0},
	"clerk, cookie": {`{"providers": [{CLERK}]}`, `GET /
		Sec-Fetch-Dest: document
		Cookie: __client_uat_naoXFJnI=1799999000; __client_uat=1799999000; __session_naoXFJnI={clerk}; theme=dark`, 0},
	"clerk, claims, requirements, filter state": {`{"providers": [{CLERK, "outputClaimToHeaders": [{"header": "x-role", "claim": "roles"}]}],
		"filterState": true, "rules": [{"paths": ["/api/*"], "require": [{"claim": "org_permissions", "values": ["org:teams:*"]}, {"claim": "roles", "values": ["a"]}]}]}`,
		`GET /api/things
		Authorization: Bearer {clerk {"roles":["b","a"],"v":2,"o":{"id":"org_1","rol":"admin","per":"read","fpm":"1"},"fea":"o:teams"}}`, 1},
	"kinds of callers, audiences of the rule": {`{"providers": [{CLERK, "tokens": ["session", "oauth"], "clients": ["c"]}],
		"rules": [{"tokens": ["session", "oauth"], "audiences": ["api"]}]}`, `GET /api/things
		Authorization: Bearer {clerk {"aud":["web","api"]}}`, 0},
	"tokenToHeader": {`{"providers": [{CORBADO, "tokenToHeader": "x-token"}]}`, "GET /\nCookie: cbo_session_token={corbado}", 2},
	"plan and tenant": {`{"providers": [{CLERK}], "rules": [{"paths": ["/t/{tenant}/{**}"],
		"require": [{"claim": "org_slug", "equals": "{tenant}"}, {"claim": "org_plan", "values": ["gold"]}, {"claim": "feature", "values": ["reports"]}]}]}`,
		`GET /t/acme/x
		Authorization: Bearer {clerk {"v":2,"o":{"slg":"acme"},"pla":"o:gold","fea":"o:teams,u:reports"}}`, 0},
	"reverification": {`{"providers": [{CLERK}], "rules": [{"reverification": "strict"}]}`,
		`GET /
		Authorization: Bearer {clerk {"fva":[1,-1]}}`, 0},
	"auth_time": {`{"providers": [{MINE, "forwardOriginalToken": true}], "rules": [{"require": [{"claim": "auth_time", "maxAge": "10m"}]}]}`,
		`GET /
		Authorization: Bearer {mine {"auth_time":1799999900}}`, 0},
	"tenants": {`{"providers": [{MINE, "forwardOriginalToken": true}], "rules": [
		{"hosts": ["{host}.example.com"], "paths": ["/t/{tenant}/{**}"], "require": [{"claim": "org", "equals": "{tenant}"}, {"claim": "app", "equals": "{host}"}]}]}`,
		`GET /t/acme/x
		Authorization: Bearer {mine {"org":["other","acme"],"app":"app"}}`, 0},
	"plain, bearer, where other parties' tokens may be": {`{"providers": [{MINE, "forwardOriginalToken": true, "foreignTokens": {"opaque": true, "issuers": ["https://other.example"]}}]}`,
		bearer("GET /api/things?page=2"), 0},
	"another party's key beside a cookie": {`{"providers": [{MINE, "fromCookies": ["session"], "forwardOriginalToken": true, "foreignTokens": {"opaque": true}}]}`,
		"GET /\nAuthorization: Bearer sk_live_1.2\nCookie: session={mine}", 1},
	"assertion": {`{"providers": [{CLERK}], ` + asserts + `}`, "GET /api/things\nAuthorization: Bearer {clerk}", 0},
	"skip":      {`{"providers": [{MINE}], "rules": [{"paths": ["/static/*"], "auth": "skip"}]}`, "GET /static/app.css", 0},
}

// browser are the headers that come with every request of a browser.
var browser = [][2]string{
	{"user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}, {"accept-language", "en"},
	{"accept-encoding", "gzip, br"}, {"sec-fetch-mode", "navigate"}, {"sec-fetch-site", "same-origin"},
	{"x-forwarded-for", "192.0.2.1"}, {"x-forwarded-proto", "https"}, {"x-request-id", "7d0c"},
}

// TestAllocations guards the way of a request whose token is in the cache: only
// what has to be changed in its headers is put together anew.
func TestAllocations(t *testing.T) {
	for name, test := range hot {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, test.config)
			b.cache = tokencache.Cache{}
			headers := append(b.read(test.request).Headers, browser...)
			checker := session.Checker{Now: now, Verifier: jwt.Go{}, Cache: b.cache, Assertions: maker(t, b.policy, &counting{})}
			if d := b.policy.Decide(request.Read(headers), &checker); d.Reason != 0 {
				t.Fatal(d)
			}
			reader := b.policy.NewReader()
			got := testing.AllocsPerRun(200, func() {
				b.policy.Decide(reader.Read(headers), &checker)
			})
			if got > test.allocations {
				t.Errorf("%v allocations, want at most %v", got, test.allocations)
			}
			t.Logf("%v allocations", got)
		})
	}
}

func BenchmarkDecide(b *testing.B) {
	for name, test := range hot {
		b.Run(name, func(b *testing.B) {
			bench := newBench(b, test.config)
			bench.cache = tokencache.Cache{}
			headers := append(bench.read(test.request).Headers, browser...)
			checker := session.Checker{Now: now, Verifier: jwt.Go{}, Cache: bench.cache}
			reader := bench.policy.NewReader()
			b.ReportAllocs()
			for b.Loop() {
				bench.policy.Decide(reader.Read(headers), &checker)
			}
		})
	}
}
