package jwks

import (
	"bytes"
	"encoding/pem"
	"strings"
)

// ParsePEM reads one PEM public key (RFC 7468): SubjectPublicKeyInfo, or
// PKCS#1 for RSA. The set has Origin PEM and one key without an ID, which may
// verify every algorithm of its type. The error is one of the ErrPEM… or says
// what is wrong with the key itself.
func ParsePEM(data []byte) (*Set, error) {
	if len(data) > MaxBytes {
		return nil, ErrTooLarge
	}
	data = bytes.TrimSpace(data)
	block, rest := pem.Decode(data)
	switch {
	case block == nil || !bytes.HasPrefix(data, []byte("-----BEGIN ")) || len(block.Headers) != 0:
		return nil, ErrNotPEM
	case bytes.Contains(rest, []byte("-----BEGIN ")):
		return nil, ErrPEMMoreThanOne
	case len(rest) != 0:
		return nil, ErrNotPEM
	}
	key, err := parseBlock(block)
	if err != nil {
		return nil, err
	}
	return &Set{Keys: []*Key{key}, Origin: PEM}, nil
}

func parseBlock(block *pem.Block) (*Key, error) {
	switch {
	case block.Type == "PUBLIC KEY":
		return parseSPKI(block.Bytes)
	case block.Type == "RSA PUBLIC KEY":
		return parsePKCS1(block.Bytes)
	case strings.HasSuffix(block.Type, "PRIVATE KEY"):
		return nil, ErrPEMPrivateKey
	case strings.HasSuffix(block.Type, "CERTIFICATE"):
		return nil, ErrPEMCertificate
	}
	return nil, ErrPEMKeyType
}
