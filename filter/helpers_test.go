package filter_test

import (
	"encoding/json"
	"maps"
	"strconv"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

const issuer = "https://issuer.example.com"

var (
	keyA = jwttest.NewKey(jwa.ES256, "a")
	keyB = jwttest.NewKey(jwa.ES256, "b")
	keyC = jwttest.NewKey(jwa.ES256, "c")

	rsaKey = jwttest.NewKey(jwa.RS256, "rsa")
)

// object is a part of a configuration.
type object = map[string]any

// provider is a provider with fetched keys, and with some fields changed.
func provider(changes object) object {
	p := object{
		"name":        "mine",
		"issuer":      issuer,
		"jwksUri":     "https://keys.example.com/jwks.json",
		"jwksCluster": "keys",
		"fromCookies": []string{"session"},
	}
	maps.Copy(p, changes)
	return p
}

// inline is a provider with keys in the configuration.
func inline(keys ...*jwttest.Key) object {
	return object{"name": "mine", "issuer": issuer, "jwks": jwttest.JWKSet(keys...), "fromCookies": []string{"session"}}
}

// configuration is one with these providers.
func configuration(t testing.TB, top object, providers ...object) string {
	t.Helper()
	all := object{"providers": providers}
	maps.Copy(all, top)
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// token is a good session token at the process's time, with some claims
// changed; nil takes one out.
func token(p *filtertest.Process, key *jwttest.Key, changes object) string {
	claims := object{
		"iss": issuer, "sub": "user_1",
		"iat": p.Now().Unix(), "exp": p.Now().Add(time.Hour).Unix(),
	}
	for name, value := range changes {
		if value == nil {
			delete(claims, name)
		} else {
			claims[name] = value
		}
	}
	return jwttest.Sign(key, nil, claims)
}

// bearer is a request with a token.
func bearer(token string) filtertest.Request {
	return filtertest.Get("/", [2]string{"authorization", "Bearer " + token})
}

// running is a plugin a second after its start, with the key that it has fetched
// for a provider with some fields changed.
func running(t testing.TB, changes object) (*filtertest.Process, *filtertest.Plugin) {
	t.Helper()
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA)
	plugin := start(t, p, configuration(t, nil, provider(changes)))
	p.Advance(time.Second)
	return p, plugin
}

// start starts a plugin that must take its configuration.
func start(t testing.TB, p *filtertest.Process, configuration string) *filtertest.Plugin {
	t.Helper()
	plugin := p.Start(configuration)
	if !plugin.Started {
		t.Fatalf("the plugin refused its configuration:\n%s", p.LogText())
	}
	return plugin
}

// correct ends a test: nothing was done that Envoy does not take well, and no
// callback panicked.
func correct(t testing.TB, p *filtertest.Process) {
	t.Helper()
	for _, misuse := range p.Misuses() {
		t.Errorf("misuse: %s", misuse)
	}
	if n := p.Metric("sessiongate.panics"); n != 0 {
		t.Errorf("%d panics:\n%s", n, p.LogText())
	}
}

// status is what a request came to: the status of an answer, or what else.
func status(r filtertest.Result) string {
	switch {
	case r.Waiting:
		return "waiting"
	case r.Forwarded && r.Header("x-identity-status") == "signed-in":
		return "signed-in"
	case r.Forwarded:
		return "forwarded " + r.Header("x-identity-status")
	default:
		return strconv.Itoa(r.Response.Status)
	}
}

// after makes a request, gives it some time, and tells what it came to.
func after(p *filtertest.Process, d time.Duration, plugin *filtertest.Plugin, r filtertest.Request) filtertest.Result {
	s := plugin.Begin(r)
	p.Advance(d)
	return s.Result()
}

func wantStatus(t testing.TB, r filtertest.Result, want string) {
	t.Helper()
	if got := status(r); got != want {
		t.Errorf("the request came to %s (%s), want %s", got, r.Response.Body, want)
	}
}

// answering answers every call with this set of keys, a moment later.
func answering(keys ...*jwttest.Key) func(*filtertest.Call) {
	return func(c *filtertest.Call) { c.Answer(200, nil, jwttest.JWKSet(keys...)) }
}
