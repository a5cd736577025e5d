package ecdsa

import "crypto/sha256"

// nonces makes secret numbers of a private key, a hash modulo n and random bytes
// (RFC 6979 section 3.2, with the additional data of section 3.6): nobody can
// foresee them without the key, and they come again for the same three only. So
// a host whose random bytes repeat or are known does not give the key away.
type nonces struct{ key, value [sha256.Size]byte }

func newNonces(private, hash, random []byte) *nonces {
	n := new(nonces)
	for i := range n.value {
		n.value[i] = 1
	}
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
	var inner, outer [sha256.BlockSize]byte
	copy(inner[:], n.key[:])
	copy(outer[:], n.key[:])
	for i := range inner {
		inner[i] ^= 0x36
		outer[i] ^= 0x5c
	}
	text := inner[:]
	for _, part := range parts {
		text = append(text, part...)
	}
	sum := sha256.Sum256(text)
	return sha256.Sum256(append(outer[:], sum[:]...))
}
