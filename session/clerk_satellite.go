package session

import (
	"strings"

	"github.com/sessiongate/sessiongate/reason"
	"github.com/sessiongate/sessiongate/request"
)

// syncSatellite has a satellite domain learn from the primary domain whether
// somebody is signed in: in production by a handshake, in development by way
// of the primary domain's sign-in page.
func (v *visit) syncSatellite(cookies clerkCookies) State {
	c := v.provider.clerk
	state := v.signedOut(reason.SatelliteNeedsSyncing, cookies.session.token != "")
	if !c.development {
		return v.mayHandshake(state, cookies)
	}
	own, ok := v.cleanURL(v.options.Private)
	if !ok || !c.handshake {
		return state
	}
	joint := "?"
	if strings.Contains(c.signInURL, "?") {
		joint = "&"
	}
	return v.redirect(state, c.signInURL+joint+clerkRedirectURLName+"="+request.FormEncode(own))
}
