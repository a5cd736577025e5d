package jwttest

import (
	"crypto/x509"
	"encoding/pem"
)

// PrivatePEM is the private key as PKCS #8.
func PrivatePEM(key *Key) string {
	data, err := x509.MarshalPKCS8PrivateKey(key.Private)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: data}))
}
