package browser

import (
	"strings"
	"testing"
	"time"
)

// demoScenarios are what a visitor does on the demo's page.
type demoScenarios struct {
	demoTest
	vendor
}

func (s demoScenarios) run(t *testing.T) {
	for _, one := range s.list() {
		if one.only != "" && one.only != s.name {
			continue
		}
		ran.run(t, s.name, one.row, one.name, func(t *testing.T) {
			b := s.browser.visitor(t)
			one.f(s, b)
			b.clean()
		})
	}
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
	b.until("document.documentElement.dataset.ready") // also after a reload
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

// choices follows the links to the other vendors and back.
func (s demoScenarios) choices(b *tab) {
	b.open(s.URL)
	for _, v := range append(vendors, vendors[0]) {
		b.until("document.querySelector('nav')")
		b.click("nav a[href='/" + v.name + "/']")
		b.says("#identity", v.none)
		b.is("document.querySelector('nav [aria-current]').pathname", "/"+v.name+"/")
	}
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
	b.click("#retry") // off
	s.press(b, "call", "401 "+s.vendor.expired)
	s.decided(b, "signed-out", "refused")
	b.click("#retry")
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
