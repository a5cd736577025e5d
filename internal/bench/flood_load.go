package main

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// pacedLoad is a number of requests each second, over connections that are kept
// open, whatever becomes of those before.
type pacedLoad struct {
	addr      string
	perSecond int
	want      int // status
	request   func(i int) []byte
}

// runPaced runs a load and perhaps another one beside it.
func runPaced(d time.Duration, first pacedLoad, beside ...pacedLoad) (outcome, outcome, error) {
	var outs [2]outcome
	var errs [2]error
	var all sync.WaitGroup
	all.Go(func() { outs[0], errs[0] = first.run(d) })
	for _, l := range beside {
		all.Go(func() { outs[1], errs[1] = l.run(d) })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return outs[0], outs[1], err
		}
	}
	return outs[0], outs[1], nil
}

func (l pacedLoad) run(d time.Duration) (outcome, error) {
	const connections = 16
	n := int(d.Seconds() * float64(l.perSecond))
	var next, failed atomic.Int64
	latencies := make([][]time.Duration, connections)
	errs := make([]error, connections)
	var wait sync.WaitGroup
	start := time.Now()
	for c := range connections {
		wait.Go(func() {
			conn, err := net.Dial("tcp", l.addr)
			if err != nil {
				errs[c] = err
				return
			}
			defer conn.Close()
			reader := bufio.NewReader(conn)
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				time.Sleep(time.Until(start.Add(time.Duration(i) * time.Second / time.Duration(l.perSecond))))
				began := time.Now()
				_, err := conn.Write(l.request(i))
				var status int
				if err == nil {
					status, err = readAnswer(reader)
				}
				if err != nil {
					errs[c] = fmt.Errorf("request %d: %w", i, err)
					return
				}
				latencies[c] = append(latencies[c], time.Since(began))
				if status != l.want {
					failed.Add(1)
				}
			}
		})
	}
	wait.Wait()
	out := outcome{elapsed: time.Since(start), failed: int(failed.Load())}
	for c := range connections {
		if errs[c] != nil {
			return out, errs[c]
		}
		out.latencies = append(out.latencies, latencies[c]...)
	}
	slices.Sort(out.latencies)
	return out, nil
}
