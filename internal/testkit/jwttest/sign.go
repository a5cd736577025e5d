package jwttest

import (
	"encoding/base64"
	"encoding/json"
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
	return key.Pair().Sign(key.Algorithm.Name(), signed)
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
