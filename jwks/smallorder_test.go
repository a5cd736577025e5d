package jwks_test

import (
	"crypto/ed25519"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

// smallOrder are all encodings of the eight points of edwards25519 whose order
// divides 8, by what they encode. RFC 8032 section 5.1.3 forbids six of
// them; Go's decoder takes those, too.
var smallOrder = map[string]string{
	"order 1":                    "0100000000000000000000000000000000000000000000000000000000000000",
	"order 1, -0":                "0100000000000000000000000000000000000000000000000000000000000080",
	"order 1, y=p+1":             "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"order 1, y=p+1, -0":         "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"order 2":                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"order 2, -0":                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"order 4":                    "0000000000000000000000000000000000000000000000000000000000000000",
	"order 4, the other x":       "0000000000000000000000000000000000000000000000000000000000000080",
	"order 4, y=p":               "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"order 4, y=p, the other x":  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"order 8":                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"order 8, the other x":       "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
	"order 8, the other y":       "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"order 8, the other x and y": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
}

// forge makes a message with a signature that holds under a key of small order,
// without a private key: R is the neutral element and S is 0, so that all that
// verification asks for is that the hash of the message is a multiple of the
// key's order.
func forge(key ed25519.PublicKey) (message, signature []byte, ok bool) {
	signature = make([]byte, ed25519.SignatureSize)
	signature[0] = 1
	for i := range 100 {
		message = fmt.Appendf(nil, "message %d", i)
		if ed25519.Verify(key, message, signature) {
			return message, signature, true
		}
	}
	return nil, nil, false
}

// TestSmallOrder: such a key is skipped, as an RSA key with e=1 is, because
// anybody can sign for it.
func TestSmallOrder(t *testing.T) {
	good := jwttest.PublicJWK(jwttest.NewKey(jwa.EdDSA, "good"))
	for name, text := range smallOrder {
		t.Run(name, func(t *testing.T) {
			point, err := hex.DecodeString(text)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, ok := forge(point); !ok {
				t.Error("no forged signature holds under it: no key of small order")
			}
			jwk := change(jwa.EdDSA, map[string]any{"kid": "small", "x": jwttest.Encode(point)})
			for origin, named := range map[jwks.Origin]string{jwks.Remote: "fetched", jwks.Inline: "inline"} {
				set := parse(t, jwttest.JWKSetOf(jwk, good), origin)
				if len(set.Keys) != 1 || set.Skipped != 1 || set.Keys[0].ID != "good" {
					t.Errorf("%s: %d keys, %d skipped", named, len(set.Keys), set.Skipped)
				}
				if found, match := set.Find("small", true, jwa.EdDSA, false); match != jwks.Unfit {
					t.Errorf("%s: found %v", named, found)
				}
				if _, err := jwks.Parse([]byte(jwttest.JWKSetOf(jwk)), origin); !errors.Is(err, jwks.ErrNoUsableKey) {
					t.Errorf("%s, alone: %v", named, err)
				}
			}
			if _, err := jwks.ParsePEM([]byte(ed25519PEM(t, point))); err == nil {
				t.Error("taken as a PEM key")
			}
		})
	}
}

// TestOrdinaryEd25519: a good key is not forged for, and is taken as ever.
func TestOrdinaryEd25519(t *testing.T) {
	for i := range 10 {
		key := jwttest.NewKey(jwa.EdDSA, fmt.Sprint(i))
		public := key.Private.Public().(ed25519.PublicKey)
		if _, _, ok := forge(public); ok {
			t.Errorf("%x: forged", public)
		}
		if set := parse(t, jwttest.JWKSet(key), jwks.Remote); len(set.Keys) != 1 {
			t.Errorf("%x: not usable", public)
		}
		if _, err := jwks.ParsePEM([]byte(ed25519PEM(t, public))); err != nil {
			t.Errorf("%x: %v", public, err)
		}
	}
}

// ed25519PEM writes any 32 bytes as a key.
func ed25519PEM(t *testing.T, point []byte) string {
	t.Helper()
	type algorithm struct{ OID asn1.ObjectIdentifier }
	return block("PUBLIC KEY", mustMarshal(t, struct {
		Algorithm algorithm
		Key       asn1.BitString
	}{algorithm{asn1.ObjectIdentifier{1, 3, 101, 112}}, asn1.BitString{Bytes: point, BitLength: 8 * len(point)}}))
}
