package filter

import (
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
)

// recovered is deferred by callbacks about a request. One that panicked is
// answered.
func (s *stream) recovered(callback string) {
	if panicked := recover(); panicked != nil {
		s.plugin.vm.noted(callback, panicked)
		s.fail()
		if kept := s.plugin.vm.streams.kept[s.id]; kept != nil && kept != s {
			kept.state = failed
			kept.stopWaiting()
		}
	}
	if s.state != waiting {
		s.request = nil
	}
}

// failed answers a request after an error of the host.
func (s *stream) failed(err error) {
	s.plugin.vm.refused(err)
	s.fail()
}

// fail answers a request that cannot be dealt with. Whatever happens in here,
// the request is not forwarded: the caller pauses it, and it is not on any list.
func (s *stream) fail() {
	defer func() { _ = recover() }()
	sent := s.state >= answered
	s.state = failed
	s.stopWaiting()
	if !sent {
		d := s.failure()
		_ = s.plugin.host.SendResponse(d.Answer)
		s.plugin.metrics.decided(&d)
	}
}

// failure is the policy's answer to a failure, or a bare 500 if that panics.
func (s *stream) failure() (d policy.Decision) {
	d = policy.BareFailure()
	defer func() { _ = recover() }()
	if s.request == nil {
		headers, _ := s.plugin.host.RequestHeaders()
		s.request = request.Read(headers)
	}
	return s.plugin.policy.Failed(s.request)
}
