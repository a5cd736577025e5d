package frontendapi

import (
	"crypto/rand"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/loopback"
)

// API is the Frontend API of one instance.
type API struct {
	Issuer *idp.Issuer
	// Domain is the registrable domain of the application: cookies are set for
	// it, and browsers are sent back to its hosts only. An IP address stands for
	// a machine of its own: cookies are then the host's, and need no TLS.
	Domain string
	// Lifetime is that of session tokens; 0 is the vendor's.
	Lifetime time.Duration
	// CookieByScript leaves the session cookie to the page's script. Otherwise
	// the sign-in of vendors other than Clerk sets it for the whole domain.
	CookieByScript bool
	// Profiles are the users that the sign-in page offers; none: one button.
	Profiles []Profile

	mu         sync.Mutex
	clients    map[string]*client
	handshakes []string // reasons
}

// client is a browser, as the instance knows it.
type client struct {
	user    string // empty: signed out
	updated int64  // seconds of the last sign-in or sign-out
}

// clientCookie holds a client's id, on the Frontend API's own host. Cookies are
// shared by all ports of a host, so other vendors than Clerk have their own.
func (a *API) clientCookie() string {
	if a.Issuer.Vendor == idp.Clerk {
		return "__client"
	}
	return "__client_" + string(a.Issuer.Vendor)
}

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
func (a *API) Start() (addr string, stop func(), err error) { return loopback.Serve(a) }

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a.allowOrigin(w, r) {
		return
	}
	switch r.URL.Path {
	case a.Issuer.Vendor.KeysPath():
		idp.NewServer(a.Issuer).ServeHTTP(w, r)
	case "/v1/client/handshake":
		a.handshake(w, r)
	case "/sign-in":
		a.signIn(w, r)
	case "/sign-out":
		a.signOut(w, r)
	case "/v1/environment":
		answer(w, http.StatusOK, map[string]any{})
	case "/v1/client":
		a.client(w, r)
	case "/v1/client/sessions":
		a.endSessions(w, r)
	default:
		if session, ok := strings.CutPrefix(r.URL.Path, "/v1/client/sessions/"); ok {
			a.session(w, r, session)
			return
		}
		http.NotFound(w, r)
	}
}

// visit finds the client of a request, or makes one. The id is what the
// browser shows next time.
func (a *API) visit(w http.ResponseWriter, r *http.Request) (id string, c *client) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if cookie, err := r.Cookie(a.clientCookie()); err == nil {
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
	http.SetCookie(w, &http.Cookie{
		Name: a.clientCookie(), Value: id, Path: "/", HttpOnly: true, Secure: !a.loopback(), SameSite: http.SameSiteLaxMode,
	})
	return id, c
}
