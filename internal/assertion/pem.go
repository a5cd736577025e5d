package assertion

import (
	"bytes"
	"encoding/pem"
	"errors"
	"strings"

	"github.com/sessiongate/sessiongate/internal/der"
)

// What may be wrong with a key. The texts say what to write, and hold nothing of
// the key.
var (
	ErrNoPEM     = errors.New(`not a PEM; write a private key: "-----BEGIN PRIVATE KEY-----", lines of base64, "-----END PRIVATE KEY-----"`)
	ErrMore      = errors.New("holds more than one PEM block; keep the private key alone")
	ErrEncrypted = errors.New("an encrypted private key; write it without a password")
	ErrNotKey    = errors.New(`not a private key; write "PRIVATE KEY" (PKCS #8) or "EC PRIVATE KEY" (SEC 1)`)
	ErrCurve     = errors.New("not a key of the curve P-256; make one: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256")
	ErrMalformed = errors.New("not a private key in DER; make one: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256")
)

// maxPEM bounds what is read: keys have some hundred bytes.
const maxPEM = 16 << 10

// ParseKey reads one private key of P-256 in PEM (RFC 7468): PKCS #8 (RFC 5208,
// RFC 5958) or SEC 1 (RFC 5915). The error is one of the Err….
func ParseKey(text string) (*Key, error) {
	data := bytes.TrimSpace([]byte(text))
	if len(data) > maxPEM || !bytes.HasPrefix(data, []byte("-----BEGIN ")) {
		return nil, ErrNoPEM
	}
	block, rest := pem.Decode(data)
	switch {
	case block == nil:
		return nil, ErrNoPEM
	case bytes.Contains(rest, []byte("-----BEGIN ")):
		return nil, ErrMore
	case len(rest) != 0:
		return nil, ErrNoPEM
	case strings.HasPrefix(block.Type, "ENCRYPTED"), block.Headers["DEK-Info"] != "":
		return nil, ErrEncrypted
	case len(block.Headers) != 0:
		return nil, ErrNoPEM
	case block.Type == "PRIVATE KEY":
		return parsePKCS8(block.Bytes)
	case block.Type == "EC PRIVATE KEY":
		return parseSEC1(block.Bytes, false)
	}
	return nil, ErrNotKey
}

// The contents of the OBJECT IDENTIFIERs (RFC 5480 section 2.1.1).
const (
	oidEC   = "\x2a\x86\x48\xce\x3d\x02\x01"     // 1.2.840.10045.2.1
	oidP256 = "\x2a\x86\x48\xce\x3d\x03\x01\x07" // 1.2.840.10045.3.1.7
)

// parsePKCS8 reads a PrivateKeyInfo. Its attributes say nothing here. A public key,
// which version 2 may have after them, has to be the private one's.
func parsePKCS8(data []byte) (*Key, error) {
	all := der.Reader(data)
	info, ok1 := all.Next(der.Sequence)
	version, ok2 := info.Unsigned()
	algorithm, ok3 := info.Next(der.Sequence)
	private, ok4 := info.Next(der.OctetString)
	if !ok1 || !ok2 || !ok3 || !ok4 || len(all) != 0 || len(version) != 1 || version[0] > 1 {
		return nil, ErrMalformed
	}
	kind, ok1 := algorithm.Next(der.OID)
	if !ok1 {
		return nil, ErrMalformed
	}
	curve, ok2 := algorithm.Next(der.OID)
	if string(kind) != oidEC || !ok2 || string(curve) != oidP256 || len(algorithm) != 0 {
		return nil, ErrCurve
	}
	info.Next(der.Context0) // the attributes
	public, hasPublic := info.Next(der.Implicit1)
	if len(info) != 0 || hasPublic && version[0] == 0 {
		return nil, ErrMalformed
	}
	key, err := parseSEC1(private, true)
	if err != nil || !hasPublic {
		return key, err
	}
	if !bytes.Equal(public, append([]byte{0}, pointOf(key.private)...)) { // whole bytes
		return nil, ErrMalformed
	}
	return key, nil
}

// parseSEC1 reads an ECPrivateKey (RFC 5915 section 3). Alone it has to name its
// curve. A public key in it has to be the private one's.
func parseSEC1(data []byte, curveKnown bool) (*Key, error) {
	all := der.Reader(data)
	info, ok1 := all.Next(der.Sequence)
	version, ok2 := info.Unsigned()
	scalar, ok3 := info.Next(der.OctetString)
	if !ok1 || !ok2 || !ok3 || len(all) != 0 || !bytes.Equal(version, []byte{1}) {
		return nil, ErrMalformed
	}
	if parameters, named := info.Next(der.Context0); named || !curveKnown {
		if curve, ok := parameters.Next(der.OID); !ok || string(curve) != oidP256 || len(parameters) != 0 {
			return nil, ErrCurve
		}
	}
	wrapped, hasPublic := info.Next(der.Context1)
	if len(info) != 0 || len(scalar) != scalarSize {
		return nil, ErrMalformed
	}
	key, err := newKey(scalar)
	if err != nil || !hasPublic {
		return key, err
	}
	point, ok := wrapped.BitString()
	if !ok || len(wrapped) != 0 || !bytes.Equal(point, pointOf(key.private)) {
		return nil, ErrMalformed
	}
	return key, nil
}
