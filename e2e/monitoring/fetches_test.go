package monitoring

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// TestFetchResults holds what docs/operations.md says of failed fetches against
// a real Envoy, which answers 503 itself where a connection fails.
func TestFetchResults(t *testing.T) {
	faults := map[string]idp.Fault{
		"status": idp.Down(),
		"reset": func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"keys":[`))
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		},
		"unusable": idp.HTML(),
	}
	var served []*idp.Issuer
	var providers []any
	for result, fault := range faults {
		issuer := issuers.Plain(result + ".example.com")
		issuer.Break(fault)
		served = append(served, issuer)
		providers = append(providers, map[string]any{"name": result, "issuer": issuer.URL, "fromCookies": []any{result},
			"jwksUri": issuer.URL + issuer.Vendor.KeysPath(), "jwksCluster": "clerk"})
	}
	process, _ := startEnvoy(t, "", func(c map[string]any) {
		c["providers"] = providers
		delete(c, "rules")
	}, served...)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		text, err := process.Get(t.Context(), "/stats/prometheus")
		if err != nil {
			t.Fatal(err)
		}
		missing := ""
		for result := range faults {
			if line := fmt.Sprintf("\nsessiongate_key_fetches{provider=%q,result=%q} ", result, result); !strings.Contains(text, line) {
				missing += line
			}
		}
		if missing == "" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("not counted:%s\n%s", missing, text)
		}
	}
}
