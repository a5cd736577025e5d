package e2e

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// edition is a policy with one open path, so that answers tell which edition is
// in force.
func edition(n int) string {
	return (&Mint{}).fill(fmt.Sprintf(`{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk},
		"authorizedParties": ["https://app.example.com"]}], "rules": [{"paths": ["/edition-%d"], "auth": "skip"}]}`, n))
}

// inForce is the edition by which a listener answers; 0 if it lets in what no
// edition does, or refuses a session.
func inForce(t *testing.T, e *running) (edition int) {
	t.Helper()
	mint := &Mint{Now: time.Now()}
	status := func(request string) int {
		got, err := send(e.addrs["policy"], parseRequest(mint.fill(request), ""))
		if err != nil {
			t.Fatal(err)
		}
		return got.Status
	}
	for n := 1; n <= 2; n++ {
		if status(fmt.Sprintf("GET /edition-%d", n)) == 200 {
			edition = n
		}
	}
	if status("GET /\nAuthorization: Bearer {clerk}") != 200 || status("GET /\nAuthorization: Bearer {clerk key=stray}") != 401 {
		return 0
	}
	return edition
}

// way is one in which Envoy gets a policy while it runs: a file that it watches.
type way struct {
	rejected, applied string // Envoy's counters of updates
	file              func(b *bootstrap, path string)
	write             func(t *testing.T, b *bootstrap, path string)
}

// ways are a file of listeners, and a file of the filter alone, which is how
// Istio hands filters to its proxies.
var ways = map[string]way{
	"listener": {
		rejected: "listener_manager.lds.update_rejected", applied: "listener_manager.listener_modified",
		file:  func(b *bootstrap, path string) { b.listeners = path },
		write: func(t *testing.T, b *bootstrap, _ string) { t.Helper(); writeListeners(t, b, b.module) },
	},
	"filter": {
		rejected: "extension_config_discovery.http_filter.sessiongate.update_rejected",
		applied:  "extension_config_discovery.http_filter.sessiongate.update_success",
		file: func(b *bootstrap, path string) {
			b.manager = map[string]map[string]any{"policy": {"http_filters": list{discoveredFilter(path), b.filters("policy")[1]}}}
		},
		write: func(t *testing.T, b *bootstrap, path string) { t.Helper(); writeFilter(t, b, path) },
	},
}

// discoveredFilter is this filter where its configuration comes from a file.
func discoveredFilter(path string) object {
	return object{"name": "sessiongate", "config_discovery": object{
		"type_urls":     list{"type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm"},
		"config_source": object{"path_config_source": object{"path": path}},
	}}
}

// writeFilter writes the file that Envoy takes the filter of listener policy
// from.
func writeFilter(t *testing.T, b *bootstrap, path string) {
	t.Helper()
	filter := b.filter("policy")
	filter["@type"] = "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig"
	text, err := json.Marshal(object{"resources": list{filter}})
	if err != nil {
		t.Fatal(err)
	}
	replaceFile(t, path, text)
}

// TestRejectedUpdate changes a policy that is in force to what Envoy must not
// take. Envoy counts that, drains nothing, and the old policy stays in force.
// What is right again is taken.
func TestRejectedUpdate(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			b, path := bootstrap{configs: map[string]string{"policy": edition(1)}, module: module(t)}, filepath.Join(t.TempDir(), "discovered.json")
			way.file(&b, path)
			way.write(t, &b, path)
			e := startEnvoy(t, b, envoy.Options{Concurrency: 2})
			checkInForce(t, e, 1)
			applied := e.count(t, way.applied, 0)
			for i, rejection := range rejections {
				t.Run(rejection.name, func(t *testing.T) {
					b.configs["policy"], b.module = edition(2), module(t)
					rejection.change(t, &b)
					way.write(t, &b, path)
					if n := e.count(t, way.rejected, int64(i+1)); n != int64(i+1) {
						t.Errorf("%d updates were rejected", n)
					}
					checkInForce(t, e, 1)
					if !strings.Contains(e.Log(), rejection.log) {
						t.Errorf("the log does not say %q:\n%s", rejection.log, e.Log())
					}
				})
			}
			if n := e.count(t, way.applied, 0); n != applied {
				t.Errorf("%d of the rejected updates were applied", n-applied)
			}
			for _, draining := range []string{"listeners", "filter_chains"} {
				if n := e.count(t, "listener_manager.total_"+draining+"_draining", 0); n != 0 {
					t.Errorf("%d %s drain", n, draining)
				}
			}
			b.configs["policy"], b.module = edition(2), module(t)
			way.write(t, &b, path)
			e.count(t, way.applied, applied+1)
			for deadline := time.Now().Add(10 * time.Second); inForce(t, e) != 2 && time.Now().Before(deadline); {
			}
			checkInForce(t, e, 2)
			e.checkLogs(t)
		})
	}
}

// checkInForce checks that an edition is in force.
func checkInForce(t *testing.T, e *running, want int) {
	t.Helper()
	if got := inForce(t, e); got != want {
		t.Errorf("edition %d is in force, want %d", got, want)
	}
}

// count is one of Envoy's counters, as soon as it has reached a number.
func (r *running) count(t *testing.T, name string, reached int64) int64 {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		stats, err := r.Stats(t.Context(), "^"+regexp.QuoteMeta(name)+"$")
		if err != nil {
			t.Fatal(err)
		}
		if n, there := stats[name]; there && n >= reached {
			return n
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s has not reached %d\n%s", name, reached, r.Log())
		}
	}
}

// TestWaitingAcrossFilterUpdate replaces a filter while requests wait in it for
// a key: they end in the old one, and the new one has the key.
func TestWaitingAcrossFilterUpdate(t *testing.T) {
	t.Parallel()
	findEnvoy(t)
	answer, open := held()
	k := newKeyTrial(t, keyTest{name: "policy", fault: answer})
	path, slow := filepath.Join(t.TempDir(), "ecds.json"), object{"jwksTimeout": "60s"}
	b := bootstrap{keys: startKeyServer(t, k.Issuer), module: module(t), configs: map[string]string{"policy": keyConfig(nil, k.provider(slow))}}
	way := ways["filter"]
	way.file(&b, path)
	way.write(t, &b, path)
	k.e, k.listener = startEnvoy(t, b, envoy.Options{Concurrency: 2}), "policy"
	applied := k.e.count(t, way.applied, 1)

	const waiting = 20
	var requests sync.WaitGroup
	requests.Go(func() { k.expect(waiting, k.good(), signedIn) })
	k.until(20*time.Second, "everybody waiting", func() bool { return k.waiting() == waiting })
	b.configs["policy"] = keyConfig(object{"maxTokenBytes": 4096}, k.provider(slow))
	way.write(t, &b, path)
	k.e.count(t, way.applied, applied+1)
	open()
	requests.Wait()
	k.expect(waiting, k.good(), signedIn)
	k.until(5*time.Second, "nobody waiting", func() bool { return k.waiting() == 0 })
	close(k.done)
	k.conclude(t)
	k.e.checkHealth(t)
	k.e.checkLogs(t)
}

// TestRejectedAtStart starts Envoy with a policy that it must not take. Envoy
// comes up, and nothing passes: the listener is not there, or answers 500.
func TestRejectedAtStart(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			b, path := bootstrap{module: module(t), configs: map[string]string{"policy": "{}"}}, filepath.Join(t.TempDir(), "discovered.json")
			way.file(&b, path)
			way.write(t, &b, path)
			b.backend, b.keys = "127.0.0.1:1", "127.0.0.1:1"
			process, err := envoy.Start(t.Context(), envoy.Options{Path: findEnvoy(t), Bootstrap: b.yaml(t)})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(process.Stop)
			e := &running{Process: process}
			e.count(t, way.rejected, 1)
			addrs, err := e.Listeners(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if name == "listener" {
				if len(addrs) != 0 {
					t.Errorf("there are listeners: %v", addrs)
				}
				return
			}
			got, err := send(addrs["policy"], parseRequest((&Mint{Now: time.Now()}).fill("GET /edition-1\nAuthorization: Bearer {clerk}"), ""))
			if err != nil || got.Status != 500 || got.Body != "" {
				t.Errorf("%d %q, %v", got.Status, got.Body, err)
			}
		})
	}
}
