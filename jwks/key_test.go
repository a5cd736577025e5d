package jwks_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

func b64(n *big.Int) string { return base64.RawURLEncoding.EncodeToString(n.Bytes()) }

// modulus is an odd number of that many bits. Nobody can sign with it; what it
// is good for is to be read.
func modulus(bits uint) *big.Int {
	n := new(big.Int).Lsh(big.NewInt(1), bits-1)
	return n.Add(n, big.NewInt(1))
}

// TestUsable goes through what makes a key usable, and for which algorithms.
func TestUsable(t *testing.T) {
	type m = map[string]any
	rsaKey := func(n *big.Int, e int64) m { return m{"kty": "RSA", "n": b64(n), "e": b64(big.NewInt(e))} }
	rsaAll := []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}
	n := modulus(2048)
	padded := change(jwa.EdDSA, nil)
	padded["x"] = padded["x"].(string) + "="
	bits := change(jwa.EdDSA, nil)
	bits["x"] = bits["x"].(string)[:42] + "9" // 32 bytes leave 4 bits of the last character
	lines := change(jwa.EdDSA, nil)
	lines["x"] = lines["x"].(string)[:20] + "\n" + lines["x"].(string)[20:]

	for name, row := range map[string]struct {
		jwk  m
		want []string // nil: not usable
	}{
		"RSA, alg":               {change(jwa.RS256, nil), []string{"RS256"}},
		"RSA, PS alg":            {change(jwa.RS256, m{"alg": "PS512"}), []string{"PS512"}},
		"RSA, no alg":            {change(jwa.RS256, m{"alg": nil}), rsaAll},
		"RSA, 2048 bits":         {rsaKey(n, 65537), rsaAll},
		"RSA, 2047 bits":         {rsaKey(modulus(2047), 65537), nil},
		"RSA, 1024 bits":         {rsaKey(modulus(1024), 65537), nil},
		"RSA, 8192 bits":         {rsaKey(modulus(8192), 65537), rsaAll},
		"RSA, 8193 bits":         {rsaKey(modulus(8193), 65537), nil},
		"RSA, even modulus":      {rsaKey(new(big.Int).Lsh(big.NewInt(1), 2047), 65537), nil},
		"RSA, e=1":               {rsaKey(n, 1), nil},
		"RSA, e=2":               {rsaKey(n, 2), nil},
		"RSA, e=3":               {rsaKey(n, 3), rsaAll},
		"RSA, e=65536":           {rsaKey(n, 65536), nil},
		"RSA, e=2^31-1":          {rsaKey(n, 1<<31-1), rsaAll},
		"RSA, e=2^31+1":          {rsaKey(n, 1<<31+1), nil},
		"RSA, e=2^32+1":          {rsaKey(n, 1<<32+1), nil},
		"RSA, e=2^64+3":          {m{"kty": "RSA", "n": b64(n), "e": b64(new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 64), big.NewInt(3)))}, nil},
		"RSA, e=0":               {m{"kty": "RSA", "n": b64(n), "e": "AA"}, nil},
		"RSA, e empty":           {m{"kty": "RSA", "n": b64(n), "e": ""}, nil},
		"RSA, e with zeros":      {m{"kty": "RSA", "n": b64(n), "e": "AAABAAE"}, rsaAll},
		"RSA, n with a zero":     {m{"kty": "RSA", "n": base64.RawURLEncoding.EncodeToString(append([]byte{0}, n.Bytes()...)), "e": "AQAB"}, rsaAll},
		"RSA, n only zeros":      {m{"kty": "RSA", "n": base64.RawURLEncoding.EncodeToString(make([]byte, 256)), "e": "AQAB"}, nil},
		"RSA, no n":              {m{"kty": "RSA", "e": "AQAB"}, nil},
		"RSA, no e":              {m{"kty": "RSA", "n": b64(n)}, nil},
		"RSA, e a number":        {m{"kty": "RSA", "n": b64(n), "e": 65537}, nil},
		"RSA, N in capitals":     {m{"kty": "RSA", "N": b64(n), "e": "AQAB"}, nil},
		"RSA, alg of EC":         {change(jwa.RS256, m{"alg": "ES256"}), nil},
		"RSA, symmetric alg":     {change(jwa.RS256, m{"alg": "HS256"}), nil},
		"RSA, alg none":          {change(jwa.RS256, m{"alg": "none"}), nil},
		"RSA, encryption alg":    {change(jwa.RS256, m{"alg": "RSA-OAEP"}), nil},
		"RSA, alg a number":      {change(jwa.RS256, m{"alg": 256}), nil},
		"RSA, alg empty":         {change(jwa.RS256, m{"alg": ""}), nil},
		"RSA, private members":   {change(jwa.RS256, m{"d": "AQAB"}), []string{"RS256"}},
		"RSA, x5c is not read":   {change(jwa.RS256, m{"x5c": []string{"!"}}), []string{"RS256"}},
		"P-256":                  {change(jwa.ES256, m{"alg": nil}), []string{"ES256"}},
		"P-384":                  {change(jwa.ES384, m{"alg": nil}), []string{"ES384"}},
		"P-521":                  {change(jwa.ES512, m{"alg": nil}), []string{"ES512"}},
		"EC, no curve":           {change(jwa.ES256, m{"crv": nil}), nil},
		"EC, another curve":      {change(jwa.ES256, m{"crv": "P-384", "alg": nil}), nil},
		"EC, secp256k1":          {change(jwa.ES256, m{"crv": "secp256k1", "alg": nil}), nil},
		"EC, not on the curve":   {change(jwa.ES256, m{"y": change(jwa.ES256, nil)["x"]}), nil},
		"EC, infinity":           {change(jwa.ES256, m{"x": strings.Repeat("A", 43), "y": strings.Repeat("A", 43)}), nil},
		"EC, above the prime":    {change(jwa.ES256, m{"x": strings.Repeat("_", 42) + "8"}), nil},
		"EC, short coordinate":   {change(jwa.ES256, m{"x": "AAAA"}), nil},
		"EC, long coordinate":    {change(jwa.ES256, m{"x": "AAAA" + change(jwa.ES256, nil)["x"].(string)}), nil},
		"EC, alg of another":     {change(jwa.ES256, m{"alg": "ES384"}), nil},
		"EC, no y":               {change(jwa.ES256, m{"y": nil}), nil},
		"Ed25519":                {change(jwa.EdDSA, m{"alg": nil}), []string{"EdDSA"}},
		"Ed25519, alg of 9864":   {change(jwa.EdDSA, m{"alg": "Ed25519"}), []string{"EdDSA"}},
		"Ed25519, 31 bytes":      {change(jwa.EdDSA, m{"x": strings.Repeat("A", 42)[:42]}), nil},
		"Ed25519, 33 bytes":      {change(jwa.EdDSA, m{"x": strings.Repeat("A", 44)}), nil},
		"Ed25519, padding":       {padded, nil},
		"Ed25519, stray bits":    {bits, nil},
		"Ed25519, a line end":    {lines, nil},
		"Ed448":                  {change(jwa.EdDSA, m{"crv": "Ed448"}), nil},
		"X25519":                 {change(jwa.EdDSA, m{"crv": "X25519"}), nil},
		"symmetric":              {m{"kty": "oct", "k": "AAAA"}, nil},
		"unknown kty":            {change(jwa.RS256, m{"kty": "XYZ"}), nil},
		"kty in small letters":   {change(jwa.RS256, m{"kty": "rsa"}), nil},
		"no kty":                 {change(jwa.RS256, m{"kty": nil}), nil},
		"use sig":                {change(jwa.RS256, m{"use": "sig"}), []string{"RS256"}},
		"use enc":                {change(jwa.RS256, m{"use": "enc"}), nil},
		"use a list":             {change(jwa.RS256, m{"use": []string{"sig"}}), nil},
		"no use":                 {change(jwa.RS256, m{"use": nil}), []string{"RS256"}},
		"key_ops verify":         {change(jwa.RS256, m{"key_ops": []string{"sign", "verify"}}), []string{"RS256"}},
		"key_ops without verify": {change(jwa.RS256, m{"key_ops": []string{"sign"}}), nil},
		"key_ops empty":          {change(jwa.RS256, m{"key_ops": []string{}}), nil},
		"key_ops a string":       {change(jwa.RS256, m{"key_ops": "verify"}), nil},
		"key_ops mixed":          {change(jwa.RS256, m{"key_ops": []any{"verify", 1}}), nil},
		"kid a number":           {change(jwa.RS256, m{"kid": 1}), nil},
	} {
		t.Run(name, func(t *testing.T) {
			companion := jwttest.PublicJWK(jwttest.NewKey(jwa.EdDSA, "companion"))
			set := parse(t, jwttest.JWKSetOf(row.jwk, companion), jwks.Remote)
			var got []string
			if len(set.Keys) == 2 {
				for _, alg := range set.Keys[0].Algorithms.List() {
					got = append(got, alg.Name())
				}
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
			if set.Skipped+len(set.Keys) != 2 {
				t.Errorf("%d skipped", set.Skipped)
			}
		})
	}
}

func TestUsableText(t *testing.T) {
	jwk := jwttest.JWKSetOf(change(jwa.EdDSA, nil))
	jwk = jwk[len(`{"keys":[`) : len(jwk)-2]
	for name, row := range map[string]struct {
		members string // put before the others
		usable  bool
	}{
		"nothing more":             {``, true},
		"null counts as absent":    {`"key_ops":null,"x5t":null,`, true},
		"a member twice":           {`"x":"AAAA",`, false},
		"a member twice, escaped":  {`"\u0078":"AAAA",`, false},
		"an unknown member twice":  {`"a":1,"a":1,`, false},
		"another case is another":  {`"X":"AAAA","Kty":"RSA",`, true},
		"a member of one twice":    {`"a":{"b":1,"b":2},`, false},
		"the kid twice, once null": {`"kid":null,`, false},
	} {
		set, err := jwks.Parse([]byte(`{"keys":[{`+row.members+jwk[1:]+`]}`), jwks.Remote)
		if (err == nil && len(set.Keys) == 1) != row.usable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSPKI compares with the standard library's writer.
func TestSPKI(t *testing.T) {
	for _, alg := range jwttest.Algorithms() {
		private := jwttest.NewKey(alg, "spki")
		set := parse(t, jwttest.JWKSet(private), jwks.Remote)
		if want := jwttest.SPKI(private); !bytes.Equal(set.Keys[0].SPKI, want) {
			t.Errorf("%v: %x, want %x", alg, set.Keys[0].SPKI, want)
		}
	}
	for name, e := range map[string]int64{"e=3": 3, "e=2^31-1": 1<<31 - 1, "e=255": 255, "e=32769": 32769} {
		for _, size := range []uint{2048, 2049, 2055, 8192} {
			text := jwttest.JWKSetOf(map[string]any{"kty": "RSA", "n": b64(modulus(size)), "e": b64(big.NewInt(e))})
			key := parse(t, text, jwks.Remote).Keys[0]
			if want, err := x509.MarshalPKIXPublicKey(jwttest.Standard(key.Public)); err != nil || !bytes.Equal(key.SPKI, want) {
				t.Errorf("%s, %d bits: %x, want %x", name, size, key.SPKI, want)
			}
		}
	}
}

func TestThumbprint(t *testing.T) {
	for name, row := range map[string]struct{ jwk, want string }{
		"RFC 7638 section 3.1": {`{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}`,
			"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"},
		"RFC 8037 appendix A.3": {`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`,
			"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"},
	} {
		key := parse(t, `{"keys":[`+row.jwk+`]}`, jwks.Remote).Keys[0]
		if got := base64.RawURLEncoding.EncodeToString(key.Thumbprint[:]); got != row.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestThumbprintIsOfTheKey: however a key came, and whatever else was said
// about it, it has one thumbprint.
func TestThumbprintIsOfTheKey(t *testing.T) {
	private := jwttest.NewKey(jwa.RS256, "one")
	jwk := jwttest.PublicJWK(private)
	plain := parse(t, jwttest.JWKSetOf(jwk), jwks.Remote).Keys[0]
	n, _ := base64.RawURLEncoding.DecodeString(jwk["n"].(string))
	jwk["n"] = base64.RawURLEncoding.EncodeToString(append([]byte{0}, n...))
	delete(jwk, "alg")
	delete(jwk, "kid")
	zero := parse(t, jwttest.JWKSetOf(jwk), jwks.Remote).Keys[0]
	pem, err := jwks.ParsePEM([]byte(jwttest.PEM(private)))
	if err != nil {
		t.Fatal(err)
	}
	if zero.Thumbprint != plain.Thumbprint || pem.Keys[0].Thumbprint != plain.Thumbprint {
		t.Error("different thumbprints")
	}
	if !bytes.Equal(zero.SPKI, plain.SPKI) || !bytes.Equal(pem.Keys[0].SPKI, plain.SPKI) {
		t.Error("different SubjectPublicKeyInfo")
	}
	if key := parse(t, jwttest.JWKSet(jwttest.NewKey(jwa.EdDSA, "one")), jwks.Remote).Keys[0]; len(key.Public.(ed25519.PublicKey)) != 32 || key.Thumbprint == plain.Thumbprint {
		t.Error("keys share a thumbprint")
	}
}
