// Package oneauxilia is the preset of OneAuxilia, whose tokens have the shape of
// Clerk's.
package oneauxilia

import (
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/presets/clerk"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Preset is what OneAuxilia documents: session tokens of Clerk's version 1, in a
// __session cookie or as Bearer, and neither a key URL nor a handshake: issuer
// and jwksUri are the user's to give, and a session is signed-in or signed-out.
var Preset = session.Preset{
	Name:       "oneauxilia",
	Fields:     []string{"treatPendingAsSignedOut"},
	Algorithms: jwa.SetOf(jwa.RS256),
	Types:      []string{"jwt"},
	Cookies:    []string{"__session"},
	Precheck:   clerk.SessionCategory,
	Forwards:   true,
	Identity:   clerk.Identity,
	Uniform:    clerk.Uniform,
	WrongValue: clerk.WrongValue,
	Reverifier: &clerk.Reverifier,
	Pending:    clerk.PendingSession,
	Nothing:    reason.TokenMissing,
}
