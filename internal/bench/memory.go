package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// Memory is what Envoy's resident memory does. In MiB.
type Memory struct {
	PerWorker      float64   `json:"mib_per_further_worker"`       // with our filter
	PerWorkerEmpty float64   `json:"mib_per_further_worker_empty"` // with the empty one
	Requests       int       `json:"requests"`
	Tokens         int       `json:"tokens"`
	Tenths         []float64 `json:"mib_after_each_tenth"`
}

// measureMemory measures the memory of further workers, and over many requests
// with many different tokens, half of which their clients cut off.
func measureMemory(ctx context.Context, o options, binary string, r *results) error {
	s, err := newSigner("ES256") // cheap to sign
	if err != nil {
		return err
	}
	module, _ := filepath.Abs(o.module)
	empty, _ := filepath.Abs(o.empty)
	ours := way{oursWay, wasm(ourVM, module, "ES256", s.configuration(), nil)}
	nothing := way{emptyWay, wasm(emptyVM, empty, "empty", "", nil)}
	fmt.Fprintln(os.Stderr, "measuring the memory of workers")
	if r.Memory.PerWorker, err = perWorker(ctx, binary, ours, bearerRequest(s.token())); err != nil {
		return err
	}
	if r.Memory.PerWorkerEmpty, err = perWorker(ctx, binary, nothing, bearerRequest(s.token())); err != nil {
		return err
	}

	r.Memory.Requests, r.Memory.Tokens = o.million, o.million/10
	fmt.Fprintf(os.Stderr, "measuring the memory over %d requests\n", o.million)
	requests := requestsOf(s.tokens(r.Memory.Tokens), bearerRequest)
	p, err := envoy.Start(ctx, envoy.Options{Path: binary, Bootstrap: bootstrap([]way{ours}, "")})
	if err != nil {
		return err
	}
	defer p.Stop()
	listeners, err := p.Listeners(ctx)
	if err != nil {
		return err
	}
	for range 10 {
		out, err := load{addr: listeners[oursWay], connections: 8, requests: o.million / 10, cutOff: true,
			request: func(i int) []byte { return requests[i%len(requests)] }}.run()
		if err != nil {
			return err
		}
		if out.failed > 0 {
			return fmt.Errorf("%d requests did not get 200", out.failed)
		}
		kib, err := p.ResidentKiB()
		if err != nil {
			return err
		}
		r.Memory.Tenths = append(r.Memory.Tenths, float64(kib)/1024)
	}
	return nil
}

// perWorker is what four further workers take, each.
func perWorker(ctx context.Context, binary string, w way, request []byte) (float64, error) {
	var mib [2]float64
	for i, workers := range []int{1, 5} {
		p, err := envoy.Start(ctx, envoy.Options{Path: binary, Bootstrap: bootstrap([]way{w}, ""), Concurrency: workers})
		if err != nil {
			return 0, err
		}
		listeners, err := p.Listeners(ctx)
		if err == nil {
			// Connections spread over the workers.
			_, err = load{addr: listeners[w.name], connections: 50, requests: 2000, request: func(int) []byte { return request }}.run()
		}
		var kib int
		if err == nil {
			kib, err = p.ResidentKiB()
		}
		p.Stop()
		if err != nil {
			return 0, err
		}
		mib[i] = float64(kib) / 1024
	}
	return (mib[1] - mib[0]) / 4, nil
}
