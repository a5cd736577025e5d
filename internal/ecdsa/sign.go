package ecdsa

import "errors"

// PrivateKey is a private key of P-256.
type PrivateKey struct {
	number number
	public *PublicKey
}

// String keeps the key out of logs.
func (*PrivateKey) String() string { return "[key]" }

// GoString keeps the key out of logs.
func (*PrivateKey) GoString() string { return "[key]" }

const numberSize = 32 // in bytes

var errNumber = errors.New("the private number is not between 1 and the curve's order")

// NewPrivateKey makes a key of a private number, 32 bytes, big-endian, which is
// at least 1 and below the order of the curve.
func NewPrivateKey(text []byte) (*PrivateKey, error) {
	if len(text) != numberSize || !fit(numberOf(text)) {
		return nil, errNumber
	}
	x, y := multiple(numberOf(text))
	public, err := NewPublicKey(P256, x, y)
	if err != nil {
		return nil, err
	}
	return &PrivateKey{numberOf(text), public}, nil
}

// fit reports whether a number is at least 1 and below the order.
func fit(n number) bool { return order256.below(n)&^n.zero() == 1 }

// Public is the public key.
func (k *PrivateKey) Public() *PublicKey { return k.public }

// maxDraws is how often a random number is drawn. One in 2^32 is not fit.
const maxDraws = 8

var errRandom = errors.New("no fit random numbers came")

// Random fills memory with random bytes that nobody can foresee.
type Random func([]byte) error

// Sign signs a hash of 32 bytes (FIPS 186-5 section 6.4.1) and returns r and s,
// each of 32 bytes, one after the other. The number that must stay secret and
// never come twice is drawn from random. Neither it nor the key decides how long
// this takes.
func (k *PrivateKey) Sign(random Random, hash [32]byte) ([]byte, error) {
	var text [numberSize]byte
	for range maxDraws {
		if err := random(text[:]); err != nil {
			return nil, err
		}
		drawn := numberOf(text[:])
		if !fit(drawn) {
			continue
		}
		x, _ := multiple(drawn)
		r := order256.reduced(numberOf(x), 0) // p is below 2n
		s := k.second(drawn, r, order256.reduced(numberOf(hash[:]), 0))
		if r.zero()|s.zero() == 0 {
			return append(r.bytes(), s.bytes()...), nil
		}
	}
	return nil, errRandom
}

// second is (hash + r·key) / drawn modulo n.
func (k *PrivateKey) second(drawn, r, hash number) number {
	n := order256
	sum := n.plus(n.form(hash), n.times(n.form(r), n.form(k.number)))
	return n.plain(n.times(sum, n.invert(n.form(drawn))))
}
