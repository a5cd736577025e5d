package jwa

import (
	"bytes"

	"github.com/sessiongate/sessiongate/internal/der"
)

// ECDSARaw turns an ECDSA signature from DER (RFC 3279 section 2.2.3), which is
// what Go and Envoy's sign make, into the form of JWS: r||s, each of size bytes
// (RFC 7518 section 3.4). ok is false for what is not DER, for more than that,
// and for numbers that are longer.
func ECDSARaw(signature []byte, size int) (raw []byte, ok bool) {
	all := der.Reader(signature)
	both, ok1 := all.Next(der.Sequence)
	r, ok2 := both.Unsigned()
	s, ok3 := both.Unsigned()
	r, s = bytes.TrimLeft(r, "\x00"), bytes.TrimLeft(s, "\x00")
	if !ok1 || !ok2 || !ok3 || len(all) != 0 || len(both) != 0 || len(r) > size || len(s) > size {
		return nil, false
	}
	raw = make([]byte, 2*size)
	copy(raw[size-len(r):], r)
	copy(raw[2*size-len(s):], s)
	return raw, true
}
