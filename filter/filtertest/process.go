// Package filtertest is a proxy in memory for tests of the filter: a process
// with its clock, shared data, metrics and log, in which VMs start plugins
// that requests go through.
//
// It behaves as Envoy does where that matters to the filter. Repeated headers
// stay apart, but for authorization, whose lines arrive joined with a comma;
// setting a header replaces all its lines and removing it removes all; what a
// callback starts (resuming, answering) happens when it has returned; the
// filter's own answers pass through its own response callback; shared data
// with a cas of 0 overwrites; a configuration can be tried in a VM that is
// thrown away. What Envoy would not do, or would crash on, is listed by
// Process.Misuses.
//
// Nothing happens by itself: Process.Advance moves the clock and calls the
// ticks that are due, and dispatched calls wait until the test answers them or
// their time is up. It is for one goroutine.
package filtertest

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/filter"
)

// Epoch is the time at which every process starts.
var Epoch = time.Unix(1_800_000_000, 0)

// Process is one proxy. Its fields may be changed at any time.
type Process struct {
	// VerifySignature reports whether the host offers the foreign function.
	VerifySignature bool
	// Sign reports whether the host offers that one, as Envoy 1.37 does.
	Sign bool
	// Environment is that of every VM.
	Environment map[string]string
	// UnknownClusters are those to which a dispatch is an error at once.
	UnknownClusters map[string]bool
	// Random gives the numbers for jitter; always 0.5 by default.
	Random func() float64
	// OnDispatch, if not nil, sees every call as it is made and may answer it;
	// the answer arrives with the next Advance.
	OnDispatch func(*Call)
	// Foreign, if not nil, comes before the foreign functions offered here.
	Foreign func(name string, argument []byte) (result []byte, err error, known bool)

	// OnCall, if not nil, is told of every call of a host's method before it is
	// carried out, by its name. It may panic.
	OnCall func(method string)
	// Fails, if not nil, gives the error of each call of a host's method about a
	// request or response; nil for those that are to work.
	Fails func(method string) error

	now     time.Time
	vms     []*VM
	calls   []*Call
	shared  map[string]record
	lastCAS uint32
	metrics []*metric
	logs    []Log
	misuses []string
}

type record struct {
	value []byte
	cas   uint32
}

type metric struct {
	kind   filter.MetricKind
	name   string
	value  int64
	values []uint64
}

// Log is one line that the filter logged.
type Log struct {
	Level   filter.LogLevel
	Message string
}

// NewProcess makes a process at Epoch, whose host offers verify_signature.
func NewProcess() *Process {
	return &Process{
		VerifySignature: true,
		Sign:            true,
		Random:          func() float64 { return 0.5 },
		now:             Epoch,
		shared:          map[string]record{},
	}
}

// Start starts a plugin in a VM of its own: a worker with one listener. See
// Plugin.Started for whether it took the configuration.
func (p *Process) Start(configuration string) *Plugin { return p.NewVM().Start(configuration) }

// Try does what Envoy does with a new configuration first: it starts it in a
// VM that gets no other callback, and reports whether the configuration was
// taken.
func (p *Process) Try(configuration string) bool {
	vm := p.NewVM()
	started := vm.Start(configuration).Started
	p.vms = slices.DeleteFunc(p.vms, func(v *VM) bool { return v == vm })
	p.calls = slices.DeleteFunc(p.calls, func(c *Call) bool { return c.plugin.vm == vm })
	return started
}

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

// Calls are all dispatched calls so far, whatever became of them.
func (p *Process) Calls() []*Call { return slices.Clone(p.calls) }

// PendingCalls are the calls that have no answer yet.
func (p *Process) PendingCalls() []*Call {
	return slices.DeleteFunc(p.Calls(), func(c *Call) bool { return !c.Pending() })
}

// Logs are the lines logged so far.
func (p *Process) Logs() []Log { return slices.Clone(p.logs) }

// LogText is all of the log in one string, for searching.
func (p *Process) LogText() string {
	var text strings.Builder
	for _, line := range p.logs {
		text.WriteString(line.Message)
		text.WriteByte('\n')
	}
	return text.String()
}

// Misuses lists what the filter did that Envoy does not take well: answering
// twice, resuming what is not paused, values with line breaks. A correct
// filter leaves it empty.
func (p *Process) Misuses() []string { return slices.Clone(p.misuses) }

func (p *Process) misuse(format string, args ...any) {
	p.misuses = append(p.misuses, fmt.Sprintf(format, args...))
}

func (p *Process) called(method string) {
	if p.OnCall != nil {
		p.OnCall(method)
	}
}

// Metric is the value of a counter or gauge, 0 if there is none.
func (p *Process) Metric(name string) int64 {
	for _, m := range p.metrics {
		if m.name == name {
			return m.value
		}
	}
	return 0
}

// Metrics are the counters and gauges that are not 0, by name.
func (p *Process) Metrics() map[string]int64 {
	all := map[string]int64{}
	for _, m := range p.metrics {
		if m.kind != filter.Histogram && m.value != 0 {
			all[m.name] = m.value
		}
	}
	return all
}

// MetricNames are the names of all metrics that were defined, sorted.
func (p *Process) MetricNames() []string {
	var names []string
	for _, m := range p.metrics {
		names = append(names, m.name)
	}
	sort.Strings(names)
	return names
}

// Recorded are the values of a histogram.
func (p *Process) Recorded(name string) []uint64 {
	for _, m := range p.metrics {
		if m.name == name {
			return slices.Clone(m.values)
		}
	}
	return nil
}

// SharedKeys are the keys of all shared data, sorted.
func (p *Process) SharedKeys() []string {
	var keys []string
	for key := range p.shared {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Shared reads shared data as another plugin would.
func (p *Process) Shared(key string) []byte { return slices.Clone(p.shared[key].value) }

// SetShared writes shared data as another plugin would.
func (p *Process) SetShared(key string, value []byte) { p.store(key, value) }

func (p *Process) store(key string, value []byte) {
	p.lastCAS++
	p.shared[key] = record{slices.Clone(value), p.lastCAS}
}
