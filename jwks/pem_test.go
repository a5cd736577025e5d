package jwks_test

import (
	"bytes"
	"crypto"
	"crypto/ecdh"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func mustMarshal(t testing.TB, value any) []byte {
	t.Helper()
	der, err := asn1.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestParsePEM(t *testing.T) {
	rsaPrivate := jwttest.NewKey(jwa.RS256, "pem").Private
	rsaPublic := rsaPrivate.Public().(*rsa.PublicKey)
	rsaPEM := jwttest.PEM(jwttest.NewKey(jwa.RS256, "pem"))
	spki := jwttest.SPKI(jwttest.NewKey(jwa.RS256, "pem"))
	pkcs1 := x509.MarshalPKCS1PublicKey(rsaPublic)
	pkcs8, err := x509.MarshalPKCS8PrivateKey(rsaPrivate)
	if err != nil {
		t.Fatal(err)
	}
	x25519, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	x25519DER, err := x509.MarshalPKIXPublicKey(x25519.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	type algorithm struct {
		OID        asn1.ObjectIdentifier
		Parameters asn1.RawValue `asn1:"optional"`
	}
	type info struct {
		Algorithm algorithm
		Key       asn1.BitString
	}
	bits := func(data []byte) asn1.BitString { return asn1.BitString{Bytes: data, BitLength: 8 * len(data)} }
	null := asn1.RawValue{FullBytes: []byte{5, 0}}
	rsaOID := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	pssOID := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	ecOID := asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	p224 := asn1.RawValue{FullBytes: mustMarshal(t, asn1.ObjectIdentifier{1, 3, 132, 0, 33})}
	p256 := asn1.RawValue{FullBytes: mustMarshal(t, asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7})}
	x, y := elliptic.P256().Params().Gx, elliptic.P256().Params().Gy
	compressed := append([]byte{2}, x.FillBytes(make([]byte, 32))...)
	offCurve := append(append([]byte{4}, y.FillBytes(make([]byte, 32))...), x.FillBytes(make([]byte, 32))...)
	negative := mustMarshal(t, struct{ N, E *big.Int }{new(big.Int).Neg(modulus(2048)), big.NewInt(3)})
	small := mustMarshal(t, struct{ N, E *big.Int }{modulus(1024), big.NewInt(65537)})

	for name, row := range map[string]struct {
		text string
		algs int
		err  error // nil with algs 0: any
	}{
		"RSA":                        {rsaPEM, 6, nil},
		"RSA, PKCS#1":                {block("RSA PUBLIC KEY", pkcs1), 6, nil},
		"EC P-256":                   {jwttest.PEM(jwttest.NewKey(jwa.ES256, "pem")), 1, nil},
		"EC P-384":                   {jwttest.PEM(jwttest.NewKey(jwa.ES384, "pem")), 1, nil},
		"EC P-521":                   {jwttest.PEM(jwttest.NewKey(jwa.ES512, "pem")), 1, nil},
		"Ed25519":                    {jwttest.PEM(jwttest.NewKey(jwa.EdDSA, "pem")), 1, nil},
		"white space around":         {"\n  " + rsaPEM + "\n\n", 6, nil},
		"line ends of Windows":       {strings.ReplaceAll(rsaPEM, "\n", "\r\n"), 6, nil},
		"nothing":                    {"", 0, jwks.ErrNotPEM},
		"no PEM":                     {"hello", 0, jwks.ErrNotPEM},
		"text before":                {"key:\n" + rsaPEM, 0, jwks.ErrNotPEM},
		"text after":                 {rsaPEM + "x", 0, jwks.ErrNotPEM},
		"cut off":                    {rsaPEM[:len(rsaPEM)/2], 0, jwks.ErrNotPEM},
		"two keys":                   {rsaPEM + rsaPEM, 0, jwks.ErrPEMMoreThanOne},
		"headers":                    {strings.Replace(rsaPEM, "\n", "\nA: b\n\n", 1), 0, jwks.ErrNotPEM},
		"too large":                  {rsaPEM + strings.Repeat("\n", jwks.MaxBytes), 0, jwks.ErrTooLarge},
		"private key, PKCS#8":        {block("PRIVATE KEY", pkcs8), 0, jwks.ErrPEMPrivateKey},
		"private key, PKCS#1":        {block("RSA PRIVATE KEY", []byte{1}), 0, jwks.ErrPEMPrivateKey},
		"certificate":                {block("CERTIFICATE", []byte{1}), 0, jwks.ErrPEMCertificate},
		"another block":              {block("EC PARAMETERS", []byte{1}), 0, jwks.ErrPEMKeyType},
		"private key called public":  {block("PUBLIC KEY", pkcs8), 0, jwks.ErrPEMMalformed},
		"PKCS#1 called public":       {block("PUBLIC KEY", pkcs1), 0, jwks.ErrPEMMalformed},
		"SPKI called PKCS#1":         {block("RSA PUBLIC KEY", spki), 0, jwks.ErrPEMMalformed},
		"empty":                      {block("PUBLIC KEY", nil), 0, jwks.ErrPEMMalformed},
		"bytes after the key":        {block("PUBLIC KEY", append(bytes.Clone(spki), 0)), 0, jwks.ErrPEMMalformed},
		"bytes after a PKCS#1 key":   {block("RSA PUBLIC KEY", append(bytes.Clone(pkcs1), 0)), 0, jwks.ErrPEMMalformed},
		"X25519":                     {block("PUBLIC KEY", x25519DER), 0, jwks.ErrPEMKeyType},
		"P-224":                      {block("PUBLIC KEY", mustMarshal(t, info{algorithm{ecOID, p224}, bits(offCurve)})), 0, jwks.ErrPEMKeyType},
		"EC, no curve":               {block("PUBLIC KEY", mustMarshal(t, info{algorithm{OID: ecOID}, bits(offCurve)})), 0, jwks.ErrPEMMalformed},
		"EC, compressed":             {block("PUBLIC KEY", mustMarshal(t, info{algorithm{ecOID, p256}, bits(compressed)})), 0, nil},
		"EC, off the curve":          {block("PUBLIC KEY", mustMarshal(t, info{algorithm{ecOID, p256}, bits(offCurve)})), 0, nil},
		"EC, no bits":                {block("PUBLIC KEY", mustMarshal(t, info{algorithm{ecOID, p256}, bits(nil)})), 0, nil},
		"RSA, without its NULL":      {block("PUBLIC KEY", mustMarshal(t, info{algorithm{OID: rsaOID}, bits(pkcs1)})), 0, jwks.ErrPEMMalformed},
		"RSA, bits cut":              {block("PUBLIC KEY", mustMarshal(t, info{algorithm{rsaOID, null}, asn1.BitString{Bytes: pkcs1, BitLength: 8*len(pkcs1) - 1}})), 0, jwks.ErrPEMMalformed},
		"RSA for PSS only":           {block("PUBLIC KEY", mustMarshal(t, info{algorithm{OID: pssOID}, bits(pkcs1)})), 0, jwks.ErrPEMKeyType},
		"RSA, negative":              {block("RSA PUBLIC KEY", negative), 0, jwks.ErrPEMMalformed},
		"RSA, 1024 bits":             {block("RSA PUBLIC KEY", small), 0, nil},
		"Ed25519, with parameters":   {block("PUBLIC KEY", mustMarshal(t, info{algorithm{asn1.ObjectIdentifier{1, 3, 101, 112}, null}, bits(make([]byte, 32))})), 0, jwks.ErrPEMMalformed},
		"Ed25519, 31 bytes":          {block("PUBLIC KEY", mustMarshal(t, info{algorithm{OID: asn1.ObjectIdentifier{1, 3, 101, 112}}, bits(make([]byte, 31))})), 0, nil},
		"length not in fewest bytes": {block("PUBLIC KEY", append([]byte{0x30, 0x83, 0}, spki[2:]...)), 0, jwks.ErrPEMMalformed},
		"length beyond the end":      {block("PUBLIC KEY", []byte{0x30, 0x82, 0xff, 0xff, 1}), 0, jwks.ErrPEMMalformed},
		"length missing":             {block("PUBLIC KEY", []byte{0x30, 0x82, 0xff}), 0, jwks.ErrPEMMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := jwks.ParsePEM([]byte(row.text))
			if row.algs == 0 {
				if err == nil || row.err != nil && !errors.Is(err, row.err) {
					t.Errorf("error %v, want %v", err, row.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(set.Keys) != 1 || set.Origin != jwks.PEM || len(set.Keys[0].Algorithms.List()) != row.algs || set.Keys[0].HasID {
				t.Errorf("%+v", set.Keys[0])
			}
		})
	}
}

// FuzzParsePEM holds what is accepted against crypto/x509.
func FuzzParsePEM(f *testing.F) {
	for _, alg := range []jwa.Algorithm{jwa.RS256, jwa.ES256, jwa.ES384, jwa.ES512, jwa.EdDSA} {
		f.Add([]byte(jwttest.PEM(jwttest.NewKey(alg, "fuzz"))))
	}
	public := jwttest.NewKey(jwa.RS256, "fuzz").Private.Public().(*rsa.PublicKey)
	f.Add([]byte(block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(public))))
	f.Add([]byte(block("CERTIFICATE", []byte{0x30})))
	f.Fuzz(func(t *testing.T, data []byte) {
		if set, err := jwks.ParsePEM(data); err == nil {
			checkPEM(t, data, set)
		}
	})
}

// FuzzParseDER is FuzzParsePEM without the armour in the fuzzer's way.
func FuzzParseDER(f *testing.F) {
	for _, alg := range []jwa.Algorithm{jwa.RS256, jwa.ES256, jwa.ES384, jwa.ES512, jwa.EdDSA} {
		f.Add(jwttest.SPKI(jwttest.NewKey(alg, "fuzz")), false)
	}
	public := jwttest.NewKey(jwa.RS256, "fuzz").Private.Public().(*rsa.PublicKey)
	f.Add(x509.MarshalPKCS1PublicKey(public), true)
	f.Fuzz(func(t *testing.T, der []byte, pkcs1 bool) {
		kind := "PUBLIC KEY"
		if pkcs1 {
			kind = "RSA PUBLIC KEY"
		}
		data := []byte(block(kind, der))
		if set, err := jwks.ParsePEM(data); err == nil {
			checkPEM(t, data, set)
		}
	})
}

func checkPEM(t *testing.T, data []byte, set *jwks.Set) {
	t.Helper()
	decoded, _ := pem.Decode(data)
	var (
		other crypto.PublicKey
		err   error
	)
	if decoded.Type == "RSA PUBLIC KEY" {
		other, err = x509.ParsePKCS1PublicKey(decoded.Bytes)
	} else {
		other, err = x509.ParsePKIXPublicKey(decoded.Bytes)
	}
	if err != nil {
		t.Fatalf("crypto/x509 does not take it: %v", err)
	}
	if key, ok := other.(interface{ Equal(crypto.PublicKey) bool }); !ok || !key.Equal(jwttest.Standard(set.Keys[0].Public)) {
		t.Error("crypto/x509 reads another key")
	}
	if der, err := x509.MarshalPKIXPublicKey(other); err != nil || !bytes.Equal(der, set.Keys[0].SPKI) {
		t.Error("crypto/x509 writes another SubjectPublicKeyInfo")
	}
}
