package console

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

const page = "http://127.0.0.1:10000"

func start(t *testing.T) (*Server, *idp.Issuer) {
	t.Helper()
	issuer := issuers.Of("clerk")
	s, err := Start(page, []*idp.Issuer{issuer})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s, issuer
}

// ask sends a request with headers, "name: value" each; "host" is the Host.
func ask(t *testing.T, method, url, body string, headers ...string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if request.Header.Set(name, value); name == "host" {
			request.Host = value
		}
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer
}

func TestOnlyTheOwnPage(t *testing.T) {
	s, issuer := start(t)
	rotate := s.URL + "/keys/clerk/rotate"
	key := issuer.Key()
	for _, test := range []struct {
		name, method, url string
		headers           []string
		status            int
	}{
		{"no origin", "POST", rotate, nil, 403},
		{"a foreign origin", "POST", rotate, []string{"origin: https://evil.example"}, 403},
		{"the origin null", "POST", rotate, []string{"origin: null"}, 403},
		{"another port of the same host", "POST", rotate, []string{"origin: http://127.0.0.1:10001"}, 403},
		{"a name that resolves to this machine", "POST", rotate, []string{"origin: " + page, "host: evil.example"}, 403},
		{"events for a foreign origin", "GET", s.URL + "/events", []string{"origin: https://evil.example"}, 403},
		{"a GET changes nothing", "GET", rotate, []string{"origin: " + page}, 405},
		{"no secret", "POST", "http://" + s.Addr + "/keys/clerk/rotate", []string{"origin: " + page}, 404},
		{"a page at Envoy's entrance", "POST", "http://" + s.Addr + s.SinkPath + "/received/1", []string{"origin: " + page}, 403},
		{"a script without an origin at Envoy's entrance", "POST", "http://" + s.Addr + s.SinkPath + "/received/1", []string{"sec-fetch-site: cross-site"}, 403},
		{"no such vendor", "POST", s.URL + "/keys/other/rotate", []string{"origin: " + page}, 404},
		{"no such action", "POST", s.URL + "/keys/clerk/burn", []string{"origin: " + page}, 404},
	} {
		t.Run(test.name, func(t *testing.T) {
			if answer := ask(t, test.method, test.url, "", test.headers...); answer.StatusCode != test.status {
				t.Errorf("%d, want %d", answer.StatusCode, test.status)
			}
		})
	}
	if issuer.Key() != key {
		t.Error("the keys have been rotated")
	}
}

func TestKeys(t *testing.T) {
	s, issuer := start(t)
	first := issuer.Key()
	do := func(action string) (keys Keys) {
		answer := ask(t, "POST", s.URL+"/keys/clerk/"+action, "", "origin: "+page)
		if err := json.NewDecoder(answer.Body).Decode(&keys); err != nil || answer.Header.Get("Access-Control-Allow-Origin") != page {
			t.Fatalf("%s: %d, %v", action, answer.StatusCode, err)
		}
		return keys
	}
	if keys := do("show"); keys.Stopped || keys.Signing != first.ID {
		t.Errorf("at first %+v", keys)
	}
	if !do("stop").Stopped || do("start").Stopped {
		t.Error("stop and start do nothing")
	}
	second := do("rotate").Signing
	if set := string(issuer.KeySet()); second == first.ID || !strings.Contains(set, second) || !strings.Contains(set, first.ID) {
		t.Errorf("%s signs, published are %s", second, set)
	}
	if do("rotate"); strings.Contains(string(issuer.KeySet()), `"`+first.ID+`"`) {
		t.Error("the first key is still published")
	}
}

// TestEvents: what Envoy tells reaches the page, with shortened tokens.
func TestEvents(t *testing.T) {
	s, issuer := start(t)
	token := issuer.Session(time.Now()).Token()
	tell := func(phase, body string) {
		if answer := ask(t, "POST", "http://"+s.Addr+s.SinkPath+"/"+phase+"/abc", body); answer.StatusCode != 200 {
			t.Fatalf("%s: %d", phase, answer.StatusCode)
		}
	}
	tell("received", ":path: /hello\nCookie: a=b; __session="+token)
	stream := ask(t, "GET", s.URL+"/events", "", "origin: "+page)
	tell("answered", ":status: 401\nbroken\n:\n\nx: ")
	lines := bufio.NewScanner(stream.Body)
	var got []Event
	for len(got) < 2 && lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var event Event
		if err := json.Unmarshal([]byte(data), &event); err != nil {
			t.Fatal(err)
		}
		event.At = 0
		got = append(got, event)
	}
	want := []Event{
		{Request: "abc", Phase: "received", Headers: [][2]string{{":path", "/hello"}, {"cookie", "a=b; __session=" + token[:8] + "…" + token[len(token)-4:]}}},
		{Request: "abc", Phase: "answered", Headers: [][2]string{{":status", "401"}, {"x", ""}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzShorten(f *testing.F) {
	f.Add("Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1In0.c2lnbmF0dXJl")
	f.Add("a=eyJhbGciOiJub25lIn0.e30.; b=eyJ.eyJ.eyJ")
	f.Fuzz(func(t *testing.T, text string) {
		if short := Shorten(text); token.MatchString(short) {
			t.Errorf("a token is left in %q", short)
		}
	})
}
