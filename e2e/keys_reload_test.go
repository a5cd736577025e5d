package e2e

import (
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// TestKeysAcrossReload changes the configuration of a listener while requests
// wait at it, and while its plugin is the one that fetches.
func TestKeysAcrossReload(t *testing.T) {
	t.Parallel()
	findEnvoy(t)
	answer, open := held()
	waits := newKeyTrial(t, keyTest{name: "waits", fault: answer})
	// The first fetch of the other's never ends.
	var first atomic.Bool
	fetches := newKeyTrial(t, keyTest{name: "fetches", fault: func(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
		if first.CompareAndSwap(false, true) {
			idp.Slow(time.Hour)(w, r, next)
			return
		}
		next(w, r)
	}})
	slow := object{"jwksTimeout": "60s"}
	b := bootstrap{
		keys: startKeyServer(t, waits.Issuer, fetches.Issuer), listeners: filepath.Join(t.TempDir(), "lds.json"),
		configs: map[string]string{
			"waits":   keyConfig(nil, waits.provider(slow)),
			"fetches": keyConfig(nil, fetches.provider(slow)),
		},
	}
	writeListeners(t, &b, module(t))
	e := startEnvoy(t, b, envoy.Options{Concurrency: 4})
	for _, k := range []*keyTrial{waits, fetches} {
		k.e, k.listener = e, k.name
	}

	// They wait at the old configuration ...
	const old = 60
	var staying sync.WaitGroup
	staying.Go(func() { waits.expect(old, waits.good(), signedIn) })
	waits.until(20*time.Second, "everybody waiting", func() bool { return waits.waiting() == old })
	fetches.until(10*time.Second, "fetching", func() bool { return fetches.Fetches.Load() == 1 })
	b.configs["waits"] = keyConfig(object{"maxTokenBytes": 4096}, waits.provider(slow))
	b.configs["fetches"] = keyConfig(object{"maxTokenBytes": 4096}, fetches.provider(slow))
	writeListeners(t, &b, module(t))
	waits.until(20*time.Second, "changed", func() bool {
		stats, err := e.Stats(t.Context(), `^listener_manager\.(listener_modified|total_listeners_warming)$`)
		return err == nil && stats["listener_manager.listener_modified"] == 2 && stats["listener_manager.total_listeners_warming"] == 0
	})
	open()
	staying.Wait()
	// ... and the new one has the keys without another fetch.
	waits.expect(40, waits.good(), signedIn)
	waits.fetched(1)

	// The listener whose plugin was fetching drains for a second. Then the
	// others need not wait until its lease is over, in two minutes.
	start := time.Now()
	fetches.expect(40, fetches.good(), signedIn)
	fetches.fetched(2)
	fetches.reportf("answered %v after the listener that was fetching was replaced", time.Since(start).Round(10*time.Millisecond))
	fetches.until(5*time.Second, "nobody waiting", func() bool { return fetches.waiting() == 0 && waits.waiting() == 0 })
	for _, k := range []*keyTrial{waits, fetches} {
		close(k.done)
		k.conclude(t)
	}
	e.checkHealth(t)
	e.checkLogs(t)
}
