package e2e

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// auditLine is a line of envoy.yaml's access log.
type auditLine struct {
	Status                                                               int
	Method, Path, User, Session, Organisation, Provider, Reason, Details string
	Actor, Rule                                                          string
	SessionStatus                                                        string `json:"session_status"`
	Device                                                               struct {
		Address, Brands, Mobile, Platform string
		UserAgent                         string `json:"user_agent"`
	}
}

// checkAuditLog: the access log tells which user did what from which device,
// and believes nothing that a client says about the user.
func checkAuditLog(t *testing.T, d *demo.Demo, out *envoy.Log) {
	device := func(extra string) sent {
		return parseRequest(extra+`
			User-Agent: Example/1.0
			Sec-CH-UA: "Example";v="1"
			Sec-CH-UA-Mobile: ?0
			Sec-CH-UA-Platform: "Linux"
			X-Identity-User-Id: mallory`, "")
	}
	addr := strings.TrimPrefix(d.URL, "http://")
	clerk := d.Issuers[0].Session(time.Now()).Token()
	impersonated := d.Issuers[0].Session(time.Now())
	impersonated.Claims["act"] = map[string]any{"sub": "user_support"}
	for _, request := range []string{
		"GET /orders?secret=1\nAuthorization: Bearer " + clerk,
		"GET /impersonated\nAuthorization: Bearer " + impersonated.Token(),
		"GET /nobody",
		"GET /healthz",
		"GET /underscore\nx_identity_user_id: mallory", // refused before the filter
		"GET /bad%00path", // likewise
	} {
		if _, err := send(addr, device(request)); err != nil {
			t.Fatal(err)
		}
	}
	find := func(path string) (line auditLine, found bool) {
		for text := range strings.Lines(out.String()) {
			var l auditLine
			if json.Unmarshal([]byte(text), &l) == nil && l.Path == path {
				return l, true
			}
		}
		return line, false
	}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if _, found := find("/bad%00path"); found {
			break
		}
	}
	orders, found := find("/orders")
	want := auditLine{
		Status: 200, Method: "GET", Path: "/orders", User: "user_clerk", Session: "sess_clerk", Organisation: "org_clerk",
		Provider: "clerk", SessionStatus: "signed-in", Rule: "none", Details: "via_upstream",
	}
	want.Device.Address, want.Device.UserAgent = "127.0.0.1", "Example/1.0"
	want.Device.Brands, want.Device.Mobile, want.Device.Platform = `"Example";v="1"`, "?0", `"Linux"`
	if !found || orders != want {
		t.Errorf("found %v\n got %+v\nwant %+v", found, orders, want)
	}
	want.Path, want.Actor = "/impersonated", "user_support"
	if line, found := find(want.Path); !found || line != want {
		t.Errorf("found %v\n got %+v\nwant %+v", found, line, want)
	}
	nobody, found := find("/nobody")
	if !found || nobody.Status != 401 || nobody.User != "" || nobody.SessionStatus != "signed-out" || nobody.Reason != "session-token-and-uat-missing" ||
		nobody.Details != "sessiongate{none:session-token-and-uat-missing}" {
		t.Errorf("nobody: found %v, %+v", found, nobody)
	}
	for _, path := range []string{"/healthz", "/bad%00path"} {
		if line, found := find(path); !found || line.User != "" {
			t.Errorf("%s: found %v, %+v", path, found, line)
		}
	}
	if strings.Contains(out.String(), "mallory") {
		t.Errorf("what a client says about the user is in the log:\n%s", out.String())
	}
	if strings.Contains(out.String(), "secret=1") || strings.Contains(out.String(), clerk[len(clerk)-20:]) {
		t.Errorf("a query or a token is in the log:\n%s", out.String())
	}
}
