package jwa

// ECDSADER turns an ECDSA signature from the form of JWS, r||s of equal
// lengths (RFC 7518 section 3.4), into DER, SEQUENCE { INTEGER r, INTEGER s }
// (RFC 3279 section 2.2.3), which is what OpenSSL, BoringSSL and so Envoy's
// verify_signature take. ok is false unless the length is one of ES256, ES384
// and ES512: 64, 96 or 132 bytes. Whether r and s are in range is left to the
// verification.
func ECDSADER(signature []byte) (der []byte, ok bool) {
	switch len(signature) {
	case 64, 96, 132:
	default:
		return nil, false
	}
	half := len(signature) / 2
	der = make([]byte, 3, len(signature)+9) // three bytes before the numbers, three before each of them
	der = appendInteger(appendInteger(der, signature[:half]), signature[half:])
	length := byte(len(der) - 3) // at most 2*(3+66) = 138
	if length < 0x80 {
		der = der[1:]
		der[0], der[1] = 0x30, length
	} else {
		der[0], der[1], der[2] = 0x30, 0x81, length
	}
	return der, true
}

// appendInteger appends an unsigned big-endian number, in the fewest bytes that
// do not read as negative.
func appendInteger(der, n []byte) []byte {
	for len(n) > 1 && n[0] == 0 {
		n = n[1:]
	}
	if n[0] < 0x80 {
		return append(append(der, 0x02, byte(len(n))), n...)
	}
	return append(append(der, 0x02, byte(len(n)+1), 0), n...)
}
