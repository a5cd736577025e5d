package filtertest

import (
	"strconv"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// Stream is one request on its way.
type Stream struct {
	plugin  *Plugin
	id      uint32
	request Request

	result   Result
	paused   bool
	held     bool // an answer has been asked for
	gone     bool
	ending   bool // cut off, and still found
	breaking bool // a header value that Envoy fails the request for
	response *Response
}

// Do sends a request and gives what becomes of it at once. A request that
// waits goes on to do so: use Begin to follow it.
func (p *Plugin) Do(request Request) Result { return p.Begin(request).Result() }

// Begin sends a request.
func (p *Plugin) Begin(request Request) *Stream {
	s := p.Create(request)
	if !s.leavesAt(BeforeHeaders) {
		s.SendHeaders()
		s.leavesAt(AfterHeaders)
	}
	return s
}

// Create makes the stream of a request, whose headers are still to be sent.
func (p *Plugin) Create(request Request) *Stream {
	p.vm.lastID++
	return p.create(request, p.vm.lastID)
}

// CreateAgain is Create with the number of a stream that has vanished, which no
// proxy is known to do.
func (p *Plugin) CreateAgain(request Request, vanished *Stream) *Stream {
	return p.create(request, vanished.id)
}

func (p *Plugin) create(request Request, id uint32) *Stream {
	vm := p.vm
	s := &Stream{plugin: p, id: id, request: request}
	s.result.RequestHeaders = arriving(request.Headers)
	s.result.Trailers = lower(request.Trailers)
	s.result.Properties = map[string]string{}
	vm.context.StreamCreated(s.id, p.id)
	vm.streams[s.id] = s
	return s
}

// SendHeaders sends the request's headers, and what follows them.
func (s *Stream) SendHeaders() {
	vm, request := s.plugin.vm, &s.request
	s.paused = true // until the callback says otherwise
	var action types.Action
	vm.call(s.id, func() {
		action = vm.context.RequestHeaders(s.id, !request.Body && request.Trailers == nil)
		if action == types.ActionContinue && !s.held {
			vm.after = append(vm.after, s.forward)
		}
	})
}

// leavesAt has the client leave, if this is its moment.
func (s *Stream) leavesAt(moment CutOff) bool {
	if s.request.CutOff != moment {
		return false
	}
	s.Leave()
	return true
}

// Result is what has become of the request so far.
func (s *Stream) Result() Result {
	r := s.result
	r.Waiting = s.paused && !s.held && !s.gone
	return r
}

// Leave is the client going away.
func (s *Stream) Leave() {
	if s.gone {
		return
	}
	s.gone = true
	s.plugin.vm.call(s.id, func() { s.plugin.vm.context.StreamDone(s.id) })
	delete(s.plugin.vm.streams, s.id)
}

// Vanish is the client going away without the filter being told, as in a
// module that lacks the export for it.
func (s *Stream) Vanish() {
	s.gone = true
	delete(s.plugin.vm.streams, s.id)
}

// AnsweredElsewhere is the proxy, or another filter, answering the request
// while it is paused here.
func (s *Stream) AnsweredElsewhere(response Response) { s.answer(response) }

// CutOff is the moment between a client's going away and the end of the
// stream, in which its context is still found.
func (s *Stream) CutOff() { s.ending = true }

// forward lets the request through to the upstream, which answers at once.
func (s *Stream) forward() {
	if s.gone {
		return
	}
	s.paused = false
	if s.breaking {
		s.finish(Response{Status: 503, GRPCStatus: -1})
		return
	}
	s.result.Forwarded = true
	if s.leavesAt(BeforeTrailers) {
		return
	}
	if s.request.Trailers != nil {
		s.plugin.vm.call(s.id, func() {
			action := s.plugin.vm.context.RequestTrailers(s.id, len(s.result.Trailers))
			s.result.TrailersForwarded = action == types.ActionContinue
		})
		if !s.result.TrailersForwarded {
			return
		}
	}
	if s.leavesAt(BeforeResponse) {
		return
	}
	upstream := s.request.Upstream
	if upstream.Status == 0 {
		upstream.Status = 200
	}
	upstream.GRPCStatus = -1
	s.finish(upstream)
}

// answer sends the filter's own response.
func (s *Stream) answer(response Response) {
	if !s.gone {
		s.held = true
		s.finish(response)
	}
}

// finish sends a response through the filter to the client.
func (s *Stream) finish(response Response) {
	status := [2]string{":status", strconv.Itoa(response.Status)}
	response.Headers = append([][2]string{status}, lower(response.Headers)...)
	s.response = &response
	s.plugin.vm.call(s.id, func() { s.plugin.vm.context.ResponseHeaders(s.id) })
	response.Headers = response.Headers[1:]
	s.result.Response = response
	s.Leave()
}
