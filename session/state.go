// Package session decides which state a request's session is in.
package session

import (
	"time"

	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/reason"
)

// Kind is the state of a session.
type Kind uint8

// The states.
const (
	SignedOut Kind = iota
	SignedIn
	Handshake // Clerk: the Frontend API has to settle it
	NeedsKeys // cannot be told before keys have come
)

// State is what a request's credentials amount to.
type State struct {
	Kind     Kind
	Reason   reason.Reason // why not signed-in
	Provider *Provider     // whose session it is, or would have been; nil if none was asked
	Verified *Verified     // signed-in only
	Source   Source        // where the token was found
	// TokenSeen tells whether a token was there at all (RFC 6750: error="invalid_token").
	TokenSeen bool
	// Location is where a handshake sends the browser.
	Location string
	// SetCookies are Set-Cookie lines for the response, unchanged.
	SetCookies []string
}

// Source is where a token was found.
type Source struct {
	Kind SourceKind
	Name string // of the header (lower case), parameter or cookie
}

// SourceKind is the kind of place.
type SourceKind uint8

// The kinds of places.
const (
	FromNowhere SourceKind = iota
	FromHeader
	FromParam
	FromCookie
)

// Verified is a session token that was verified; it may be cached, and is
// read-only.
type Verified struct {
	Parsed     *jwt.Parsed
	Thumbprint [32]byte // of the key, RFC 7638
	Identity   Identity
}

// Identity is who is calling.
type Identity struct {
	UserID         string
	SessionID      string
	OrgID          string
	OrgRole        string
	OrgSlug        string
	OrgPermissions []string
	Actor          string
	Name           string
	Email          string
}

// Checker is what a decision needs to verify tokens. The shell makes one per
// decision.
type Checker struct {
	Now           time.Time
	MaxTokenBytes int
	Keys          func(*Provider) jwks.View
	Verifier      jwt.Verifier
	Cache         Cache
}

// Cache keeps verified tokens, by provider and whole token.
type Cache interface {
	Get(p *Provider, t jwt.Token) *Verified // nil if not there
	Add(p *Provider, t jwt.Token, v *Verified)
	Remove(p *Provider, t jwt.Token)
}
