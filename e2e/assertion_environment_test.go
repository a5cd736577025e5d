package e2e

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// TestEnvironmentOfVM finds out whether plugins of one vm_id have environments of
// their own: two listeners with different signing keys publish these. Envoy makes
// one VM of plugins with the same vm_id, VM configuration and code. Which
// versions look at the environment, too, docs/assertion.md says.
func TestEnvironmentOfVM(t *testing.T) {
	t.Parallel()
	config := `{"providers": [{"name": "p", "issuer": "i", "jwks": ` + jwttest.JWKSet(signingKey) + `}], "assertion": {` + gate + `}}`
	e := startEnvoy(t, bootstrap{
		vmID:    "one",
		configs: map[string]string{"first": config, "second": config},
		env: map[string]map[string]string{
			"first":  {"SESSIONGATE_SIGNING_KEY": jwttest.PrivatePEM(signingKey)},
			"second": {"SESSIONGATE_SIGNING_KEY": jwttest.PrivatePEM(nextKey)},
		},
	}, envoy.Options{Concurrency: 2})
	published := func(listener string) (ids string) {
		t.Helper()
		for range 20 { // by either worker
			got, err := send(e.addrs[listener], parseRequest("GET "+keysPath, ""))
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{signingKey.ID, nextKey.ID} {
				if strings.Contains(got.Body, key) && !strings.Contains(ids, key) {
					ids += key
				}
			}
		}
		return ids
	}
	first, second := published("first"), published("second")
	version := e.version(t)
	own := first == signingKey.ID && second == nextKey.ID
	shared := first == signingKey.ID && second == signingKey.ID
	switch old := version < ownEnvironments; {
	case !own && !shared:
		t.Errorf("Envoy %d: the first publishes %s, the second %s", version, first, second)
	case own == old:
		t.Errorf("Envoy %d: environments of their own: %v", version, own)
	}
	report(t, "Envoy %d: plugins of one vm_id have environments of their own: %v", version, own)
	e.checkHealth(t)
}

// ownEnvironments is the first minor version of Envoy, as a number, in which
// plugins of one vm_id have environments of their own.
const ownEnvironments = 1_39

// version is Envoy's own: 1.36.4 is 1_36.
func (r *running) version(t *testing.T) int {
	t.Helper()
	info, err := r.Get(t.Context(), "/server_info")
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`/(\d+)\.(\d+)\.\d+`).FindStringSubmatch(info)
	if match == nil {
		t.Fatalf("no version in %s", info)
	}
	major, _ := strconv.Atoi(match[1])
	minor, _ := strconv.Atoi(match[2])
	return 100*major + minor
}
