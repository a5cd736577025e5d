package filtertest

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/binary"
)

// sign is Envoy's foreign function of that name, as far as ECDSA and SHA-256 go:
// a protobuf message in (hash function, private key in DER PKCS #8, text), one
// out (a boolean, the signature in DER, and a text if the boolean is false).
func sign(argument []byte) []byte {
	fields, ok := readMessage(argument)
	if !ok || string(fields[1]) != "sha256" {
		return signRefusal("unknown hash function")
	}
	key, err := x509.ParsePKCS8PrivateKey(fields[2])
	if err != nil {
		return signRefusal("failed to parse private key")
	}
	hash := sha256.Sum256(fields[3])
	signature, err := ecdsa.SignASN1(rand.Reader, key.(*ecdsa.PrivateKey), hash[:])
	if err != nil {
		return signRefusal("failed to sign")
	}
	result := binary.AppendUvarint([]byte{1 << 3, 1, 2<<3 | 2}, uint64(len(signature)))
	return append(result, signature...)
}

func signRefusal(text string) []byte {
	return append([]byte{3<<3 | 2, byte(len(text))}, text...)
}
