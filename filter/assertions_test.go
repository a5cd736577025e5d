package filter_test

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

var signingKey, nextKey = jwttest.NewKey(jwa.ES256, "assertion"), jwttest.NewKey(jwa.ES256, "next")

const signingEnv = "SESSIONGATE_SIGNING_KEY"

// asserting is a process whose VMs have a signing key, and a configuration that
// asks for assertions.
func asserting(t testing.TB, changes object, providers ...object) (*filtertest.Process, string) {
	p := filtertest.NewProcess()
	p.Environment = map[string]string{signingEnv: jwttest.PrivatePEM(signingKey)}
	a := object{"issuer": "https://gate.example.com", "audience": "backend"}
	for name, value := range changes {
		a[name] = value
	}
	if providers == nil {
		providers = []object{inline(keyA)}
	}
	return p, configuration(t, object{"assertion": a}, providers...)
}

// assertion is the verified assertion of a request that was forwarded.
func assertion(t testing.TB, p *filtertest.Process, r filtertest.Result) jwt.MapClaims {
	t.Helper()
	text := r.Header("x-sessiongate-assertion")
	claims := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(text, claims, func(*jwt.Token) (any, error) { return signingKey.Private.Public(), nil },
		jwt.WithValidMethods([]string{"ES256"}), jwt.WithAudience("backend"), jwt.WithIssuer("https://gate.example.com"),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithTimeFunc(p.Now))
	if err != nil {
		t.Fatalf("the assertion %q: %v", text, err)
	}
	return claims
}

func signatures(p *filtertest.Process) (host, inGo int64) {
	return p.Metric("sessiongate.assertions.by.host"), p.Metric("sessiongate.assertions.by.go")
}

// noSecret checks that no part of the private key is in the log.
func noSecret(t *testing.T, p *filtertest.Process) {
	t.Helper()
	text := p.LogText()
	for _, line := range strings.Split(jwttest.PrivatePEM(signingKey), "\n")[1:3] {
		if strings.Contains(text, line[:16]) {
			t.Errorf("a part of the key stands in the log:\n%s", text)
		}
	}
}

// TestSigningKeys is a table of environments that a plugin does not start in.
func TestSigningKeys(t *testing.T) {
	good := jwttest.PrivatePEM(signingKey)
	for name, test := range map[string]struct {
		env  map[string]string
		want string // of the log; empty: it starts
	}{
		"a key":                {map[string]string{signingEnv: good}, ""},
		"a key and the next":   {map[string]string{signingEnv: good, signingEnv + "_NEXT": jwttest.PrivatePEM(nextKey)}, ""},
		"none":                 {nil, "assertion.keyEnv: the environment of the VM has no variable SESSIONGATE_SIGNING_KEY"},
		"only the next":        {map[string]string{signingEnv + "_NEXT": good}, "has no variable SESSIONGATE_SIGNING_KEY"},
		"an empty one":         {map[string]string{signingEnv: ""}, "has no variable SESSIONGATE_SIGNING_KEY"},
		"a bad one":            {map[string]string{signingEnv: strings.Split(good, "\n")[1]}, "the variable SESSIONGATE_SIGNING_KEY is not a PEM"},
		"another curve":        {map[string]string{signingEnv: jwttest.PrivatePEM(jwttest.NewKey(jwa.ES384, "x"))}, "not a key of the curve P-256"},
		"the next is bad":      {map[string]string{signingEnv: good, signingEnv + "_NEXT": "x"}, "the variable SESSIONGATE_SIGNING_KEY_NEXT is not a PEM"},
		"in another variable":  {map[string]string{"OTHER": good}, "has no variable"},
		"that and the next":    {map[string]string{signingEnv: good, signingEnv + "_NEXT": good}, ""},
		"spaces, as some have": {map[string]string{signingEnv: "\n" + good + "\n"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, config := asserting(t, nil)
			p.Environment = test.env
			plugin := p.Start(config)
			if plugin.Started != (test.want == "") || !strings.Contains(p.LogText(), test.want) {
				t.Errorf("started: %v, want %q in the log:\n%s", plugin.Started, test.want, p.LogText())
			}
			noSecret(t, p)
		})
	}
}

// TestKeySetIsServed: every replica with the same keys serves the same set.
func TestKeySetIsServed(t *testing.T) {
	var sets []string
	for range 2 {
		p, config := asserting(t, object{"keyEnv": "KEYS", "jwksPath": "/.well-known/keys"})
		p.Environment = map[string]string{"KEYS": jwttest.PrivatePEM(signingKey), "KEYS_NEXT": jwttest.PrivatePEM(nextKey)}
		plugin := start(t, p, config)
		r := plugin.Do(filtertest.Get("/.well-known/keys"))
		wantStatus(t, r, "200")
		sets = append(sets, r.Response.Body)
		correct(t, p)
	}
	var set struct{ Keys []map[string]string }
	if err := json.Unmarshal([]byte(sets[0]), &set); err != nil || len(set.Keys) != 2 || sets[0] != sets[1] {
		t.Errorf("%v\n%s\n%s", err, sets[0], sets[1])
	}
}

// TestAssertionsAreKept: one is made for a token, and made anew when little of
// it is left, or when the clock was set back.
func TestAssertionsAreKept(t *testing.T) {
	p, config := asserting(t, nil)
	plugin := start(t, p, config)
	long := token(p, keyA, nil)
	made := func() int64 {
		host, inGo := signatures(p)
		return host + inGo
	}
	var texts []string
	for _, step := range []struct {
		after time.Duration
		want  int64
	}{{0, 1}, {0, 1}, {29 * time.Second, 1}, {time.Second, 2}, {29 * time.Second, 2}, {-40 * time.Second, 3}, {0, 3}, {50 * time.Second, 4}} {
		if step.after < 0 {
			p.SetNow(p.Now().Add(step.after))
		} else {
			p.Advance(step.after)
		}
		r := plugin.Do(bearer(long))
		wantStatus(t, r, "signed-in")
		assertion(t, p, r)
		texts = append(texts, r.Header("x-sessiongate-assertion"))
		if made() != step.want {
			t.Errorf("after %v: %d were made, want %d", step.after, made(), step.want)
		}
	}
	if slices.Sort(texts); len(slices.Compact(texts)) != 4 {
		t.Errorf("%d different ones were sent", len(slices.Compact(texts)))
	}
	correct(t, p)
}

// TestWithoutTokenCache: each request gets an assertion of its own.
func TestWithoutTokenCache(t *testing.T) {
	p := filtertest.NewProcess()
	p.Environment = map[string]string{signingEnv: jwttest.PrivatePEM(signingKey)}
	plugin := start(t, p, configuration(t, object{"tokenCacheSize": 0, "assertion": object{"issuer": "https://gate.example.com", "audience": "backend"}}, inline(keyA)))
	for range 3 {
		assertion(t, p, plugin.Do(bearer(token(p, keyA, nil))))
	}
	if host, _ := signatures(p); host != 3 {
		t.Errorf("%d were made", host)
	}
}

// TestAssertionsAfterKeys: with the issuer's key that a token names, its
// assertion goes, too.
func TestAssertionsAfterKeys(t *testing.T) {
	p, config := asserting(t, nil, provider(nil))
	keys := []*jwttest.Key{keyA}
	p.OnDispatch = func(c *filtertest.Call) { c.Answer(200, nil, jwttest.JWKSet(keys...)) }
	plugin := start(t, p, config)
	r := after(p, time.Second, plugin, bearer(token(p, keyA, nil)))
	wantStatus(t, r, "signed-in")
	assertion(t, p, r)
	keys = []*jwttest.Key{keyB}
	p.Advance(6 * time.Minute)
	wantStatus(t, after(p, time.Second, plugin, bearer(token(p, keyA, nil))), "401")
}

// TestAssertionOfProvider: the id is one for all providers only if it says
// whose it is.
func TestAssertionOfProvider(t *testing.T) {
	other := inline(keyB)
	other["name"], other["issuer"] = "other", "https://other.example.com"
	p, config := asserting(t, object{"subject": "provider|id"}, inline(keyA), other)
	plugin := start(t, p, config)
	for name, text := range map[string]string{
		"mine|user_1":  token(p, keyA, nil),
		"other|user_1": token(p, keyB, object{"iss": "https://other.example.com"}),
	} {
		if claims := assertion(t, p, plugin.Do(bearer(text))); claims["sub"] != name {
			t.Errorf("sub %v, want %s", claims["sub"], name)
		}
	}
}

// TestAssertionText: it is three parts of base64url, and nothing that a header
// could not hold.
func TestAssertionText(t *testing.T) {
	p, config := asserting(t, nil)
	plugin := start(t, p, config)
	r := plugin.Do(bearer(token(p, keyA, object{"sub": "a\"\\\n\u2028é%"})))
	for part := range strings.SplitSeq(r.Header("x-sessiongate-assertion"), ".") {
		if _, err := base64.RawURLEncoding.Strict().DecodeString(part); err != nil || part == "" {
			t.Errorf("%q: %v", part, err)
		}
	}
	if claims := assertion(t, p, r); claims["sub"] != "a\"\\\n\u2028é%" {
		t.Errorf("sub %q", claims["sub"])
	}
}
