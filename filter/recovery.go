package filter

import (
	"runtime"
	"strconv"
	"strings"
)

// noted logs a recovered panic: where it came from and, if the runtime raised
// it, what it was. Other values are left out: they could hold parts of a
// request. It lets no panic out itself.
func (v *vm) noted(callback string, panicked any) {
	defer func() { _ = recover() }()
	text := "sessiongate: a bug was caught in " + callback
	if err, ok := panicked.(runtime.Error); ok {
		text += ": " + err.Error()
	}
	v.host.Log(LogError, text+origin())
	v.metrics.panicked()
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
