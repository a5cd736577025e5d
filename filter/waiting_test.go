package filter_test

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// TestWaitsEnd is a table of how a wait for the first keys can end. Each
// request is resumed or answered exactly once (filtertest notes it otherwise).
func TestWaitsEnd(t *testing.T) {
	tests := map[string]struct {
		end  func(p *filtertest.Process, s *filtertest.Stream)
		want string
	}{
		"keys come": {func(p *filtertest.Process, _ *filtertest.Stream) {
			p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA))
		}, "signed-in"},
		"other keys come": {func(p *filtertest.Process, _ *filtertest.Stream) {
			p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyB))
			p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyB)) // looked for once more
		}, "401"},
		"no keys come": {func(p *filtertest.Process, _ *filtertest.Stream) {
			p.PendingCalls()[0].Answer(500, nil, "")
		}, "503"},
		"nothing comes": {func(p *filtertest.Process, _ *filtertest.Stream) {
			p.Advance(5*time.Second + 20*time.Millisecond)
		}, "503"},
		"the clock is set back": {func(p *filtertest.Process, _ *filtertest.Stream) {
			p.SetNow(p.Now().Add(-time.Hour))
			p.Advance(time.Millisecond)
			for _, c := range p.PendingCalls() {
				c.Plugin().Tick()
			}
		}, "503"},
		"the token expires meanwhile": {func(p *filtertest.Process, _ *filtertest.Stream) {
			p.SetNow(p.Now().Add(2 * time.Hour))
			p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA))
		}, "401"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugin := start(t, p, configuration(t, nil, provider(nil)))
			s := plugin.Begin(bearer(token(p, keyA, nil)))
			p.Advance(time.Millisecond)
			wantStatus(t, s.Result(), "waiting")
			test.end(p, s)
			wantStatus(t, s.Result(), test.want)
			if n := p.Metric("sessiongate.waiting.provider.mine"); n != 0 {
				t.Errorf("%d are counted as waiting", n)
			}
			p.OnDispatch = answering(keyA)
			p.Advance(time.Minute)
			correct(t, p)
		})
	}
}

// TestClientsLeave: whoever has left is neither resumed nor answered, and
// keeps nobody else from waiting.
func TestClientsLeave(t *testing.T) {
	tests := map[string]func(*filtertest.Stream){
		"and the filter is told":         (*filtertest.Stream).Leave,
		"and the filter is not told":     (*filtertest.Stream).Vanish,
		"and its context is still there": (*filtertest.Stream).CutOff,
	}
	for name, leave := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugin := start(t, p, configuration(t, nil, provider(nil)))
			p.Advance(time.Millisecond)
			var stay []*filtertest.Stream
			for i := range 1024 {
				s := plugin.Begin(bearer(token(p, keyA, nil)))
				if i%2 == 0 {
					leave(s)
				} else {
					stay = append(stay, s)
				}
			}
			p.Advance(20 * time.Millisecond)
			if name != "and its context is still there" {
				if n := p.Metric("sessiongate.waiting.provider.mine"); n != 512 {
					t.Errorf("%d are counted as waiting, want 512", n)
				}
				wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "waiting")
			}
			p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA))
			p.Advance(40 * time.Millisecond) // some at a time
			for _, s := range stay {
				wantStatus(t, s.Result(), "signed-in")
			}
			if n := p.Metric("sessiongate.waiting.provider.mine"); n != 0 {
				t.Errorf("%d are counted as waiting at the end", n)
			}
			correct(t, p)
		})
	}
}

// TestSomebodyElseAnswers: a request that another filter answers while it
// waits (a time-out of the proxy) is not resumed.
func TestSomebodyElseAnswers(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, nil, provider(nil)))
	p.Advance(time.Millisecond)
	s := plugin.Begin(bearer(token(p, keyA, nil)))
	s.AnsweredElsewhere(filtertest.Response{Status: 408})
	p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA))
	wantStatus(t, s.Result(), "408")
	correct(t, p)
}

// TestWaitForTwoProviders: keys of one may show that those of another are
// needed; the wait as a whole stays bounded.
func TestWaitForTwoProviders(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, nil,
		provider(object{"name": "one", "issuer": "https://one.example.com", "fromCookies": []string{"one"}}),
		provider(object{"name": "two", "issuer": "https://two.example.com", "jwksCluster": "two", "fromCookies": []string{"two"}}),
	))
	p.Advance(time.Millisecond)
	both := filtertest.Get("/", [2]string{"cookie",
		"one=" + token(p, keyA, object{"iss": "https://one.example.com"}) + "; two=" + token(p, keyB, object{"iss": "https://two.example.com"})})
	s := plugin.Begin(both)
	wantStatus(t, s.Result(), "waiting")
	for _, c := range p.PendingCalls() {
		if c.Cluster == "keys" {
			c.Answer(200, nil, jwttest.JWKSet(keyC)) // has not got the first one's key
		}
	}
	wantStatus(t, s.Result(), "waiting")
	for _, c := range p.PendingCalls() {
		c.Answer(200, nil, jwttest.JWKSet(keyB))
	}
	wantStatus(t, s.Result(), "signed-in")
	if got := s.Result().Header("x-identity-provider"); got != "two" {
		t.Errorf("signed in by %q", got)
	}
	correct(t, p)
}

// TestWaitsEndInBatches: of many that wait, one callback decides about a few, and
// the ticks that follow in a millisecond each about the others. Those whose time
// is up are told so in time.
func TestWaitsEndInBatches(t *testing.T) {
	const most, waiting = 64, 1024
	for name, test := range map[string]struct {
		end  func(p *filtertest.Process)
		want string
	}{
		"keys come":     {func(p *filtertest.Process) { p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA)) }, "signed-in"},
		"no keys come":  {func(p *filtertest.Process) { p.PendingCalls()[0].Answer(500, nil, "") }, "503"},
		"nothing comes": {func(p *filtertest.Process) { p.Advance(5 * time.Second) }, "503"},
	} {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugin := start(t, p, configuration(t, nil, provider(nil)))
			var streams []*filtertest.Stream
			for range waiting {
				streams = append(streams, plugin.Begin(bearer(token(p, keyA, nil))))
			}
			p.Advance(time.Millisecond)
			test.end(p)
			decided := 0
			for _, s := range streams {
				if !s.Result().Waiting {
					decided++
				}
			}
			if decided > most+1 && name != "nothing comes" {
				t.Errorf("%d were decided about at once, want at most %d", decided, most)
			}
			p.Advance(40 * time.Millisecond)
			for _, s := range streams {
				wantStatus(t, s.Result(), test.want)
			}
			correct(t, p)
		})
	}
}
