package remote_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// TestOneFetch: of two VMs one fetches, the other adopts, and a third has the
// keys from the start.
func TestOneFetch(t *testing.T) {
	p := newProxy()
	one, two := p.vm(), p.vm()
	wantDue(t, p, one, 20*time.Millisecond)
	wantDue(t, p, two, 20*time.Millisecond)
	if len(p.calls) != 1 {
		t.Fatalf("%d calls, want 1", len(p.calls))
	}
	p.answer(answer{status: "200", body: keySet})
	wantDue(t, p, one, time.Minute)
	want(t, p, one, 1, jwks.OnMissingFetch)
	want(t, p, two, 0, jwks.OnMissingFetch)
	wantDue(t, p, two, time.Minute)
	want(t, p, two, 1, jwks.OnMissingFetch)
	want(t, p, p.vm(), 1, jwks.OnMissingFetch)
	if set, age := two.Held(p.now.Add(time.Hour)); set == nil || len(set.Keys) != 1 || age != time.Hour {
		t.Errorf("it has the set %v of the age %v", set, age)
	}
	if len(p.reports) != 1 || p.reports[0] != (remote.Report{Outcome: remote.FetchOK, Text: "its keys are now 1: a"}) {
		t.Errorf("reported: %q", p.reports)
	}
}

// TestFailures is a table of attempts that fail. Both VMs wait for the same
// time then, and the set that is there stays.
func TestFailures(t *testing.T) {
	tests := map[string]struct {
		answer  answer
		outcome remote.Outcome
		text    string
	}{
		"a broken connection":   {answer{}, remote.FetchReset, "the connection to the key server failed"},
		"an error of the proxy": {answer{unreadable: true}, remote.FetchReset, "internal failure"},
		"a panic":               {answer{panics: true}, remote.FetchUnusable, "could not be read"},
		"no answer in time":     {answer{status: "504"}, remote.FetchTimeout, "jwksTimeout"},
		"not found":             {answer{status: "404", body: keySet}, remote.FetchBadStatus, "status 404"},
		"too large":             {answer{status: "200", body: keySet + strings.Repeat(" ", jwks.MaxBytes)}, remote.FetchTooLarge, "1 MiB"},
		"not a key set":         {answer{status: "200", body: "<html>"}, remote.FetchUnusable, "not a JSON object"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newProxy()
			one, two := p.vm(), p.vm()
			one.Tick()
			p.answer(answer{status: "200", body: keySet})
			two.Tick()
			p.now = p.now.Add(time.Minute)
			one.Tick()
			func() {
				defer func() {
					if panicked := recover() != nil; panicked != test.answer.panics {
						t.Errorf("it panicked: %v", panicked)
					}
				}()
				p.answer(test.answer)
			}()
			for _, k := range []*remote.Keys{one, two} {
				wantDue(t, p, k, time.Second)
				want(t, p, k, 1, jwks.OnMissingUnavailable)
				if k.RequestUnknownKey(p.now) {
					t.Error("an unknown key is urgent, though nothing can be done")
				}
			}
			if len(p.calls) != 0 {
				t.Errorf("%d calls right after the failure", len(p.calls))
			}
			last := p.reports[len(p.reports)-1]
			if last.Outcome != test.outcome || !strings.Contains(last.Text, test.text) {
				t.Errorf("reported: %v, %q", last.Outcome, last.Text)
			}
		})
	}
}

// TestNotSent: a call that the proxy refuses is a failed attempt.
func TestNotSent(t *testing.T) {
	p := newProxy()
	p.down = true
	k := p.vm()
	wantDue(t, p, k, time.Second)
	want(t, p, k, 0, jwks.OnMissingUnavailable)
	if len(p.reports) != 1 || p.reports[0].Outcome != remote.FetchNotSent {
		t.Errorf("reported: %v", p.reports)
	}
}

// TestRequestUnknownKey: a key that is missing is urgent until it is looked for.
func TestRequestUnknownKey(t *testing.T) {
	p := newProxy()
	k := p.vm()
	k.Tick()
	p.answer(answer{status: "200", body: keySet})
	wantDue(t, p, k, time.Minute)
	if !k.RequestUnknownKey(p.now) {
		t.Error("an unknown key is not urgent")
	}
	wantDue(t, p, k, 20*time.Millisecond)
	if k.RequestUnknownKey(p.now) {
		t.Error("it is urgent while it is looked for")
	}
	p.answer(answer{status: "200", body: keySet})
	want(t, p, k, 1, jwks.OnMissingRefuse)
	if k.RequestUnknownKey(p.now) {
		t.Error("it is urgent right after it was looked for")
	}
	wantDue(t, p, k, 10*time.Second)
}

// TestClose: a VM that goes leaves the fetching to another one, and what is
// still answered to it counts no more.
func TestClose(t *testing.T) {
	p := newProxy()
	one, two := p.vm(), p.vm()
	one.Tick()
	one.Close()
	two.Tick()
	if len(p.calls) != 2 {
		t.Fatalf("%d calls, want 2", len(p.calls))
	}
	p.answer(answer{status: "200", body: keySet})
	want(t, p, one, 0, jwks.OnMissingFetch)
	if len(p.reports) != 0 {
		t.Errorf("reported: %v", p.reports)
	}
	p.answer(answer{status: "200", body: keySet})
	want(t, p, two, 1, jwks.OnMissingFetch)
}

// TestAlone: where data cannot be shared each VM fetches for itself.
func TestAlone(t *testing.T) {
	p := newProxy()
	p.alone = true
	one, two := p.vm(), p.vm()
	for _, k := range []*remote.Keys{one, two} {
		wantDue(t, p, k, 20*time.Millisecond)
	}
	for range 2 {
		p.answer(answer{status: "200", body: keySet})
	}
	for _, k := range []*remote.Keys{one, two} {
		want(t, p, k, 1, jwks.OnMissingFetch)
	}
	if len(p.shared) != 0 {
		t.Error("something was stored")
	}
}

// TestUnusableRecord: what another plugin has written is reported once, and
// fetched instead.
func TestUnusableRecord(t *testing.T) {
	p := newProxy()
	k := p.vm()
	for name, s := range p.shared {
		p.shared[name] = stored{remote.AppendRecord(nil, remote.Status{Fetched: p.now}, []byte("{")), s.cas + 1}
	}
	wantDue(t, p, k, 20*time.Millisecond)
	wantDue(t, p, k, 20*time.Millisecond)
	if len(p.calls) != 1 || len(p.reports) != 1 || p.reports[0].Outcome != remote.NotFetched {
		t.Errorf("%d calls, reported: %v", len(p.calls), p.reports)
	}
}

// TestEarlyRefresh: the VM that fetched refreshes up to a fifth of the interval
// early, never sooner than a second after; one that adopted the set, in time.
func TestEarlyRefresh(t *testing.T) {
	p := newProxy()
	p.random = 0.5
	one, two := p.vm(), p.vm()
	one.Tick()
	p.answer(answer{status: "200", body: keySet}) // which may be kept for a minute
	wantDue(t, p, one, 54*time.Second)
	wantDue(t, p, two, time.Minute)
	p.now = p.now.Add(54 * time.Second)
	wantDue(t, p, one, 20*time.Millisecond)
	p.answer(answer{status: "200", body: keySet})
	wantDue(t, p, one, 54*time.Second)
	wantDue(t, p, two, time.Minute)

	p = newProxy()
	p.random = 0.999
	short := source
	short.RefreshInterval, short.MaxStale = time.Second, time.Minute
	k := remote.New(short, p, func(remote.Report) {})
	k.Tick()
	p.answer(answer{status: "200", body: keySet})
	wantDue(t, p, k, time.Second)
}
