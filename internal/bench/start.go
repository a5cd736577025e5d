package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/loopback"
)

// Start is what a module costs before the first request.
type Start struct {
	Way      string  `json:"way"`
	Seconds  float64 `json:"seconds_to_first_answer"`
	Megabyte float64 `json:"module_mb"`
}

// measureStart measures the time from starting Envoy to its first answer.
func measureStart(ctx context.Context, o options, binary string, r *results) error {
	s, err := newSigner("RS256")
	if err != nil {
		return err
	}
	request := bearerRequest(s.token())
	empty, _ := filepath.Abs(o.empty)
	module, _ := filepath.Abs(o.module)
	ways := []way{
		{noFilter, nil},
		{emptyWay, wasm(emptyVM, empty, "empty", "", nil)},
		{oursWay, wasm(ourVM, module, "RS256", s.configuration(), nil)},
	}
	seconds := make([][]float64, len(ways))
	for range 3 {
		for i, w := range ways {
			fmt.Fprintf(os.Stderr, "measuring the start of %s\n", w.name)
			took, err := firstAnswer(ctx, binary, w, request)
			if err != nil {
				return err
			}
			seconds[i] = append(seconds[i], took.Seconds())
		}
	}
	for i, w := range ways {
		slices.Sort(seconds[i])
		start := Start{Way: w.name, Seconds: seconds[i][1]}
		switch w.name {
		case emptyWay:
			start.Megabyte = megabytes(o.empty)
		case oursWay:
			start.Megabyte = megabytes(o.module)
		}
		r.Starts = append(r.Starts, start)
	}
	return nil
}

func megabytes(file string) float64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return float64(info.Size()) / 1e6
}

// firstAnswer asks from the moment of the start until a connection is taken
// and answered.
func firstAnswer(ctx context.Context, binary string, w way, request []byte) (time.Duration, error) {
	addr, err := loopback.FreeAddress()
	if err != nil {
		return 0, err
	}
	text := bootstrapAt(w, addr)
	begin := time.Now()
	started := make(chan error, 1)
	var p *envoy.Process
	go func() {
		var err error
		p, err = envoy.Start(ctx, envoy.Options{Path: binary, Bootstrap: text})
		started <- err
	}()
	var took time.Duration
	for took == 0 && time.Since(begin) < time.Minute {
		out, err := load{addr: addr, connections: 1, requests: 1, request: func(int) []byte { return request }}.run()
		if err == nil && out.failed == 0 {
			took = time.Since(begin)
		} else {
			time.Sleep(5 * time.Millisecond)
		}
	}
	if err := <-started; err != nil {
		return 0, err
	}
	p.Stop()
	if took == 0 {
		return 0, fmt.Errorf("%s: no answer within a minute", w.name)
	}
	return took, nil
}
