package session

import (
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// satellitePath is what comes before everything else on a document request to
// a satellite domain, which cannot read the primary domain's cookies: it may
// have to ask there whether somebody is signed in. decided is false if it need
// not, or has done so.
func (v *clerkVisit) satellitePath(cookies *clerkCookies) (state State, decided bool) {
	c := v.instance
	if !v.request.IsDocument() {
		return State{}, false
	}
	synced, _ := v.request.FirstParam(syncedParam)
	unknown := cookies.session.token == "" && cookies.clientUAT == 0
	switch {
	case synced == "true":
		return State{}, false
	case unknown && synced != "false" && !c.autoSync:
		return v.signedOut(reason.SessionTokenAndUATMissing, false), true
	case unknown || synced == "false":
		return v.syncSatellite(cookies), true
	}
	return State{}, false
}

// syncSatellite has the satellite learn from the primary domain whether
// somebody is signed in: in production by a handshake, in development by way
// of the primary domain's sign-in page.
func (v *clerkVisit) syncSatellite(cookies *clerkCookies) State {
	c := v.instance
	state := v.signedOut(reason.SatelliteNeedsSyncing, cookies.session.token != "")
	if !c.development {
		return v.mayHandshake(state, cookies)
	}
	own, ok := v.cleanURL(v.options.Private)
	if !ok || !c.handshake {
		return state
	}
	return v.redirect(state, request.WithParam(c.signInURL, redirectURLParam, own))
}
