// Package jwa is the table of signature algorithms (RFC 7518 section 3,
// RFC 8037, RFC 9864) that the module verifies: never HMAC, never none.
//
// # Guarantees
//
// An algorithm that is not in the table does not exist for the module: its
// name is found by nothing, it is in no set and it verifies nothing. A key of
// another kind than the algorithm's verifies nothing, and no signature makes
// Verify panic.
//
// # Limits
//
// The package does not judge keys: their sizes, exponents and points are
// checked where keys are read, in package jwks.
package jwa

// Algorithm is one signature algorithm. The zero value is none of them.
type Algorithm uint8

// The algorithms.
const (
	RS256 Algorithm = iota + 1
	RS384
	RS512
	PS256
	PS384
	PS512
	ES256
	ES384
	ES512
	EdDSA // with Ed25519; RFC 9864 calls it "Ed25519"

	count
)

// ByName finds the algorithm of a JOSE "alg". Names are case-sensitive.
// "EdDSA" (RFC 8037) and "Ed25519" (RFC 9864) are one algorithm here, because
// Ed25519 is the only curve that EdDSA is verified with.
func ByName(name string) (Algorithm, bool) {
	for a := range count {
		if table[a].name == name || table[a].alias == name {
			return a, a > 0 // the entry of no algorithm has no name
		}
	}
	return 0, false
}

// Name is the JOSE "alg"; empty for no algorithm.
func (a Algorithm) Name() string { return a.entry().name }

// String is the same as Name.
func (a Algorithm) String() string { return a.Name() }

// KeyType is the "kty" of the keys that verify it: "RSA", "EC" or "OKP".
func (a Algorithm) KeyType() string { return a.entry().keyType }

// Curve is the "crv" of the keys that verify it; empty for RSA.
func (a Algorithm) Curve() string { return a.entry().curve }

// HashName is the hash function's name as OpenSSL and proxies write it:
// "sha256", "sha384" or "sha512". Empty for EdDSA, which hashes for itself.
func (a Algorithm) HashName() string { return a.entry().hash.name }

// IsECDSA reports whether a is ES256, ES384 or ES512, whose signatures JWS
// writes as r||s and most other software in DER; see ECDSADER.
func (a Algorithm) IsECDSA() bool { return a.entry().keyType == "EC" }

// IsPKCS1 reports whether a is RS256, RS384 or RS512 (RSASSA-PKCS1-v1_5).
func (a Algorithm) IsPKCS1() bool { return a >= RS256 && a <= RS512 }

// SignatureSize is how many bytes a signature has (RFC 7518 section 3.4, RFC
// 8037 section 3.1); 0 for RSA, where it is as long as the key's modulus.
func (a Algorithm) SignatureSize() int { return a.entry().size }

func (a Algorithm) entry() *entry {
	if a >= count {
		a = 0
	}
	return &table[a]
}
