package frontendapi

import (
	"crypto/rand"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// API is the Frontend API of one instance.
type API struct {
	Issuer *idp.Issuer
	// Domain is the registrable domain of the application: cookies are set for
	// it, and browsers are sent back to its hosts only.
	Domain string
	// Lifetime is that of session tokens; 0 is the vendor's.
	Lifetime time.Duration

	mu         sync.Mutex
	clients    map[string]*client
	handshakes []string // reasons
}

// client is a browser, as the instance knows it.
type client struct {
	user    string // empty: signed out
	updated int64  // seconds of the last sign-in or sign-out
}

// clientCookie holds a client's id, on the Frontend API's own host.
const clientCookie = "__client"

// development reports whether the instance is a development instance, which
// knows browsers by a token in URLs, because its own cookies are a third
// party's to the application.
func (a *API) development() bool { return strings.HasPrefix(a.Issuer.PublishableKey, "pk_test_") }

// Handshakes are the reasons of the handshakes so far.
func (a *API) Handshakes() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string(nil), a.handshakes...)
}

// Start serves on a free loopback port until stop is called.
func (a *API) Start() (addr string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: a}
	go func() { _ = server.Serve(listener) }()
	return listener.Addr().String(), func() { _ = server.Close() }, nil
}

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case a.Issuer.Vendor.KeysPath():
		idp.NewServer(a.Issuer).ServeHTTP(w, r)
	case "/v1/client/handshake":
		a.handshake(w, r)
	case "/sign-in":
		a.signIn(w, r)
	case "/sign-out":
		a.signOut(w, r)
	default:
		http.NotFound(w, r)
	}
}

// visit finds the client of a request, or makes one. The id is what the
// browser shows next time.
func (a *API) visit(w http.ResponseWriter, r *http.Request) (id string, c *client) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if cookie, err := r.Cookie(clientCookie); err == nil {
		id = cookie.Value
	}
	if a.development() && r.URL.Query().Has(devBrowser) {
		id = r.URL.Query().Get(devBrowser)
	}
	if c = a.clients[id]; c != nil {
		return id, c
	}
	if a.clients == nil {
		a.clients = map[string]*client{}
	}
	id, c = rand.Text(), &client{}
	a.clients[id] = c
	http.SetCookie(w, &http.Cookie{Name: clientCookie, Value: id, Path: "/", HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode})
	return id, c
}

// signIn signs the client in; the browser learns so by client_uat, and by a
// handshake gets a session.
func (a *API) signIn(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><title>Sign in</title><form method="post"><button>Sign in</button></form>`)
		return
	}
	back, ok := a.back(r)
	if !ok {
		http.Error(w, "redirect_url is not a URL of the application", http.StatusBadRequest)
		return
	}
	user := r.URL.Query().Get("user")
	if user == "" {
		user = "user_clerk"
	}
	id, c := a.visit(w, r)
	a.change(c, user)
	a.tell(w, c)
	if a.development() {
		query := back.Query()
		query.Set(devBrowser, id)
		back.RawQuery = query.Encode()
	}
	http.Redirect(w, r, back.String(), http.StatusSeeOther)
}

func (a *API) signOut(w http.ResponseWriter, r *http.Request) {
	_, c := a.visit(w, r)
	a.change(c, "")
	a.tell(w, c)
	_, _ = io.WriteString(w, "signed out\n")
}

func (a *API) change(c *client, user string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c.user, c.updated = user, time.Now().Unix()
}

// tell sets client_uat for the whole domain, which works in production only.
func (a *API) tell(w http.ResponseWriter, c *client) {
	if a.development() {
		return
	}
	for _, line := range a.clientUAT(c) {
		w.Header().Add("Set-Cookie", line)
	}
}

// back is the redirect_url of a request, if it is the application's.
func (a *API) back(r *http.Request) (*url.URL, bool) {
	back, err := url.Parse(r.URL.Query().Get("redirect_url"))
	if err != nil || back.Scheme != "https" && back.Scheme != "http" {
		return nil, false
	}
	host := back.Hostname()
	return back, host == a.Domain || strings.HasSuffix(host, "."+a.Domain)
}
