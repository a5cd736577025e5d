package e2e

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	gojwt "github.com/go-jose/go-jose/v4/jwt"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

func readKeySet(t *testing.T, body string) *jose.JSONWebKeySet {
	t.Helper()
	keys := &jose.JSONWebKeySet{}
	if err := json.Unmarshal([]byte(body), keys); err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	return keys
}

// longestRun is how long TestAssertionsLast asks with SESSIONGATE_LONG=1.
const longestRun = 10 * time.Minute

// TestAssertionsLast sends requests with session tokens as Clerk's script renews
// them, each good for 60 s, and some of them used until the filter refuses them.
// No assertion that the backend gets has little of its lifetime left.
func TestAssertionsLast(t *testing.T) {
	if !long() {
		t.Skip("takes ten minutes; SESSIONGATE_LONG=1 runs it")
	}
	seen := &leftovers{least: map[string]time.Duration{}, count: map[string]int{}}
	backend := httptest.NewServer(seen)
	defer backend.Close()
	lifetimes := map[string]time.Duration{"10s": 10 * time.Second, "1m": time.Minute, "10m": 10 * time.Minute}
	b := bootstrap{
		backend: strings.TrimPrefix(backend.URL, "http://"),
		configs: map[string]string{}, env: map[string]map[string]string{},
	}
	for name := range lifetimes {
		b.configs[name] = (&Mint{}).fill(`{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}}],
			"assertion": {` + gate + `, "lifetime": "` + name + `"}}`)
		b.env[name] = signingEnvironment
	}
	e := startEnvoy(t, b, envoy.Options{Concurrency: 2})
	ctx, cancel := context.WithTimeout(t.Context(), longestRun)
	defer cancel()
	var sessions sync.WaitGroup
	for name := range lifetimes {
		for i := range 12 {
			sessions.Go(func() { visit(ctx, t, e.addrs[name], name, time.Duration(i)*time.Second*5) })
		}
	}
	sessions.Wait()
	for name, lifetime := range lifetimes {
		bound := min(lifetime/4, 15*time.Second)
		report(t, "lifetime %s: %d assertions arrived, the least that was left is %v", name, seen.count[name], seen.least[name].Round(10*time.Millisecond))
		if seen.count[name] == 0 || seen.least[name] < bound {
			t.Errorf("lifetime %s: %v were left, want at least %v", name, seen.least[name], bound)
		}
	}
	for _, err := range seen.errors {
		t.Error(err)
	}
	e.checkHealth(t)
	e.checkLogs(t)
}

// visit is one browser: its token is renewed 10 s before it ends, as Clerk's
// script does, or for every other session 4 s after, when the filter still takes
// it.
func visit(ctx context.Context, t *testing.T, addr, lifetime string, start time.Duration) {
	renew := 50 * time.Second
	if start/(5*time.Second)%2 == 1 {
		renew = 64 * time.Second
	}
	select {
	case <-time.After(start):
	case <-ctx.Done():
		return
	}
	for ctx.Err() == nil {
		mint := &Mint{Now: time.Now()}
		request := parseRequest(mint.fill("GET /\nX-Lifetime: "+lifetime+"\nAuthorization: Bearer {clerk}"), "")
		for time.Since(mint.Now) < renew && ctx.Err() == nil {
			if got, err := send(addr, request); err != nil || got.Status != 200 {
				t.Errorf("%d, %v: %s", got.Status, err, got.Body)
				return
			}
			time.Sleep(200 * time.Millisecond)
		}
	}
}

// leftovers is a backend that notes how much of each assertion is left.
type leftovers struct {
	mu     sync.Mutex
	least  map[string]time.Duration
	count  map[string]int
	errors []error
}

func (l *leftovers) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	var claims gojwt.Claims
	token, err := gojwt.ParseSigned(r.Header.Get(assertionHeader), []jose.SignatureAlgorithm{jose.ES256})
	if err == nil {
		err = token.Claims(signingKey.Private.Public(), &claims)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.errors = append(l.errors, err)
		return
	}
	name := r.Header.Get("X-Lifetime")
	left := time.Until(claims.Expiry.Time())
	if l.count[name] == 0 || left < l.least[name] {
		l.least[name] = left
	}
	l.count[name]++
}
