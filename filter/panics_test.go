package filter_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// TestPanics is a table of host calls that panic, and what the client gets. A
// request is never forwarded, and the next one is served as if nothing had been.
func TestPanics(t *testing.T) {
	tests := map[string]struct {
		method string
		want   string
		times  int // how often it panics; 0: always
	}{
		"reading the headers":     {method: "RequestHeaders", want: "500"},
		"adding a header":         {method: "AddRequestHeader", want: "500"},
		"removing a header":       {method: "RemoveRequestHeader", want: "500"},
		"reading the clock":       {method: "Now", want: "500"},
		"verifying":               {method: "CallForeign", want: "500"},
		"answering":               {method: "SendResponse", want: "500", times: 1},
		"answering, each time":    {method: "SendResponse", want: "waiting"},
		"logging, for good":       {method: "Log", want: "signed-in"},
		"counting":                {method: "AddToMetric", want: "500", times: 1},
		"counting the panic, too": {method: "AddToMetric", want: "500"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugin := start(t, p, configuration(t, nil, inline(keyA)))
			good := bearer(token(p, keyA, nil))
			good.Headers = append(good.Headers, [2]string{"x-identity-user-id", "root"})
			request := good
			if test.method == "SendResponse" {
				request = filtertest.Get("/")
			}
			calls := 0
			p.OnCall = func(method string) {
				if method == test.method {
					if calls++; test.times == 0 || calls <= test.times {
						panic("secret " + good.Headers[1][1])
					}
				}
			}
			r := plugin.Do(request)
			p.OnCall = nil
			wantStatus(t, r, test.want)
			if test.want == "500" && r.Forwarded {
				t.Error("the request was forwarded")
			}
			if strings.Contains(p.LogText(), "secret") || strings.Contains(p.LogText(), good.Headers[1][1]) {
				t.Errorf("the log holds a part of the request:\n%s", p.LogText())
			}
			wantStatus(t, plugin.Do(good), "signed-in")
		})
	}
}

// TestPanicsElsewhere: a panic outside a request is logged with its place, and
// what comes after works.
func TestPanicsElsewhere(t *testing.T) {
	for _, method := range []string{"SharedData", "SetSharedData", "Dispatch", "CallHeaders", "CallBody", "SetTickPeriod", "Random", "SetEffectiveContext"} {
		t.Run(method, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugin := start(t, p, configuration(t, nil, provider(nil)))
			s := plugin.Begin(bearer(token(p, keyA, nil)))
			p.OnCall = func(called string) {
				if called == method {
					panic("oh")
				}
			}
			p.Advance(100 * time.Millisecond)
			for _, c := range p.PendingCalls() {
				c.Answer(200, nil, jwttest.JWKSet(keyA))
			}
			p.OnCall = nil
			p.OnDispatch = answering(keyA)
			p.Advance(20 * time.Second)
			if got := status(s.Result()); got == "waiting" {
				t.Error("the request still waits")
			}
			wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
			if misuses := p.Misuses(); len(misuses) > 0 {
				t.Errorf("misuses: %q", misuses)
			}
		})
	}
}

func TestPanicInTrailers(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, nil, inline(keyA)))
	r := bearer(token(p, keyA, nil))
	r.Trailers = [][2]string{{"x-identity-user-id", "root"}}
	p.OnCall = func(method string) {
		if method == "RequestTrailers" {
			panic("oh")
		}
	}
	got := plugin.Do(r)
	if got.TrailersForwarded {
		t.Error("the trailers were forwarded")
	}
	if !strings.Contains(p.LogText(), "RequestTrailers") {
		t.Errorf("nothing is in the log:\n%s", p.LogText())
	}
}
