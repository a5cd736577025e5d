package deploy

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// TestAccessLog: the bootstrap's access log names the rule of each request that
// the filter looks at, and of a refusal also its reason and user. WebSockets pass, unless a page of
// another site opens one with the user's cookie.
func TestAccessLog(t *testing.T) {
	issuer, err := idp.NewClerk("clerk.example.com", true)
	if err != nil {
		t.Fatal(err)
	}
	trusted, out := testca.New(t), &lines{}
	url := startEnvoy(t, trusted, "clerk", startKeyServer(t, issuer, trusted.Server("clerk.example.com")), out)
	session := issuer.Session(time.Now())
	member := issuer.Session(time.Now())
	delete(member.Claims, "o")
	bearer := []string{"Authorization: Bearer " + session.Token()}
	// Envoy answers 403 by itself where it lets no WebSockets pass.
	socket := func(origin string) []string {
		return []string{"Connection: Upgrade", "Upgrade: websocket", "Origin: " + origin,
			"Cookie: __session=" + session.Token() + "; __client_uat=1"}
	}
	for _, row := range []struct {
		path    string
		headers []string
		status  int
		want    map[string]string
	}{
		{"/healthz", nil, 200, map[string]string{"details": "via_upstream"}},
		{"/orders", bearer, 200, map[string]string{"rule": "none", "provider": "clerk", "user": "user_clerk", "details": "via_upstream"}},
		{"/orders/none", nil, 401, map[string]string{"rule": "none", "details": "sessiongate{none:session-token-and-uat-missing}"}},
		{"/admin/1", bearer, 200, map[string]string{"rule": "admin", "user": "user_clerk", "details": "via_upstream"}},
		{"/admin/2", []string{"Authorization: Bearer " + member.Token()}, 403, map[string]string{"rule": "admin", "user": "user_clerk", "reason": "claims-mismatch", "details": "sessiongate{admin:claims-mismatch}"}},
		{"/socket", socket("https://app.example.com"), 200, map[string]string{"rule": "none", "user": "user_clerk", "details": "websocket_handshake_unsuccessful"}}, // the backend speaks none
		{"/socket/other", socket("https://other.example"), 403, map[string]string{"rule": "none", "details": "sessiongate{none:origin-not-allowed}"}},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+row.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range row.headers {
			name, value, _ := strings.Cut(line, ": ")
			request.Header.Set(name, value)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != row.status {
			t.Errorf("%s: status %d, want %d", row.path, response.StatusCode, row.status)
		}
		line := out.of(t, row.path)
		for name, want := range row.want {
			if line[name] != want {
				t.Errorf("%s: %s is %v in the access log, want %s", row.path, name, line[name], want)
			}
		}
		if line["request_id"] == nil {
			t.Errorf("%s: no request_id in the access log", row.path)
		}
	}
}

// lines is what a process prints.
type lines struct{ envoy.Log }

// of is the line of the access log about a path. Envoy prints it with a delay.
func (l *lines) of(t *testing.T, path string) (line map[string]any) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		for each := range strings.Lines(l.String()) {
			line = nil
			if json.Unmarshal([]byte(each), &line) == nil && line["path"] == path {
				return line
			}
		}
	}
	t.Fatalf("the access log has no line about %s", path)
	return nil
}
