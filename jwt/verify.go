package jwt

import (
	"cmp"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/jwks"
)

// Verifier checks one signature. Go's is Go; the host's is in package filter.
type Verifier interface {
	// Verify reports whether signature is alg's signature of signed under key.
	Verify(alg jwa.Algorithm, key *jwks.Key, signed string, signature []byte) bool
}

// Go verifies with Go's standard crypto, and with package ecdsa.
type Go struct{}

// Verify implements Verifier. A key that may not verify alg verifies nothing.
func (Go) Verify(alg jwa.Algorithm, key *jwks.Key, signed string, signature []byte) bool {
	return key.Algorithms.Has(alg) && alg.Verify(key.Public, signed, signature)
}

// Verify does the whole of it, in the order of the reference: header, key,
// signature, claims. The key is nil unless one was found.
// A token that may wait for keys: reason.KeysUnavailable and wait=true.
func (e *Expect) Verify(p *Parsed, keys jwks.Snapshot, v Verifier, now time.Time) (key *jwks.Key, wait bool, r reason.Reason) {
	if p.Claims.HasPrivate {
		return nil, false, reason.TokenInvalid
	}
	key, wait, r = e.Authentic(p, keys, v, func() reason.Reason { return e.plausible(&p.Claims, now) })
	if r != reason.None {
		return key, wait, r
	}
	return key, false, e.Claims(p, now)
}

// Authentic is Verify without the claims: header, key and signature, for
// tokens whose claims the caller judges otherwise. plausible checks claims
// before they are verified, and is asked only where keys are lacking: a token
// that would fail anyway is told so at once, and causes neither fetch nor wait.
func (e *Expect) Authentic(p *Parsed, keys jwks.Snapshot, v Verifier, plausible func() reason.Reason) (key *jwks.Key, wait bool, r reason.Reason) {
	if r := e.Header(p); r != reason.None {
		return nil, false, r
	}
	alg, _ := jwa.ByName(p.Header.Algorithm)
	candidates, wait, r := e.findKeys(p, alg, keys, plausible)
	if r != reason.None {
		return nil, wait, r
	}
	for _, key = range candidates {
		if v.Verify(alg, key, p.signed, p.signature) {
			return key, false, reason.None
		}
	}
	return key, false, reason.TokenInvalidSignature
}

// findKeys are the keys to try: one, but for a token that names none.
func (e *Expect) findKeys(p *Parsed, alg jwa.Algorithm, keys jwks.Snapshot, plausible func() reason.Reason) ([]*jwks.Key, bool, reason.Reason) {
	if keys.Set != nil {
		found, match := keys.Set.Find(p.Header.KeyID, p.Header.HasKeyID, alg, e.RequireKeyID)
		switch {
		case match == jwks.Found:
			return found, false, reason.None
		case match == jwks.Unfit:
			return nil, false, reason.TokenVerificationFailed
		case keys.Set.Origin != jwks.Remote:
			return nil, false, reason.KeyIDMismatch
		}
	} else if e.RequireKeyID && !p.Header.HasKeyID {
		// No fetched set will have a key for it.
		return nil, false, reason.TokenVerificationFailed
	}
	if r := plausible(); r != reason.None {
		return nil, false, r
	}
	if keys.Set != nil && keys.OnMissing == jwks.OnMissingRefuse {
		return nil, false, reason.KeyIDMismatch
	}
	return nil, keys.OnMissing == jwks.OnMissingFetch, reason.KeysUnavailable
}

// plausible checks those of the claims that a token has to pass before it may
// cause a fetch of keys or wait for one.
func (e *Expect) plausible(c *Claims, now time.Time) reason.Reason {
	return cmp.Or(e.issuer(c), e.parties(c), e.Validity(c, now))
}
