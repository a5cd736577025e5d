package e2e

import (
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/loopback"
)

// TestFrontendServer runs the example's backend: it knows the user from the
// proxy's headers, answers preflights of its page alone, and serves nothing
// beside what was built.
func TestFrontendServer(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no Node.js: ", err)
	}
	addr := startFrontend(t, node)
	const page, api = "\nOrigin: https://app.example.com", "Zo%C3%AB"
	for name, test := range map[string]struct {
		request string
		status  int
		headers string
		body    string
	}{
		"the user":                      {"GET /api/me\nX-Identity-User-Id: " + api, 200, "vary: Origin\n!access-control-allow-origin", `"user":"Zoë"`},
		"a page of another origin":      {"GET /api/me" + page, 200, "access-control-allow-origin: https://app.example.com", `"user":""`},
		"its preflight":                 {"OPTIONS /api/me" + page, 204, "access-control-allow-headers: authorization", ""},
		"the preflight of another page": {"OPTIONS /api/me\nOrigin: https://evil.example", 204, "!access-control-allow-origin", ""},
		"the settings":                  {"GET /config.json", 200, "content-type: application/json", `"publishableKey":"pk_live_`},
		"a path that leads out":         {"GET /../server.js", 404, "", ""},
		"one that is escaped":           {"GET /%2e%2e/server.js", 404, "", ""},
		"a target that is none":         {"GET //", 404, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := send(addr, parseRequest(test.request, ""))
			if err != nil {
				t.Fatal(err)
			}
			if got.Status != test.status || !strings.Contains(got.Body, test.body) {
				t.Errorf("status %d, want %d, with %q in %q", got.Status, test.status, test.body, got.Body)
			}
			checkLines(t, "response", got.Headers, test.headers)
		})
	}
}

// startFrontend starts the example's backend on a free port, until the test ends.
func startFrontend(t *testing.T, node string) (addr string) {
	t.Helper()
	addr, err := loopback.FreeAddress()
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(addr)
	server := exec.Command(node, "server.js")
	server.Dir, server.Env = frontend, append(os.Environ(), "PORT="+port)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if conn, err := net.Dial("tcp", addr); err == nil {
			_ = conn.Close()
			return addr
		} else if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}
