package jwks

import (
	"bytes"

	"github.com/sessiongate/sessiongate/internal/der"
)

// SubjectPublicKeyInfo (RFC 5280 section 4.1): an algorithm and the key's bits.
// RSA is in RFC 8017 appendix A.1, EC in RFC 5480, Ed25519 in RFC 8410.

// The contents of the OBJECT IDENTIFIERs of the kinds of keys.
const (
	oidRSA     = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01" // 1.2.840.113549.1.1.1
	oidEC      = "\x2a\x86\x48\xce\x3d\x02\x01"         // 1.2.840.10045.2.1
	oidEd25519 = "\x2b\x65\x70"                         // 1.3.101.112
)

func rsaSPKI(modulus, exponent []byte) []byte {
	key := der.Encode(der.Sequence, der.Unsigned(modulus), der.Unsigned(exponent))
	return spki(key, der.Encode(der.OID, []byte(oidRSA)), der.Encode(der.Null))
}

func ecSPKI(c *curve, point []byte) []byte {
	return spki(point, der.Encode(der.OID, []byte(oidEC)), der.Encode(der.OID, []byte(c.oid)))
}

func ed25519SPKI(public []byte) []byte {
	return spki(public, der.Encode(der.OID, []byte(oidEd25519)))
}

func spki(key []byte, algorithm ...[]byte) []byte {
	return der.Encode(der.Sequence,
		der.Encode(der.Sequence, algorithm...),
		der.Encode(der.BitString, []byte{0}, key))
}

// parseSPKI reads a SubjectPublicKeyInfo strictly.
func parseSPKI(data []byte) (*Key, error) {
	all := der.Reader(data)
	info, ok1 := all.Next(der.Sequence)
	algorithm, ok2 := info.Next(der.Sequence)
	bits, ok3 := info.BitString()
	oid, ok4 := algorithm.Next(der.OID)
	if !ok1 || !ok2 || !ok3 || !ok4 || len(all) != 0 || len(info) != 0 {
		return nil, ErrPEMMalformed
	}
	switch string(oid) {
	case oidRSA:
		if parameters, ok := algorithm.Next(der.Null); !ok || len(parameters) != 0 || len(algorithm) != 0 {
			return nil, ErrPEMMalformed
		}
		return parsePKCS1(bits)
	case oidEC:
		return parseECBits(algorithm, bits)
	case oidEd25519:
		if len(algorithm) != 0 {
			return nil, ErrPEMMalformed
		}
		return newEd25519(bytes.Clone(bits))
	}
	return nil, ErrPEMKeyType
}

// parsePKCS1 reads an RSAPublicKey (RFC 8017 appendix A.1.1) strictly.
func parsePKCS1(data []byte) (*Key, error) {
	all := der.Reader(data)
	key, ok1 := all.Next(der.Sequence)
	modulus, ok2 := key.Unsigned()
	exponent, ok3 := key.Unsigned()
	if !ok1 || !ok2 || !ok3 || len(all) != 0 || len(key) != 0 {
		return nil, ErrPEMMalformed
	}
	return newRSA(modulus, exponent)
}

func parseECBits(parameters, point der.Reader) (*Key, error) {
	oid, ok := parameters.Next(der.OID)
	if !ok || len(parameters) != 0 {
		return nil, ErrPEMMalformed
	}
	for i := range curves {
		if c := &curves[i]; c.oid == string(oid) {
			if len(point) != 1+2*c.Size || point[0] != 4 {
				return nil, errECCoordinate
			}
			return newEC(c, point[1:1+c.Size], point[1+c.Size:])
		}
	}
	return nil, ErrPEMKeyType
}
