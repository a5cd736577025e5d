package jwttest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"

	"github.com/sessiongate/sessiongate/internal/jwa"
)

// Sign makes a compact JWS. The header has "alg" and, if the key has an ID,
// "kid", to which header's members are added: they replace those two, and a
// nil value takes one away. The payload is a []byte or string, used as it is,
// or anything that encoding/json can write.
func Sign(key *Key, header map[string]any, payload any) string {
	all := map[string]any{"alg": key.Algorithm.Name()}
	if key.ID != "" {
		all["kid"] = key.ID
	}
	for name, value := range header {
		all[name] = value
		if value == nil {
			delete(all, name)
		}
	}
	return SignRaw(key, marshal(all), marshal(payload))
}

// SignRaw makes a compact JWS of a header and a payload as they stand, also if
// they make no sense.
func SignRaw(key *Key, header, payload []byte) string {
	signed := Encode(header) + "." + Encode(payload)
	return signed + "." + Encode(Signature(key, signed))
}

// Signature is the JWS signature of a signing input.
func Signature(key *Key, signed string) []byte {
	hash := map[string]crypto.Hash{"sha256": crypto.SHA256, "sha384": crypto.SHA384, "sha512": crypto.SHA512}[key.Algorithm.HashName()]
	digest := []byte(signed)
	if hash != 0 {
		h := hash.New()
		h.Write(digest)
		digest = h.Sum(nil)
	}
	var options crypto.SignerOpts = hash
	if strings.HasPrefix(key.Algorithm.Name(), "PS") {
		options = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: hash}
	}
	signature, err := key.Private.Sign(rand.Reader, digest, options)
	if err != nil {
		panic(err)
	}
	if ec, ok := key.Private.(*ecdsa.PrivateKey); ok {
		return rawECDSA(signature, (ec.Curve.Params().BitSize+7)/8)
	}
	return signature
}

// rawECDSA turns DER into r||s.
func rawECDSA(der []byte, size int) []byte {
	var values struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &values); err != nil {
		panic(err)
	}
	raw := make([]byte, 2*size)
	values.R.FillBytes(raw[:size])
	values.S.FillBytes(raw[size:])
	return raw
}

// Encode is base64url without padding.
func Encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// Tamper changes one bit of the signature of a token.
func Tamper(token string) string {
	dot := strings.LastIndexByte(token, '.')
	signature, err := base64.RawURLEncoding.DecodeString(token[dot+1:])
	if err != nil || len(signature) == 0 {
		panic("jwttest: a token without a signature")
	}
	signature[len(signature)/2] ^= 1
	return token[:dot+1] + Encode(signature)
}

// Unsigned is a token with "alg": "none" and an empty signature.
func Unsigned(payload any) string {
	return Encode([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + Encode(marshal(payload)) + "."
}

// Algorithms are all algorithms, for tests that go through them.
func Algorithms() []jwa.Algorithm { return jwa.All().List() }

func marshal(value any) []byte {
	switch value := value.(type) {
	case []byte:
		return value
	case string:
		return []byte(value)
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}
