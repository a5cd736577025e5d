// Package jwt reads and verifies compact JWS session tokens (RFC 7515, RFC 7519).
package jwt

import (
	"time"

	"github.com/sessiongate/sessiongate/jwa"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/reason"
)

// Token is a compact JWS as it came. It prints as "[token]" under every verb.
type Token string

// Parsed is a well-formed token; nothing about it is verified.
type Parsed struct {
	Token   Token
	Header  Header
	Claims  Claims
	Payload []byte // the JSON object

	signed    string // header "." payload, the JWS signing input
	signature []byte
}

// Header is the part of the JOSE header that matters.
type Header struct {
	Algorithm string
	KeyID     string
	HasKeyID  bool
	Type      string // "typ", empty if absent
	Category  string // "cat" (Clerk), empty if absent
}

// Date is a NumericDate (RFC 7519 section 2): seconds since the epoch.
type Date struct {
	Present bool // the claim is there
	Valid   bool // ... and is a finite number in range
	Seconds float64
}

// Claims are the registered claims. A claim of a wrong type is present and
// not valid, and fails its check.
type Claims struct {
	Issuer          string // "iss"; empty if absent or not a string
	Subject         string // "sub"; likewise
	Audience        []string
	AuthorizedParty string
	Expiry          Date
	NotBefore       Date
	IssuedAt        Date
	HasHandshake    bool // has a "handshake" claim: never a session token
}

// Parse reads a token strictly. The reason is TokenTooLong or TokenInvalid.
func Parse(token Token, maxBytes int) (*Parsed, reason.Reason) { panic("skeleton") }

// Verifier checks one signature. Go's is Go; the host's is in package filter.
type Verifier interface {
	// Verify tells whether signature is alg's signature of signed under key.
	Verify(alg jwa.Algorithm, key *jwks.Key, signed string, signature []byte) bool
}

// Go verifies with Go's standard crypto.
type Go struct{}

func (Go) Verify(alg jwa.Algorithm, key *jwks.Key, signed string, signature []byte) bool {
	panic("skeleton")
}

// Expect is what a provider demands of a token.
type Expect struct {
	Issuers           []string
	Audiences         []string // empty: not checked
	AuthorizedParties []string // empty: not checked
	Algorithms        jwa.Set
	Types             []string // lower case, without "application/"
	Categories        bool     // check Clerk's token category ("cat", at+jwt, mch_ subjects)
	RequireKeyID      bool     // a token without kid fails unless the key is a PEM
	RequireExpiration bool
	ClockSkew         time.Duration
	MaxAge            time.Duration // 0: not checked
}

// Header checks category, typ and alg, in this order.
func (e *Expect) Header(p *Parsed) reason.Reason { panic("skeleton") }

// Claims checks iss, sub, aud, azp, exp, nbf, iat and the age, in this order.
func (e *Expect) Claims(c *Claims, now time.Time) reason.Reason { panic("skeleton") }

// Time checks exp, nbf, iat and the age: what can change for a verified token.
func (e *Expect) Time(c *Claims, now time.Time) reason.Reason { panic("skeleton") }

// Verify does the whole of it, in the order of the reference: header, key,
// signature, claims. The key is nil unless one was found.
// A token that may wait for keys: reason.KeysUnavailable and wait=true.
func (e *Expect) Verify(p *Parsed, keys jwks.View, v Verifier, now time.Time) (key *jwks.Key, wait bool, r reason.Reason) {
	panic("skeleton")
}
