package clerk

import (
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// satelliteState is what comes before everything else on a document request to
// a satellite domain, which cannot read the primary domain's cookies: it may
// have to ask there whether somebody is signed in. decided is false if it need
// not, or has done so.
func (v *visit) satelliteState(found *cookies) (state session.State, decided bool) {
	c := v.instance
	synced, _ := v.Request.FirstParam(syncedParam)
	unknown := found.session.Token == "" && found.clientUAT == 0
	switch {
	case synced == "true":
		return session.State{}, false
	case unknown && synced != "false" && !c.autoSync:
		return v.SignedOut(reason.SessionTokenAndUATMissing, false), true
	case unknown || synced == "false":
		return v.syncSatellite(found), true
	}
	return session.State{}, false
}

// syncSatellite has the satellite learn from the primary domain whether
// somebody is signed in: in production by a handshake, in development by way
// of the primary domain's sign-in page.
func (v *visit) syncSatellite(found *cookies) session.State {
	c := v.instance
	state := v.SignedOut(reason.SatelliteNeedsSyncing, found.session.Token != "")
	if !c.development {
		return v.mayHandshake(state, found)
	}
	own, ok := v.cleanURL(v.Options.Private)
	if !ok || !c.handshake {
		return state
	}
	return v.redirect(state, request.WithParam(c.signInURL, redirectURLParam, own))
}
