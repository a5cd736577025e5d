package jwa

import (
	"crypto"
	"crypto/sha256"
	"crypto/sha512"
)

// entry is what is fixed about an algorithm.
type entry struct {
	name    string
	alias   string // a second registered name
	keyType string // "kty"
	curve   string // "crv"
	hash    hash
	size    int // of a signature in bytes; 0: as long as the key's modulus
	verify  func(e *entry, public crypto.PublicKey, signed string, signature []byte) bool
}

// hash is a hash function, under its number in package crypto, and its name.
type hash struct {
	id   crypto.Hash
	name string
	sum  func(string) []byte
}

var (
	hash256 = hash{crypto.SHA256, "sha256", func(s string) []byte { h := sha256.Sum256([]byte(s)); return h[:] }}
	hash384 = hash{crypto.SHA384, "sha384", func(s string) []byte { h := sha512.Sum384([]byte(s)); return h[:] }}
	hash512 = hash{crypto.SHA512, "sha512", func(s string) []byte { h := sha512.Sum512([]byte(s)); return h[:] }}
)

// table holds every algorithm; to add one is to add its line.
var table = [count]entry{
	RS256: {name: "RS256", keyType: "RSA", hash: hash256, verify: verifyPKCS1},
	RS384: {name: "RS384", keyType: "RSA", hash: hash384, verify: verifyPKCS1},
	RS512: {name: "RS512", keyType: "RSA", hash: hash512, verify: verifyPKCS1},
	PS256: {name: "PS256", keyType: "RSA", hash: hash256, verify: verifyPSS},
	PS384: {name: "PS384", keyType: "RSA", hash: hash384, verify: verifyPSS},
	PS512: {name: "PS512", keyType: "RSA", hash: hash512, verify: verifyPSS},
	ES256: {name: "ES256", keyType: "EC", curve: "P-256", hash: hash256, size: 64, verify: verifyECDSA},
	ES384: {name: "ES384", keyType: "EC", curve: "P-384", hash: hash384, size: 96, verify: verifyECDSA},
	ES512: {name: "ES512", keyType: "EC", curve: "P-521", hash: hash512, size: 132, verify: verifyECDSA},
	EdDSA: {name: "EdDSA", alias: "Ed25519", keyType: "OKP", curve: "Ed25519", size: 64, verify: verifyEd25519},
}
