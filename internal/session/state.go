// Package session decides which state a request's session is in: signed-in,
// signed-out with a reason, to be settled by a handshake, or not to be told
// before keys have come.
//
// It guarantees that a request is signed-in only with a session token whose
// signature, issuer and times were verified, by a provider that reads the
// place where the token was. What a vendor's sessions mean is the affair of its
// preset, in a package of its own below internal/presets. It knows no rules and
// no status codes.
package session

import "github.com/sessiongate/sessiongate/internal/reason"

// Kind is the state of a session.
type Kind uint8

// The states.
const (
	SignedOut Kind = iota
	SignedIn
	Handshake // the vendor has to settle it
	NeedsKeys // cannot be told before keys have come
)

// State is what a request's credentials amount to.
type State struct {
	Kind    Kind
	Reason  reason.Reason // why not signed-in
	Refused reason.Reason // why the rule does not take the token, which was verified; see RuleCheck
	judged  bool          // the rule was asked

	Provider *Provider // whose session it is, or would have been; nil if nobody's
	Verified *Verified // signed-in only
	Source   Source    // where the token was found
	// TokenSeen reports whether a token was there at all (RFC 6750: error="invalid_token").
	TokenSeen bool
	// Foreign tells that the token names an issuer that is not the provider's.
	Foreign bool
	// Exchange is what a handshake is about; nil: there is none.
	Exchange *Exchange
}

// Exchange is what a handshake asks of the browser, or has brought.
type Exchange struct {
	// Location is where the handshake sends the browser.
	Location string
	// SetCookies are Set-Cookie lines for the response, unchanged.
	SetCookies []string
	// Returned tells that a handshake ended here: SetCookies came out of it.
	Returned bool
	// NewCookies are request cookies that SetCookies change, as the browser will
	// send them from now on.
	NewCookies []Cookie
}

// Exchanged is the state's Exchange; empty where there is no handshake.
func (s *State) Exchanged() Exchange {
	if s.Exchange == nil {
		return Exchange{}
	}
	return *s.Exchange
}

// Renewed reports whether the token of a request that is signed in came out of a
// handshake, not out of the request's own session cookie.
func (s *State) Renewed() bool { return s.Kind == SignedIn && s.Exchanged().NewCookies != nil }

// Cookie is a request cookie that has changed; an empty value: it is gone.
type Cookie struct{ Name, Value string }

// String keeps tokens out of logs.
func (c Cookie) String() string { return "[cookie]" }

// GoString keeps tokens out of logs.
func (c Cookie) GoString() string { return "[cookie]" }

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
