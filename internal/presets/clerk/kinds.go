package clerk

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// kinds are those of the tokens that an instance signs with one key, as
// tokens/machine.ts and jwt/verifyMachineJwt.ts of @clerk/backend 3.25.0 tell them
// apart.
var kinds = session.VendorKinds{
	Of:            kindOf,
	Expect:        expectOf,
	Caller:        callerOf,
	Opaque:        isOpaque,
	MachinePrefix: machineSubject,
	OwnAudience:   session.KindsOf(session.M2MToken),
}

// What the subjects of machines and of users begin with.
const (
	machineSubject = "mch_"
	userSubject    = "user_"
)

// kindOf names the kind of a token; the first rule that applies does.
func kindOf(t *jwt.Parsed) session.TokenKind {
	h := &t.Header
	switch {
	case strings.HasPrefix(t.Claims.Subject, machineSubject):
		if !h.HasPrivate || h.Private == categoryMachine {
			return session.M2MToken
		}
	case h.IsAccessToken():
		return session.OAuthToken
	case !h.HasPrivate || h.Private == categorySession || h.Private == categoryAbsent:
		return session.SessionToken
	}
	return session.NoKind
}

// expectOf: types, authorizedParties and userIdClaim are about sessions.
// audiences are about OAuth tokens too; "aud" of an M2M token is its owner's.
func expectOf(kind session.TokenKind, e jwt.Expect) jwt.Expect {
	e.Precheck, e.AuthorizedParties, e.HasUser = nil, nil, nil
	switch kind {
	case session.OAuthToken:
		e.Types = []string{"at+jwt"}
	case session.M2MToken:
		e.Types, e.Audiences = []string{"jwt"}, nil
	}
	return e
}

// callerOf reads who is calling. All that the owner of an M2M token may write is
// left out, but for the scopes.
func callerOf(kind session.TokenKind, c session.Claims, id *session.Identity) {
	switch subject := c.Text("sub"); kind {
	case session.OAuthToken:
		if strings.HasPrefix(subject, userSubject) {
			id.UserID = subject
		}
		id.ClientID, id.Scopes = c.Text("client_id"), c.Scopes("scp", "scope")
	case session.M2MToken:
		id.MachineID, id.Scopes = subject, c.Scopes("scopes")
	}
}

// isOpaque reports whether a text begins as an API key, or as an M2M or OAuth
// token that is no JWT.
func isOpaque(t jwt.Token) bool {
	return slices.ContainsFunc(opaquePrefixes, func(prefix string) bool { return strings.HasPrefix(string(t), prefix) })
}

var opaquePrefixes = []string{"ak_", "mt_", "oat_"}
