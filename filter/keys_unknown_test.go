package filter_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// TestUnknownKey: the request waits, one fetch happens, the request goes on.
func TestUnknownKey(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA)
	plugin := start(t, p, configuration(t, nil, provider(nil)))
	p.Advance(time.Minute)
	p.OnDispatch = nil

	refused := plugin.Do(bearer(token(p, keyB, object{"iss": "https://other.example.com"})))
	wantStatus(t, refused, "401")
	wantStatus(t, plugin.Do(bearer(token(p, keyB, object{"exp": p.Now().Unix() - 60}))), "401")
	p.Advance(time.Second)
	if n := len(p.PendingCalls()); n != 0 {
		t.Fatalf("%d calls for tokens that would have failed anyway", n)
	}

	var streams []*filtertest.Stream
	for range 50 {
		streams = append(streams, plugin.Begin(bearer(token(p, keyB, nil))))
	}
	never := plugin.Begin(bearer(token(p, keyC, nil)))
	good := plugin.Do(bearer(token(p, keyA, nil)))
	wantStatus(t, good, "signed-in")
	p.Advance(2 * time.Millisecond)
	if n := len(p.PendingCalls()); n != 1 {
		t.Fatalf("%d calls for 51 requests, want 1", n)
	}
	p.Advance(time.Second)
	p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA, keyB))
	for _, s := range streams {
		wantStatus(t, s.Result(), "signed-in")
	}
	wantStatus(t, never.Result(), "401")
	if !strings.Contains(never.Result().Response.Body, "jwk-kid-mismatch") {
		t.Errorf("refused with %s", never.Result().Response.Body)
	}

	// Within jwksUnknownKeyInterval the answer is no, at once.
	p.Advance(9 * time.Second)
	wantStatus(t, plugin.Do(bearer(token(p, keyC, nil))), "401")
	if n := len(p.PendingCalls()); n != 0 {
		t.Errorf("%d calls within the interval", n)
	}
	// After it somebody may ask again.
	p.Advance(2 * time.Second)
	late := plugin.Begin(bearer(token(p, keyC, nil)))
	wantStatus(t, late.Result(), "waiting")
	p.Advance(20 * time.Millisecond)
	p.PendingCalls()[0].Answer(503, nil, "")
	wantStatus(t, late.Result(), "503")
	wantStatus(t, plugin.Do(bearer(token(p, keyC, nil))), "503")
	correct(t, p)
}

// TestNewKeyRightAfterRefreshing: a key works on its first use, however short
// the last refresh was ago, and also if that was under way.
func TestNewKeyRightAfterRefreshing(t *testing.T) {
	p := filtertest.NewProcess()
	p.Random = func() float64 { return 0 } // no refresh is early
	p.OnDispatch = answering(keyA)
	plugins := startAsEnvoy(t, p, configuration(t, nil, provider(nil)), 4, 1)
	p.Advance(time.Second)
	p.OnDispatch = answering(keyA, keyB)
	wantStatus(t, after(p, 50*time.Millisecond, plugins[1], bearer(token(p, keyB, nil))), "signed-in")
	// The next one within the interval has to do with that.
	p.OnDispatch = answering(keyA, keyB, keyC)
	for _, plugin := range plugins {
		wantStatus(t, after(p, 20*time.Millisecond, plugin, bearer(token(p, keyC, nil))), "401")
	}
	if n := len(p.Calls()); n != 2 {
		t.Errorf("%d fetches, want 2", n)
	}

	p.OnDispatch = nil
	p.Advance(5 * time.Minute)
	refresh := p.PendingCalls()
	if len(refresh) != 1 {
		t.Fatalf("%d refreshes, want 1", len(refresh))
	}
	var streams []*filtertest.Stream
	for _, plugin := range plugins {
		streams = append(streams, plugin.Begin(bearer(token(p, keyC, nil))))
	}
	refresh[0].Answer(200, nil, jwttest.JWKSet(keyA, keyB)) // read before the new key came
	p.Advance(30 * time.Millisecond)
	for _, call := range p.PendingCalls() {
		call.Answer(200, nil, jwttest.JWKSet(keyA, keyB, keyC))
	}
	p.Advance(30 * time.Millisecond)
	for _, s := range streams {
		wantStatus(t, s.Result(), "signed-in")
	}
	if n := len(p.Calls()); n != 4 {
		t.Errorf("%d fetches, want 4", n)
	}
	correct(t, p)
}

// TestRandomKeyIDs: at most one successful fetch per jwksUnknownKeyInterval,
// and good tokens do not notice.
func TestRandomKeyIDs(t *testing.T) {
	p, plugin := running(t, object{"jwksUnknownKeyInterval": "2s"})
	before := len(p.Calls())
	for i := range 500 {
		random := jwttest.Sign(keyA, object{"kid": "random" + strconv.Itoa(i)}, object{"iss": issuer, "sub": "x", "exp": p.Now().Unix() + 60})
		if s := status(plugin.Do(bearer(random))); s != "401" && s != "waiting" {
			t.Fatalf("a random key id came to %s", s)
		}
		wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
		p.Advance(20 * time.Millisecond)
	}
	if n := len(p.Calls()) - before; n > 6 {
		t.Errorf("%d fetches in 10 s, want at most 6", n)
	}
	correct(t, p)
}

// TestUnknownKeyWhileTryingOut: with onFailure log nothing waits, and keys are
// fetched all the same.
func TestUnknownKeyWhileTryingOut(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA)
	plugin := start(t, p, configuration(t, object{"onFailure": "log"}, provider(nil)))
	wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "forwarded signed-out")
	p.Advance(20 * time.Second)
	wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
	p.OnDispatch = answering(keyA, keyB)
	wantStatus(t, plugin.Do(bearer(token(p, keyB, nil))), "forwarded signed-out")
	p.Advance(20 * time.Millisecond)
	wantStatus(t, plugin.Do(bearer(token(p, keyB, nil))), "signed-in")
	correct(t, p)
}
