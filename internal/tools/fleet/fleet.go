package main

import (
	"container/heap"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/jwks/remote"
)

// fleet is many proxies, each with the schedule of package jwks/remote, and one
// key server. Time passes from event to event.
type fleet struct {
	now    time.Time
	random *rand.Rand
	events events
	server server
	asked  map[int64]int // requests to the key server, by second since the beginning
	began  time.Time
}

// server is how the key server answers.
type server struct {
	down    bool
	latency time.Duration // of an answer; while it is down, of the broken connection
	keys    string        // a JWK Set
	maxAge  time.Duration // of Cache-Control; zero: none
}

// proxy is one process: its workers share keys, and ask as one does.
type proxy struct {
	fleet  *fleet
	keys   *remote.Keys
	record []byte
	cas    uint32
	latest int // the number of the latest tick that is scheduled; others are void
}

func newFleet(seed uint64, s server) *fleet {
	begin := time.UnixMilli(1_800_000_000_000)
	return &fleet{now: begin, began: begin, server: s, asked: map[int64]int{}, random: rand.New(rand.NewPCG(seed, seed))}
}

// start starts so many proxies, at random moments of a time.
func (f *fleet) start(proxies int, within time.Duration, source remote.Source) []*proxy {
	all := make([]*proxy, proxies)
	for i := range all {
		p := &proxy{fleet: f}
		all[i] = p
		f.at(f.now.Add(time.Duration(f.random.Float64()*float64(within))), func() {
			p.keys = remote.New(source, p, func(remote.Report) {})
			p.tick()
		})
	}
	return all
}

// tick does what is due, and comes back when something is due next.
func (p *proxy) tick() {
	p.latest++
	number := p.latest
	p.fleet.at(p.keys.Tick(), func() {
		if number == p.latest {
			p.tick()
		}
	})
}

// run lets time pass, if there is any.
func (f *fleet) run(d time.Duration) {
	end := f.now.Add(max(d, 0))
	for len(f.events) > 0 && !f.events[0].at.After(end) {
		e := heap.Pop(&f.events).(event)
		f.now = e.at
		e.do()
	}
	f.now = end
}

// load is the requests that reach the key server in a second: how many on
// average, and at most, since a moment.
func (f *fleet) load(since time.Time) (mean float64, peak int) {
	first, last := int64(since.Sub(f.began)/time.Second), int64(f.now.Sub(f.began)/time.Second)
	sum := 0
	for second := first; second < last; second++ {
		sum += f.asked[second]
		peak = max(peak, f.asked[second])
	}
	return float64(sum) / float64(max(last-first, 1)), peak
}

// Dispatch implements remote.Proxy.
func (p *proxy) Dispatch(_ string, _ [][2]string, timeout time.Duration, done func(remote.Answer)) error {
	f := p.fleet
	f.asked[int64(f.now.Sub(f.began)/time.Second)]++
	a := answer{server: f.server}
	f.at(f.now.Add(min(f.server.latency, timeout)), func() {
		done(a)
		p.tick()
	})
	return nil
}

// SharedData implements remote.Proxy.
func (p *proxy) SharedData(string) (value []byte, cas uint32, err error) {
	if p.cas == 0 {
		return nil, 0, remote.ErrNotFound
	}
	return p.record, p.cas, nil
}

// SetSharedData implements remote.Proxy.
func (p *proxy) SetSharedData(_ string, value []byte, cas uint32) error {
	if cas != 0 && cas != p.cas {
		return errors.New("another value was stored since")
	}
	p.record, p.cas = value, p.cas+1
	return nil
}

// Now implements remote.Proxy.
func (p *proxy) Now() time.Time { return p.fleet.now }

// Random implements remote.Proxy.
func (p *proxy) Random() float64 { return p.fleet.random.Float64() }

// answer is one of the key server.
type answer struct{ server server }

// Headers implements remote.Answer.
func (a answer) Headers() ([][2]string, error) {
	if a.server.down {
		return nil, nil
	}
	headers := [][2]string{{":status", "200"}}
	if a.server.maxAge > 0 {
		headers = append(headers, [2]string{"cache-control", "max-age=" + strconv.Itoa(int(a.server.maxAge.Seconds()))})
	}
	return headers, nil
}

// Body implements remote.Answer.
func (a answer) Body(most int) ([]byte, error) {
	return []byte(a.server.keys[:min(len(a.server.keys), most)]), nil
}

// event is what happens at a moment.
type event struct {
	at time.Time
	do func()
}

func (f *fleet) at(when time.Time, do func()) {
	if when.Before(f.now) {
		when = f.now
	}
	heap.Push(&f.events, event{when, do})
}

// events is a heap, the next one first.
type events []event

func (e events) Len() int           { return len(e) }
func (e events) Less(i, j int) bool { return e[i].at.Before(e[j].at) }
func (e events) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }

// Push implements heap.Interface.
func (e *events) Push(x any) { *e = append(*e, x.(event)) }

// Pop implements heap.Interface.
func (e *events) Pop() any {
	last := len(*e) - 1
	x := (*e)[last]
	*e = (*e)[:last]
	return x
}
