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
