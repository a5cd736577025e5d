package filter

import (
	"strings"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
)

// stream is one request and its response. It is small: there is one for each
// request, and most are decided about in the callback that brings them.
type stream struct {
	types.DefaultHttpContext
	plugin *plugin
	id     uint32
	state  state

	// request is set while it is decided about, and while it waits.
	request    *request.Request
	*waits              // once it has waited
	setCookies []string // for the response
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
func (s *stream) OnHttpRequestHeaders(_ int, endOfStream bool) (action types.Action) {
	p := s.plugin
	defer func() {
		if panicked := recover(); panicked != nil {
			p.vm.noted("OnHttpRequestHeaders", panicked)
			s.fail()
			action = types.ActionPause
		}
		if s.state != waiting {
			s.request = nil
		}
	}()
	started := p.metrics.startTimer(p.host)
	headers, err := p.host.RequestHeaders()
	if err != nil {
		panic(err)
	}
	// One for all requests: the headers are lent, so those that wait copy it.
	p.request.Reset(headers)
	p.request.HasBody = !endOfStream
	s.request = &p.request
	s.decide(p.host.Now(), false)
	p.metrics.stopTimer(p.host, started)
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
		r := p.roomOf(d.Demand)
		if r != nil {
			r.requestKey(now)
		}
		if d.Outcome == policy.Wait && r != nil && s.wait(r, now) {
			return
		}
	}
	if d.Outcome == policy.Wait {
		if waited {
			panic("a request that has waited is to wait again")
		}
		s.decide(now, true)
		return
	}
	s.stopWaiting()
	s.carryOut(&d)
	p.metrics.decided(&d)
}

// carryOut does what a decision says, but for Wait.
func (s *stream) carryOut(d *policy.Decision) {
	for i := range d.Edits {
		var err error
		switch e := &d.Edits[i]; e.Op {
		case policy.Remove:
			err = s.plugin.host.RemoveRequestHeader(e.Name)
		default:
			err = s.plugin.host.SetRequestHeader(e.Name, e.Value)
		}
		if err != nil {
			panic(err)
		}
	}
	for i := range d.Identity {
		if err := s.plugin.host.AddRequestHeader(d.Identity[i][0], d.Identity[i][1]); err != nil {
			panic(err)
		}
	}
	for _, property := range d.FilterState {
		// A proxy that cannot keep it still gets the headers.
		_ = s.plugin.host.SetProperty(property[0], property[1])
	}
	if d.Outcome == policy.Forward {
		s.keepCookies(d.SetCookies)
		s.state = forwarded
		return
	}
	if err := s.plugin.host.SendResponse(d.Answer.Status, d.Answer.Headers, d.Answer.Body, d.Answer.GRPCStatus); err != nil {
		panic(err)
	}
	s.state = answered
}

// keepCookies keeps Set-Cookie lines for the response, when what the request's
// headers were read into serves other requests.
func (s *stream) keepCookies(lines []string) {
	for _, line := range lines {
		s.setCookies = append(s.setCookies, strings.Clone(line))
	}
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
	if err := s.plugin.host.SendResponse(d.Answer.Status, d.Answer.Headers, d.Answer.Body, d.Answer.GRPCStatus); err == nil {
		s.plugin.metrics.decided(&d)
	}
}

// failure is the policy's answer to a panic, or a bare 500 if that panics too.
func (s *stream) failure() (d policy.Decision) {
	defer func() {
		if recover() != nil {
			d = policy.Decision{Outcome: policy.Respond, Label: policy.LabelFailed, Enforced: true,
				Answer: policy.Answer{Status: 500, GRPCStatus: -1}}
		}
	}()
	r := s.request
	if r == nil {
		headers, _ := s.plugin.host.RequestHeaders()
		r = request.Read(headers)
	}
	return s.plugin.policy.Failed(r)
}

// OnHttpRequestTrailers takes out what clients may not set.
func (s *stream) OnHttpRequestTrailers(lines int) (action types.Action) {
	defer func() {
		if panicked := recover(); panicked != nil {
			s.plugin.vm.noted("OnHttpRequestTrailers", panicked)
			s.fail()
			action = types.ActionPause
		}
	}()
	trailers, err := s.plugin.host.RequestTrailers()
	if err != nil {
		if lines == 0 {
			// Of none, proxies hand out nothing at all. Any client can send that.
			return types.ActionContinue
		}
		panic(err)
	}
	for _, name := range s.plugin.policy.Forbidden(trailers) {
		if err := s.plugin.host.RemoveRequestTrailer(name); err != nil {
			panic(err)
		}
	}
	return types.ActionContinue
}

// OnHttpResponseHeaders adds what a handshake sets to the response, whoever
// makes it. Our own answers come by here too, and have it already.
func (s *stream) OnHttpResponseHeaders(int, bool) types.Action {
	if s.waits == nil && s.setCookies == nil {
		return types.ActionContinue
	}
	defer s.plugin.recovered("OnHttpResponseHeaders")
	s.stopWaiting() // somebody else has answered
	cookies := s.setCookies
	s.setCookies = nil
	if len(cookies) == 0 {
		return types.ActionContinue
	}
	for _, line := range cookies {
		if err := s.plugin.host.AddResponseHeader("set-cookie", line); err != nil {
			panic(err)
		}
	}
	if err := s.plugin.host.SetResponseHeader("cache-control", "private, no-store"); err != nil {
		panic(err)
	}
	return types.ActionContinue
}

// OnHttpStreamDone takes a request whose client has left off its list.
func (s *stream) OnHttpStreamDone() {
	defer s.plugin.recovered("OnHttpStreamDone")
	s.stopWaiting()
}
