package jwa_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/jwa"
)

func TestTable(t *testing.T) {
	for name, want := range map[string]struct {
		algorithm                jwa.Algorithm
		keyType, curve, hashName string
		isECDSA, isPKCS1         bool
		size                     int
	}{
		"RS256": {jwa.RS256, "RSA", "", "sha256", false, true, 0},
		"RS384": {jwa.RS384, "RSA", "", "sha384", false, true, 0},
		"RS512": {jwa.RS512, "RSA", "", "sha512", false, true, 0},
		"PS256": {jwa.PS256, "RSA", "", "sha256", false, false, 0},
		"PS384": {jwa.PS384, "RSA", "", "sha384", false, false, 0},
		"PS512": {jwa.PS512, "RSA", "", "sha512", false, false, 0},
		"ES256": {jwa.ES256, "EC", "P-256", "sha256", true, false, 64},
		"ES384": {jwa.ES384, "EC", "P-384", "sha384", true, false, 96},
		"ES512": {jwa.ES512, "EC", "P-521", "sha512", true, false, 132},
		"EdDSA": {jwa.EdDSA, "OKP", "Ed25519", "", false, false, 64},
	} {
		t.Run(name, func(t *testing.T) {
			a, ok := jwa.ByName(name)
			if !ok || a != want.algorithm || a.Name() != name || a.String() != name {
				t.Errorf("ByName = %v, %v", a, ok)
			}
			if a.KeyType() != want.keyType || a.Curve() != want.curve || a.HashName() != want.hashName {
				t.Errorf("%q, %q, %q", a.KeyType(), a.Curve(), a.HashName())
			}
			if a.IsECDSA() != want.isECDSA || a.IsPKCS1() != want.isPKCS1 || a.SignatureSize() != want.size {
				t.Errorf("IsECDSA %v, IsPKCS1 %v, SignatureSize %d", a.IsECDSA(), a.IsPKCS1(), a.SignatureSize())
			}
		})
	}
}

func TestByName(t *testing.T) {
	if a, ok := jwa.ByName("Ed25519"); !ok || a != jwa.EdDSA {
		t.Errorf("Ed25519, the name of RFC 9864: %v, %v", a, ok)
	}
	for _, name := range []string{"", "none", "None", "HS256", "HS384", "HS512", "rs256", "RS256 ", "ES256K", "Ed448", "eddsa", "RSA-OAEP", "dir"} {
		if a, ok := jwa.ByName(name); ok || a != 0 {
			t.Errorf("ByName(%q) = %v, %v", name, a, ok)
		}
	}
}

func TestSet(t *testing.T) {
	var empty jwa.Set
	all := jwa.All()
	if got := len(all.List()); got != 10 {
		t.Errorf("All has %d", got)
	}
	for _, a := range all.List() {
		if empty.Has(a) || !all.Has(a) || !jwa.SetOf(a).Has(a) || len(jwa.SetOf(a).List()) != 1 {
			t.Errorf("%v", a)
		}
	}
	for _, none := range []jwa.Algorithm{0, 11, 15, 16, 255} {
		if all.Has(none) || jwa.SetOf(none) != 0 || none.Name() != "" || none.Verify(nil, "", nil) {
			t.Errorf("%d is no algorithm", none)
		}
	}
}

func TestForKey(t *testing.T) {
	for name, row := range map[string]struct {
		kty, crv string
		want     []jwa.Algorithm
	}{
		"RSA":            {"RSA", "", []jwa.Algorithm{jwa.RS256, jwa.RS384, jwa.RS512, jwa.PS256, jwa.PS384, jwa.PS512}},
		"P-256":          {"EC", "P-256", []jwa.Algorithm{jwa.ES256}},
		"P-521":          {"EC", "P-521", []jwa.Algorithm{jwa.ES512}},
		"Ed25519":        {"OKP", "Ed25519", []jwa.Algorithm{jwa.EdDSA}},
		"symmetric":      {"oct", "", nil},
		"nothing":        {"", "", nil},
		"EC, no curve":   {"EC", "", nil},
		"RSA on a curve": {"RSA", "P-256", nil},
	} {
		if diff := cmp.Diff(row.want, jwa.ForKey(row.kty, row.crv).List()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestVerifyForeignKeys gives every algorithm keys of other kinds and broken
// ones: it must say no, and not panic.
func TestVerifyForeignKeys(t *testing.T) {
	keys := map[string]crypto.PublicKey{
		"nil":               nil,
		"RSA, empty":        &rsa.PublicKey{},
		"RSA, tiny":         &rsa.PublicKey{N: big.NewInt(15), E: 3},
		"RSA, even modulus": &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 2048), E: 3},
		"ECDSA, empty":      &ecdsa.PublicKey{},
		"Ed25519, short":    ed25519.PublicKey(make([]byte, 31)),
		"Ed25519, long":     ed25519.PublicKey(make([]byte, 33)),
		"a string":          "key",
	}
	for name, key := range keys {
		for _, a := range jwa.All().List() {
			for _, size := range []int{0, 1, 63, 64, 96, 132, 256} {
				if a.Verify(key, "signed", make([]byte, size)) {
					t.Errorf("%v passes %d zeros under %s", a, size, name)
				}
			}
		}
	}
}
