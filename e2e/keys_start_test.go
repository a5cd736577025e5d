package e2e

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// long reports whether tests take the time that they would like to have.
func long() bool { return os.Getenv("SESSIONGATE_LONG") != "" }

// TestKeysAtStart: one fetch, however many workers and listeners there are, and
// requests that come before the keys wait for them.
func TestKeysAtStart(t *testing.T) {
	t.Parallel()
	type process struct{ workers, listeners int }
	processes := []process{{4, 3}}
	if long() {
		for _, workers := range []int{1, 2, 4, 8} {
			for listeners := range 4 {
				processes = append(processes, process{workers, listeners + 1})
			}
		}
	}
	for _, p := range processes {
		t.Run(fmt.Sprintf("%d workers, %d listeners", p.workers, p.listeners), func(t *testing.T) {
			oneFetchAtStart(t, p.workers, p.listeners)
		})
	}
}

func oneFetchAtStart(t *testing.T, workers, listeners int) {
	k := newKeyTrial(t, keyTest{name: "slow", fault: idp.Slow(time.Second)})
	quick := newKeyTrial(t, keyTest{name: "quick"})
	b := bootstrap{configs: map[string]string{}, keys: startKeyServer(t, k.Issuer, quick.Issuer)}
	for i := range listeners {
		b.configs[fmt.Sprintf("listener-%d", i)] = keyConfig(nil, k.provider(nil), quick.provider(nil))
	}
	k.e = startEnvoy(t, b, envoy.Options{Concurrency: workers})
	quick.e, quick.listener = k.e, "listener-0"

	const requests = 200
	good := k.good()
	start := time.Now()
	var all sync.WaitGroup
	var mu sync.Mutex
	waited := 0
	for i := range requests {
		all.Go(func() {
			r, err := send(k.e.addrs[fmt.Sprintf("listener-%d", i%listeners)], k.request(good))
			if err == nil {
				err = signedIn.check(r)
			}
			if err != nil {
				k.errorf("%v", err)
			}
			mu.Lock()
			defer mu.Unlock()
			if time.Since(start) > 300*time.Millisecond {
				waited++
			}
		})
	}
	all.Wait()
	time.Sleep(1500 * time.Millisecond) // everybody's tick
	k.fetched(1)
	quick.expect(20, quick.good(), signedIn)
	quick.fetched(1)
	k.reportf("%d workers, %d listeners: %d fetch of each key set; of %d requests at once %d waited, all within %v", workers, listeners,
		k.Fetches.Load(), requests, waited, time.Since(start).Round(10*time.Millisecond)-1500*time.Millisecond)
	for _, k := range []*keyTrial{k, quick} {
		close(k.done)
		k.conclude(t)
	}
	k.e.checkHealth(t)
	k.e.checkLogs(t)
}
