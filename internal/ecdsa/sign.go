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

// Random fills memory with random bytes that nobody can foresee.
type Random func([]byte) error

// Sign signs a hash of 32 bytes (FIPS 186-5 section 6.4.1) and returns r and s,
// each of 32 bytes, one after the other. The number that must stay secret and
// never come twice is made of the key, the hash and random bytes (see nonces).
// Neither it nor the key decides how long this takes.
func (k *PrivateKey) Sign(random Random, hash [32]byte) ([]byte, error) {
	var drawn [numberSize]byte
	if err := random(drawn[:]); err != nil {
		return nil, err
	}
	return k.sign(drawn[:], hash)
}

// maxDraws is how often a secret number is made. One in 2^32 is not fit.
const maxDraws = 8

var errSecret = errors.New("no fit secret number came")

func (k *PrivateKey) sign(random []byte, hash [32]byte) ([]byte, error) {
	n := P256.order
	e := numberOf(hash[:])
	n.reduce(&e) // it is below 2n
	secrets := newNonces(k.text[:], e.bytes(numberSize), random)
	for range maxDraws {
		secret := secrets.next()
		if !n.fit(secret) {
			continue
		}
		x, _ := P256.multiple(secret)
		r := numberOf(x)
		n.reduce(&r) // p is below 2n
		s := k.second(secret, r, e)
		if r.zero()|s.zero() == 0 {
			return append(r.bytes(numberSize), s.bytes(numberSize)...), nil
		}
	}
	return nil, errSecret
}

// second is (hash + r·key) / secret modulo n.
func (k *PrivateKey) second(secret []byte, r, hash number) number {
	n := P256.order
	key, inverse := n.form(numberOf(k.text[:])), n.form(numberOf(secret))
	// One factor in the form, one in none: neither is the product.
	n.times(&r, &r, &key)
	n.plus(&hash, &hash, &r)
	inverse = n.invert(&inverse)
	n.times(&hash, &hash, &inverse)
	n.reduce(&hash)
	return hash
}
