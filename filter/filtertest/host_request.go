package filtertest

import (
	"strings"

	"github.com/sessiongate/sessiongate/filter"
	"github.com/sessiongate/sessiongate/internal/policy"
)

func (h host) RequestHeaders() ([][2]string, error) {
	s, err := h.stream("RequestHeaders")
	if err != nil {
		return nil, err
	}
	return h.vm.lent.lines(s.result.RequestHeaders), nil
}

func (h host) SetRequestHeader(name, value string) error {
	s, err := h.stream("SetRequestHeader")
	if err != nil {
		return err
	}
	name = strings.ToLower(name)
	h.check(s, name, value)
	s.result.RequestHeaders = set(s.result.RequestHeaders, strings.Clone(name), strings.Clone(value))
	return nil
}

func (h host) AddRequestHeader(name, value string) error {
	s, err := h.stream("AddRequestHeader")
	if err != nil {
		return err
	}
	name = strings.ToLower(name)
	h.check(s, name, value)
	s.result.RequestHeaders = append(s.result.RequestHeaders, own([][2]string{{name, value}})...)
	return nil
}

// check notes what Envoy takes and then fails the request for.
func (h host) check(s *Stream, name, value string) {
	if strings.ContainsAny(value, "\r\n\x00") || name == "" || strings.ContainsAny(name, "\r\n\x00 ") {
		h.vm.process.misuse("header %q with a value or name that breaks lines", name)
		s.breaking = true
	}
	if s.result.Forwarded {
		h.vm.process.misuse("request header %q changed after the request was forwarded", name)
	}
}

func (h host) RemoveRequestHeader(name string) error {
	s, err := h.stream("RemoveRequestHeader")
	if err != nil {
		return err
	}
	h.check(s, name, "")
	s.result.RequestHeaders = remove(s.result.RequestHeaders, strings.ToLower(name))
	return nil
}

func (h host) RequestTrailers() ([][2]string, error) {
	s, err := h.stream("RequestTrailers")
	if err != nil {
		return nil, err
	}
	if len(s.result.Trailers) == 0 {
		// Envoy hands out no memory for a map without lines.
		return nil, filter.ErrNotFound
	}
	return h.vm.lent.lines(s.result.Trailers), nil
}

func (h host) RemoveRequestTrailer(name string) error {
	s, err := h.stream("RemoveRequestTrailer")
	if err != nil {
		return err
	}
	s.result.Trailers = remove(s.result.Trailers, strings.ToLower(name))
	return nil
}

func (h host) ResumeRequest() error {
	s, err := h.stream("ResumeRequest")
	if err != nil {
		return err
	}
	if s.ending {
		h.vm.process.misuse("a request was resumed whose stream is ending")
	}
	if !s.paused || s.held {
		h.vm.process.misuse("a request was resumed that is not paused")
		return nil
	}
	h.vm.after = append(h.vm.after, func() {
		if s.paused && !s.held {
			s.forward()
		}
	})
	return nil
}

func (h host) SendResponse(a policy.Answer) error {
	s, err := h.stream("SendResponse")
	if err != nil {
		return err
	}
	if s.ending {
		h.vm.process.misuse("a request was answered whose stream is ending")
	}
	if s.held || s.response != nil {
		h.vm.process.misuse("a request was answered that had been answered or forwarded")
		return errBadArgument
	}
	s.held = true
	response := Response{
		Status: a.Status, Headers: own(a.Headers), Body: strings.Clone(a.Body), GRPCStatus: a.GRPCStatus,
		Details: strings.Clone(a.Details),
	}
	h.vm.after = append(h.vm.after, func() { s.answer(response) })
	return nil
}

func (h host) AddResponseHeader(name, value string) error {
	s, err := h.response("AddResponseHeader")
	if err != nil {
		return err
	}
	s.Headers = append(s.Headers, own([][2]string{{strings.ToLower(name), value}})...)
	return nil
}

func (h host) SetResponseHeader(name, value string) error {
	s, err := h.response("SetResponseHeader")
	if err != nil {
		return err
	}
	s.Headers = set(s.Headers, strings.ToLower(name), strings.Clone(value))
	return nil
}

func (h host) response(method string) (*Response, error) {
	s, err := h.stream(method)
	if err != nil {
		return nil, err
	}
	if s.response == nil {
		return nil, errBadArgument
	}
	return s.response, nil
}

func (h host) SetProperty(name, value string) error {
	s, err := h.stream("SetProperty")
	if err != nil {
		return err
	}
	if value == "" {
		return errBadArgument
	}
	s.result.Properties[strings.Clone(name)] = strings.Clone(value)
	return nil
}

func (h host) StreamEnding() bool {
	h.vm.process.called("StreamEnding")
	s := h.vm.streams[h.vm.effective]
	return s != nil && s.ending
}
