package browser

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// demoTest is the demo with a browser in front of it.
type demoTest struct {
	*demo.Demo
	log     *envoy.Log
	browser chromium
}

// startDemo is what make run starts.
func startDemo(t *testing.T) demoTest {
	t.Helper()
	log := &envoy.Log{}
	d, err := demo.Start(t.Context(), demo.Options{
		Bootstrap: filepath.Join(root, "envoy.yaml"), Module: modulePath, ToolsDir: filepath.Join(root, ".tools"),
		Log: io.Discard, AccessLog: log, AnyPort: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Stop)
	return demoTest{Demo: d, log: log, browser: startChromium(t, nil, "")}
}

// vendor is what the demo's scenarios expect of a vendor.
type vendor struct {
	name, ada string
	none      string // the reason without a token
	expired   string
	// rows of scenarios.md that the scenarios stand for
	cookieRow, bearerRow, pageRow string
}

var vendors = []vendor{
	{"clerk", "user_clerk", "session-token-and-uat-missing", "session-token-expired", "P1", "P7", "P8"},
	{"oneauxilia", "user_oneauxilia", "token-missing", "token-expired", "P1", "P7", "P8"},
	{"corbado", "usr-corbado", "token-missing", "token-expired", "C1", "C2", ""},
}

// TestDemo holds every control of the page of make run.
func TestDemo(t *testing.T) {
	t.Parallel()
	d := startDemo(t)
	t.Run("all", func(t *testing.T) {
		for _, v := range vendors {
			t.Run(v.name, func(t *testing.T) {
				t.Parallel()
				demoScenarios{demoTest: d, vendor: v}.run(t)
				if v.name == "clerk" {
					runLook(t, d)
				}
			})
		}
	})
	if log := d.log.String() + d.Envoy.Log(); strings.Contains(log, "eyJ") || !strings.Contains(log, `"path":"/clerk/api/hello"`) {
		t.Error("a token is in Envoy's log, or no request")
	}
}

// demoScenario is something to do on the demo's page.
type demoScenario struct {
	row, name string
	f         func(s demoScenarios, b *tab)
	only      string // a vendor
}

// list are the scenarios, with a vendor's rows.
func (v vendor) list() []demoScenario {
	return []demoScenario{
		{v.cookieRow, "fetch on the same origin, with the cookie", demoScenarios.cookie, ""},
		{v.bearerRow, "fetch to another origin, with the script's getToken()", demoScenarios.bearer, ""},
		{"", "a refusal by another origin, which the page can read", demoScenarios.readable, ""},
		{v.pageRow, "a page that needs a session: to the sign-in page and back", demoScenarios.account, ""},
		{"P8", "an expired cookie, a reload, a handshake: signed in", demoScenarios.reload, "clerk"},
		{"P8", "somebody else signs in in another tab: a handshake", demoScenarios.otherUser, "clerk"},
		{"", "fetch after expiry: 401, a new token, 200", demoScenarios.expired, ""},
		{"", "a script that renews in the background: nothing expires", demoScenarios.background, "oneauxilia"},
		{"", "a client that claims to be somebody else", demoScenarios.spoof, ""},
		{"", "a rule that asks for an administrator: 403", demoScenarios.admin, ""},
		{"", "a WebSocket, with and without a session", demoScenarios.socket, ""},
		{"", "a sign-out in one tab is seen in the other", demoScenarios.signOut, ""},
		{"", "a forged signature", demoScenarios.tamper, ""},
		{"", "keys are rotated: nobody notices", demoScenarios.rotate, ""},
		{"", "the key server is stopped: 503 for a new key, and then not", demoScenarios.outage, ""},
	}
}
