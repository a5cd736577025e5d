package filtertest

import (
	"time"
)

// Now is the process's time.
func (p *Process) Now() time.Time { return p.now }

// SetNow sets the clock without calling anything.
func (p *Process) SetNow(now time.Time) { p.now = now }

// Advance moves the clock on, and on its way calls every tick that is due,
// hands over the answers that were given to calls, and ends calls whose time
// is up, in the order of time.
func (p *Process) Advance(d time.Duration) {
	end := p.now.Add(d)
	p.deliver()
	for {
		at, do := p.nextEvent()
		if do == nil || at.After(end) {
			break
		}
		if at.After(p.now) {
			p.now = at
		}
		do()
		p.deliver()
	}
	p.now = end
}

// nextEvent is the next tick or time-out.
func (p *Process) nextEvent() (at time.Time, do func()) {
	for _, vm := range p.vms {
		for _, plugin := range vm.plugins {
			if plugin.period > 0 && (do == nil || plugin.nextTick.Before(at)) {
				at, do = plugin.nextTick, plugin.Tick
			}
		}
	}
	for _, call := range p.calls {
		if call.Pending() && (do == nil || call.deadline.Before(at)) {
			at, do = call.deadline, call.TimeOut
		}
	}
	return at, do
}

// deliver hands over the answers given by OnDispatch.
func (p *Process) deliver() {
	for _, call := range p.calls {
		if call.queued != nil && call.Pending() {
			queued := call.queued
			call.queued = nil
			queued()
		}
	}
}
