package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// corsFilter is Envoy's filter for CORS. What it allows stands in the route.
func corsFilter() list {
	return list{object{
		"name":         "envoy.filters.http.cors",
		"typed_config": object{"@type": "type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors"},
	}}
}

// corsRoute is a route to the backend with a policy that lists one origin that
// corsJSON has too, and one that it has not.
func corsRoute() object {
	policy := object{
		"@type":                     "type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy",
		"allow_origin_string_match": list{object{"exact": "https://app.example.com"}, object{"exact": "https://envoy.example.com"}},
		"allow_methods":             "GET, PUT", "allow_headers": "authorization", "max_age": "600",
		"expose_headers": "x-echo", "allow_credentials": true,
	}
	return object{"virtual_hosts": list{object{
		"name": "all", "domains": list{"*"},
		"routes":                  list{object{"match": object{"prefix": ""}, "route": object{"cluster": "backend"}}},
		"typed_per_filter_config": object{"envoy.filters.http.cors": policy},
	}}}
}

// corsAnswer is what CORS says in an answer.
type corsAnswer struct {
	status         int
	origin, expose string
}

// TestEnvoyCORSFilter holds that answers are readable with Envoy's own filter
// for CORS in front of this one, behind it, and without, and that no header
// comes twice. Istio puts it behind, Envoy Gateway in front.
func TestEnvoyCORSFilter(t *testing.T) {
	json := (&Mint{Now: time.Now()}).fill(corsJSON)
	route := map[string]any{"route_config": corsRoute()}
	e := startEnvoy(t, bootstrap{
		configs: map[string]string{"absent": json, "before": json, "after": json},
		manager: map[string]map[string]any{"before": route, "after": route},
		before:  map[string]list{"before": corsFilter()},
		after:   map[string]list{"after": corsFilter()},
	}, envoy.Options{Concurrency: 1, LogLevel: "info"})

	const (
		app, ours, envoys, evil = "https://app.example.com", "https://ours.example.com", "https://envoy.example.com", "https://evil.example"

		own, theirs = "www-authenticate, retry-after, x-request-id", "x-echo"
	)
	refused := func(listener, origin string) corsAnswer {
		switch {
		case listener == "before" && (origin == app || origin == envoys): // the filter in front has the last word
			return corsAnswer{401, origin, theirs}
		case origin == app || origin == ours:
			return corsAnswer{401, origin, own}
		}
		return corsAnswer{status: 401}
	}
	passed := func(listener, origin string) corsAnswer {
		if listener != "absent" && (origin == app || origin == envoys) {
			return corsAnswer{200, origin, theirs}
		}
		return corsAnswer{status: 200}
	}
	requests := map[string]struct {
		text string
		want func(listener, origin string) corsAnswer
	}{
		"refused":    {"GET /a", refused},
		"redirected": {"GET /a" + html, func(l, o string) corsAnswer { a := refused(l, o); a.status = 307; return a }},
		"forbidden":  {"GET /admin" + asPlain, func(l, o string) corsAnswer { a := refused(l, o); a.status = 403; return a }},
		"passed":     {"GET /a" + asPlain, passed},
		"preflight":  {"OPTIONS /a\nAccess-Control-Request-Method: PUT", passed},
	}
	for listener, address := range e.addrs {
		for name, request := range requests {
			for _, origin := range []string{app, ours, envoys, evil} {
				t.Run(listener+"/"+name+"/"+strings.TrimPrefix(origin, "https://"), func(t *testing.T) {
					mint := &Mint{Now: time.Now()}
					got, err := send(address, parseRequest(mint.fill(request.text)+"\nOrigin: "+origin, ""))
					if err != nil {
						t.Fatal(err)
					}
					checkCORS(t, got, request.want(listener, origin))
				})
			}
		}
	}
	e.checkHealth(t)
}

func checkCORS(t *testing.T, got response, want corsAnswer) {
	t.Helper()
	if got.Status != want.status {
		t.Errorf("status %d, want %d", got.Status, want.status)
	}
	credentials := ""
	if want.origin != "" {
		credentials = "true"
	}
	for name, value := range map[string]string{
		"access-control-allow-origin":      want.origin,
		"access-control-allow-credentials": credentials,
		"access-control-expose-headers":    want.expose,
	} {
		lines := values(got.Headers, name)
		if len(lines) > 1 || strings.Join(lines, "") != value {
			t.Errorf("%s: %q, want %q", name, lines, value)
		}
	}
	if lines := values(got.Headers, "vary"); len(lines) > 1 {
		t.Errorf("vary: %q", lines)
	}
}
