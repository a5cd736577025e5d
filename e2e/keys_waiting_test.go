package e2e

import (
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// waitingTests are about requests that wait for keys.
func waitingTests() []keyTest {
	leaving, open := held()
	delayed, openDelayed := held()
	return []keyTest{
		{
			// Envoy marks requests that it delays, as it marks those that it cuts off.
			name: "delayed-before", fault: delayed, fields: object{"jwksTimeout": "30s"},
			before: object{"name": "envoy.filters.http.fault", "typed_config": object{
				"@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault",
				"delay": object{"fixed_delay": "0.05s", "percentage": object{"numerator": 100}},
			}},
			run: func(k *keyTrial) {
				var waiting sync.WaitGroup
				waiting.Go(func() { k.expect(8, k.good(), signedIn) })
				k.until(15*time.Second, "everybody waiting", func() bool { return k.waiting() == 8 })
				time.Sleep(100 * time.Millisecond) // ticks
				openDelayed()
				waiting.Wait()
			},
		},
		{
			name: "clients-leave", fault: leaving,
			fields: object{"jwksTimeout": "30s", "jwksUnknownKeyInterval": "1s"},
			run:    func(k *keyTrial) { k.clientsLeave(open) },
		},
		{
			name: "waits-are-bounded", fault: idp.Slow(time.Minute),
			fields: object{"jwksTimeout": "2s"},
			run: func(k *keyTrial) {
				start := time.Now()
				k.expect(100, k.good(), noKeys)
				if took := time.Since(start); took < 1500*time.Millisecond || took > 8*time.Second {
					k.errorf("refused after %v, want 2 s", took)
				}
				k.until(5*time.Second, "nobody waiting", func() bool { return k.waiting() == 0 })
			},
		},
	}
}

// held is a key server that does not answer before it is told to.
func held() (fault idp.Fault, open func()) {
	gate := make(chan struct{})
	return func(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
		select {
		case <-gate:
			next(w, r)
		case <-r.Context().Done():
		}
	}, sync.OnceFunc(func() { close(gate) })
}

// clientsLeave: those who stay get their answer, whoever leaves, and nothing
// is left behind by those who left.
func (k *keyTrial) clientsLeave(open func()) {
	const stay, leave = 40, 80
	var conns []net.Conn
	for range leave {
		conns = append(conns, k.begin(k.good()))
	}
	var staying sync.WaitGroup
	staying.Go(func() { k.expect(stay, k.good(), signedIn) })
	k.until(15*time.Second, "everybody waiting", func() bool { return k.waiting() == stay+leave })
	for _, conn := range conns {
		conn.Close()
	}
	k.until(15*time.Second, "only those waiting who stay", func() bool { return k.waiting() == stay })
	open()
	staying.Wait()
	k.until(5*time.Second, "nobody waiting", func() bool { return k.waiting() == 0 })

	// Again and again at the very moment when the answer comes.
	for round := range 5 {
		again, open := held()
		k.Break(again)
		next := newKey("next-" + string(rune('a'+round)))
		k.Publish(next)
		k.Use(next)
		var all sync.WaitGroup
		for i := range 60 {
			conn := k.begin(k.good())
			all.Go(func() {
				if i%3 > 0 {
					time.Sleep(time.Duration(90+rand.IntN(60)) * time.Millisecond)
				} else {
					time.Sleep(time.Second)
				}
				conn.Close()
			})
		}
		time.Sleep(100 * time.Millisecond)
		open()
		k.expect(8, k.good(), signedIn)
		all.Wait()
		time.Sleep(1100 * time.Millisecond) // jwksUnknownKeyInterval
	}
	k.until(5*time.Second, "nobody waiting", func() bool { return k.waiting() == 0 })
}

// begin sends a request and does not wait for the answer.
func (k *keyTrial) begin(token string) net.Conn {
	conn, err := net.DialTimeout("tcp", k.e.addrs[k.listener], 5*time.Second)
	if err == nil {
		_, err = conn.Write(k.request(token).http1())
	}
	if err != nil {
		k.errorf("%v", err)
	}
	return conn
}
