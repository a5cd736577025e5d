// Package jwa is the table of signature algorithms (RFC 7518 section 3,
// RFC 8037, RFC 9864) that the module verifies: never HMAC, never none.
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
	EdDSA
)

// ByName finds the algorithm of a JOSE "alg"; names are case-sensitive.
func ByName(name string) (Algorithm, bool) { panic("skeleton") }

// Name is the JOSE "alg".
func (a Algorithm) Name() string { panic("skeleton") }

// Set is a set of algorithms. The zero value is empty.
type Set uint16

// SetOf makes a set.
func SetOf(algorithms ...Algorithm) Set { panic("skeleton") }

// All is the set of all algorithms.
func All() Set { panic("skeleton") }

// Has tells whether a is in the set.
func (s Set) Has(a Algorithm) bool { panic("skeleton") }
