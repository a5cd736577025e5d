package e2e

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// TestSigningLasts signs assertions for many tokens, by the proxy where it can and
// by Go, while the module collects its garbage many times. In Envoy before 1.39 one
// timer of Go's, such as crypto/rand sets at its first use, would end the VM then.
func TestSigningLasts(t *testing.T) {
	t.Parallel()
	byGo := maps.Clone(signingEnvironment)
	byGo["SESSIONGATE_SIGN"] = "go"
	mint := &Mint{Now: time.Now()}
	config := mint.fill(configs["assertion"].JSON)
	e := startEnvoy(t, bootstrap{
		configs: map[string]string{"host": config, "go": config},
		env:     map[string]map[string]string{"host": signingEnvironment, "go": byGo},
	}, envoy.Options{Concurrency: 1})
	const tokens = 1500
	for i := range tokens {
		s := parseRequest(mint.fill(fmt.Sprintf("GET /\nAuthorization: Bearer {plain sid=sess_%d}", i)), "")
		for _, listener := range []string{"host", "go"} {
			got, err := send(e.addrs[listener], s)
			if err != nil {
				t.Fatal(err)
			}
			if i%100 != 0 && got.Status == 200 {
				continue
			}
			r := throughEnvoy(got)
			if len(values(r.Upstream, assertionHeader)) != 1 {
				t.Fatalf("signed by %s, token %d: status %d\n%s", listener, i, got.Status, e.Log())
			}
			readAssertion(t, first(r.Upstream, assertionHeader))
		}
	}
	report(t, "assertions: %d signed in each of two VMs", tokens)
	e.checkHealth(t)
}
