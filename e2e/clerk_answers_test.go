package e2e

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// TestClerkAnswers: the Set-Cookie lines of a handshake go with every answer,
// whoever makes it.
func TestClerkAnswers(t *testing.T) {
	findEnvoy(t)
	m := &Mint{Now: time.Now(), Tokens: map[string]func(*Mint) string{
		"in":  handshakeOf("clerk", "__session={clerk}; Path=/", "__client_uat={now}; Path=/"),
		"out": handshakeOf("clerk", "__session=; Path=/; Max-Age=0", "__client_uat=0; Path=/"),
	}}
	// No key server: nothing listens where the cluster idp is.
	b := bootstrap{module: module(t), keys: "127.0.0.1:1", configs: map[string]string{
		"app": m.fill(`{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}}],
			"rules": [{"paths": ["/optional"], "auth": "optional"}, {"paths": ["/log"], "onFailure": "log"},
				{"paths": ["/admins"], "require": [{"claim": "org_role", "values": ["org:owner"]}]}]}`),
	}}
	b.manager = map[string]map[string]any{"app": {
		"http_filters": list{b.filter("app"), deny("/denied"), object{
			"name":         "envoy.filters.http.router",
			"typed_config": object{"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"},
		}},
		"route_config": object{"validate_clusters": false, "virtual_hosts": list{object{"name": "all", "domains": list{"*"}, "routes": list{
			object{"match": object{"path": "/direct"}, "direct_response": object{"status": 418}},
			object{"match": object{"path": "/elsewhere"}, "redirect": object{"path_redirect": "/direct"}},
			object{"match": object{"path": "/down"}, "route": object{"cluster": "idp"}},
			object{"match": object{"path": "/nowhere"}, "route": object{"cluster": "no such cluster"}},
			object{"match": object{"path": "/"}, "route": object{"cluster": "backend"}},
			object{"match": object{"path": "/optional"}, "route": object{"cluster": "backend"}},
			object{"match": object{"path": "/log"}, "route": object{"cluster": "backend"}},
			object{"match": object{"path": "/admins"}, "route": object{"cluster": "backend"}},
		}}}},
	}}
	e := startEnvoy(t, b, envoy.Options{})
	defer e.checkHealth(t)
	defer e.checkLogs(t)

	in := []string{"__session={clerk}; Path=/", "__client_uat={now}; Path=/"}
	out := []string{"__session=; Path=/; Max-Age=0", "__client_uat=0; Path=/"}
	for _, test := range []struct {
		name, target, token string
		headers             string
		status              int
		lines               []string
		cacheControl        string
	}{
		{name: "the upstream's answer", target: "/", token: "{in}", status: 200, lines: in},
		{name: "the upstream's answer with cookies and caching of its own", target: "/", token: "{in}", status: 200,
			headers: "X-Echo-Header: Set-Cookie: theme=dark\nX-Echo-Header: Cache-Control: public, max-age=60\nX-Echo-Header: Set-Cookie: lang=en",
			lines:   slices.Concat([]string{"theme=dark", "lang=en"}, in)},
		{name: "the upstream's error", target: "/", token: "{in}", headers: "X-Echo-Status: 500", status: 500, lines: in},
		{name: "the upstream's not modified", target: "/", token: "{in}", headers: "X-Echo-Status: 304", status: 304, lines: in},
		{name: "an upstream that cannot be reached", target: "/down", token: "{in}", status: 503, lines: in},
		{name: "an upstream that does not exist", target: "/nowhere", token: "{in}", status: 503, lines: in},
		{name: "no route", target: "/no-route", token: "{in}", status: 404, lines: in},
		{name: "a direct response", target: "/direct", token: "{in}", status: 418, lines: in},
		{name: "a redirect of the route", target: "/elsewhere", token: "{in}", status: 301, lines: in},
		{name: "another filter's refusal", target: "/denied", token: "{in}", status: 403, lines: in},
		{name: "our refusal", target: "/", token: "{out}", status: 401, lines: out},
		{name: "our refusal of a rule", target: "/admins", token: "{in}", status: 403, lines: in},
		{name: "our redirect back", target: "/?x=1&__clerk_handshake={in}", status: 307, lines: in},
		{name: "signed out on an optional rule", target: "/optional", token: "{out}", status: 200, lines: out},
		{name: "not where a rule is only tried out", target: "/log", token: "{out}", status: 200, cacheControl: "unchanged"},
		{name: "not without a handshake", target: "/direct", headers: "Authorization: Bearer {clerk}", status: 418, cacheControl: "unchanged"},
	} {
		t.Run(test.name, func(t *testing.T) {
			request := "GET " + test.target + "\nSec-Fetch-Dest: document\nCookie: __client_uat=1"
			if test.token != "" {
				request += "; __clerk_handshake=" + test.token
			}
			if test.headers != "" {
				request += "\n" + test.headers
			}
			got, err := send(e.addrs["app"], parseRequest(m.fill(request), ""))
			if err != nil {
				t.Fatal(err)
			}
			if got.Status != test.status {
				t.Errorf("status %d, want %d", got.Status, test.status)
			}
			var want []string
			for _, line := range test.lines {
				want = append(want, m.fill(line))
			}
			if lines := values(got.Headers, "set-cookie"); !slices.Equal(lines, want) {
				t.Errorf("set-cookie\n  %s\nwant\n  %s", shortened(strings.Join(lines, "\n  ")), shortened(strings.Join(want, "\n  ")))
			}
			if test.cacheControl == "" {
				if cache := values(got.Headers, "cache-control"); !slices.Equal(cache, []string{"private, no-store"}) {
					t.Errorf("cache-control %q", cache)
				}
			} else if cache := values(got.Headers, "cache-control"); cache != nil {
				t.Errorf("cache-control %q", cache)
			}
		})
	}
}

// deny is an RBAC filter that refuses a path.
func deny(path string) object {
	return object{
		"name": "envoy.filters.http.rbac",
		"typed_config": object{
			"@type": "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC",
			"rules": object{"action": "DENY", "policies": object{"denied": object{
				"permissions": list{object{"url_path": object{"path": object{"exact": path}}}},
				"principals":  list{object{"any": true}},
			}}},
		},
	}
}

// handshakeOf mints a handshake token of an issuer that brings lines, in which
// words in braces are filled in.
func handshakeOf(issuer string, lines ...string) func(*Mint) string {
	return func(m *Mint) string {
		filled := make([]string, len(lines))
		for i, line := range lines {
			filled[i] = m.fill(line)
		}
		key := issuers()[issuer].Key()
		return key.Token(map[string]any{"alg": key.Algorithm, "kid": key.ID, "typ": "JWT"}, map[string]any{
			"iss": issuers()[issuer].URL, "iat": m.Now.Unix(), "exp": m.Now.Add(time.Minute).Unix(), "handshake": filled,
		})
	}
}
