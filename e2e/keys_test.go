package e2e

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/demo/envoy"
	"github.com/sessiongate/sessiongate/demo/idp"
)

// keyCase is a key server and what requests get while it is as it is.
type keyCase struct {
	name  string
	fault idp.Fault
	// status of a request with a good token while the fault lasts, and once it
	// is mended.
	during, after int
	extra         string // of the provider's configuration, begins with a comma
}

var keyCases = []keyCase{
	{name: "slow", fault: idp.Slow(time.Second), during: 200, after: 200},
	{name: "too slow", fault: idp.Slow(time.Minute), during: 503, after: 200, extra: `, "jwksTimeout": "300ms"`},
	{name: "down", fault: idp.Down(), during: 503, after: 200},
	{name: "error", fault: idp.Status(500), during: 503, after: 200},
	{name: "not found", fault: idp.Status(404), during: 503, after: 200},
	{name: "html", fault: idp.HTML(), during: 503, after: 200},
	{name: "huge", fault: idp.Huge(5 << 20), during: 503, after: 200},
	{name: "unusable", fault: idp.Body(200, "application/json", `{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}`), during: 503, after: 200},
	{name: "hostile", fault: idp.Hostile(), during: 503, after: 200},
}

// host is the name of the case's own issuer.
func (c keyCase) host() string { return strings.ReplaceAll(c.name, " ", "-") + ".keys.example.com" }

// TestKeyServers: key servers that misbehave, all in one Envoy. A request with
// a good token waits or gets a 503, never a 401; one without a token is
// answered as always; and once the server is mended, tokens are accepted.
func TestKeyServers(t *testing.T) {
	made := map[string]*idp.Issuer{}
	b := bootstrap{configs: map[string]string{}}
	for _, c := range keyCases {
		issuer, err := idp.NewPlain(c.host())
		if err != nil {
			t.Fatal(err)
		}
		issuer.Break(c.fault)
		made[c.name] = issuer
		b.configs[c.name] = fmt.Sprintf(`{"providers": [{"name": "mine", "issuer": %q, "jwksUri": %q, "jwksCluster": "idp"%s}]}`,
			issuer.URL, issuer.URL+"/.well-known/jwks.json", c.extra)
	}
	addr, stop, err := idp.NewServer(slices.Collect(maps.Values(made))...).Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	b.keys = addr
	e := startEnvoy(t, b, envoy.Options{Concurrency: 2})
	ask := func(c keyCase, with bool) (response, error) {
		request := "GET /"
		if with {
			request += "\nAuthorization: Bearer " + (&Mint{}).note(made[c.name].Session(time.Now()).Token())
		}
		return send(e.addrs[c.name], parseRequest(request, ""))
	}
	t.Run("cases", func(t *testing.T) {
		for _, c := range keyCases {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				expect(t, 401, func() (response, error) { return ask(c, false) })
				expectAll(t, c.during, func() (response, error) { return ask(c, true) })
				expect(t, 401, func() (response, error) { return ask(c, false) })
				made[c.name].Break(nil)
				eventually(t, c.after, func() (response, error) { return ask(c, true) })
			})
		}
	})
	e.checkHealth(t)
	e.checkLogs(t)
}

// TestRotation: a new key works on its first use, and a withdrawn one no
// longer once the set has been fetched again.
func TestRotation(t *testing.T) {
	issuer, err := idp.NewPlain("rotating.keys.example.com")
	if err != nil {
		t.Fatal(err)
	}
	addr, stop, err := idp.NewServer(issuer).Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	e := startEnvoy(t, bootstrap{keys: addr, configs: map[string]string{"rotating": fmt.Sprintf(
		`{"providers": [{"name": "mine", "issuer": %q, "jwksUri": %q, "jwksCluster": "idp", "jwksRefreshInterval": "1s", "jwksUnknownKeyInterval": "1s"}]}`,
		issuer.URL, issuer.URL+"/.well-known/jwks.json")}}, envoy.Options{Concurrency: 2})
	ask := func(token string) (response, error) {
		return send(e.addrs["rotating"], parseRequest("GET /\nAuthorization: Bearer "+token, ""))
	}
	mint := &Mint{}
	old := issuer.Key()
	before := mint.note(issuer.Session(time.Now()).Token())
	expect(t, 200, func() (response, error) { return ask(before) })

	next, err := idp.NewKey("next", "ES256")
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(1100 * time.Millisecond) // past the last fetch for an unknown key
	issuer.Publish(next)
	issuer.Use(next)
	expectAll(t, 200, func() (response, error) { return ask(mint.note(issuer.Session(time.Now()).Token())) })
	expect(t, 200, func() (response, error) { return ask(before) })

	issuer.Withdraw(old)
	eventually(t, 401, func() (response, error) { return ask(before) })
	e.checkHealth(t)
	e.checkLogs(t)
}

// TestOneFetch: however many workers and listeners, the process fetches a key
// set once, and requests that come before it wait for it.
func TestOneFetch(t *testing.T) {
	issuer, err := idp.NewPlain("counted.keys.example.com")
	if err != nil {
		t.Fatal(err)
	}
	issuer.Break(idp.Slow(time.Second))
	addr, stop, err := idp.NewServer(issuer).Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	config := fmt.Sprintf(`{"providers": [{"name": "mine", "issuer": %q, "jwksUri": %q, "jwksCluster": "idp"}]}`,
		issuer.URL, issuer.URL+"/.well-known/jwks.json")
	e := startEnvoy(t, bootstrap{keys: addr, configs: map[string]string{"one": config, "two": config}}, envoy.Options{Concurrency: 4})
	token := (&Mint{}).note(issuer.Session(time.Now()).Token())
	for _, name := range []string{"one", "two"} {
		expectAll(t, 200, func() (response, error) {
			return send(e.addrs[name], parseRequest("GET /\nAuthorization: Bearer "+token, ""))
		})
	}
	if n := issuer.Fetches.Load(); n != 1 {
		t.Errorf("%d fetches, want 1", n)
	}
	e.checkHealth(t)
}

// expect makes a request once.
func expect(t *testing.T, status int, ask func() (response, error)) {
	t.Helper()
	if got, err := ask(); err != nil || got.Status != status {
		t.Errorf("status %d, want %d: %v %s", got.Status, status, err, got.Body)
	}
}

// expectAll makes twenty requests at the same time.
func expectAll(t *testing.T, status int, ask func() (response, error)) {
	t.Helper()
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() { expect(t, status, ask) })
	}
	wait.Wait()
}

// eventually makes requests until one is answered as it should be.
func eventually(t *testing.T, status int, ask func() (response, error)) {
	t.Helper()
	var got response
	var err error
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if got, err = ask(); err == nil && got.Status == status {
			return
		}
	}
	t.Errorf("status %d, want %d: %v %s", got.Status, status, err, got.Body)
}
