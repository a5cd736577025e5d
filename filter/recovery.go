package filter

import (
	"errors"
	"runtime"
	"strconv"
	"strings"
)

// recovered is deferred by callbacks that are about no request.
func (v *VM) recovered(callback string) {
	if panicked := recover(); panicked != nil {
		v.noted(callback, panicked)
	}
}

// noted logs a recovered panic: where it came from and, if the runtime raised
// it, what it was. Other values are left out: they could hold parts of a
// request. It lets no panic out itself.
func (v *VM) noted(callback string, panicked any) {
	defer func() { _ = recover() }()
	text := "sessiongate: a bug was caught in " + callback
	if err, ok := panicked.(runtime.Error); ok {
		text += ": " + err.Error()
	}
	v.host.Log(LogError, text+origin())
	v.metrics.panics.add(1)
}

// origin is the function and line that panicked.
func origin() string {
	var counters [16]uintptr
	frames := runtime.CallersFrames(counters[:runtime.Callers(3, counters[:])])
	panicking := false
	for {
		frame, more := frames.Next()
		ours := !strings.HasPrefix(frame.Function, "runtime.")
		if panicking && ours {
			return " (" + frame.Function + ", line " + strconv.Itoa(frame.Line) + ")"
		}
		panicking = panicking || frame.Function == "runtime.gopanic"
		if !more {
			return ""
		}
	}
}

// hostError says what the host was asked for when it failed.
func hostError(asked string, err error) error { return errors.New(asked + ": " + err.Error()) }

// refused logs an error of the host. It is the host's failure, not a bug. Its
// text is the host's own, and holds nothing of a request.
func (v *VM) refused(err error) {
	v.host.Log(LogError, "sessiongate: the proxy refused a call: "+err.Error())
}
