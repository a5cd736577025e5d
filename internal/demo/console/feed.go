package console

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

// Event is something that happened to a request.
type Event struct {
	// Request is Envoy's id of the request; events of one request share it.
	Request string `json:"request"`
	// Phase is "received" (as it came to Envoy), "forwarded" (as the filter let
	// it go on), "answered", or "frontend" (a request that the Frontend API got).
	Phase   string      `json:"phase"`
	At      int64       `json:"at"` // milliseconds since the epoch
	Headers [][2]string `json:"headers"`
}

// kept is how many events a page that comes later still sees.
const kept = 120

// Feed hands events on to those who listen.
type Feed struct {
	mu        sync.Mutex
	recent    []Event
	listeners map[chan Event]bool
}

// Add files an event. Its headers' tokens are shortened.
func (f *Feed) Add(request, phase string, headers [][2]string) {
	event := Event{Request: request, Phase: phase, At: time.Now().UnixMilli(), Headers: [][2]string{}}
	for _, h := range headers {
		event.Headers = append(event.Headers, [2]string{strings.ToLower(h[0]), Shorten(h[1])})
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.recent = append(f.recent, event)
	f.recent = f.recent[max(0, len(f.recent)-kept):]
	for listener := range f.listeners {
		select {
		case listener <- event:
		default: // a page that does not read misses some
		}
	}
}

// listen gives the recent events, and later ones until stop is called.
func (f *Feed) listen() (recent []Event, later <-chan Event, stop func()) {
	listener := make(chan Event, kept)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.listeners == nil {
		f.listeners = map[chan Event]bool{}
	}
	f.listeners[listener] = true
	return append([]Event(nil), f.recent...), listener, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.listeners, listener)
	}
}

// token is a compact JWS: nothing else in a header begins like that.
var token = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.([A-Za-z0-9_-]*)`)

// Shorten leaves of each token in a text its beginning and its end.
func Shorten(text string) string {
	return token.ReplaceAllStringFunc(text, func(found string) string {
		return found[:8] + "…" + found[max(8, len(found)-4):]
	})
}
