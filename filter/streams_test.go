package filter_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// TestNothingIsLeftBehind sends a million streams of all kinds through two plugins
// of one VM, and cuts them off at every point. In between, the keys go, so that
// some of them wait.
func TestNothingIsLeftBehind(t *testing.T) {
	p := filtertest.NewProcess()
	vm := p.NewVM()
	fetched := vm.Start(configuration(t, nil, provider(nil)))
	clerk := vm.Start(configuration(t, nil, object{
		"preset": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "jwks": jwttest.JWKSet(rsaKey),
		"authorizedParties": []string{"https://app.example.com"},
	}))
	handshake := token(p, rsaKey, object{"iss": "https://clerk.example.com", "handshake": []string{"__session=" + token(p, rsaKey, nil) + "; Path=/"}})
	back := [][2]string{{"sec-fetch-dest", "document"}, {"cookie", "__clerk_handshake=" + handshake + "; __client_uat=1800000000"}}
	known, unknown := bearer(token(p, keyA, nil)), bearer(token(p, keyB, nil))

	streams := 1_000_000
	if testing.Short() {
		streams = 20_000
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range streams {
		plugin, r := fetched, known
		switch kind := random.IntN(100); {
		case kind < 2:
			plugin, r = clerk, filtertest.Request{Headers: back}
		case kind < 5:
			r = unknown
		case kind < 20:
			r = filtertest.Get("/")
		}
		r.Body = random.IntN(3) == 0
		if random.IntN(4) == 0 {
			r.Trailers = [][2]string{{"x-identity-user-id", "root"}}
		}
		r.CutOff = filtertest.CutOff(random.IntN(int(filtertest.CutOffs)))
		plugin.Begin(r)
		if i%1000 == 0 {
			p.Advance(time.Second)
			for _, call := range p.PendingCalls() {
				call.Answer(200, nil, jwttest.JWKSet(keyA))
			}
		}
	}
	p.Advance(time.Minute) // whoever still waits is answered
	if kept := vm.Kept(); kept != 0 {
		t.Errorf("something of %d streams is left", kept)
	}
	correct(t, p)
}

// TestStreamsTakeTurns: the headers of streams come in any order, and those of a
// stream that no plugin has are answered.
func TestStreamsTakeTurns(t *testing.T) {
	p := filtertest.NewProcess()
	vm := p.NewVM()
	plugin := vm.Start(configuration(t, nil, inline(keyA)))
	first, second := plugin.Create(bearer(token(p, keyA, nil))), plugin.Create(bearer(token(p, keyA, nil)))
	first.SendHeaders()
	second.SendHeaders()
	wantStatus(t, first.Result(), "signed-in")
	wantStatus(t, second.Result(), "signed-in")
	if kept := vm.Kept(); kept != 0 {
		t.Errorf("something of %d streams is left", kept)
	}

	plugin.Stop()
	stranger := plugin.Create(bearer(token(p, keyA, nil)))
	stranger.SendHeaders()
	if r := stranger.Result(); r.Forwarded || r.Response.Status != 500 {
		t.Errorf("a request of a plugin that has ended: %+v", r)
	}
	if !strings.Contains(p.LogText(), "belongs to no plugin") {
		t.Errorf("the log says %q", p.LogText())
	}
}

// TestNumbersComeAgain: a stream that has the number of one that still waits, as
// the filter sees it, is decided about by itself, and the other waits no more.
func TestNumbersComeAgain(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, nil, provider(nil)))
	p.Advance(time.Millisecond)
	waits := plugin.Begin(bearer(token(p, keyA, nil)))
	wantStatus(t, waits.Result(), "waiting")
	waits.Vanish()

	again := plugin.CreateAgain(filtertest.Get("/"), waits)
	again.SendHeaders()
	wantStatus(t, again.Result(), "401")
	if n := p.Metric("sessiongate.waiting.provider.mine"); n != 0 {
		t.Errorf("%d are counted as waiting", n)
	}
	p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA))
	p.Advance(40 * time.Millisecond)
	wantStatus(t, again.Result(), "401")
	correct(t, p)
}
