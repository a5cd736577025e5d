package filter

import (
	"slices"
	"time"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// maxWaiting is how many requests may wait for one provider's keys in one
// plugin.
const maxWaiting = 1024

// maxSettled is how many of them one callback decides about, so that it stays
// short: others of the worker's connections wait meanwhile.
const maxSettled = 64

// waitingRoom is where requests wait for the keys of one provider.
type waitingRoom struct {
	plugin   *plugin
	provider *session.Provider
	metrics  *providerMetrics
	keys     *remote.Keys
	due      time.Time // when keys.Tick is to be called

	waiting   []*stream
	unsettled bool // some of them are to be decided about at the next tick
}

// newWaitingRoom fetches the keys of a provider, and has requests wait for
// them.
func newWaitingRoom(p *plugin, provider *session.Provider, share bool) *waitingRoom {
	r := &waitingRoom{plugin: p, provider: provider, metrics: p.metrics.of(provider)}
	r.keys = remote.New(*provider.Remote, &keysProxy{Host: p.host, room: r, share: share}, r.report)
	return r
}

// waits is the waiting of a request.
type waits struct {
	waitsIn  *waitingRoom  // nil: it does not wait
	arrived  time.Time     // zero: it never had to wait
	deadline time.Time     // of its wait
	seen     jwks.Snapshot // what the request was last decided by
}

// over reports whether the time to wait is up.
func (w *waits) over(now time.Time) bool { return !now.Before(w.deadline) || now.Before(w.arrived) }

// wait has the request wait for the keys of r, if it may wait (longer). Each
// waits until the provider's jwksTimeout after its arrival.
func (s *stream) wait(r *waitingRoom, now time.Time) bool {
	if s.arrived.IsZero() {
		s.arrived = now
	}
	s.deadline = s.arrived.Add(r.provider.Remote.Timeout)
	switch {
	case s.state > waiting, s.over(now):
		return false
	case s.waitsIn == r:
		return true
	case len(r.waiting) >= maxWaiting:
		return false
	}
	s.stopWaiting()
	if s.state == undecided {
		s.request = s.request.Clone()
	}
	s = s.keep()
	s.state, s.waitsIn, s.seen = waiting, r, r.keys.Snapshot(now)
	r.waiting = append(r.waiting, s)
	r.metrics.waiting.add(1)
	r.plugin.setTick(now)
	return true
}

// stopWaiting takes the request off its list.
func (s *stream) stopWaiting() {
	r := s.waitsIn
	if r == nil {
		return
	}
	s.waitsIn = nil
	r.waiting = slices.DeleteFunc(r.waiting, func(other *stream) bool { return other == s })
	r.metrics.waiting.add(-1)
}

// requestKey notes that a request needs a key that is not there.
func (r *waitingRoom) requestKey(now time.Time) {
	if r.keys.RequestUnknownKey(now) && now.Before(r.due) {
		r.due = now
		r.plugin.setTick(now)
	}
}

// tick does what is due about the keys.
func (r *waitingRoom) tick() {
	defer r.plugin.vm.recovered("OnTick")
	r.due = r.plugin.host.Now().Add(shortTick) // if this panics
	r.due = r.keys.Tick()
}

// settle decides again about requests that wait, a few at a time: about all of
// them after the keys have changed, else about those whose time is up. Those
// that the proxy no longer knows are forgotten.
func (r *waitingRoom) settle() {
	defer r.plugin.vm.recovered("OnTick")
	defer func() { _ = r.plugin.host.SetEffectiveContext(r.plugin.id) }()
	now := r.plugin.host.Now()
	snapshot := r.keys.Snapshot(now)
	settled := 0
	r.unsettled = false
	for _, s := range slices.Clone(r.waiting) {
		over := s.over(now)
		again := over || s.seen != snapshot
		if again && settled == maxSettled {
			r.unsettled = true
			break
		}
		switch {
		case s.waitsIn != r: // deciding about another one has ended its wait
		case r.plugin.host.SetEffectiveContext(s.id) != nil, again && r.plugin.host.StreamEnding():
			s.plugin.vm.streams.forget(s.id)
		case again:
			settled++
			s.seen = snapshot
			s.resume(now, over)
		}
	}
	if set, age := r.keys.Held(now); set != nil {
		r.metrics.keys.record(uint64(len(set.Keys)))
		r.metrics.keysAge.record(uint64(age / time.Second))
	}
}

// close ends all waits, without deciding about them, and the fetching of keys.
func (r *waitingRoom) close() {
	for len(r.waiting) > 0 {
		r.waiting[0].stopWaiting()
	}
	r.keys.Close()
}

// resume decides about a paused request whose context is in effect.
func (s *stream) resume(now time.Time, waited bool) {
	defer s.recovered("a request that waited")
	err := s.decide(now, waited)
	if err == nil && s.state == forwarded {
		if err = s.plugin.host.ResumeRequest(); err != nil {
			err = hostError("resuming the request", err)
		}
	}
	if err != nil {
		s.failed(err)
	}
}
