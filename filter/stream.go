package filter

import (
	"strings"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
)

// stream is one request and its response.
type stream struct {
	plugin *plugin
	id     uint32
	state  state

	// request is set while it is decided about, and while it waits.
	request *request.Request
	waits
	setCookies []string // for the response
}

// state is how far a request has come.
type state uint8

const (
	undecided state = iota
	waiting
	forwarded
	answered
	failed // answered after a panic or an error of the host
)

// requestHeaders decides about the request.
func (s *stream) requestHeaders(hasBody bool) (action types.Action) {
	action = types.ActionPause // after a panic, too
	defer s.recovered("RequestHeaders")
	p := s.plugin
	started := p.metrics.startTimer()
	if err := s.receive(hasBody); err != nil {
		s.failed(err)
	}
	p.metrics.stopTimer(started)
	if s.state == forwarded {
		action = types.ActionContinue
	}
	return action
}

// receive reads the request and decides about it.
func (s *stream) receive(hasBody bool) error {
	p := s.plugin
	headers, err := p.host.RequestHeaders()
	if err != nil {
		return hostError("reading the request's headers", err)
	}
	// One for all requests: the headers are lent, so those that wait copy it.
	s.request = p.reader.Read(headers)
	s.request.HasBody = hasBody
	return s.decide(p.host.Now(), false)
}

// decide decides about the request and carries it out, or has it wait. The
// stream's context is in effect. Having waited, it waits no more.
func (s *stream) decide(now time.Time, waited bool) error {
	p := s.plugin
	p.checker.Now, p.checker.Waited = now, waited
	d := p.policy.Decide(s.request, &p.checker)
	if d.Demand != nil {
		r := p.roomOf(d.Demand)
		r.requestKey(now)
		if d.Outcome == policy.Wait && s.wait(r, now) {
			return nil
		}
	}
	if d.Outcome == policy.Wait {
		if waited {
			panic("a request that has waited is to wait again")
		}
		return s.decide(now, true)
	}
	s.stopWaiting()
	if err := s.carryOut(&d); err != nil {
		return err
	}
	p.metrics.decided(&d)
	return nil
}

// carryOut does what a decision says, but for Wait.
func (s *stream) carryOut(d *policy.Decision) error {
	if err := s.edit(d); err != nil {
		return hostError("editing the request's headers", err)
	}
	for _, property := range d.FilterState {
		// A proxy that cannot keep it still gets the headers.
		_ = s.plugin.host.SetProperty(property[0], property[1])
	}
	if d.Outcome == policy.Forward {
		s.state = forwarded
		s.keepCookies(d.SetCookies)
		return nil
	}
	if err := s.plugin.host.SendResponse(d.Answer); err != nil {
		return hostError("answering the request", err)
	}
	s.state = answered
	return nil
}

// edit edits the request's headers.
func (s *stream) edit(d *policy.Decision) error {
	for i := range d.Edits {
		if err := s.editOne(&d.Edits[i]); err != nil {
			return err
		}
	}
	for i := range d.Identity {
		if err := s.plugin.host.AddRequestHeader(d.Identity[i][0], d.Identity[i][1]); err != nil {
			return err
		}
	}
	return nil
}

func (s *stream) editOne(e *policy.Edit) error {
	if e.Op == policy.Remove {
		return s.plugin.host.RemoveRequestHeader(e.Name)
	}
	return s.plugin.host.SetRequestHeader(e.Name, e.Value)
}

// keepCookies keeps Set-Cookie lines for the response, when what the request's
// headers were read into serves other requests.
func (s *stream) keepCookies(lines []string) {
	if len(lines) == 0 {
		return
	}
	s = s.keep()
	for _, line := range lines {
		s.setCookies = append(s.setCookies, strings.Clone(line))
	}
}

// requestTrailers takes out what clients may not set.
func (s *stream) requestTrailers(lines int) (action types.Action) {
	action = types.ActionPause // after a panic, too
	defer s.recovered("RequestTrailers")
	if err := s.stripTrailers(lines); err != nil {
		s.failed(err)
		return action
	}
	return types.ActionContinue
}

func (s *stream) stripTrailers(lines int) error {
	trailers, err := s.plugin.host.RequestTrailers()
	if err != nil {
		if lines == 0 {
			// Of none, proxies hand out nothing at all. Any client can send that.
			return nil
		}
		return hostError("reading the request's trailers", err)
	}
	for _, name := range s.plugin.policy.Forbidden(trailers) {
		if err := s.plugin.host.RemoveRequestTrailer(name); err != nil {
			return hostError("editing the request's trailers", err)
		}
	}
	return nil
}

// responseHeaders adds what a handshake sets to the response.
func (s *stream) responseHeaders() {
	defer s.plugin.vm.recovered("ResponseHeaders")
	s.stopWaiting() // another filter, or the proxy, has answered
	if s.setCookies != nil {
		if err := s.addCookies(); err != nil {
			s.plugin.vm.refused(hostError("editing the response's headers", err))
		}
	}
}

// addCookies adds the Set-Cookie lines to the response, once.
func (s *stream) addCookies() error {
	cookies := s.setCookies
	s.setCookies = nil
	for _, line := range cookies {
		if err := s.plugin.host.AddResponseHeader("set-cookie", line); err != nil {
			return err
		}
	}
	return s.plugin.host.SetResponseHeader("cache-control", "private, no-store")
}
