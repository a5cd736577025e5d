package jwttest

import "strings"

// PublicJWK is the public half as a JWK with kid (if the key has an ID), alg and
// use, ready to be changed and given to JWKSetOf.
func PublicJWK(key *Key) map[string]any { return key.Pair().JWK() }

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
func PEM(key *Key) string { return key.Pair().PEM() }

// SPKI is the public half as DER SubjectPublicKeyInfo.
func SPKI(key *Key) []byte { return key.Pair().SPKI() }
