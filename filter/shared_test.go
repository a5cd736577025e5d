package filter_test

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// startAsEnvoy starts a configuration as Envoy does: tried in a VM of its own,
// then in the main thread's VM and in one for each worker, on so many
// listeners.
func startAsEnvoy(t testing.TB, p *filtertest.Process, configuration string, workers, listeners int) []*filtertest.Plugin {
	t.Helper()
	var plugins []*filtertest.Plugin
	for range listeners {
		if !p.Try(configuration) {
			t.Fatalf("the configuration was refused:\n%s", p.LogText())
		}
	}
	for range workers + 1 {
		vm := p.NewVM()
		for range listeners {
			plugins = append(plugins, vm.Start(configuration))
		}
	}
	return plugins
}

// TestOneFetchForAll: one fetch at start whatever the workers and listeners,
// and all requests that arrived before the keys go on.
func TestOneFetchForAll(t *testing.T) {
	p := filtertest.NewProcess()
	plugins := startAsEnvoy(t, p, configuration(t, nil, provider(nil)), 4, 3)
	var streams []*filtertest.Stream
	for i := range 200 {
		streams = append(streams, plugins[i%len(plugins)].Begin(bearer(token(p, keyA, nil))))
	}
	p.Advance(time.Second)
	if n := len(p.Calls()); n != 1 {
		t.Fatalf("%d fetches, want 1", n)
	}
	p.Calls()[0].Answer(200, nil, jwttest.JWKSet(keyA))
	p.Advance(20 * time.Millisecond)
	for _, s := range streams {
		wantStatus(t, s.Result(), "signed-in")
	}
	p.OnDispatch = answering(keyA)
	p.Advance(10*time.Minute + time.Second)
	if n := len(p.Calls()); n != 3 {
		t.Errorf("%d fetches in ten minutes, want 3", n)
	}
	if n := len(p.SharedKeys()); n != 1 {
		t.Errorf("%d records in shared data, want 1", n)
	}
	correct(t, p)
}

// TestPublishedDuringTick: what another thread writes between a worker's look at
// the clock and its look at the record is not from the future.
func TestPublishedDuringTick(t *testing.T) {
	tests := map[string]func(now time.Time) []byte{
		"keys": func(now time.Time) []byte {
			return remote.AppendRecord(nil, remote.Status{Fetched: now, Asked: now}, []byte(jwttest.JWKSet(keyA)))
		},
		"a lease": func(now time.Time) []byte {
			return remote.AppendRecord(nil, remote.Status{Lease: now.Add(10 * time.Second)}, nil)
		},
		"a failure": func(now time.Time) []byte {
			return remote.AppendRecord(nil, remote.Status{Failures: 1, Failed: now, Retry: now.Add(time.Second)}, nil)
		},
	}
	for name, written := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			start(t, p, configuration(t, nil, provider(nil)))
			p.OnCall = func(method string) {
				if method == "SharedData" {
					p.OnCall = nil
					p.SetNow(p.Now().Add(5 * time.Millisecond))
					p.SetShared(p.SharedKeys()[0], written(p.Now()))
				}
			}
			p.Advance(500 * time.Millisecond)
			if n := len(p.Calls()); n != 0 {
				t.Errorf("%d fetches, want none", n)
			}
			correct(t, p)
		})
	}
}

// TestFailuresAreShared: while the key server is down, the workers together
// try as often as one would.
func TestFailuresAreShared(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = func(c *filtertest.Call) { c.Answer(500, nil, "") }
	plugins := startAsEnvoy(t, p, configuration(t, nil, provider(nil)), 4, 1)
	p.Advance(time.Minute)
	if n := len(p.Calls()); n < 5 || n > 8 {
		t.Errorf("%d attempts in a minute", n)
	}
	for _, plugin := range plugins {
		wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "503")
	}
	correct(t, p)
}

func TestUnknownKeyInOneWorker(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA)
	plugins := startAsEnvoy(t, p, configuration(t, nil, provider(nil)), 4, 1)
	p.Advance(time.Minute)
	p.OnDispatch = answering(keyA, keyB)
	s := plugins[3].Begin(bearer(token(p, keyB, nil)))
	p.Advance(20 * time.Millisecond)
	wantStatus(t, s.Result(), "signed-in")
	p.Advance(time.Second)
	for _, plugin := range plugins {
		wantStatus(t, plugin.Do(bearer(token(p, keyB, nil))), "signed-in")
	}
	if n := len(p.Calls()); n != 2 {
		t.Errorf("%d fetches, want 2", n)
	}
	correct(t, p)
}

// TestDeadHolder: who dies with the lease blocks nobody for long.
func TestDeadHolder(t *testing.T) {
	tests := map[string]struct {
		die  func(*filtertest.Plugin)
		most time.Duration
	}{
		"its listener is gone":  {(*filtertest.Plugin).Stop, 50 * time.Millisecond},
		"its VM has crashed":    {(*filtertest.Plugin).Crash, 10*time.Second + 50*time.Millisecond},
		"it never gets a reply": {func(*filtertest.Plugin) {}, 5*time.Second + 2*time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugins := startAsEnvoy(t, p, configuration(t, nil, provider(nil)), 2, 1)
			p.Advance(10 * time.Millisecond)
			holder := p.PendingCalls()[0].Plugin()
			test.die(holder)
			died := p.Now()
			for len(p.Calls()) < 2 && p.Now().Sub(died) < time.Minute {
				p.Advance(10 * time.Millisecond)
			}
			if took := p.Now().Sub(died); took > test.most {
				t.Errorf("the next fetch came after %v, want at most %v", took, test.most)
			}
			p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA))
			p.Advance(time.Second)
			for _, plugin := range plugins {
				if plugin != holder {
					wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
				}
			}
			correct(t, p)
		})
	}
}

// TestReload: a plugin that starts later has the keys before its first tick.
func TestReload(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA)
	conf := configuration(t, nil, provider(nil))
	start(t, p, conf).Crash()
	p.Advance(time.Second)
	first := start(t, p, conf)
	p.Advance(time.Second)
	first.Crash()
	again := start(t, p, conf)
	wantStatus(t, again.Do(bearer(token(p, keyA, nil))), "signed-in")
	p.Advance(time.Minute)
	if n := len(p.Calls()); n != 1 {
		t.Errorf("%d fetches, want 1", n)
	}
	correct(t, p)
}

func TestNoSharing(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA)
	for _, plugin := range startAsEnvoy(t, p, configuration(t, object{"shareKeys": false}, provider(nil)), 2, 1) {
		p.Advance(time.Second)
		wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
	}
	if n := len(p.Calls()); n != 3 {
		t.Errorf("%d fetches, want 3", n)
	}
	if keys := p.SharedKeys(); len(keys) != 0 {
		t.Errorf("shared data has %q", keys)
	}
	correct(t, p)
}

// TestTrialHoldsNothingUp: what is tried in a VM that then vanishes leaves no
// lease behind.
func TestTrialHoldsNothingUp(t *testing.T) {
	p := filtertest.NewProcess()
	conf := configuration(t, nil, provider(nil))
	for range 3 {
		p.Try(conf)
	}
	if n := len(p.Calls()); n != 0 {
		t.Fatalf("%d calls by a trial", n)
	}
	start(t, p, conf)
	p.Advance(2 * time.Millisecond)
	if n := len(p.PendingCalls()); n != 1 {
		t.Errorf("%d fetches right after the start, want 1", n)
	}
	correct(t, p)
}

// TestOneTokenTwoConfigurations: what one configuration has verified is
// nothing to another, in the same VM and with the same keys.
func TestOneTokenTwoConfigurations(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA)
	vm := p.NewVM()
	open := vm.Start(configuration(t, nil, provider(nil)))
	closed := vm.Start(configuration(t, nil, provider(object{"audiences": []string{"api"}})))
	p.Advance(time.Second)
	good := bearer(token(p, keyA, nil))
	for range 3 {
		wantStatus(t, open.Do(good), "signed-in")
		wantStatus(t, closed.Do(good), "401")
	}
	correct(t, p)
}
