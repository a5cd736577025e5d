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

// What is compared as a whole, because DER writes it in one way only.
const (
	oidEC     = "\x2a\x86\x48\xce\x3d\x02\x01"             // the content of an OBJECT IDENTIFIER, 1.2.840.10045.2.1 (RFC 5480 section 2.1.1)
	curveP256 = "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07" // an OBJECT IDENTIFIER, 1.2.840.10045.3.1.7
	pointBits = "\x03\x42\x00"                             // what a BIT STRING has before a point
)

// parsePKCS8 reads a PrivateKeyInfo. Its attributes say nothing here. A public key,
// which version 2 may have after them, has to be the private one's.
func parsePKCS8(data []byte) (*Key, error) {
	all := der.Reader(data)
	info, ok1 := all.Next(der.Sequence)
	version, ok2 := info.Unsigned()
	algorithm, ok3 := info.Next(der.Sequence)
	private, ok4 := info.Next(der.OctetString)
	kind, ok5 := algorithm.Next(der.OID)
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || len(all) != 0 || len(version) != 1 || version[0] > 1 {
		return nil, ErrMalformed
	}
	if string(kind) != oidEC || string(algorithm) != curveP256 {
		return nil, ErrCurve
	}
	info.Next(der.Context0) // the attributes
	public, hasPublic := info.Next(der.Implicit1)
	if len(info) != 0 || hasPublic && version[0] == 0 {
		return nil, ErrMalformed
	}
	key, err := parseSEC1(private, true)
	if err == nil && hasPublic && string(public) != "\x00"+key.point { // whole bytes
		return nil, ErrMalformed
	}
	return key, err
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
		if string(parameters) != curveP256 {
			return nil, ErrCurve
		}
	}
	wrapped, hasPublic := info.Next(der.Context1)
	if len(info) != 0 || len(scalar) != scalarSize {
		return nil, ErrMalformed
	}
	key, err := newKey(scalar)
	if err == nil && hasPublic && string(wrapped) != pointBits+key.point {
		return nil, ErrMalformed
	}
	return key, err
}
