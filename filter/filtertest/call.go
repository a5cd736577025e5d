package filtertest

import (
	"strconv"
	"time"
)

// Call is a request that a plugin dispatched. The test answers it, or lets it
// run into its time-out.
type Call struct {
	Cluster string
	Headers [][2]string
	Timeout time.Duration

	plugin   *Plugin
	done     func(headers, bodySize int)
	deadline time.Time
	over     bool
	queued   func()

	answerHeaders [][2]string
	answerBody    []byte
}

// Header is the value of one of the call's headers.
func (c *Call) Header(name string) string { return first(c.Headers, name) }

// Pending reports whether the call has neither been answered nor cancelled.
func (c *Call) Pending() bool { return !c.over }

// Plugin is who made the call.
func (c *Call) Plugin() *Plugin { return c.plugin }

// Answer answers the call. Inside OnDispatch the answer arrives with the next
// Advance, else at once. A call that is over takes none.
func (c *Call) Answer(status int, headers [][2]string, body string) {
	all := append([][2]string{{":status", strconv.Itoa(status)}}, headers...)
	c.end(all, []byte(body))
}

// TimeOut ends the call as Envoy does when its time is up: with a 504.
func (c *Call) TimeOut() { c.Answer(504, nil, "upstream request timeout") }

// Reset ends the call as a reset connection does: without headers.
func (c *Call) Reset() { c.end(nil, nil) }

func (c *Call) end(headers [][2]string, body []byte) {
	if c.over {
		return
	}
	if c.done == nil { // still being dispatched
		c.queued = func() { c.end(headers, body) }
		return
	}
	c.over = true
	c.answerHeaders, c.answerBody = headers, body
	vm := c.plugin.vm
	vm.answered = c
	vm.call(c.plugin.id, func() {
		c.done(len(headers), len(body))
		vm.answered = nil
	})
}
