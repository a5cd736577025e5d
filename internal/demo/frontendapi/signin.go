package frontendapi

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// Profile is a user that the sign-in page offers.
type Profile struct {
	User string // "sub"
	Name string // what the button says
	// Claims are added to the user's tokens.
	Claims map[string]any
}

// signInPage is shown by a GET of /sign-in. It posts to its own URL.
var signInPage = template.Must(template.New("sign-in").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in - {{.Vendor}}, demo</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 90vh; margin: 0 1rem }
main { max-width: 22rem; padding: 1.5rem 2rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 1rem }
h1 { font-size: 1.25rem; margin: 0 0 .5rem } p { margin: 0 0 1rem; opacity: .8 }
button { font: inherit; width: 100%; padding: .6rem; margin-top: .5rem; border-radius: .5rem; border: 1px solid #4f46e5; background: #4f46e5; color: #fff; cursor: pointer }
button:focus-visible { outline: 3px solid #a5b4fc; outline-offset: 2px }
</style>
<main><h1>Sign in</h1><p>A stand-in for {{.Vendor}}. It asks for no password.</p>
<form method="post">{{range .Profiles}}<button name="user" value="{{.User}}">{{.Name}}</button>{{else}}<button>Sign in</button>{{end}}</form></main></html>
`))

// signIn signs the client in. The browser learns so by client_uat, and gets a
// session by a handshake; of other vendors than Clerk, by the session cookie
// that the vendor's component would write.
func (a *API) signIn(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = signInPage.Execute(w, map[string]any{"Vendor": a.Issuer.Vendor, "Profiles": a.Profiles})
		return
	}
	back, ok := a.back(r)
	if !ok {
		http.Error(w, "redirect_url is not a URL of the application", http.StatusBadRequest)
		return
	}
	user := r.FormValue("user")
	if user == "" {
		user, _ = a.Issuer.Session(time.Now()).Claims["sub"].(string)
	}
	id, c := a.visit(w, r)
	a.change(c, user)
	a.tell(w, c)
	if a.Issuer.Vendor != idp.Clerk && !a.CookieByScript {
		line := a.Issuer.Vendor.Cookie() + "=" + a.sessionToken(c, origin(back)) + "; Path=/" + a.domain() + a.security()
		w.Header().Add("Set-Cookie", line)
	}
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
	_, _ = w.Write([]byte("signed out\n"))
}

func (a *API) change(c *client, user string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c.user, c.updated = user, time.Now().Unix()
}

// tell sets client_uat for the whole domain, which Clerk does, and which works in
// production only.
func (a *API) tell(w http.ResponseWriter, c *client) {
	if a.development() || a.Issuer.Vendor != idp.Clerk {
		return
	}
	for _, line := range a.clientUAT(c) {
		w.Header().Add("Set-Cookie", line)
	}
}

// back is the redirect_url of a request, if it is the application's.
func (a *API) back(r *http.Request) (*url.URL, bool) {
	back, err := url.Parse(r.URL.Query().Get("redirect_url"))
	return back, err == nil && a.application(back)
}

// application reports whether a URL is one of the application's.
func (a *API) application(u *url.URL) bool {
	if u.Scheme != "https" && u.Scheme != "http" {
		return false
	}
	host := u.Hostname()
	return host == a.Domain || strings.HasSuffix(host, "."+a.Domain)
}

// origin is that of a URL ("https://app.example.com"); empty if it has none.
func origin(u *url.URL) string {
	if u == nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
