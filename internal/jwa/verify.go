package jwa

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"

	"github.com/sessiongate/sessiongate/internal/ecdsa"
)

// Verify reports whether signature is a's signature of signed under public: an
// *rsa.PublicKey, *ecdsa.PublicKey (of this module) or ed25519.PublicKey that fits a. A key of
// another type or curve verifies nothing. ECDSA signatures are r||s of exactly
// 64, 96 or 132 bytes (RFC 7518 section 3.4).
func (a Algorithm) Verify(public crypto.PublicKey, signed string, signature []byte) bool {
	e := a.entry()
	if e.verify == nil || e.size != 0 && len(signature) != e.size {
		return false
	}
	return e.verify(e, public, signed, signature)
}

func verifyPKCS1(e *entry, public crypto.PublicKey, signed string, signature []byte) bool {
	key, ok := public.(*rsa.PublicKey)
	return ok && rsa.VerifyPKCS1v15(key, e.hash.id, e.hash.sum(signed), signature) == nil
}

// pssOptions demands a salt as long as the hash (RFC 7518 section 3.5); the
// default of VerifyPSS would take any.
var pssOptions = rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}

func verifyPSS(e *entry, public crypto.PublicKey, signed string, signature []byte) bool {
	key, ok := public.(*rsa.PublicKey)
	return ok && rsa.VerifyPSS(key, e.hash.id, e.hash.sum(signed), signature, &pssOptions) == nil
}

func verifyECDSA(e *entry, public crypto.PublicKey, signed string, signature []byte) bool {
	key, ok := public.(*ecdsa.PublicKey)
	if !ok || key.Curve == nil || key.Curve.Name != e.curve {
		return false
	}
	half := len(signature) / 2
	return key.Verify(e.hash.sum(signed), signature[:half], signature[half:])
}

func verifyEd25519(_ *entry, public crypto.PublicKey, signed string, signature []byte) bool {
	key, ok := public.(ed25519.PublicKey)
	// ed25519.Verify panics on a key of another length.
	return ok && len(key) == ed25519.PublicKeySize && ed25519.Verify(key, []byte(signed), signature)
}
