package filter_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

func TestRequest(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, object{
		"filterState": true,
		"rules":       []object{{"paths": []string{"/open"}, "auth": "skip"}, {"paths": []string{"/maybe"}, "auth": "optional"}},
	}, inline(keyA)))
	good := token(p, keyA, nil)
	spoofed := [][2]string{{"X-Identity-User-Id", "root"}, {"x_identity_user_id", "root"}, {"x-identity-user-id", "root2"}}

	r := plugin.Do(filtertest.Get("/", append(spoofed, [2]string{"cookie", "session=" + good})...))
	wantStatus(t, r, "signed-in")
	if got := r.Header("x-identity-user-id"); got != "user_1" {
		t.Errorf("the user is %q", got)
	}
	if got := r.Header("x_identity_user_id"); got != "" {
		t.Errorf("x_identity_user_id is still there: %q", got)
	}
	if got := r.Properties["identity.user_id"]; got != "user_1" {
		t.Errorf("the properties are %q", r.Properties)
	}

	r = plugin.Do(filtertest.Get("/open", spoofed...))
	wantStatus(t, r, "forwarded ")
	if got := r.Header("x-identity-user-id"); got != "" {
		t.Errorf("x-identity-user-id is %q on a skipped path", got)
	}

	r = plugin.Do(filtertest.Get("/", spoofed...))
	wantStatus(t, r, "401")
	if got := r.Header("x-identity-status"); got != "signed-out" {
		t.Errorf("an access log of the refusal reads %q", got)
	}
	if !strings.HasPrefix(r.Response.Header("www-authenticate"), "Bearer") {
		t.Errorf("the answer has the headers %q", r.Response.Headers)
	}
	wantStatus(t, plugin.Do(filtertest.Get("/maybe", spoofed...)), "forwarded signed-out")
	correct(t, p)
}

func TestTrailers(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, nil, inline(keyA)))
	r := bearer(token(p, keyA, nil))
	r.Trailers = [][2]string{{"x-identity-user-id", "root"}, {"grpc-status", "0"}, {"X_Identity_Org_Id", "x"}, {"x-identity-user-id", "again"}}
	got := plugin.Do(r)
	wantStatus(t, got, "signed-in")
	if want := [][2]string{{"grpc-status", "0"}}; !reflect.DeepEqual(got.Trailers, want) {
		t.Errorf("the upstream gets the trailers %q, want %q", got.Trailers, want)
	}
	correct(t, p)
}

// TestNoTrailers: a client of HTTP/2 may end its request with trailers without
// a line. Nobody is to be alarmed by that.
func TestNoTrailers(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, nil, inline(keyA)))
	r := bearer(token(p, keyA, nil))
	r.Trailers = [][2]string{}
	got := plugin.Do(r)
	wantStatus(t, got, "signed-in")
	if !got.TrailersForwarded {
		t.Error("the trailers were not forwarded")
	}
	if logged := p.LogText(); strings.Contains(logged, "a bug was caught") {
		t.Errorf("the log says %q", logged)
	}
	correct(t, p)
}

// TestHandshakeCookies: Set-Cookie lines of a handshake go with whatever
// answers, once.
func TestHandshakeCookies(t *testing.T) {
	p := filtertest.NewProcess()
	publishable := "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"
	clerk := "https://clerk.example.com"
	plugin := start(t, p, configuration(t, object{"rules": []object{
		{"paths": []string{"/admin"}, "require": []object{{"claim": "role", "values": []string{"admin"}}}},
	}}, object{
		"preset": "clerk", "publishableKey": publishable, "jwks": jwttest.JWKSet(rsaKey),
		"authorizedParties": []string{"https://app.example.com"},
	}))
	session := token(p, rsaKey, object{"iss": clerk, "azp": "https://app.example.com"})
	lines := []string{"__session=" + session + "; Path=/; Secure", "__client_uat=" + "1800000000; Path=/"}
	handshake := token(p, rsaKey, object{"iss": clerk, "handshake": lines})
	arrive := func(path string) filtertest.Request {
		return filtertest.Get(path,
			[2]string{"sec-fetch-dest", "document"},
			[2]string{"cookie", "__clerk_handshake=" + handshake + "; __client_uat=1800000000"})
	}
	for path, want := range map[string]string{"/": "signed-in", "/admin": "403"} {
		request := arrive(path)
		request.Upstream = filtertest.Response{Status: 200, Headers: [][2]string{{"cache-control", "public, max-age=60"}, {"set-cookie", "own=1"}}}
		r := plugin.Do(request)
		wantStatus(t, r, want)
		var cookies, caching []string
		for _, h := range r.Response.Headers {
			switch strings.ToLower(h[0]) {
			case "set-cookie":
				cookies = append(cookies, h[1])
			case "cache-control":
				caching = append(caching, h[1])
			}
		}
		wantCookies := lines
		if want == "signed-in" {
			wantCookies = append([]string{"own=1"}, lines...)
		}
		if !reflect.DeepEqual(cookies, wantCookies) {
			t.Errorf("%s: the client gets the cookies %q, want %q", path, cookies, wantCookies)
		}
		if !reflect.DeepEqual(caching, []string{"private, no-store"}) {
			t.Errorf("%s: the client gets Cache-Control %q", path, caching)
		}
	}
	correct(t, p)
}

func TestConfigurationRefused(t *testing.T) {
	tests := map[string]struct {
		configuration string
		lines         []string
	}{
		"nothing":      {"", []string{"empty"}},
		"not JSON":     {"providers: []", []string{"JSON"}},
		"two problems": {`{"providers": [{"name": "mine", "issuer": "https://a.example.com", "jwks": {"keys": []}, "clockSkew": 5}], "onFailures": "deny"}`, []string{"providers[0].clockSkew", "onFailures"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			if p.Start(test.configuration).Started {
				t.Fatal("the configuration was taken")
			}
			for _, want := range test.lines {
				found := 0
				for _, line := range p.Logs() {
					if line.Level == 4 && strings.Contains(line.Message, want) {
						found++
					}
				}
				if found != 1 {
					t.Errorf("%d critical lines about %q:\n%s", found, want, p.LogText())
				}
			}
			// Should a request come nevertheless, it is not forwarded.
			if r := p.Start(test.configuration).Do(filtertest.Get("/")); r.Forwarded {
				t.Error("a request was forwarded")
			} else {
				wantStatus(t, r, "500")
			}
		})
	}
}
