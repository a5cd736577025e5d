package clerk

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/jwt"
)

// privateNames are the category of a token, and the claim that only handshake
// tokens have. No provider takes a token with that claim for a session token.
var privateNames = jwt.PrivateNames{Parameter: "cat", Claim: "handshake"}

// Clerk's token categories.
const (
	categorySession = "cl_B7d4PD111AAA"
	categoryAbsent  = "cl_I7d4PD111III" // counts as none
)

// machineSubject begins the subjects of machine tokens.
const machineSubject = "mch_"

// SessionCategory checks that the token is of the category of session tokens, as
// @clerk/backend 3.20 has them. The reason is TokenTypeMismatch.
func SessionCategory(t *jwt.Parsed) reason.Reason {
	known := !t.Header.HasPrivate || t.Header.Private == categorySession || t.Header.Private == categoryAbsent
	if !known || t.Header.IsAccessToken() || strings.HasPrefix(t.Claims.Subject, machineSubject) {
		return reason.TokenTypeMismatch
	}
	return reason.None
}
