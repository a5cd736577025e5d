package session

import (
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// oneAuxilia documents session tokens of Clerk's version 1 shape, in a
// __session cookie or as Bearer, and neither a key URL nor a handshake: issuer
// and jwksUri are the user's to give, and a session is signed-in or signed-out.
var oneAuxilia = Vendor{
	Name:       "oneauxilia",
	Fields:     []string{"treatPendingAsSignedOut"},
	algorithms: jwa.SetOf(jwa.RS256),
	types:      []string{"jwt"},
	cookies:    []string{"__session"},
	precheck:   sessionCategory,
	forwards:   true,
	identity:   organisation,
	uniform:    uniformOrganisation,
	pending:    pendingSession,
	nothing:    reason.TokenMissing,
}
