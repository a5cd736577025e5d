package main

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A sample ends when there were enough requests, or when it has taken long
// enough; every client makes one in any case.
const (
	sampleClients  = 4
	sampleRequests = 500
	sampleTime     = 100 * time.Millisecond
)

// sampler measures requests to one Envoy.
type sampler struct {
	pid       int
	listeners map[string]string // addresses, by way
}

// row is one sample of a request, and of what it is compared with.
func (s *sampler) row(d, base *dear) (Dear, error) {
	row := Dear{Name: d.Name, About: d.About}
	// The lower of two: the first may have to clear up after other requests.
	cheap := math.Inf(1)
	for range 2 {
		us, _, err := s.sample(base, oursWay)
		if err != nil {
			return row, fmt.Errorf("%s: %w", base.Name, err)
		}
		cheap = min(cheap, us)
	}
	var err error
	if row.CPU, row.Status, err = s.sample(d, oursWay); err != nil {
		return row, err
	}
	if row.Alone, _, err = s.sample(d, noFilter); err != nil {
		return row, fmt.Errorf("%s: %w", noFilter, err)
	}
	row.Times = row.CPU / cheap
	return row, nil
}

// sample is the worker's CPU time per request, in microseconds, and the status
// that one of them got.
func (s *sampler) sample(d *dear, way string) (us float64, status int, err error) {
	clients := make([]client, sampleClients)
	for i := range clients {
		c, err := dial(s.listeners[way], d.HTTP2)
		if err != nil {
			return 0, 0, err
		}
		defer c.close()
		clients[i] = c
		// The first request of a connection does not count: over HTTP/2 it
		// fills the table of headers.
		got, err := c.ask(&d.variants[i%len(d.variants)])
		if err != nil {
			return 0, 0, err
		}
		if !got.answers {
			return 0, 0, fmt.Errorf("the proxy itself answers %d", got.status)
		}
		status = got.status
	}
	before, err := workerTime(s.pid)
	if err != nil {
		return 0, 0, err
	}
	n, err := askAll(clients, d)
	if err != nil {
		return 0, 0, err
	}
	after, err := workerTime(s.pid)
	return float64((after - before).Nanoseconds()) / 1000 / float64(n), status, err
}

// askAll has all clients ask. It returns how many requests that were.
func askAll(clients []client, d *dear) (int, error) {
	var asked atomic.Int64
	errs := make([]error, len(clients))
	end := time.Now().Add(sampleTime)
	var wait sync.WaitGroup
	for i, c := range clients {
		wait.Go(func() {
			for first := true; first || time.Now().Before(end) && asked.Load() < sampleRequests; first = false {
				n := int(asked.Add(1))
				if _, err := c.ask(&d.variants[n%len(d.variants)]); err != nil {
					errs[i] = err
					return
				}
			}
		})
	}
	wait.Wait()
	return int(asked.Load()), errors.Join(errs...)
}

// workerTime is the CPU time of Envoy's workers.
func workerTime(pid int) (time.Duration, error) {
	return threadTime(pid, func(name string) bool { return strings.HasPrefix(name, "wrk:worker") })
}
