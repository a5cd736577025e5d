package ecdsa

import "errors"

// PrivateKey is a private key of P-256.
type PrivateKey struct {
	text   [numberSize]byte // the number, big-endian
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
	if len(text) != numberSize || !P256.order.fit(text) {
		return nil, errNumber
	}
	x, y := P256.multiple(text)
	public, err := NewPublicKey(P256, x, y)
	if err != nil {
		return nil, err
	}
	return &PrivateKey{[numberSize]byte(text), public}, nil
}

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
	var drawn [numberSize]byte
	for range maxDraws {
		if err := random(drawn[:]); err != nil {
			return nil, err
		}
		if !P256.order.fit(drawn[:]) {
			continue
		}
		x, _ := P256.multiple(drawn[:])
		r := numberOf(x)
		P256.order.reduce(&r) // p is below 2n
		s := k.second(drawn[:], &r, hash[:])
		if r.zero()|s.zero() == 0 {
			return append(r.bytes(numberSize), s.bytes(numberSize)...), nil
		}
	}
	return nil, errRandom
}

// second is (hash + r·key) / drawn modulo n.
func (k *PrivateKey) second(drawn []byte, r *number, hash []byte) number {
	n := P256.order
	sum, key, inverse := n.form(numberOf(hash)), n.form(numberOf(k.text[:])), n.form(numberOf(drawn))
	rr := n.form(*r)
	n.times(&key, &key, &rr)
	n.plus(&sum, &sum, &key)
	inverse = n.invert(&inverse)
	n.times(&sum, &sum, &inverse)
	return n.plain(&sum)
}
