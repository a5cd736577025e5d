package filtertest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	_ "crypto/sha256" // registers crypto.SHA256
	_ "crypto/sha512" // registers crypto.SHA384 and crypto.SHA512
	"crypto/x509"
	"encoding/binary"
)

// verifySignature is Envoy's foreign function of that name: a protobuf message
// in (hash function, DER public key, signature, text), one out (a boolean, and
// a text if it is false). ECDSA signatures are DER, RSA ones PKCS#1 v1.5.
func verifySignature(argument []byte) []byte {
	fields, ok := readMessage(argument)
	if !ok {
		return refusal("not a message")
	}
	hash, known := map[string]crypto.Hash{"sha256": crypto.SHA256, "sha384": crypto.SHA384, "sha512": crypto.SHA512}[string(fields[1])]
	if !known {
		return refusal("unknown hash function")
	}
	digester := hash.New()
	digester.Write(fields[4])
	digest := digester.Sum(nil)
	key, err := x509.ParsePKIXPublicKey(fields[2])
	if err != nil {
		return refusal("failed to parse public key")
	}
	switch key := key.(type) {
	case *rsa.PublicKey:
		if rsa.VerifyPKCS1v15(key, hash, digest, fields[3]) == nil {
			return []byte{1 << 3, 1}
		}
	case *ecdsa.PublicKey:
		if ecdsa.VerifyASN1(key, digest, fields[3]) {
			return []byte{1 << 3, 1}
		}
	}
	return refusal("verify signature failed")
}

// readMessage reads a protobuf message whose fields are texts or bytes.
func readMessage(message []byte) (fields map[uint64][]byte, ok bool) {
	fields = map[uint64][]byte{}
	for len(message) > 0 {
		tag, n := binary.Uvarint(message)
		if n <= 0 || tag&7 != 2 {
			return nil, false
		}
		message = message[n:]
		size, n := binary.Uvarint(message)
		if n <= 0 || size > uint64(len(message)-n) {
			return nil, false
		}
		fields[tag>>3] = message[n : n+int(size)]
		message = message[n+int(size):]
	}
	return fields, true
}

func refusal(text string) []byte {
	return append([]byte{2<<3 | 2, byte(len(text))}, text...)
}
