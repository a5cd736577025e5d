package frontendapi

import (
	"maps"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Names of Clerk's cookies and parameters.
const (
	session        = "__session"
	clientUAT      = "__client_uat"
	devBrowser     = "__clerk_db_jwt"
	handshakeToken = "__clerk_handshake"
)

// handshakeLife is how long a handshake token is good for.
const handshakeLife = 30 * time.Second

// handshake settles whether a browser is signed in, and sends it back.
func (a *API) handshake(w http.ResponseWriter, r *http.Request) {
	back, ok := a.back(r)
	if !ok {
		http.Error(w, "redirect_url is not a URL of the application", http.StatusBadRequest)
		return
	}
	id, c := a.visit(w, r)
	query := r.URL.Query()
	a.mu.Lock()
	a.handshakes = append(a.handshakes, query.Get("__clerk_hs_reason"))
	a.mu.Unlock()

	token := a.Token(a.lines(id, c, origin(back)))
	if a.development() {
		query := back.Query()
		query.Set(handshakeToken, token)
		back.RawQuery = query.Encode()
	} else {
		w.Header().Add("Set-Cookie", handshakeToken+"="+token+"; Path=/"+a.domain()+"; Max-Age=20; HttpOnly"+a.security())
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, back.String(), http.StatusTemporaryRedirect)
}

// Token signs a handshake token that brings Set-Cookie lines.
func (a *API) Token(lines []string) string {
	now := time.Now()
	key := a.Issuer.Key()
	return key.Token(map[string]any{"alg": key.Algorithm, "kid": key.ID, "typ": "JWT"}, map[string]any{
		"iss": a.Issuer.URL, "iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(handshakeLife).Unix(),
		"handshake": lines,
	})
}

// lines are the cookies as they should be: with and without the suffix, so
// that every SDK finds its own.
func (a *API) lines(id string, c *client, party string) []string {
	suffix := "_" + a.Issuer.CookieSuffix()
	value, attributes := "", "; Path=/; Max-Age=0"+a.security()
	if token := a.sessionToken(c, party); token != "" {
		value, attributes = token, "; Path=/; Max-Age=31536000"+a.security()
	}
	lines := append(a.clientUAT(c), session+"="+value+attributes, session+suffix+"="+value+attributes)
	if a.development() {
		browser := "=" + id + "; Path=/; Max-Age=31536000" + a.security()
		lines = append(lines, devBrowser+browser, devBrowser+suffix+browser)
	}
	return append(lines, handshakeToken+"=; Path=/"+a.domain()+"; Max-Age=0"+a.security())
}

// clientUAT are the cookies of the time of the last change; 0: signed out.
func (a *API) clientUAT(c *client) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	at := c.updated
	if c.user == "" {
		at = 0
	}
	value := "=" + strconv.FormatInt(at, 10) + "; Path=/" + a.domain() + "; Max-Age=31536000" + a.security()
	return []string{clientUAT + value, clientUAT + "_" + a.Issuer.CookieSuffix() + value}
}

// sessionToken is a new session token of a client for a page of that origin
// ("azp", where the vendor has one); empty if the client is signed out.
func (a *API) sessionToken(c *client, party string) string {
	a.mu.Lock()
	user := c.user
	a.mu.Unlock()
	if user == "" {
		return ""
	}
	now := time.Now()
	s := a.Issuer.Session(now)
	for _, profile := range a.Profiles {
		if profile.User == user {
			maps.Copy(s.Claims, profile.Claims)
		}
	}
	maps.Copy(s.Claims, map[string]any{"sub": user, "iat": now.Unix()})
	if a.Issuer.AuthorizedParty != "" && party != "" {
		s.Claims["azp"] = party
	}
	if a.Lifetime != 0 {
		s.Claims["exp"] = now.Add(a.Lifetime).Unix()
	}
	return s.Token()
}

// loopback reports whether the application has an IP address instead of a
// domain: then it is on this machine, and without TLS.
func (a *API) loopback() bool { return net.ParseIP(a.Domain) != nil }

// domain is the attribute that lets the application's hosts see a cookie.
func (a *API) domain() string {
	if a.loopback() {
		return ""
	}
	return "; Domain=" + a.Domain
}

// security are the attributes that end every cookie.
func (a *API) security() string {
	if a.loopback() {
		return "; SameSite=Lax"
	}
	return "; Secure; SameSite=Lax"
}
