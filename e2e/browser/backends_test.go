package browser

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
)

// askScript gives pages a function that asks a URL and tells the status, and
// the user that the backend was told or the reason of the refusal.
const askScript = `
window.ask = async (url, options) => {
  const answer = await fetch(url, typeof options === 'string' ? {headers: {Authorization: 'Bearer ' + options}} : options)
  const body = await answer.json()
  const user = body.headers?.find(([name]) => name === 'x-identity-user-id')
  return answer.status + ' ' + (user ? user[1] : body.reason ?? '')
}
window.cookie = name => document.cookie.split('; ').find(c => c.startsWith(name + '='))?.slice(name.length + 1)
`

// pages is a backend with one page, /, whose title and #user say who asked,
// and an API that answers with the request.
func pages(script string) *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("/api/", echo.Handler())
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><meta charset="utf-8"><title>a page</title><link rel="icon" href="data:,">
			<p id="user">%s %s</p><script>%s</script></html>`,
			r.Header.Get("X-Identity-Status"), r.Header.Get("X-Identity-User-Id"), script)
	})
	return mux
}

// allowing lets the pages of an origin read a backend's answers.
func allowing(origin string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Allow-Headers", "authorization, content-type, x-session-token")
		w.Header().Set("Vary", "Origin")
		if r.Method != http.MethodOptions {
			next.ServeHTTP(w, r)
		}
	})
}

// calling is a backend that asks another one, at a name and an address, with
// the token that it was given itself, and answers with what that said.
func calling(name string, addr func() string) http.HandlerFunc {
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // an authority of the test's own
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, addr())
		},
	}}
	return func(w http.ResponseWriter, r *http.Request) {
		request, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "https://"+name+"/from-a", nil)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		request.Header.Set("Authorization", r.Header.Get("Authorization"))
		answer, err := client.Do(request)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		w.WriteHeader(answer.StatusCode)
		_, _ = io.Copy(w, answer.Body)
	}
}
