package clerk

import (
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// privateNames are the category of a token, and the claim that only handshake
// tokens have. No provider takes a token with that claim for a session token.
var privateNames = jwt.PrivateNames{Parameter: "cat", Claim: "handshake"}

// Clerk's token categories.
const (
	categorySession = "cl_B7d4PD111AAA"
	categoryMachine = "cl_B7d4PD333AAA"
	categoryAbsent  = "cl_I7d4PD111III" // counts as none
)

// SessionCategory checks that the token is a session's. The reason is
// TokenTypeMismatch.
func SessionCategory(t *jwt.Parsed) reason.Reason {
	if kindOf(t) != session.SessionToken {
		return reason.TokenTypeMismatch
	}
	return reason.None
}
