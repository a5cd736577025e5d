package session

import (
	"cmp"

	"github.com/sessiongate/sessiongate/jwt"
)

// TokenKind is what kind of caller a token stands for.
type TokenKind uint8

// The kinds of tokens.
const (
	NoKind       TokenKind = iota // none of those that are known
	SessionToken                  // a user's session
	OAuthToken                    // an application that a user has let in (OAuth 2.0)
	M2MToken                      // a machine
)

var tokenKindNames = [...]string{NoKind: "", SessionToken: "session", OAuthToken: "oauth", M2MToken: "m2m"}

// TokenKindNames are the kinds as a configuration writes them, from SessionToken on.
var TokenKindNames = tokenKindNames[SessionToken:]

// String is the kind as configurations and headers have it; empty for NoKind.
func (k TokenKind) String() string { return tokenKindNames[k] }

// TokenKinds is a set of kinds. The empty one stands for what was not said.
type TokenKinds uint8

// KindsOf is the set of some kinds.
func KindsOf(kinds ...TokenKind) (set TokenKinds) {
	for _, k := range kinds {
		set |= 1 << k
	}
	return set
}

// Has reports whether a kind is in the set.
func (s TokenKinds) Has(k TokenKind) bool { return s&(1<<k) != 0 }

// List is the kinds in the set, in their order.
func (s TokenKinds) List() (kinds []TokenKind) {
	for _, k := range []TokenKind{SessionToken, OAuthToken, M2MToken} {
		if s.Has(k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// onlySessions is what providers and rules take that do not say otherwise.
const onlySessions = TokenKinds(1 << SessionToken)

// OrSessions is the set, and that of sessions alone where nothing was said.
func (s TokenKinds) OrSessions() TokenKinds {
	return cmp.Or(s, onlySessions)
}

// VendorKinds is how a vendor tells kinds of tokens apart. Of a token that is no
// session's, only what Caller reads is the issuer's word: conditions on other
// claims do not hold, and no claim is handed on.
type VendorKinds struct {
	// Of names the kind of a well-formed token, of which nothing is verified.
	Of func(*jwt.Parsed) TokenKind
	// Expect makes of what a session's token has to be like what a token of
	// another kind has to be like.
	Expect func(TokenKind, jwt.Expect) jwt.Expect
	// Caller reads who is calling with a token of another kind.
	Caller func(TokenKind, Claims, *Identity)
	// Opaque reports whether a text that is no JWT is one of the vendor's
	// credentials, which only the vendor can check.
	Opaque func(jwt.Token) bool
	// MachinePrefix begins the ids of machines.
	MachinePrefix string
	// OwnAudience are the kinds whose "aud" is not the issuer's word.
	OwnAudience TokenKinds
}
