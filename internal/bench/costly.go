package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/bench/costly"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// Costly is what dear requests cost.
type Costly struct {
	Started string `json:"started"`
	Pinned  bool   `json:"envoy_has_a_processor_of_its_own"`
	Rounds  int    `json:"rounds"`
	Rows    []Dear `json:"rows"`
}

// Dear is what one dear request costs: CPU time of Envoy's worker, in
// microseconds.
type Dear struct {
	Name   string  `json:"name"`
	About  string  `json:"about"`
	Status int     `json:"status"`
	CPU    float64 `json:"cpu_us"`
	Times  float64 `json:"times_a_401"` // CPU, in ratio to that of a 401 without a token
	Alone  float64 `json:"without_filter_us"`
}

const (
	costlyFolder = "internal/bench/costly/requests"
	costlyRounds = 5
	costlyLimit  = 60 * time.Second // no round begins after that

	// costlyVariants is in how many variants there is a request whose tokens
	// are new each time: the proxy may remember those that it has seen last.
	costlyVariants = 16

	withoutToken      = "no-token"
	withoutTokenHTTP2 = "no-token-http2"
)

// measureCostly measures dear requests in one Envoy with one worker, each next
// to a 401 without a token and to the same request without a filter. Envoy has
// the limits that it has by default.
func measureCostly(ctx context.Context, o options, binary string, r *results) error {
	f, err := newForger()
	if err != nil {
		return err
	}
	requests, err := readDear(f)
	if err != nil {
		return err
	}
	module, err := filepath.Abs(o.module)
	if err != nil {
		return err
	}
	ways := []way{{noFilter, nil}, {oursWay, wasm(ourVM, module, "costly", f.configuration(), nil)}}
	p, err := envoy.Start(ctx, envoy.Options{Path: binary, Bootstrap: bootstrap(ways, ""), Env: []string{"GOMAXPROCS=1"}})
	if err != nil {
		return err
	}
	defer p.Stop()
	listeners, err := p.Listeners(ctx)
	if err != nil {
		return err
	}
	pinned, release := pin(p.PID)
	defer release()
	r.Costly = Costly{Started: time.Now().UTC().Format(time.RFC3339), Pinned: pinned}
	s := sampler{pid: p.PID, listeners: listeners}
	if err := s.measure(ctx, requests, o.only, &r.Costly); err != nil {
		return fmt.Errorf("%w\n%s", err, p.Log())
	}
	return nil
}

// dear is one request, in variants that differ in their tokens.
type dear struct {
	costly.Request
	variants []costly.Request
}

func readDear(f *forger) (map[string]*dear, error) {
	all := map[string]*dear{}
	for range costlyVariants {
		requests, err := costly.ReadAll(os.DirFS(costlyFolder), f.words())
		if err != nil {
			return nil, err
		}
		for _, request := range requests {
			if d := all[request.Name]; d == nil {
				all[request.Name] = &dear{request, []costly.Request{request}}
			} else if !reflect.DeepEqual(request, d.Request) {
				d.variants = append(d.variants, request)
			}
		}
	}
	for _, name := range []string{withoutToken, withoutTokenHTTP2} {
		if all[name] == nil {
			return nil, fmt.Errorf("%s has no %s", costlyFolder, name)
		}
	}
	return all, nil
}

// measure measures the requests whose names hold a text. Their rounds take
// turns, and each is compared with what was measured just before: a machine
// that slows down for a minute slows both down.
func (s *sampler) measure(ctx context.Context, requests map[string]*dear, text string, into *Costly) error {
	start, samples := time.Now(), map[string][]Dear{}
	for round := 0; round < costlyRounds && (round == 0 || time.Since(start) < costlyLimit); round++ {
		fmt.Fprintf(os.Stderr, "measuring dear requests, round %d of %d\n", round+1, costlyRounds)
		for name, d := range requests {
			if !strings.Contains(name, text) {
				continue
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			base := requests[withoutToken]
			if d.HTTP2 {
				base = requests[withoutTokenHTTP2]
			}
			row, err := s.row(d, base)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			samples[name] = append(samples[name], row)
		}
		into.Rounds++
	}
	for _, rows := range samples {
		into.Rows = append(into.Rows, medianRow(rows))
	}
	slices.SortFunc(into.Rows, func(a, b Dear) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// medianRow has the median of each figure.
func medianRow(samples []Dear) Dear {
	of := func(figure func(*Dear) float64) float64 {
		all := make([]float64, len(samples))
		for i := range samples {
			all[i] = figure(&samples[i])
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	row := samples[0]
	row.CPU = of(func(d *Dear) float64 { return d.CPU })
	row.Alone = of(func(d *Dear) float64 { return d.Alone })
	row.Times = of(func(d *Dear) float64 { return d.Times })
	return row
}
