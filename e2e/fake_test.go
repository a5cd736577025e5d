package e2e

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
)

// TestFake runs the table against the filter as native Go.
func TestFake(t *testing.T) {
	runTable(t, onFake, func(t *testing.T, r Row) { runFake(t, r, configs[r.Config]) })
}

// runFake runs a row with a configuration.
func runFake(t *testing.T, r Row, config Config) {
	process := filtertest.NewProcess()
	process.Environment = config.Environment
	process.OnDispatch = func(call *filtertest.Call) {
		status, headers, body, ok := fetch(call.Headers)
		if !ok {
			call.Reset()
			return
		}
		call.Answer(status, headers, body)
	}
	mint := &Mint{Now: process.Now(), Tokens: r.Tokens}
	plugin := process.Start(mint.fill(config.JSON))
	if !plugin.Started {
		t.Fatalf("the configuration was refused:\n%s", process.LogText())
	}
	for _, before := range r.Before {
		throughFake(process, plugin, parseRequest(mint.fill(before), ""))
	}
	s := parseRequest(mint.fill(r.Request), mint.fill(r.Trailers))
	s.HTTP2 = r.HTTP2
	check(t, onFake, s, throughFake(process, plugin, s), r.Want)
	if part := leaked(process.LogText()); part != "" {
		t.Errorf("a part of a token stands in the log: %s", process.LogText())
	}
	for _, misuse := range process.Misuses() {
		t.Errorf("misuse of the proxy: %s", misuse)
	}
}

func throughFake(process *filtertest.Process, plugin *filtertest.Plugin, s sent) result {
	stream := plugin.Begin(filtertest.Request{Headers: s.arriving(), Body: s.hasBody(), Trailers: s.Trailers})
	for range 1000 { // at most ten seconds, for keys
		if !stream.Result().Waiting {
			break
		}
		process.Advance(10 * time.Millisecond)
	}
	got := stream.Result()
	r := result{
		Forwarded: got.Forwarded, Status: got.Response.Status, Headers: got.Response.Headers,
		Body: got.Response.Body, GRPC: int(got.Response.GRPCStatus),
		Upstream: got.RequestHeaders, Trailers: got.Trailers, Logged: got.RequestHeaders,
	}
	if details := got.Response.Details; details != "" {
		r.Logged = append(slices.Clone(r.Logged), [2]string{loggedDetails, details})
	}
	return r.withoutBody(s)
}

// withoutBody does what a proxy does with an answer to HEAD or gRPC: the first
// gets no body, the second a 200 with the grpc-status.
func (r result) withoutBody(s sent) result {
	if s.Method == http.MethodHead {
		r.Body = ""
	}
	if r.GRPC > 0 {
		r.Status, r.Body = 200, ""
	}
	return r
}

// fetch answers a dispatched call as the key server does. It is not ok where
// the server closes the connection.
func fetch(request [][2]string) (status int, headers [][2]string, body string, ok bool) {
	get := httptest.NewRequest(first(request, ":method"), first(request, ":path"), nil)
	get.Host = first(request, ":authority")
	for _, h := range request {
		if !strings.HasPrefix(h[0], ":") {
			get.Header.Add(h[0], h[1])
		}
	}
	recorder := httptest.NewRecorder()
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	keyServer().ServeHTTP(recorder, get)
	return recorder.Code, lines(recorder.Header()), recorder.Body.String(), true
}

func first(headers [][2]string, name string) string {
	if all := values(headers, name); len(all) > 0 {
		return all[0]
	}
	return ""
}
