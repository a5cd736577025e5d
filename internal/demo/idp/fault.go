package idp

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Fault is a way for a key server to misbehave: it answers a request itself
// or lets next answer it.
type Fault func(w http.ResponseWriter, r *http.Request, next http.HandlerFunc)

// Slow answers after a while.
func Slow(delay time.Duration) Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
		select {
		case <-time.After(delay):
			next(w, r)
		case <-r.Context().Done():
		}
	}
}

// Down closes the connection without an answer.
func Down() Fault {
	return func(http.ResponseWriter, *http.Request, http.HandlerFunc) { panic(http.ErrAbortHandler) }
}

// Status answers with a status and no keys.
func Status(code int) Fault {
	return Body(code, "text/plain", http.StatusText(code))
}

// HTML answers 200 with a page, as captive portals and error pages do.
func HTML() Fault {
	return Body(http.StatusOK, "text/html", "<!doctype html><title>Just a moment...</title><p>Checking your browser.")
}

// Body answers with any text.
func Body(status int, contentType, body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// Huge answers with well-formed JSON of about that many bytes.
func Huge(bytes int) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"keys":[`)
		filler := `{"kty":"RSA","kid":"` + strings.Repeat("x", 1000) + `"},`
		for sent := 0; sent < bytes; sent += len(filler) {
			if _, err := io.WriteString(w, filler); err != nil {
				return
			}
		}
		_, _ = io.WriteString(w, `{}]}`)
	}
}

// Hostile answers, one after the other, with texts that are meant to break a
// reader of key sets.
func Hostile() Fault {
	texts := []string{
		strings.Repeat("[", 100_000),
		strings.Repeat(`{"keys":`, 50_000),
		`{"keys":[{"kty":"RSA","n":"AQ","e":"AQ","kid":"weak"}]}`,
		`{"keys":[{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}]}`,
		`{"keys":[{"kty":"oct","k":"c2VjcmV0","alg":"HS256"}]}`,
		`{"keys":{"kty":"RSA"}}`,
		`{"keys":[null,1,"x",[],{}]}`,
		`{"keys":[{"kty":"RSA","n":"` + strings.Repeat("A", 500_000) + `","e":"AQAB"}]}`,
		`{"keys":[{"kty":"RSA","n":1e999,"e":"AQAB"}]}`,
		"\xff\xfe\x00", `null`, `[]`, `""`, ``,
	}
	var count atomic.Int64
	return func(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
		text := texts[int(count.Add(1)-1)%len(texts)]
		Body(http.StatusOK, "application/json", text)(w, r, next)
	}
}

// Flapping fails every nth request and serves the others.
func Flapping(n int, fault Fault) Fault {
	var count atomic.Int64
	return func(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
		if count.Add(1)%int64(n) == 0 {
			fault(w, r, next)
			return
		}
		next(w, r)
	}
}
