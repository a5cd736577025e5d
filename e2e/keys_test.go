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

// TestKeyServers: key servers that misbehave, all in one Envoy. A request with
// a good token waits or gets a 503, never a 401; one without a token is
// answered as always; and once the server is mended, tokens are accepted.
func TestKeyServers(t *testing.T) {
	made := map[string]*idp.Issuer{}
	b := bootstrap{configs: map[string]string{}}
	for _, c := range keyCases {
		issuer := keyIssuer(t, strings.ReplaceAll(c.name, " ", "-"))
		issuer.Break(c.fault)
		made[c.name] = issuer
		b.configs[c.name] = `{"providers": [` + remote("mine", issuer, c.extra) + `]}`
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
	issuer := keyIssuer(t, "rotating")
	addr, stop, err := idp.NewServer(issuer).Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	e := startEnvoy(t, bootstrap{keys: addr, configs: map[string]string{
		"rotating": `{"providers": [` + remote("mine", issuer, `, "jwksRefreshInterval": "1s", "jwksUnknownKeyInterval": "1s"`) + `]}`,
	}}, envoy.Options{Concurrency: 2})
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

// TestOneFetch: however many workers and listeners, the process fetches each
// key set once, and requests that come before it wait for it.
func TestOneFetch(t *testing.T) {
	slow, quick := keyIssuer(t, "slow-one"), keyIssuer(t, "quick-one")
	slow.Break(idp.Slow(time.Second))
	addr, stop, err := idp.NewServer(slow, quick).Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	config := `{"providers": [` + remote("slow", slow, "") + `, ` + remote("quick", quick, "") + `]}`
	e := startEnvoy(t, bootstrap{keys: addr, configs: map[string]string{"one": config, "two": config}}, envoy.Options{Concurrency: 4})
	for _, issuer := range []*idp.Issuer{slow, quick} {
		token := (&Mint{}).note(issuer.Session(time.Now()).Token())
		for _, name := range []string{"one", "two"} {
			expectAll(t, 200, func() (response, error) {
				return send(e.addrs[name], parseRequest("GET /\nAuthorization: Bearer "+token, ""))
			})
		}
		if n := issuer.Fetches.Load(); n != 1 {
			t.Errorf("%s: %d fetches, want 1", issuer.Host, n)
		}
	}
	counted, err := e.Stats(t.Context(), `sessiongate\.key_fetches`)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"slow", "quick"} {
		if n := counted["wasmcustom.sessiongate.key_fetches.provider."+name+".result.ok"]; n != 1 {
			t.Errorf("%s: %d fetches are counted, want 1: %v", name, n, counted)
		}
	}
	e.checkHealth(t)
}

// keyIssuer is an issuer of a test's own.
func keyIssuer(t *testing.T, name string) *idp.Issuer {
	t.Helper()
	issuer, err := idp.NewPlain(name + ".keys.example.com")
	if err != nil {
		t.Fatal(err)
	}
	return issuer
}

// remote is a provider whose keys are fetched; extra begins with a comma.
func remote(name string, issuer *idp.Issuer, extra string) string {
	return fmt.Sprintf(`{"name": %q, "issuer": %q, "jwksUri": %q, "jwksCluster": "idp"%s}`,
		name, issuer.URL, issuer.URL+issuer.Vendor.KeysPath(), extra)
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
