package jwks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/strictjson/strictjsontest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

// costlySets are key sets of about size bytes: costly JSON as the set, as its
// list of keys and as a key in it, and keys, usable or not, as small as can be.
func costlySets(size int) map[string]string {
	sets := make(map[string]string)
	for name, text := range strictjsontest.Costly(size) {
		sets[name+", as the set"] = text
		sets[name+", as a key"] = `{"keys":[` + text + `]}`
		if list, ok := strings.CutPrefix(text, `{"list":`); ok {
			sets[name+", as keys"] = `{"keys":` + list
		}
	}
	for name, key := range map[string]string{
		"RSA keys":                    bare(jwa.RS256),
		"RSA keys that are too short": `{"kty":"RSA","e":"Aw","n":"` + strings.Repeat("_", 338) + `"}`,
		"P-256 keys":                  bare(jwa.ES256),
		"P-384 keys":                  bare(jwa.ES384),
		"P-521 keys":                  bare(jwa.ES512),
		"P-521 keys, off the curve":   `{"kty":"EC","crv":"P-521","x":"` + strings.Repeat("A", 88) + `","y":"` + strings.Repeat("A", 88) + `"}`,
		"Ed25519 keys":                bare(jwa.EdDSA),
		"Ed25519 keys, a name twice":  strings.TrimSuffix(bare(jwa.EdDSA), "}") + `,"":0,"":0}`,
		"kids":                        `{"kid":""}`,
		"kids with an escape":         `{"kid":"\u0041"}`,
		"kids that are numbers":       `{"kid":1e-320}`,
		"key operations":              `{"kty":"OKP","key_ops":[1e-320,1e-320,1e-320,1e-320,1e-320,1e-320,1e-320]}`,
	} {
		list := strings.Repeat(key+",", size/(len(key)+1)+1)
		sets[name] = `{"keys":[` + list[:len(list)-1] + `]}`
	}
	operations := bare(jwa.EdDSA)
	sets["one key, many operations"] = `{"keys":[` + operations[:len(operations)-1] + `,"key_ops":["verify"` + strings.Repeat(`,"\u0041"`, size/9) + `]}]}`
	return sets
}

// bare is a JWK with nothing but what its type requires.
func bare(alg jwa.Algorithm) string {
	set := jwttest.JWKSetOf(change(alg, map[string]any{"kid": nil, "alg": nil, "use": nil}))
	return strings.TrimSuffix(strings.TrimPrefix(set, `{"keys":[`), `]}`)
}

// TestParseAllocatesInProportion has one bound for all sets: usable keys take
// memory for themselves, but less for each byte than costly JSON may.
func TestParseAllocatesInProportion(t *testing.T) {
	for _, size := range []int{1 << 10, 900_000} {
		for name, text := range costlySets(size) {
			t.Run(fmt.Sprintf("%s, %d bytes", name, size), func(t *testing.T) {
				data := []byte(text)
				if len(data) > jwks.MaxBytes {
					t.Fatalf("%d bytes, and so not read", len(data))
				}
				strictjsontest.CheckAllocated(t, len(data), func() { _, _ = jwks.Parse(data, jwks.Remote) })
			})
		}
	}
}

// FuzzParseAllocates looks for a key set that allocates out of proportion.
func FuzzParseAllocates(f *testing.F) {
	for _, text := range costlySets(500) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		strictjsontest.CheckAllocated(t, len(data), func() { _, _ = jwks.Parse(data, jwks.Remote) })
	})
}
