package filter

import (
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/gate"
	"github.com/sessiongate/sessiongate/request"
)

// stream is one request and its response.
type stream struct {
	types.DefaultHttpContext
	plugin *plugin
	host   Host
	id     uint32

	request    *request.Request
	state      state
	setCookies []string

	waitsFor *keys // while waiting
	deadline time.Time
	arrived  time.Time
}

// state is how far a request has come.
type state uint8

const (
	undecided state = iota
	waiting
	forwarded
	answered
	failed // answered after a panic
)

// OnHttpRequestHeaders decides about the request.
func (s *stream) OnHttpRequestHeaders(int, bool) (action types.Action) {
	defer func() {
		if panicked := recover(); panicked != nil {
			s.plugin.vm.noted("OnHttpRequestHeaders", panicked)
			s.fail()
			action = types.ActionPause
		}
	}()
	started := s.plugin.metrics.startTimer(s.host)
	headers, err := s.host.RequestHeaders()
	if err != nil {
		panic(err)
	}
	s.request = request.Read(headers)
	s.arrived = s.host.Now()
	s.decide(s.arrived, false)
	s.plugin.metrics.stopTimer(s.host, started)
	if s.state == forwarded {
		return types.ActionContinue
	}
	return types.ActionPause
}

// decide decides about the request and carries it out, or has it wait. The
// stream's context is in effect. Having waited, it waits no more.
func (s *stream) decide(now time.Time, waited bool) {
	p := s.plugin
	p.checker.Now, p.checker.Waited = now, waited
	d := p.policy.Decide(s.request, &p.checker)
	if d.Demand != nil {
		k := p.keysOf(d.Demand)
		if k != nil {
			k.want(now)
		}
		if d.Outcome == gate.Wait && k != nil && s.wait(k, now) {
			return
		}
	}
	if d.Outcome == gate.Wait {
		if waited {
			panic("a request that has waited is to wait again")
		}
		s.decide(now, true)
		return
	}
	s.stopWaiting()
	s.carryOut(d)
	p.metrics.decided(&d)
}

// carryOut does what a decision says, but for Wait.
func (s *stream) carryOut(d gate.Decision) {
	for i := range d.Edits {
		var err error
		switch e := &d.Edits[i]; e.Op {
		case gate.Remove:
			err = s.host.RemoveRequestHeader(e.Name)
		default:
			err = s.host.SetRequestHeader(e.Name, e.Value)
		}
		if err != nil {
			panic(err)
		}
	}
	for i := range d.Identity {
		if err := s.host.AddRequestHeader(d.Identity[i][0], d.Identity[i][1]); err != nil {
			panic(err)
		}
	}
	for _, property := range d.FilterState {
		// A proxy that cannot keep it still gets the headers.
		_ = s.host.SetProperty(property[0], property[1])
	}
	if d.Outcome == gate.Forward {
		s.setCookies = d.SetCookies
		s.state = forwarded
		return
	}
	if err := s.host.SendResponse(d.Answer.Status, d.Answer.Headers, d.Answer.Body, d.Answer.GRPCStatus); err != nil {
		panic(err)
	}
	s.state = answered
}

// fail answers after a panic. Whatever happens in here, the request is not
// forwarded: the caller pauses it, and it is not on any list.
func (s *stream) fail() {
	defer func() { _ = recover() }()
	sent := s.state == answered || s.state == failed
	s.state = failed
	s.stopWaiting()
	if sent {
		return
	}
	d := s.failure()
	if err := s.host.SendResponse(d.Answer.Status, d.Answer.Headers, d.Answer.Body, d.Answer.GRPCStatus); err == nil {
		s.plugin.metrics.decided(&d)
	}
}

// failure is the policy's answer to a panic, or a bare 500 if that panics too.
func (s *stream) failure() (d gate.Decision) {
	defer func() {
		if recover() != nil {
			d = gate.Decision{Outcome: gate.Respond, Label: gate.LabelFailed, Enforced: true,
				Answer: gate.Answer{Status: 500, GRPCStatus: -1}}
		}
	}()
	r := s.request
	if r == nil {
		r = request.Read(nil)
	}
	return s.plugin.policy.Failed(r)
}

// OnHttpRequestTrailers takes out what clients may not set.
func (s *stream) OnHttpRequestTrailers(int) (action types.Action) {
	defer func() {
		if panicked := recover(); panicked != nil {
			s.plugin.vm.noted("OnHttpRequestTrailers", panicked)
			s.fail()
			action = types.ActionPause
		}
	}()
	trailers, err := s.host.RequestTrailers()
	if err != nil {
		panic(err)
	}
	for _, name := range s.plugin.policy.Forbidden(trailers) {
		if err := s.host.RemoveRequestTrailer(name); err != nil {
			panic(err)
		}
	}
	return types.ActionContinue
}

// OnHttpResponseHeaders adds what a handshake sets to the response, whoever
// makes it. Our own answers come by here too, and have it already.
func (s *stream) OnHttpResponseHeaders(int, bool) types.Action {
	defer s.plugin.recovered("OnHttpResponseHeaders")
	s.stopWaiting() // somebody else has answered
	cookies := s.setCookies
	s.setCookies = nil
	if len(cookies) == 0 {
		return types.ActionContinue
	}
	for _, line := range cookies {
		if err := s.host.AddResponseHeader("set-cookie", line); err != nil {
			panic(err)
		}
	}
	if err := s.host.SetResponseHeader("cache-control", "private, no-store"); err != nil {
		panic(err)
	}
	return types.ActionContinue
}

// OnHttpStreamDone takes a request whose client has left off its list.
func (s *stream) OnHttpStreamDone() {
	defer s.plugin.recovered("OnHttpStreamDone")
	s.stopWaiting()
}
