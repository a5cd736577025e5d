package ecdsa

import (
	"bytes"
	"errors"
	"sync"
)

// PublicKey is a point of a curve, other than infinity.
type PublicKey struct {
	Curve *Curve

	x, y      []byte
	multiples func() *comb
}

var errPoint = errors.New("the point is not on the curve")

// NewPublicKey makes a key of the two coordinates, each of the curve's size,
// big-endian. They must be below p and name a point of the curve (SP 800-56A
// section 5.6.2.3.4; the curves have a cofactor of 1).
func NewPublicKey(c *Curve, x, y []byte) (*PublicKey, error) {
	if len(x) != c.Size || len(y) != c.Size {
		return nil, errPoint
	}
	f, p := c.field, point{x: numberOf(x), y: numberOf(y)}
	if !f.above(&p.x) || !f.above(&p.y) {
		return nil, errPoint
	}
	p = point{f.form(p.x), f.form(p.y), f.one()}
	if !c.has(&p) {
		return nil, errPoint
	}
	return &PublicKey{
		Curve: c, x: bytes.Clone(x), y: bytes.Clone(y),
		multiples: sync.OnceValue(func() *comb { return c.newComb(p) }),
	}, nil
}

// Coordinates are the coordinates, each of the curve's size, big-endian.
func (k *PublicKey) Coordinates() (x, y []byte) { return bytes.Clone(k.x), bytes.Clone(k.y) }
