package filter_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// failing has the host refuse a method so many times; 0: always.
func failing(p *filtertest.Process, method string, times int) {
	calls := 0
	p.Fails = func(called string) error {
		if called != method {
			return nil
		}
		if calls++; times > 0 && calls > times {
			return nil
		}
		return errors.New("the host has no time")
	}
}

// logged checks that an error of the host was logged once, with what the host
// was asked for and its own words.
func logged(t *testing.T, p *filtertest.Process, asked string) {
	t.Helper()
	if text := p.LogText(); strings.Count(text, asked+": the host has no time") != 1 {
		t.Errorf("the log does not hold an error in %s once:\n%s", asked, text)
	}
}

// failed checks that a failure was logged with the host's own words, and counts
// as one and not as a bug.
func failed(t *testing.T, p *filtertest.Process, asked string) {
	t.Helper()
	logged(t, p, asked)
	failures := 0
	for name, value := range p.Metrics() {
		if strings.Contains(name, ".outcome.failed.") {
			failures += int(value)
		}
	}
	if failures != 1 {
		t.Errorf("%d decisions are counted as failed, want 1", failures)
	}
	correct(t, p)
}

// TestHostErrors is a table of host calls that fail, and what the client gets.
// A request is never forwarded, and the next one is served as if nothing had been.
func TestHostErrors(t *testing.T) {
	tests := map[string]struct {
		method string
		asked  string
		want   string
		times  int // how often it fails; 0: always
	}{
		"reading the headers":   {method: "RequestHeaders", asked: "reading the request's headers", want: "500"},
		"setting a header":      {method: "SetRequestHeader", asked: "editing the request's headers", want: "500"},
		"adding a header":       {method: "AddRequestHeader", asked: "editing the request's headers", want: "500"},
		"removing a header":     {method: "RemoveRequestHeader", asked: "editing the request's headers", want: "500"},
		"answering":             {method: "SendResponse", asked: "answering the request", want: "500", times: 1},
		"answering, each time":  {method: "SendResponse", asked: "answering the request", want: "waiting"},
		"keeping filter states": {method: "SetProperty", want: "signed-in"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugin := start(t, p, configuration(t, object{"filterState": true}, inline(keyA)))
			good := bearer(token(p, keyA, nil))
			good.Headers = append(good.Headers, [2]string{"x-identity-user-id", "root"})
			request := good
			switch test.method {
			case "SendResponse":
				request = filtertest.Get("/")
			case "SetRequestHeader":
				request = filtertest.Get("/", [2]string{"cookie", "theme=dark; session=" + token(p, keyA, nil)})
			}
			failing(p, test.method, test.times)
			r := plugin.Do(request)
			p.Fails = nil
			wantStatus(t, r, test.want)
			if test.want == "signed-in" {
				correct(t, p)
				return
			}
			if r.Forwarded {
				t.Error("the request was forwarded")
			}
			failed(t, p, test.asked)
			wantStatus(t, plugin.Do(good), "signed-in")
		})
	}
}

func TestHostErrorsInTrailers(t *testing.T) {
	for method, asked := range map[string]string{
		"RequestTrailers":      "reading the request's trailers",
		"RemoveRequestTrailer": "editing the request's trailers",
	} {
		t.Run(method, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugin := start(t, p, configuration(t, nil, inline(keyA)))
			r := bearer(token(p, keyA, nil))
			r.Trailers = [][2]string{{"x-identity-user-id", "root"}}
			failing(p, method, 0)
			if plugin.Do(r).TrailersForwarded {
				t.Error("the trailers were forwarded")
			}
			failed(t, p, asked)
		})
	}
}

// TestHostErrorsInResponse: the response goes on, without what could not be
// added to it.
func TestHostErrorsInResponse(t *testing.T) {
	for _, method := range []string{"AddResponseHeader", "SetResponseHeader"} {
		t.Run(method, func(t *testing.T) {
			p := filtertest.NewProcess()
			clerk := "https://clerk.example.com"
			plugin := start(t, p, configuration(t, nil, object{
				"preset": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "jwks": jwttest.JWKSet(rsaKey),
				"authorizedParties": []string{"https://app.example.com"},
			}))
			session := token(p, rsaKey, object{"iss": clerk, "azp": "https://app.example.com"})
			handshake := token(p, rsaKey, object{"iss": clerk, "handshake": []string{"__session=" + session, "__client_uat=1800000000"}})
			failing(p, method, 0)
			wantStatus(t, plugin.Do(filtertest.Get("/",
				[2]string{"sec-fetch-dest", "document"},
				[2]string{"cookie", "__clerk_handshake=" + handshake + "; __client_uat=1800000000"})), "signed-in")
			logged(t, p, "editing the response's headers")
			correct(t, p)
		})
	}
}

// TestHostErrorsAfterWaiting: a request that cannot be resumed is answered.
func TestHostErrorsAfterWaiting(t *testing.T) {
	for method, asked := range map[string]string{
		"ResumeRequest":    "resuming the request",
		"AddRequestHeader": "editing the request's headers",
	} {
		t.Run(method, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugin := start(t, p, configuration(t, nil, provider(nil)))
			s := plugin.Begin(bearer(token(p, keyA, nil)))
			other := plugin.Begin(bearer(token(p, keyA, nil)))
			p.Advance(time.Millisecond)
			failing(p, method, 1)
			p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA))
			wantStatus(t, s.Result(), "500")
			wantStatus(t, other.Result(), "signed-in")
			failed(t, p, asked)
		})
	}
}
