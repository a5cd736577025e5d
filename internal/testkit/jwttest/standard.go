package jwttest

import (
	"crypto"
	stdecdsa "crypto/ecdsa"
	"crypto/elliptic"
	"slices"

	"github.com/sessiongate/sessiongate/internal/ecdsa"
)

// Standard is a public key as Go's own packages have it.
func Standard(public crypto.PublicKey) crypto.PublicKey {
	key, ok := public.(*ecdsa.PublicKey)
	if !ok {
		return public
	}
	x, y := key.Coordinates()
	curve := map[*ecdsa.Curve]elliptic.Curve{ecdsa.P256: elliptic.P256(), ecdsa.P384: elliptic.P384(), ecdsa.P521: elliptic.P521()}[key.Curve]
	standard, err := stdecdsa.ParseUncompressedPublicKey(curve, slices.Concat([]byte{4}, x, y))
	if err != nil {
		panic(err)
	}
	return standard
}
