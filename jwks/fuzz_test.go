package jwks_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/json"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

// FuzzParse holds the keys that are accepted against crypto/x509 and, where it
// takes the set at all, go-jose: it must read the same key under the same kid.
func FuzzParse(f *testing.F) {
	for _, alg := range []jwa.Algorithm{jwa.RS256, jwa.ES256, jwa.ES384, jwa.ES512, jwa.EdDSA} {
		f.Add([]byte(jwttest.JWKSet(jwttest.NewKey(alg, "a"))))
		f.Add([]byte(jwttest.JWKSetOf(change(alg, map[string]any{"kid": nil, "alg": nil, "use": nil, "key_ops": []string{"verify"}}))))
	}
	f.Add([]byte(`{"keys":[]}`))
	f.Add([]byte(`{"keys":[{"kty":"oct","k":"AAAA","kid":"a"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := jwks.Parse(data, jwks.Remote)
		if err != nil {
			if set != nil {
				t.Fatal("a set and an error")
			}
			return
		}
		var other jose.JSONWebKeySet
		otherErr := json.Unmarshal(data, &other)
		for _, key := range set.Keys {
			der, err := x509.MarshalPKIXPublicKey(jwttest.Standard(key.Public))
			if err != nil || !bytes.Equal(der, key.SPKI) {
				t.Errorf("SubjectPublicKeyInfo: %v", err)
			}
			if key.Algorithms == 0 || key.HasID != (key.ID != "") && key.ID != "" {
				t.Errorf("%+v", key)
			}
			for _, alg := range key.Algorithms.List() {
				if alg.Verify(key.Public, "signed", make([]byte, 64)) {
					t.Errorf("zeros pass under %v", alg)
				}
			}
			if otherErr == nil && !reads(other.Key(key.ID), key) {
				t.Errorf("go-jose does not read the key %q", key.ID)
			}
		}
	})
}

// reads reports whether one of the keys is that one, by key and RFC 7638 thumbprint.
func reads(keys []jose.JSONWebKey, key *jwks.Key) bool {
	for _, other := range keys {
		print, err := other.Thumbprint(crypto.SHA256)
		if err == nil && bytes.Equal(print, key.Thumbprint[:]) {
			return true
		}
	}
	return false
}
