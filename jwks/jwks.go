// Package jwks reads keys and key sets (RFC 7517).
package jwks

import (
	"crypto"

	"github.com/sessiongate/sessiongate/jwa"
)

// Key is one usable public key.
type Key struct {
	ID         string           // "kid"
	HasID      bool             // whether there was a "kid"
	Algorithms jwa.Set          // what kty, crv, alg, use and key_ops let it verify
	Public     crypto.PublicKey // *rsa.PublicKey, *ecdsa.PublicKey or ed25519.PublicKey
	SPKI       []byte           // DER SubjectPublicKeyInfo, built once
	Thumbprint [32]byte         // RFC 7638, SHA-256
}

// Origin tells how a set came here, which decides how kids are matched.
type Origin uint8

// The origins.
const (
	Remote Origin = iota // fetched from a URL
	Inline               // a JWK Set in the configuration
	PEM                  // one PEM key in the configuration: takes any kid
)

// Set is a parsed key set. It is read-only once made.
type Set struct {
	Keys    []*Key
	Skipped int // keys that cannot be used: HMAC, encryption, unknown curve, malformed
	Origin  Origin
}

// Limits of a key set.
const MaxBytes = 1 << 20

// Parse reads a JWK Set.
func Parse(data []byte, origin Origin) (*Set, error) { panic("skeleton") }

// ParsePEM reads one PEM public key (SubjectPublicKeyInfo or PKCS#1).
func ParsePEM(data []byte) (*Set, error) { panic("skeleton") }

// Match is how a search in a set ended.
type Match uint8

// The outcomes of Find.
const (
	Found   Match = iota
	Unfit         // a key of that kid is there but does not fit the algorithm; or no kid and not exactly one candidate
	Unknown       // no key of that kid
)

// Find picks the key for a token.
func (s *Set) Find(kid string, hasKID bool, alg jwa.Algorithm, requireKID bool) (*Key, Match) {
	panic("skeleton")
}

// Has tells whether the set holds a key with that thumbprint.
func (s *Set) Has(thumbprint [32]byte) bool { panic("skeleton") }
