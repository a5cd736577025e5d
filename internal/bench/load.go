package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// load is a number of requests over a number of connections.
type load struct {
	addr        string
	connections int
	requests    int
	request     func(i int) []byte // the i-th request, as HTTP/1.1
	// cutOff has every second request, drawn by lot, cut off by its client: at some
	// byte of it, or before its answer.
	cutOff bool
}

// outcome is what came of a load.
type outcome struct {
	elapsed   time.Duration
	latencies []time.Duration // sorted
	failed    int             // answers with another status than 200
}

func (o outcome) quantile(q float64) time.Duration {
	return o.latencies[int(q*float64(len(o.latencies)-1))]
}

// run makes the requests: each connection sends one, reads its answer, and
// sends the next.
func (l load) run() (outcome, error) {
	var next, failed atomic.Int64
	latencies := make([][]time.Duration, l.connections)
	errs := make([]error, l.connections)
	var wg sync.WaitGroup
	start := time.Now()
	for c := range l.connections {
		wg.Go(func() {
			latencies[c], errs[c] = l.connection(&next, &failed)
		})
	}
	wg.Wait()
	out := outcome{elapsed: time.Since(start), failed: int(failed.Load())}
	for c := range l.connections {
		if errs[c] != nil {
			return out, errs[c]
		}
		out.latencies = append(out.latencies, latencies[c]...)
	}
	slices.Sort(out.latencies)
	return out, nil
}

func (l load) connection(next, failed *atomic.Int64) ([]time.Duration, error) {
	conn, err := net.Dial("tcp", l.addr)
	if err != nil {
		return nil, err
	}
	defer func() { conn.Close() }()
	reader := bufio.NewReader(conn)
	var latencies []time.Duration
	for {
		i := int(next.Add(1)) - 1
		if i >= l.requests {
			return latencies, nil
		}
		start := time.Now()
		text := l.request(i)
		if l.cutOff && rand.IntN(2) == 0 {
			if conn, err = l.leave(conn, text[:rand.IntN(len(text)+1)]); err != nil {
				return nil, err
			}
			reader.Reset(conn)
			continue
		}
		if _, err := conn.Write(text); err != nil {
			return nil, err
		}
		status, err := readAnswer(reader)
		if err != nil {
			return nil, fmt.Errorf("request %d: %w", i, err)
		}
		latencies = append(latencies, time.Since(start))
		if status != 200 {
			failed.Add(1)
		}
	}
}

// leave sends a part of a request, and goes on with another connection.
func (l load) leave(conn net.Conn, part []byte) (net.Conn, error) {
	if _, err := conn.Write(part); err != nil {
		return conn, err
	}
	conn.Close()
	return net.Dial("tcp", l.addr)
}

// readAnswer reads one answer with a Content-Length, and gives its status.
func readAnswer(r *bufio.Reader) (status int, err error) {
	length := 0
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case first:
			if len(line) < 12 {
				return 0, fmt.Errorf("no status line: %q", line)
			}
			status = int(line[9]-'0')*100 + int(line[10]-'0')*10 + int(line[11]-'0')
		case len(line) == 0:
			_, err := io.CopyN(io.Discard, r, int64(length))
			return status, err
		case bytes.HasPrefix(line, []byte("content-length: ")):
			length = 0
			for _, c := range line[len("content-length: "):] {
				length = length*10 + int(c-'0')
			}
		}
	}
}
