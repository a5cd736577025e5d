// Package echo is a backend that answers with the request it got, as JSON.
//
// It is what stands behind Envoy in the demo and the tests: any backend, in
// any language, that knows nothing of tokens and reads headers.
package echo

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// maxBody is how much of a body is given back.
const maxBody = 64 << 10

// Request is what the backend saw. Names of headers are in lower case, sorted;
// the lines of one name keep their order.
type Request struct {
	Method   string      `json:"method"`
	Path     string      `json:"path"` // with the query, as it came
	Host     string      `json:"host"`
	Protocol string      `json:"protocol"`
	Headers  [][2]string `json:"headers"`
	Trailers [][2]string `json:"trailers,omitempty"`
	Body     string      `json:"body,omitempty"`
}

// Handler answers 200 with a Request. A request header x-echo-status asks for
// another status, and each x-echo-header ("name: value") for a response header.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(io.LimitReader(r.Body, maxBody))
		_, _ = io.Copy(io.Discard, r.Body) // trailers come after the body
		seen := Request{
			Method: r.Method, Path: r.RequestURI, Host: r.Host, Protocol: r.Proto,
			Headers: lines(r.Header), Trailers: lines(r.Trailer), Body: string(body),
		}
		for _, line := range r.Header.Values("X-Echo-Header") {
			if name, value, ok := strings.Cut(line, ": "); ok {
				w.Header().Add(name, value)
			}
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Echo", "1")
		if status, err := strconv.Atoi(r.Header.Get("X-Echo-Status")); err == nil && status >= 200 && status < 600 {
			w.WriteHeader(status)
		}
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		_ = encoder.Encode(seen)
	})
}

// Start serves on a free loopback port, over HTTP/1.1 and HTTP/2 without TLS,
// until stop is called.
func Start() (addr string, stop func(), err error) { return serve(Handler()) }

// StartFor is Start, and lets the pages of an origin read the answers, as a
// backend of another origin has to.
func StartFor(origin string) (addr string, stop func(), err error) {
	return serve(allow(origin, Handler()))
}

func allow(origin string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Origin") == origin {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Vary", "Origin")
		}
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			w.Header().Set("Access-Control-Allow-Headers", "authorization")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func serve(handler http.Handler) (addr string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: handler, Protocols: new(http.Protocols)}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	go func() { _ = server.Serve(listener) }()
	return listener.Addr().String(), func() { _ = server.Close() }, nil
}

func lines(header http.Header) [][2]string {
	all := [][2]string{}
	for name, values := range header {
		for _, value := range values {
			all = append(all, [2]string{strings.ToLower(name), value})
		}
	}
	slices.SortStableFunc(all, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return all
}
