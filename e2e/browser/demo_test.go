package browser

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo"
)

// lockedBuffer is what several goroutines may write to.
type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// demoTest is the demo with a browser in front of it.
type demoTest struct {
	*demo.Demo
	log     *lockedBuffer
	browser chromium
}

// startDemo is what make run starts.
func startDemo(t *testing.T) demoTest {
	t.Helper()
	log := &lockedBuffer{}
	d, err := demo.Start(t.Context(), demo.Options{
		Bootstrap: filepath.Join(root, "envoy.yaml"), Module: modulePath, ToolsDir: filepath.Join(root, ".tools"),
		Log: io.Discard, AccessLog: log,
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
	for _, v := range vendors {
		s := demoScenarios{demoTest: d, vendor: v}
		for _, one := range []struct {
			row, name string
			f         func(s demoScenarios, b *tab)
			only      string // a vendor
		}{
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
		} {
			if one.only != "" && one.only != v.name {
				continue
			}
			ran.run(t, v.name, one.row, one.name, func(t *testing.T) {
				b := d.browser.visitor(t)
				one.f(s, b)
				b.clean()
			})
		}
	}
	runLook(t, d)
	if log := d.log.String() + d.Envoy.Log(); strings.Contains(log, "eyJ") || !strings.Contains(log, `"path":"/clerk/api/hello"`) {
		t.Error("a token is in Envoy's log, or no request")
	}
}

// demoScenarios are what a visitor does on the demo's page.
type demoScenarios struct {
	demoTest
	vendor
}

func (s demoScenarios) page() string { return s.URL + "/" + s.name + "/" }

// signIn opens the page and signs in, as Ada or Grace.
func (s demoScenarios) signIn(b *tab, who string) {
	b.t.Helper()
	b.open(s.page())
	b.says("#verdict", "Signed-out")
	b.click("#sign-in")
	s.choose(b, who)
	b.until("location.pathname.endsWith('/" + s.name + "/') && document.getElementById('token')?.dataset.state === 'good'")
}

// choose presses a button of the sign-in page.
func (s demoScenarios) choose(b *tab, who string) {
	b.t.Helper()
	b.until("document.querySelector('button[name=user]')")
	b.click("button[name=user]:nth-of-type(" + map[string]string{"Ada": "1", "Grace": "2"}[who] + ")")
}

// press presses a button, and waits for what the page's script reads.
func (s demoScenarios) press(b *tab, button, want string) {
	b.t.Helper()
	eval[string](b, "document.getElementById('script').textContent = ''")
	b.click("#" + button)
	b.says("#script", want)
}

// decided waits for what is lit in the diagram.
func (s demoScenarios) decided(b *tab, state, outcome string) {
	b.t.Helper()
	b.until("document.querySelector('[data-state=" + state + "].lit [data-outcome=" + outcome + "].lit')")
}

func (s demoScenarios) expire(b *tab) {
	b.t.Helper()
	b.until("document.getElementById('token').dataset.state === 'ended'")
}

func (s demoScenarios) cookie(b *tab) {
	s.signIn(b, "Ada")
	s.press(b, "call", "200")
	s.decided(b, "signed-in", "backend")
	b.says("#got", "x-identity-user-id"+s.ada)
	b.says("#sent", "eyJhbGci…")
}

func (s demoScenarios) bearer(b *tab) {
	s.signIn(b, "Ada")
	s.press(b, "bearer", "200")
	s.decided(b, "signed-in", "backend")
	b.says("#sent", "authorizationBearer")
	b.says("#log", "preflight")
	if cookies := b.text("#sent"); strings.Contains(cookies, "cookie") {
		b.t.Errorf("the cookie came along to another origin: %s", cookies)
	}
}

func (s demoScenarios) readable(b *tab) {
	b.open(s.page())
	s.press(b, "no-bearer", "401 "+s.none)
	s.decided(b, "signed-out", "refused")
}

func (s demoScenarios) account(b *tab) {
	b.open(s.page())
	b.says("#verdict", "Signed-out")
	b.click("#account")
	s.choose(b, "Ada")
	b.says("#user", s.ada)
	if at := eval[string](b, "location.href"); at != s.page()+"account" {
		b.t.Errorf("at %s", at)
	}
}

func (s demoScenarios) reload(b *tab) {
	s.signIn(b, "Ada")
	s.expire(b)
	b.click("#reload")
	b.says("#verdict", "This page first came with session-token-expired. A handshake settled it")
	b.says("#identity", s.ada)
	b.until("document.querySelector('[data-state=handshake].was') && document.querySelector('[data-state=signed-in].lit')")
	s.press(b, "call", "200")
}

func (s demoScenarios) otherUser(b *tab) {
	s.signIn(b, "Ada")
	time.Sleep(time.Second) // the time of the sign-in is kept in seconds
	other := b.another()
	other.open(s.page())
	other.click("#sign-in")
	s.choose(other, "Grace")
	other.says("#identity", "user_grace")
	b.click("#reload")
	b.says("#identity", "user_grace")
}

func (s demoScenarios) expired(b *tab) {
	s.signIn(b, "Ada")
	s.expire(b)
	s.press(b, "call", "401 "+s.vendor.expired+" → a new token → 200")
	s.decided(b, "signed-in", "backend")
}

func (s demoScenarios) background(b *tab) {
	s.signIn(b, "Ada")
	b.click("#background")
	time.Sleep(12 * time.Second)
	s.press(b, "call", "200")
	if got := b.text("#script"); got != "200" {
		b.t.Errorf("the page's script got %s", got)
	}
}

func (s demoScenarios) spoof(b *tab) {
	s.signIn(b, "Ada")
	s.press(b, "spoof", "200")
	b.says("#sent .gone", "mallory")
	b.says("#got", "x-identity-user-id"+s.ada)
	if got := b.text("#got"); strings.Contains(got, "mallory") {
		b.t.Errorf("the backend got %s", got)
	}
}

func (s demoScenarios) admin(b *tab) {
	s.signIn(b, "Grace")
	s.press(b, "call-admin", "403 claims-mismatch")
	s.decided(b, "signed-in", "forbidden")
	s.press(b, "sign-out", "signed out")
	s.signIn(b, "Ada")
	s.press(b, "call-admin", "200")
}

func (s demoScenarios) socket(b *tab) {
	b.open(s.page())
	s.press(b, "socket", "refused")
	s.decided(b, "signed-out", "refused")
	s.signIn(b, "Ada")
	s.press(b, "socket", "open, as "+s.ada+"; it repeats “hello”")
	s.decided(b, "signed-in", "backend")
}

func (s demoScenarios) signOut(b *tab) {
	s.signIn(b, "Ada")
	other := b.another()
	other.open(s.page())
	other.says("#identity", s.ada)
	s.press(other, "sign-out", "signed out")
	b.click("#reload")
	b.says("#identity", "signed-out: ")
	s.press(b, "call", "401 "+s.none)
}

func (s demoScenarios) tamper(b *tab) {
	s.signIn(b, "Ada")
	s.press(b, "tamper", "401 token-invalid-signature")
	s.decided(b, "signed-out", "refused")
	s.press(b, "renew-now", "a new token")
	s.press(b, "call", "200")
}

func (s demoScenarios) rotate(b *tab) {
	s.signIn(b, "Ada")
	b.click("#rotate-keys")
	b.says("#keys", "nobody notices")
	time.Sleep(time.Second) // one fetch a second
	s.press(b, "renew-now", "a new token")
	s.press(b, "call", "200")
	if got := b.text("#script"); got != "200" {
		b.t.Errorf("the page's script got %s", got)
	}
}

func (s demoScenarios) outage(b *tab) {
	s.signIn(b, "Ada")
	b.click("#stop-keys")
	b.says("#keys", "is stopped")
	s.press(b, "renew-now", "a new token")
	s.press(b, "call", "200") // the filter has the keys
	time.Sleep(time.Second)   // a key that keys fetched within a second lack is a 401
	b.click("#rotate-keys")
	b.says("#keys", "503")
	s.press(b, "renew-now", "a new token")
	s.press(b, "call", "503 keys-unavailable")
	s.decided(b, "unknown", "unavailable")
	b.says("#got", "retry-after")
	b.click("#stop-keys")
	b.says("#keys", "runs")
	deadline := time.Now().Add(patience)
	for got := ""; got != "200"; got = b.text("#script") {
		if time.Now().After(deadline) {
			b.t.Fatalf("the keys have not come back: %s", got)
		}
		s.press(b, "renew-now", "a new token")
		s.press(b, "call", "0")
	}
}
