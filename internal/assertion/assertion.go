// Package assertion makes the signed assertion that tells a backend who is
// calling: a JWT (RFC 7519) of the proxy's own, signed with ES256 (RFC 7518
// section 3.4).
//
// # Guarantees
//
// An assertion holds for its lifetime, and never longer than half a minute after
// the session token that it was made of. Until it is to be made anew, more is
// left of it than the smaller of half its lifetime and half a minute, but for a
// second. Its claims are
// valid JSON whatever the session token says. No error and no text that this
// package hands out holds a part of a private key, but for Key.PKCS8, which is
// for the host that signs.
//
// # Limits
//
// It knows neither requests nor who is signed in, reads no clock, and keeps
// nothing. Without a host that signs, Go does.
package assertion

import (
	"encoding/base64"
	"time"

	"github.com/sessiongate/sessiongate/internal/ecdsa"
	"github.com/sessiongate/sessiongate/internal/jsonout"
)

// Settings are what a configuration says about assertions.
type Settings struct {
	Issuer   string
	Audience string // where a rule names no other
	Header   string // lower case
	Lifetime time.Duration
	KeyEnv   string // the variable of the VM's environment that has the key
	JWKSPath string // where the public keys are served
	Type     string // "typ"
	Subject  string // Plain or ProviderAndID
}

// What "sub" may be.
const (
	Plain         = "plain"       // the user id as the provider writes it
	ProviderAndID = "provider|id" // with the provider's name before it
)

// NextKey is what the name of the variable with the next key ends in.
const NextKey = "_NEXT"

// Signer signs with a private key that it knows. The signature is r||s, 64
// bytes.
type Signer interface {
	Sign(signed string) (signature []byte, err error)
}

// GoSigner signs with Go.
type GoSigner struct {
	Key    *Key
	Random ecdsa.Random
}

// Sign implements Signer.
func (s GoSigner) Sign(signed string) ([]byte, error) { return s.Key.Sign(s.Random, signed) }

// Maker makes assertions.
type Maker struct {
	// KeySet is the JWK Set (RFC 7517 section 5) with which backends verify
	// what it makes.
	KeySet string

	settings Settings
	header   string // encoded, with the dot after it
	signer   Signer
}

// New makes a Maker that signs with a key. Of next, which may be nil, the public
// part is published too.
func New(s Settings, signer Signer, key, next *Key) *Maker {
	header := jsonout.AppendMember([]byte(`{"alg":"ES256"`), "kid", key.ID)
	header = append(jsonout.AppendMember(header, "typ", s.Type), '}')
	return &Maker{
		KeySet: keySet(key, next), settings: s, signer: signer,
		header: base64.RawURLEncoding.EncodeToString(header) + ".",
	}
}

// Assertion is one that was made.
type Assertion struct {
	Text string
	// Since and Until are when it may be sent: from the first time on, and
	// before the second.
	Since, Until time.Time
}

// Make makes an assertion. It expires at latest, if that is not zero.
func (m *Maker) Make(c *Claims, now, latest time.Time) (Assertion, error) {
	p := m.settings.period(now, latest)
	payload := m.settings.appendClaims(make([]byte, 0, 512), c, p)
	signed := m.header + base64.RawURLEncoding.EncodeToString(payload)
	signature, err := m.signer.Sign(signed)
	if err != nil {
		return Assertion{}, err
	}
	text := signed + "." + base64.RawURLEncoding.EncodeToString(signature)
	return Assertion{Text: text, Since: time.Unix(p.issued, 0), Until: p.renew}, nil
}
