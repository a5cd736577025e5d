package states

import (
	"os"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// TestDocs: the configurations in docs/vendors.md are accepted, and every
// reason that only vendors' sessions have is explained there.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../../docs/vendors.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := 0
	for _, block := range strings.Split(string(text), "\n\n") {
		if !strings.HasPrefix(strings.TrimSpace(block), `{"providers"`) {
			continue
		}
		blocks++
		if _, err := config.Load([]byte(block)); err != nil {
			t.Errorf("%v\n%s", err, block)
		}
	}
	if blocks < 4 {
		t.Errorf("only %d configurations were found", blocks)
	}
	for why := reason.SessionTokenExpired; why <= reason.SatelliteNeedsSyncing; why++ {
		if !strings.Contains(string(text), "`"+why.String()+"`") {
			t.Errorf("%s is not explained", why)
		}
	}
}
