package filtertest

import (
	"strconv"
	"strings"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// Request is what a client sends.
type Request struct {
	// Headers are the lines as sent, pseudo headers included; what is missing
	// of :method, :scheme, :authority, :path is GET https app.example.com /.
	Headers [][2]string
	// Body says that a body follows the headers.
	Body bool
	// Trailers are sent after the body, if not nil.
	Trailers [][2]string
	// Upstream is what the upstream would answer; 200 if its status is 0.
	Upstream Response
}

// Get is a GET of https://app.example.com with the path and further headers.
func Get(path string, headers ...[2]string) Request {
	return Request{Headers: append([][2]string{{":path", path}}, headers...)}
}

// Response is what the client gets.
type Response struct {
	Status     int
	Headers    [][2]string
	Body       string
	GRPCStatus int32 // -1: none given
}

// Header is the first value of a header, empty if there is none.
func (r Response) Header(name string) string { return first(r.Headers, name) }

// Result is what has become of a request so far.
type Result struct {
	// Waiting: the filter has paused the request.
	Waiting bool
	// Forwarded: the request reached the upstream.
	Forwarded bool
	// RequestHeaders are the lines after the filter: what the upstream gets,
	// or what an access log of the filter's answer sees.
	RequestHeaders [][2]string
	Trailers       [][2]string
	// TrailersForwarded: the trailers, if any, reached the upstream.
	TrailersForwarded bool
	// Properties are those set on the stream, names without "wasm.".
	Properties map[string]string
	// Response is the upstream's as the filter left it, or the filter's own.
	Response Response
}

// Header is the first value of a request header after the filter.
func (r Result) Header(name string) string { return first(r.RequestHeaders, name) }

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
	vm := p.vm
	vm.lastID++
	s := &Stream{plugin: p, id: vm.lastID, request: request}
	s.result.RequestHeaders = arriving(request.Headers)
	s.result.Trailers = lower(request.Trailers)
	s.result.Properties = map[string]string{}
	vm.context.StreamCreated(s.id, p.id)
	vm.streams[s.id] = s
	s.paused = true // until the callback says otherwise
	var action types.Action
	vm.call(s.id, func() {
		action = vm.context.RequestHeaders(s.id, !request.Body && request.Trailers == nil)
		if action == types.ActionContinue && !s.held {
			vm.after = append(vm.after, s.forward)
		}
	})
	return s
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
	if s.request.Trailers != nil {
		s.plugin.vm.call(s.id, func() {
			action := s.plugin.vm.context.RequestTrailers(s.id, len(s.result.Trailers))
			s.result.TrailersForwarded = action == types.ActionContinue
		})
		if !s.result.TrailersForwarded {
			return
		}
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

// arriving is what the filter sees of a request's header lines.
func arriving(sent [][2]string) [][2]string {
	var headers [][2]string
	for _, pseudo := range [][2]string{{":authority", "app.example.com"}, {":path", "/"}, {":method", "GET"}, {":scheme", "https"}} {
		if value, there := find(sent, pseudo[0]); there {
			pseudo[1] = value
		}
		headers = append(headers, pseudo)
	}
	authorization := -1
	for _, h := range lower(sent) {
		switch {
		case strings.HasPrefix(h[0], ":"):
			if _, known := find(headers, h[0]); !known { // such as :protocol
				headers = append(headers, h)
			}
		case h[0] == "authorization" && authorization >= 0:
			headers[authorization][1] += "," + h[1]
		default:
			if h[0] == "authorization" {
				authorization = len(headers)
			}
			headers = append(headers, h)
		}
	}
	return headers
}

func lower(headers [][2]string) [][2]string {
	var all [][2]string
	for _, h := range headers {
		all = append(all, [2]string{strings.ToLower(h[0]), h[1]})
	}
	return all
}

func find(headers [][2]string, name string) (string, bool) {
	for _, h := range headers {
		if strings.EqualFold(h[0], name) {
			return h[1], true
		}
	}
	return "", false
}

func first(headers [][2]string, name string) string {
	value, _ := find(headers, name)
	return value
}

// set makes one line of a header, in the place of its first one.
func set(headers [][2]string, name, value string) [][2]string {
	var kept [][2]string
	done := false
	for _, h := range headers {
		switch {
		case h[0] != name:
			kept = append(kept, h)
		case !done:
			kept = append(kept, [2]string{name, value})
			done = true
		}
	}
	if !done {
		kept = append(kept, [2]string{name, value})
	}
	return kept
}

func remove(headers [][2]string, name string) [][2]string {
	var kept [][2]string
	for _, h := range headers {
		if h[0] != name {
			kept = append(kept, h)
		}
	}
	return kept
}
