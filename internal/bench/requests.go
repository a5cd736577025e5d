package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// workload is what clients send, and the ways that can serve it.
type workload struct {
	name  string
	ways  []string
	fresh bool // every token is new: rounds do not share requests
	// requests are those of one round, or with fresh of all rounds.
	requests [][]byte
}

// Row is what a way costs under a workload. Times are in microseconds.
type Row struct {
	Workload string  `json:"workload"`
	Way      string  `json:"way"`
	CPU      float64 `json:"cpu_us"`       // Envoy's CPU time per request
	Added    float64 `json:"added_us"`     // ... beyond that of no filter: medians of the rounds
	Low      float64 `json:"added_low_us"` // ... at the lowest tenth of the rounds
	P50      float64 `json:"p50_us"`
	P99      float64 `json:"p99_us"`
	PerSec   float64 `json:"requests_per_second"`
}

// measureRequests measures all ways under all workloads in one Envoy with one
// worker.
func measureRequests(ctx context.Context, o options, binary string, r *results) error {
	authorizer, stop, err := startAuthorizer()
	if err != nil {
		return err
	}
	defer stop()
	ways, workloads, err := plan(o, authorizer)
	if err != nil {
		return err
	}
	p, err := envoy.Start(ctx, envoy.Options{Path: binary, Bootstrap: bootstrap(ways, authorizer), Env: []string{"GOMAXPROCS=1"}})
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
	r.Pinned = pinned
	// New tokens last: they push those of the others out of the caches.
	for _, fresh := range []bool{false, true} {
		group := slices.DeleteFunc(slices.Clone(workloads), func(w workload) bool { return w.fresh != fresh })
		if err := measureTogether(o, p.PID, group, listeners, r); err != nil {
			return fmt.Errorf("%w\n%s", err, p.Log())
		}
	}
	return nil
}

// measureTogether measures workloads, of which rounds of all ways take turns: a
// machine that slows down for a minute slows all of them down.
func measureTogether(o options, pid int, workloads []workload, listeners map[string]string, r *results) error {
	samples := make([][][]Row, len(workloads)) // by workload and way
	for i, w := range workloads {
		samples[i] = make([][]Row, len(w.ways))
	}
	for round := range o.rounds + 1 {
		fmt.Fprintf(os.Stderr, "measuring %d workloads, round %d of %d\n", len(workloads), round, o.rounds)
		for i, w := range workloads {
			for j := range w.ways {
				if round%2 == 1 { // in turn, so that nobody always follows the same one
					j = len(w.ways) - 1 - j
				}
				way := w.ways[j]
				row, err := measureRound(o, pid, listeners[way], w.round(round, o.rounds+1), w.fresh)
				if err != nil {
					return fmt.Errorf("%s, %s: %w", w.name, way, err)
				}
				if round > 0 { // the first is for warming up
					samples[i][j] = append(samples[i][j], row)
				}
			}
		}
	}
	for i, w := range workloads {
		r.Rows = append(r.Rows, w.rows(samples[i])...)
	}
	return nil
}

// round are the requests of one of so many rounds.
func (w workload) round(i, of int) [][]byte {
	if !w.fresh {
		return w.requests
	}
	per := len(w.requests) / of
	return w.requests[i*per : (i+1)*per]
}

// rows are the medians of what was measured, by way.
func (w workload) rows(samples [][]Row) []Row {
	rows := make([]Row, len(w.ways))
	for i, way := range w.ways {
		rows[i] = Row{
			Workload: w.name, Way: way,
			CPU:    quantile(samples[i], 0.5, cpu),
			P50:    quantile(samples[i], 0.5, func(r Row) float64 { return r.P50 }),
			P99:    quantile(samples[i], 0.5, func(r Row) float64 { return r.P99 }),
			PerSec: quantile(samples[i], 0.5, func(r Row) float64 { return r.PerSec }),
			// What disturbs a round makes it dearer, never cheaper.
			Low: quantile(samples[i], 0.1, cpu) - quantile(samples[0], 0.1, cpu),
		}
		// What a way adds is taken round by round: both sides of the
		// difference then come from the same second or two.
		added := make([]float64, len(samples[i]))
		for k := range added {
			added[k] = samples[i][k].CPU - samples[0][k].CPU
		}
		slices.Sort(added)
		rows[i].Added = added[len(added)/2]
	}
	return rows
}

func measureRound(o options, pid int, addr string, requests [][]byte, fresh bool) (Row, error) {
	n := o.requests
	if fresh {
		n = len(requests)
	}
	before, err := cpuTime(pid)
	if err != nil {
		return Row{}, err
	}
	request := func(int) []byte { return requests[rand.IntN(len(requests))] } // users come as they like
	if fresh {
		request = func(i int) []byte { return requests[i] }
	}
	out, err := load{addr: addr, connections: 8, requests: n, request: request}.run()
	if err != nil {
		return Row{}, err
	}
	after, err := cpuTime(pid)
	if err != nil {
		return Row{}, err
	}
	if out.failed > 0 {
		return Row{}, fmt.Errorf("%d of %d requests did not get 200", out.failed, n)
	}
	us := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
	return Row{
		CPU: us(after-before) / float64(n), P50: us(out.quantile(0.5)), P99: us(out.quantile(0.99)),
		PerSec: float64(n) / out.elapsed.Seconds(),
	}, nil
}

func cpu(r Row) float64 { return r.CPU }

func quantile(rows []Row, q float64, of func(Row) float64) float64 {
	values := make([]float64, len(rows))
	for i, r := range rows {
		values[i] = of(r)
	}
	slices.Sort(values)
	return values[int(q*float64(len(values)))]
}

// startAuthorizer starts a server that allows everything, for ext_authz.
func startAuthorizer() (addr string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(l) }()
	return l.Addr().String(), func() { _ = server.Close() }, nil
}
