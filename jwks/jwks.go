// Package jwks reads keys and key sets (RFC 7517), and PEM public keys, and
// tells which key a token asks for.
//
// # Guarantees
//
// A Key can be used as it is: RSA from 2048 to 8192 bits with an odd modulus
// and an odd exponent from 3 to 2^31-1, EC points on P-256, P-384 or P-521,
// Ed25519 keys of 32 bytes that are not of small order; and it holds the
// algorithms that its own type, alg, use and key_ops allow, nothing else. A key
// that cannot be used, or that names a member twice, is skipped and spoils
// nothing but itself. Reading is bounded by MaxBytes, takes time and memory in
// proportion to the set's length, whatever it is made of, and never panics.
//
// # Limits
//
// Certificates (x5c, x5t, x5u) are neither read nor checked, and private
// members are ignored. Whether an RSA modulus is a product of two good primes
// is not looked into: the set comes from the issuer, whom one trusts anyway.
// The package fetches nothing; package remote does.
package jwks
