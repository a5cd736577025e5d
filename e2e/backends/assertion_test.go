package backends

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/assertionkeys"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// asserted are backends that believe signed assertions only.
var asserted = []example{
	{name: "assertion-go", needs: []string{"go version"}, advice: "install Go", untested: true},
	{name: "assertion-node", needs: nodeAndNpm, advice: node, untested: true},
	{name: "assertion-python", needs: python, advice: "install Python 3.10 or later with its venv", untested: true},
	{name: "assertion-spring", needs: []string{"mvn --version", "javac --release 17 --version"}, advice: "install a JDK 17 or later, and Maven", untested: true},
}

// proxyKey signs, and strayKey signs for nobody.
var proxyKey, strayKey = assertionkeys.New("assertion"), assertionkeys.New("stray")

// startAsserting is startProxy with a filter that signs assertions. Its host open
// is for requests without a session, too.
func startAsserting(t *testing.T, backend string) *demo.Demo {
	t.Helper()
	return startProxyWith(t, backend, func(c map[string]any) {
		delete(c, "filterState")
		c["assertion"] = map[string]any{"issuer": "https://gate.example.com", "audience": "backend", "subject": "plain"}
	}, func(vm map[string]any) {
		vm["environment_variables"] = map[string]any{"key_values": map[string]any{"SESSIONGATE_SIGNING_KEY": jwttest.PrivatePEM(proxyKey)}}
	})
}

// TestAssertions starts each backend on a port of its own, with the address of
// the proxy's keys: it accepts what comes through the proxy, and refuses who
// reaches it in another way.
func TestAssertions(t *testing.T) {
	each(t, asserted, func(t *testing.T, e example) {
		command, _ := e.commands(t)
		addr := freeAddr(t)
		d := startAsserting(t, addr)
		p := start(t, e.copied(t), command, addr, "KEYS_URL="+d.URL+"/.well-known/sessiongate/jwks.json")
		all := known(d.Issuers)
		for _, vendor := range []idp.Vendor{idp.Clerk, idp.Corbado} {
			answer, body := get(t, d.URL+"/whoami", open, bearer(vendor, nil)(all))
			if user := all[vendor].Session(time.Now()).Claims["sub"].(string); answer.StatusCode != http.StatusOK || !strings.Contains(body, `"`+user+`"`) {
				t.Errorf("%v through the proxy: status %d, %s\n%s", vendor, answer.StatusCode, body, p.out.String())
			}
		}
		if answer, body := get(t, d.URL+"/whoami", open, nothing(all)); answer.StatusCode != http.StatusUnauthorized || answer.Header.Get("X-Envoy-Upstream-Service-Time") == "" {
			t.Errorf("signed out through the proxy: status %d, %s", answer.StatusCode, body)
		}
		p.preflights(t, d.URL)
		for name, header := range direct() {
			answer, body := get(t, "http://"+p.addr+"/whoami", "", header)
			want := http.StatusUnauthorized
			if name == "a good one" {
				want = http.StatusOK
			}
			if answer.StatusCode != want {
				t.Errorf("directly, %s: status %d, want %d: %s\n%s", name, answer.StatusCode, want, body, p.out.String())
			}
		}
	})
}

// preflights: they have no session, and so no assertion.
func (p *process) preflights(t *testing.T, proxy string) {
	t.Helper()
	for _, url := range []string{proxy, "http://" + p.addr} {
		request, err := http.NewRequest(http.MethodOptions, url+"/whoami", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = open
		request.Header = http.Header{"Origin": {"https://app.example.com"}, "Access-Control-Request-Method": {"GET"}}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode == http.StatusUnauthorized {
			t.Errorf("a preflight to %s: status %d", url, answer.StatusCode)
		}
	}
}

// direct are the headers of who reaches a backend past the proxy. One of them has
// seen an assertion.
func direct() map[string]http.Header {
	sign := func(key *jwttest.Key, changes claims) http.Header {
		payload := claims{
			"iss": "https://gate.example.com", "aud": "backend", "sub": "user_1", "provider": "clerk",
			"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
		}
		for name, value := range changes {
			payload[name] = value
		}
		return http.Header{"X-Sessiongate-Assertion": {jwttest.Sign(key, map[string]any{"typ": "sessiongate+jwt"}, payload)}}
	}
	good := sign(proxyKey, nil)
	tampered := http.Header{"X-Sessiongate-Assertion": {jwttest.Tamper(good.Get("X-Sessiongate-Assertion"))}}
	unsigned := strings.Join([]string{jwttest.Encode([]byte(`{"alg":"none","typ":"sessiongate+jwt"}`)), strings.Split(good.Get("X-Sessiongate-Assertion"), ".")[1], ""}, ".")
	return map[string]http.Header{
		"a good one":           good,
		"nothing":              {},
		"identity headers":     {"X-Identity-Status": {"signed-in"}, "X-Identity-User-Id": {"user_1"}},
		"an empty one":         {"X-Sessiongate-Assertion": {""}},
		"no JWT":               {"X-Sessiongate-Assertion": {"x"}},
		"an unsigned one":      {"X-Sessiongate-Assertion": {unsigned}},
		"a tampered one":       tampered,
		"of another proxy":     sign(strayKey, nil),
		"of another issuer":    sign(proxyKey, claims{"iss": "https://other.example.com"}),
		"for another audience": sign(proxyKey, claims{"aud": "billing"}),
		"an expired one":       sign(proxyKey, claims{"exp": time.Now().Add(-5 * time.Minute).Unix()}),
		"as a bearer token":    {"Authorization": {"Bearer " + good.Get("X-Sessiongate-Assertion")}},
	}
}
