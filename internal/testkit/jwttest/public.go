package jwttest

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"strings"
)

// PublicJWK is the public half as a JWK with kid (if the key has an ID), alg and
// use, ready to be changed and given to JWKSetOf.
func PublicJWK(key *Key) map[string]any {
	jwk := map[string]any{"alg": key.Algorithm.Name(), "use": "sig"}
	if key.ID != "" {
		jwk["kid"] = key.ID
	}
	switch public := key.Private.Public().(type) {
	case *rsa.PublicKey:
		jwk["kty"] = "RSA"
		jwk["n"] = Encode(public.N.Bytes())
		jwk["e"] = Encode(big.NewInt(int64(public.E)).Bytes())
	case *ecdsa.PublicKey:
		point, err := public.Bytes()
		if err != nil {
			panic(err)
		}
		half := len(point) / 2
		jwk["kty"], jwk["crv"] = "EC", public.Curve.Params().Name
		jwk["x"], jwk["y"] = Encode(point[1:1+half]), Encode(point[1+half:])
	case ed25519.PublicKey:
		jwk["kty"], jwk["crv"], jwk["x"] = "OKP", "Ed25519", Encode(public)
	}
	return jwk
}

// JWKSet is the JWK Set of the keys' public halves.
func JWKSet(keys ...*Key) string {
	jwks := make([]map[string]any, len(keys))
	for i, key := range keys {
		jwks[i] = PublicJWK(key)
	}
	return JWKSetOf(jwks...)
}

// JWKSetOf is the JWK Set of JWKs as they are given.
func JWKSetOf(jwks ...map[string]any) string {
	texts := make([]string, len(jwks))
	for i, jwk := range jwks {
		texts[i] = string(marshal(jwk))
	}
	return `{"keys":[` + strings.Join(texts, ",") + `]}`
}

// PEM is the public half as a PEM block of SubjectPublicKeyInfo.
func PEM(key *Key) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: SPKI(key)}))
}

// SPKI is the public half as DER SubjectPublicKeyInfo.
func SPKI(key *Key) []byte {
	der, err := x509.MarshalPKIXPublicKey(key.Private.Public())
	if err != nil {
		panic(err)
	}
	return der
}
