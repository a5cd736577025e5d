package e2e

import (
	"context"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// TestEnvoy runs the table in a real Envoy.
func TestEnvoy(t *testing.T) {
	all := bootstrap{configs: map[string]string{}, manager: map[string]map[string]any{}, env: map[string]map[string]string{}}
	for name, c := range configs {
		all.configs[name] = (&Mint{Now: time.Now()}).fill(c.JSON)
		all.manager[name] = c.Manager
		all.env[name] = c.Environment
	}
	e := startEnvoy(t, all, envoy.Options{Concurrency: 2, LogLevel: "info", Components: "wasm:debug"})
	// Parallel, inside a test of their own, so that what follows comes last.
	t.Run("rows", func(t *testing.T) {
		runTable(t, onEnvoy, func(t *testing.T, r Row) {
			t.Parallel()
			mint := &Mint{Now: time.Now(), Tokens: r.Tokens}
			for _, before := range r.Before {
				s := parseRequest(mint.fill(before), "")
				if _, err := send(e.addrs[r.Config], s); err != nil {
					t.Fatal(err)
				}
			}
			s := parseRequest(mint.fill(r.Request), mint.fill(r.Trailers))
			s.HTTP2 = r.HTTP2
			got, err := send(e.addrs[r.Config], s)
			if err != nil {
				t.Fatal(err)
			}
			check(t, onEnvoy, s, throughEnvoy(got), r.Want)
		})
	})
	e.checkHealth(t)
	e.checkLogs(t)
}

// throughEnvoy reads a result out of what a client got: with the backend's
// mark it is the request as the backend saw it.
func throughEnvoy(got response) result {
	r := result{Status: got.Status, Body: got.Body, GRPC: -1}
	for _, h := range got.Headers {
		if name, ok := strings.CutPrefix(h[0], loggedPrefix); ok {
			if h[1] != "-" {
				r.Logged = append(r.Logged, [2]string{name, h[1]})
			}
			continue
		}
		r.Headers = append(r.Headers, h)
	}
	for _, h := range append(slices.Clone(got.Headers), got.Trailers...) {
		if h[0] == "grpc-status" {
			r.GRPC, _ = strconv.Atoi(h[1])
		}
	}
	if len(values(got.Headers, "x-echo")) > 0 {
		var seen echo.Request
		r.Forwarded = true
		if err := json.Unmarshal([]byte(got.Body), &seen); err == nil {
			r.Upstream = append([][2]string{{":method", seen.Method}, {":path", seen.Path}, {":authority", seen.Host}}, seen.Headers...)
			r.Trailers = seen.Trailers
		}
	}
	return r
}

// running is an Envoy of a test, with its backend and key server.
type running struct {
	*envoy.Process
	addrs map[string]string // of the listeners
	out   *envoy.Log        // access log
}

// findEnvoy is an Envoy, or skips the test.
func findEnvoy(t *testing.T) string {
	t.Helper()
	path, err := foundEnvoy()
	if err != nil {
		t.Skip(err)
	}
	return path
}

var foundEnvoy = sync.OnceValues(func() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	return envoy.Find(ctx, filepath.Join(root, ".tools"))
})

// startEnvoy starts Envoy with listeners for some configurations, and ends it
// with the test. Addresses that b leaves open are a backend and the key server
// of all issuers.
func startEnvoy(t *testing.T, b bootstrap, o envoy.Options) *running {
	t.Helper()
	o.Path = findEnvoy(t)
	if b.module == "" {
		b.module = module(t)
	}
	if b.backend == "" {
		addr, stop, err := echo.Start()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stop)
		b.backend = addr
	}
	if b.keys == "" {
		addr, stop, err := keyServer().Start()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stop)
		b.keys = addr
	}
	o.Bootstrap = b.yaml(t)
	r := &running{out: &envoy.Log{}}
	o.Stdout = r.out
	began := time.Now()
	process, err := envoy.Start(context.Background(), o)
	t.Logf("Envoy with %d listeners was ready after %v", len(b.configs), time.Since(began).Round(10*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	r.Process = process
	t.Cleanup(process.Stop)
	if r.addrs, err = process.Listeners(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name := range b.configs {
		if r.addrs[name] == "" {
			t.Fatalf("listener %q is not there\n%s", name, process.Log())
		}
	}
	return r
}

// checkHealth makes sure that no VM has died.
func (r *running) checkHealth(t *testing.T) {
	t.Helper()
	stats, err := r.Stats(t.Context(), `^wasm\.`)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(stats)) {
		if stats[name] != 0 && (strings.Contains(name, "reload") || strings.Contains(name, "fail")) {
			t.Errorf("%s is %d", name, stats[name])
		}
	}
	for line := range strings.Lines(r.Log()) {
		if strings.Contains(line, "panic:") || strings.Contains(line, "in-VM backtrace") || strings.Contains(line, "[critical]") {
			t.Errorf("Envoy's log: %s", shortened(line))
		}
	}
	select {
	case <-r.Exited():
		t.Errorf("Envoy has ended\n%s", r.Log())
	default:
	}
}

// checkLogs makes sure that no token stands in a log.
func (r *running) checkLogs(t *testing.T) {
	t.Helper()
	if part := leaked(r.Log()); part != "" {
		t.Errorf("a part of a token stands in Envoy's log: %s", part)
	}
	if part := leaked(r.out.String()); part != "" {
		t.Errorf("a part of a token stands in the access log: %s", part)
	}
}
