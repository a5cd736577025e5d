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
	r, s := trimZeros(signature[:half]), trimZeros(signature[half:])
	length := integerSize(r) + integerSize(s)

	der = make([]byte, 0, length+3)
	der = append(der, 0x30)
	if length >= 0x80 {
		der = append(der, 0x81)
	}
	der = append(der, byte(length)) // at most 2*(2+67) = 138
	der = appendInteger(der, r)
	der = appendInteger(der, s)
	return der, true
}

// trimZeros is an unsigned big-endian number without leading zeros; zero is empty.
func trimZeros(n []byte) []byte {
	for len(n) > 0 && n[0] == 0 {
		n = n[1:]
	}
	return n
}

// needsPad reports whether the number would read as negative, or is empty.
func needsPad(n []byte) bool { return len(n) == 0 || n[0]&0x80 != 0 }

func integerSize(n []byte) int {
	if needsPad(n) {
		return 2 + 1 + len(n)
	}
	return 2 + len(n)
}

func appendInteger(der, n []byte) []byte {
	der = append(der, 0x02, byte(integerSize(n)-2))
	if needsPad(n) {
		der = append(der, 0)
	}
	return append(der, n...)
}
