package ecdsa

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
)

// nonces makes secret numbers of a private key, a hash modulo n and random bytes
// (RFC 6979 section 3.2, with the additional data of section 3.6): nobody can
// foresee them without the key, and they come again for the same three only. So
// a host whose random bytes repeat or are known does not give the key away.
type nonces struct{ key, value [sha256.Size]byte }

func newNonces(private, hash, random []byte) *nonces {
	n := &nonces{value: [sha256.Size]byte(bytes.Repeat([]byte{1}, sha256.Size))}
	for step := range byte(2) {
		n.key = n.mac(n.value[:], []byte{step}, private, hash, random)
		n.value = n.mac(n.value[:])
	}
	return n
}

// next is the next number, 32 bytes, big-endian, which may be unfit.
func (n *nonces) next() []byte {
	n.value = n.mac(n.value[:])
	number := n.value
	n.key = n.mac(n.value[:], []byte{0})
	n.value = n.mac(n.value[:])
	return number[:]
}

// mac is HMAC with SHA-256 (RFC 2104) under the key.
func (n *nonces) mac(parts ...[]byte) [sha256.Size]byte {
	h := hmac.New(sha256.New, n.key[:])
	for _, part := range parts {
		h.Write(part)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
