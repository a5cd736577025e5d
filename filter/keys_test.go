package filter_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

func TestFetchAtStart(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, nil, provider(object{
		"jwksUri":     "https://keys.example.com:8443/jwks.json?v=1",
		"jwksHeaders": object{"X-Project": "pro-1", "User-Agent": "mine"},
	})))
	if calls := p.Calls(); len(calls) != 0 {
		t.Fatal("a call was dispatched by OnPluginStart")
	}
	p.Advance(time.Millisecond)
	calls := p.PendingCalls()
	if len(calls) != 1 {
		t.Fatalf("%d calls after the first tick, want 1", len(calls))
	}
	call := calls[0]
	want := map[string]string{
		":method": "GET", ":scheme": "https", ":authority": "keys.example.com:8443", ":path": "/jwks.json?v=1",
		"accept": "application/json", "user-agent": "mine", "x-project": "pro-1",
	}
	for name, value := range want {
		if got := call.Header(name); got != value {
			t.Errorf("the call's %s is %q, want %q", name, got, value)
		}
	}
	if len(call.Headers) != len(want) {
		t.Errorf("the call's headers are %q", call.Headers)
	}
	if call.Cluster != "keys" || call.Timeout != 5*time.Second {
		t.Errorf("the call goes to %q with the time-out %v", call.Cluster, call.Timeout)
	}
	waits := plugin.Begin(bearer(token(p, keyA, nil)))
	wantStatus(t, waits.Result(), "waiting")
	wantStatus(t, plugin.Do(filtertest.Get("/")), "401")
	call.Answer(200, nil, jwttest.JWKSet(keyA))
	wantStatus(t, waits.Result(), "signed-in")
	wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
	correct(t, p)
}

// TestAnswers is a table of what a key server answers to a refresh, and
// whether the keys from before go on being used.
func TestAnswers(t *testing.T) {
	good := jwttest.JWKSet(keyB)
	tests := map[string]struct {
		answer func(*filtertest.Call)
		taken  bool
		result string
	}{
		"a good set":             {func(c *filtertest.Call) { c.Answer(200, nil, good) }, true, "ok"},
		"an empty set":           {func(c *filtertest.Call) { c.Answer(200, nil, `{"keys":[]}`) }, true, "ok"},
		"whatever type it says":  {func(c *filtertest.Call) { c.Answer(200, [][2]string{{"content-type", "text/html"}}, good) }, true, "ok"},
		"status 500":             {func(c *filtertest.Call) { c.Answer(500, nil, good) }, false, "status"},
		"status 204":             {func(c *filtertest.Call) { c.Answer(204, nil, "") }, false, "status"},
		"status 304":             {func(c *filtertest.Call) { c.Answer(304, nil, good) }, false, "status"},
		"a redirect":             {func(c *filtertest.Call) { c.Answer(302, [][2]string{{"location", "/"}}, good) }, false, "status"},
		"a gateway's time-out":   {func(c *filtertest.Call) { c.Answer(504, nil, "") }, false, "timeout"},
		"no answer in time":      {func(*filtertest.Call) {}, false, "timeout"},
		"a reset":                {(*filtertest.Call).Reset, false, "reset"},
		"HTML":                   {func(c *filtertest.Call) { c.Answer(200, nil, "<html>sorry</html>") }, false, "unusable"},
		"nothing":                {func(c *filtertest.Call) { c.Answer(200, nil, "") }, false, "unusable"},
		"JSON without keys":      {func(c *filtertest.Call) { c.Answer(200, nil, `{"error":"x"}`) }, false, "unusable"},
		"none of the keys fits":  {func(c *filtertest.Call) { c.Answer(200, nil, `{"keys":[{"kty":"oct","k":"AA"}]}`) }, false, "unusable"},
		"a set that is cut off":  {func(c *filtertest.Call) { c.Answer(200, nil, good[:len(good)-1]) }, false, "unusable"},
		"deep nonsense":          {func(c *filtertest.Call) { c.Answer(200, nil, strings.Repeat("[", 1<<20)) }, false, "unusable"},
		"a megabyte, exactly":    {func(c *filtertest.Call) { c.Answer(200, nil, good+strings.Repeat(" ", jwks.MaxBytes-len(good))) }, true, "ok"},
		"more than a megabyte":   {func(c *filtertest.Call) { c.Answer(200, nil, good+strings.Repeat(" ", jwks.MaxBytes-len(good)+1)) }, false, "too-large"},
		"an answer, nothing set": {func(c *filtertest.Call) { c.Answer(0, nil, good) }, false, "status"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, plugin := running(t, nil)
			old := bearer(token(p, keyA, nil))
			wantStatus(t, plugin.Do(old), "signed-in")

			fetches := len(p.Calls())
			p.OnDispatch = test.answer
			p.Advance(5*time.Minute + 6*time.Second)
			if len(p.Calls()) == fetches {
				t.Fatal("the keys were not refreshed")
			}
			want := "signed-in"
			if test.taken {
				want = "401" // key "a" is gone, for tokens from the cache as well
			}
			wantStatus(t, after(p, 20*time.Millisecond, plugin, old), want)
			if p.Metric("sessiongate.key_fetches.provider.mine.result."+test.result) == 0 {
				t.Errorf("no fetch with the result %s was counted: %v", test.result, p.Metrics())
			}
			correct(t, p)
		})
	}
}

func TestUnknownCluster(t *testing.T) {
	p := filtertest.NewProcess()
	p.UnknownClusters = map[string]bool{"keys": true}
	plugin := start(t, p, configuration(t, nil, provider(nil)))
	p.Advance(time.Second / 2)
	wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "503")
	if !strings.Contains(p.LogText(), `the cluster "keys"`) {
		t.Errorf("the log does not name the cluster:\n%s", p.LogText())
	}
	p.UnknownClusters = nil
	p.OnDispatch = answering(keyA)
	p.Advance(2 * time.Second)
	wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
	correct(t, p)
}

// TestOutage: nobody is signed out because the key server is down.
func TestOutage(t *testing.T) {
	p, plugin := running(t, object{"jwksMaxStale": "30m"})
	p.OnDispatch = (*filtertest.Call).Reset
	fetched := p.Now()
	for p.Now().Sub(fetched) < 29*time.Minute {
		wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
		unknown := status(plugin.Do(bearer(token(p, keyB, nil))))
		if unknown == "401" && p.Now().Sub(fetched) > 10*time.Second {
			t.Fatalf("after %v: 401 for a key that could not be looked for", p.Now().Sub(fetched))
		}
		p.Advance(time.Minute)
	}
	p.Advance(2 * time.Minute)
	r := plugin.Do(bearer(token(p, keyA, nil)))
	for r.Waiting {
		p.Advance(time.Second)
		r = plugin.Do(bearer(token(p, keyA, nil)))
	}
	wantStatus(t, r, "503")
	if r.Response.Header("retry-after") == "" {
		t.Error("503 without Retry-After")
	}
	p.OnDispatch = answering(keyA)
	p.Advance(21 * time.Second)
	wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
	correct(t, p)
}

// TestLogs: no line holds a token, or a key id with bytes that a log could
// misread.
func TestLogs(t *testing.T) {
	p := filtertest.NewProcess()
	odd := *keyA
	odd.ID = "a\nsessiongate: all is well"
	p.OnDispatch = answering(&odd)
	plugin := start(t, p, configuration(t, nil, provider(object{"jwksRefreshInterval": "1s"})))
	p.Advance(time.Second)
	good := token(p, &odd, nil)
	wantStatus(t, plugin.Do(bearer(good)), "signed-in")
	wantStatus(t, plugin.Do(bearer(good+"x")), "401")
	p.OnDispatch = func(c *filtertest.Call) { c.Answer(200, nil, good) }
	p.Advance(10 * time.Second)
	for _, line := range p.Logs() {
		if strings.Contains(line.Message, "\n") || strings.Contains(line.Message, good[:20]) {
			t.Errorf("a line of the log: %q", line.Message)
		}
	}
	if !strings.Contains(p.LogText(), "1: a?sessiongate??all?is?well") {
		t.Errorf("the log does not name the keys:\n%s", p.LogText())
	}
	correct(t, p)
}

// TestProvidersApart: one provider's broken key server changes nothing for
// another's.
func TestProvidersApart(t *testing.T) {
	p := filtertest.NewProcess()
	other := "https://other.example.com"
	p.OnDispatch = func(c *filtertest.Call) {
		if c.Cluster == "keys" {
			c.Answer(200, nil, jwttest.JWKSet(keyA))
		}
	}
	plugin := start(t, p, configuration(t, nil, provider(nil), provider(object{
		"name": "broken", "issuer": other, "jwksUri": "https://broken.example.com/jwks", "jwksCluster": "broken", "fromCookies": []string{"other"},
	})))
	p.Advance(10 * time.Millisecond)
	var waits []*filtertest.Stream
	for range 1100 {
		waits = append(waits, plugin.Begin(bearer(token(p, keyA, object{"iss": other}))))
	}
	wantStatus(t, waits[1023].Result(), "waiting")
	wantStatus(t, waits[1024].Result(), "503")
	wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
	if n := p.Metric("sessiongate.waiting.provider.broken"); n != 1024 {
		t.Errorf("%d are counted as waiting", n)
	}
	p.Advance(6 * time.Second)
	wantStatus(t, waits[0].Result(), "503")
	if n := p.Metric("sessiongate.waiting.provider.broken"); n != 0 {
		t.Errorf("%d are counted as waiting", n)
	}
	wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
	correct(t, p)
}

// TestPanicInAnswer: if reading an answer panics, those who wait hear at once
// that there are no keys, and nothing is asked for again at once.
func TestPanicInAnswer(t *testing.T) {
	for _, method := range []string{"CallHeaders", "CallBody"} {
		t.Run(method, func(t *testing.T) {
			p := filtertest.NewProcess()
			plugin := start(t, p, configuration(t, nil, provider(nil)))
			waits := plugin.Begin(bearer(token(p, keyA, nil)))
			p.Advance(time.Millisecond)
			p.OnCall = func(called string) {
				if called == method {
					panic("oh")
				}
			}
			p.PendingCalls()[0].Answer(200, nil, jwttest.JWKSet(keyA))
			wantStatus(t, waits.Result(), "503")
			p.OnCall = nil
			p.Advance(900 * time.Millisecond)
			if n := len(p.Calls()); n != 1 {
				t.Errorf("%d fetches within the first second, want 1", n)
			}
			for metric, want := range map[string]int64{"sessiongate.panics": 1, "sessiongate.key_fetches.provider.mine.result.unusable": 1} {
				if got := p.Metric(metric); got != want {
					t.Errorf("%s is %d, want %d", metric, got, want)
				}
			}
		})
	}
}
