package clerk

import (
	"slices"
	"strconv"

	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// apiVersion is the version of Clerk's API that a handshake asks for.
const apiVersion = "2026-05-12"

// maxRedirects is how many handshakes may follow each other within the life of
// the counting cookie (2 s) before a request is signed-out instead.
const maxRedirects = 3

// mayHandshake turns a signed-out state into a redirect to the Frontend API if
// the request is a browser's for a document and has not been sent there too
// often.
func (v *visit) mayHandshake(state session.State, found *cookies) session.State {
	c := v.instance
	if !c.handshake || !v.Request.IsDocument() {
		return state
	}
	own, ok := v.cleanURL(v.Options.Private)
	if !ok {
		return state
	}
	location := c.frontendAPI + "/v1/client/handshake?redirect_url=" + request.FormEncode(own) +
		"&__clerk_api_version=" + apiVersion +
		"&suffixed_cookies=" + strconv.FormatBool(found.suffixed) +
		"&__clerk_hs_reason=" + request.FormEncode(state.Reason.String())
	if found.devBrowser != "" {
		location += "&" + devBrowserParam + "=" + request.FormEncode(found.devBrowser)
	}
	return v.redirect(state, location)
}

// redirect sends the browser to location, unless it has been sent too often.
func (v *visit) redirect(state session.State, location string) session.State {
	n := parseCount(v.cookie(redirectCountCookie))
	if n >= maxRedirects {
		return state
	}
	counted := redirectCountCookie + "=" + strconv.FormatInt(n+1, 10) + "; SameSite=Lax; HttpOnly; Max-Age=2"
	sent := state.Exchanged()
	sent.Location, sent.SetCookies = location, append(slices.Clip(sent.SetCookies), counted)
	state.Kind, state.Exchange = session.Handshake, &sent
	return state
}

// location is a URL as the value of a header: bytes that no URL holds, and
// that some clients send all the same, are percent-encoded.
func location(url string) string {
	const digits = "0123456789ABCDEF"
	var b []byte
	for i := range len(url) {
		if c := url[i]; c <= 0x20 || c >= 0x7f {
			b = append(b, '%', digits[c>>4], digits[c&15])
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}

// cleanURL is the request's own URL without some query parameters.
func (v *visit) cleanURL(without *request.Names) (string, bool) {
	own, ok := v.Request.URL(v.Options.TrustForwarded)
	if !ok {
		return "", false
	}
	return own.WithoutParams(without).String(), true
}
