package filter

import (
	"slices"
	"time"
)

// maxWaiting is how many requests may wait for one provider's keys in one
// plugin.
const maxWaiting = 1024

// waits is the waiting of a request.
type waits struct {
	waitsFor *keys // nil: no longer
	arrived  time.Time
	deadline time.Time
}

// wait puts the request on the list of those that wait for k, if it may wait
// (longer). Each waits until the provider's jwksTimeout after its arrival.
func (s *stream) wait(k *keys, now time.Time) bool {
	arrived := now
	if s.waits != nil {
		arrived = s.waits.arrived
	}
	deadline := arrived.Add(k.provider.Remote.Timeout)
	if s.state != undecided && s.state != waiting || !now.Before(deadline) || now.Before(arrived) {
		return false
	}
	if s.waits != nil && s.waitsFor == k {
		return true
	}
	if len(k.waiting) >= maxWaiting {
		return false
	}
	s.stopWaiting()
	if s.waits == nil {
		s.request = s.request.Clone()
	}
	s.state, s.waits = waiting, &waits{waitsFor: k, arrived: arrived, deadline: deadline}
	k.waiting = append(k.waiting, s)
	k.seen = k.schedule.Snapshot(now)
	k.plugin.metrics.waiting(k.provider, 1)
	k.plugin.setTick(k.plugin.nextTick(now))
	return true
}

// stopWaiting takes the request off its list.
func (s *stream) stopWaiting() {
	if s.waits == nil || s.waitsFor == nil {
		return
	}
	k := s.waitsFor
	s.waitsFor = nil
	if i := slices.Index(k.waiting, s); i >= 0 {
		k.waiting = slices.Delete(k.waiting, i, i+1)
		k.plugin.metrics.waiting(k.provider, -1)
	}
}

// settle decides again about requests that wait: about all of them after the
// keys have changed, else about those whose time is up. Those whose client has
// left are taken off the list: nobody says so in a module that is trimmed of
// the callback for it.
func (k *keys) settle(now time.Time, all bool) {
	defer func() { _ = k.host.SetEffectiveContext(k.plugin.id) }()
	for _, s := range slices.Clone(k.waiting) {
		if s.waitsFor != k {
			continue
		}
		if k.host.SetEffectiveContext(s.id) != nil {
			s.stopWaiting()
			continue
		}
		over := !now.Before(s.deadline) || now.Before(s.arrived)
		if !all && !over {
			continue
		}
		if k.host.StreamEnding() {
			s.stopWaiting()
			continue
		}
		s.resume(now, over)
	}
}

// resume decides about a paused request whose context is in effect.
func (s *stream) resume(now time.Time, waited bool) {
	defer func() {
		if panicked := recover(); panicked != nil {
			s.plugin.vm.noted("a request that waited", panicked)
			s.fail()
		}
		if s.state != waiting {
			s.request = nil
		}
	}()
	s.decide(now, waited)
	if s.state == forwarded {
		if err := s.plugin.host.ResumeRequest(); err != nil {
			panic(err)
		}
	}
}
