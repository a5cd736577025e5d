package idp

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
)

// TestTokens: other people's libraries accept what is minted, with the key set
// that is served.
func TestTokens(t *testing.T) {
	for _, algorithm := range []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"} {
		t.Run(algorithm, func(t *testing.T) {
			issuer, err := NewPlain("issuer.example.com")
			if err != nil {
				t.Fatal(err)
			}
			key, err := NewKey("mine", algorithm)
			if err != nil {
				t.Fatal(err)
			}
			issuer.Publish(key)
			issuer.Use(key)
			var set jose.JSONWebKeySet
			if err := json.Unmarshal(issuer.KeySet(), &set); err != nil {
				t.Fatal(err)
			}
			now := time.Unix(1_800_000_000, 0)
			token, err := jwt.Parse(issuer.Session(now).Token(), func(token *jwt.Token) (any, error) {
				return set.Key(token.Header["kid"].(string))[0].Key, nil
			}, jwt.WithTimeFunc(func() time.Time { return now }), jwt.WithIssuer("https://issuer.example.com"))
			if err != nil {
				t.Fatal(err)
			}
			if subject, _ := token.Claims.GetSubject(); subject != "user_plain" {
				t.Errorf("subject %q", subject)
			}
		})
	}
}

func TestVendors(t *testing.T) {
	clerk, err := NewClerk("clerk.example.com", true)
	if err != nil {
		t.Fatal(err)
	}
	if clerk.PublishableKey != "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k" || clerk.CookieSuffix() != "naoXFJnI" {
		t.Errorf("production: %s, %s", clerk.PublishableKey, clerk.CookieSuffix())
	}
	development, err := NewClerk("happy-hippo-1.clerk.accounts.dev", false)
	if err != nil {
		t.Fatal(err)
	}
	if development.PublishableKey != "pk_test_aGFwcHktaGlwcG8tMS5jbGVyay5hY2NvdW50cy5kZXYk" || development.CookieSuffix() != "MWTw9P_R" {
		t.Errorf("development: %s, %s", development.PublishableKey, development.CookieSuffix())
	}
	corbado, err := NewCorbado("pro-123")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(NewServer(clerk, corbado))
	defer server.Close()
	for _, test := range []struct {
		name, host, path, project string
		status                    int
	}{
		{"clerk", "clerk.example.com", "/.well-known/jwks.json", "", 200},
		{"clerk, at another path", "clerk.example.com", "/.well-known/jwks", "", 404},
		{"corbado", "pro-123.frontendapi.cloud.corbado.io", "/.well-known/jwks", "pro-123", 200},
		{"corbado, without the project's header", "pro-123.frontendapi.cloud.corbado.io", "/.well-known/jwks", "", 400},
		{"another host", "other.example.com", "/.well-known/jwks.json", "", 404},
	} {
		t.Run(test.name, func(t *testing.T) {
			if status := get(t, server.URL+test.path, test.host, test.project); status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	issuer, err := NewPlain("issuer.example.com")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(NewServer(issuer))
	defer server.Close()
	ask := func() int { return get(t, server.URL+"/.well-known/jwks.json", issuer.Host, "") }
	for _, test := range []struct {
		name  string
		fault Fault
		want  []int // statuses one after the other; 0: no answer
	}{
		{"none", nil, []int{200}},
		{"slow", Slow(time.Millisecond), []int{200}},
		{"down", Down(), []int{0, 0}},
		{"status", Status(500), []int{500}},
		{"html", HTML(), []int{200}},
		{"huge", Huge(2 << 20), []int{200}},
		{"hostile", Hostile(), []int{200, 200, 200}},
		{"flapping", Flapping(3, Status(503)), []int{200, 200, 503, 200}},
	} {
		t.Run(test.name, func(t *testing.T) {
			issuer.Break(test.fault)
			before := issuer.Fetches.Load()
			for i, want := range test.want {
				if status := ask(); status != want {
					t.Errorf("answer %d: status %d, want %d", i, status, want)
				}
			}
			if n := issuer.Fetches.Load() - before; n < int64(len(test.want)) {
				t.Errorf("%d fetches counted", n)
			}
		})
	}
}

// get is the status of a GET, or 0.
func get(t *testing.T, url, host, project string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	request.Header.Set("X-Corbado-ProjectID", project)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode
}
