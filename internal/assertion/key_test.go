package assertion_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

func testKey(name string) *ecdsa.PrivateKey {
	return jwttest.NewKey(jwa.ES256, name).Private.(*ecdsa.PrivateKey)
}

func inPEM(kind string, data []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}))
}

// pkcs8 and sec1 are keys as Go's own encoder writes them, which is that of
// OpenSSL but for white space.
func pkcs8(t testing.TB, key any) string {
	t.Helper()
	data, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return inPEM("PRIVATE KEY", data)
}

func sec1(t testing.TB, key *ecdsa.PrivateKey) string {
	t.Helper()
	data, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return inPEM("EC PRIVATE KEY", data)
}

func parse(t testing.TB, text string) *assertion.Key {
	t.Helper()
	key, err := assertion.ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestParseKey(t *testing.T) {
	want := testKey("a")
	bare, err := asn1.Marshal(struct {
		Version int
		Key     []byte
		Curve   asn1.ObjectIdentifier `asn1:"explicit,tag:0"`
	}{1, numberOf(t, want), asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7}})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"PKCS #8":                  pkcs8(t, want),
		"SEC 1":                    sec1(t, want),
		"SEC 1 without public key": inPEM("EC PRIVATE KEY", bare),
		"white space around it":    "\n  " + pkcs8(t, want) + "\r\n\n",
		"lines that end in CR LF":  strings.ReplaceAll(pkcs8(t, want), "\n", "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			key := parse(t, text)
			signature, err := goSigner(key).Sign("text")
			if err != nil || len(signature) != 64 {
				t.Fatal(len(signature), err)
			}
			if !verifies(&want.PublicKey, "text", signature) || !key.Verify("text", signature) || key.Verify("text.", signature) {
				t.Error("the signature is not the key's")
			}
			again, err := x509.ParsePKCS8PrivateKey(key.PKCS8)
			if err != nil || !want.Equal(again) {
				t.Errorf("PKCS8 is not the key: %v", err)
			}
			for _, text := range []string{fmt.Sprint(key), fmt.Sprintf("%+v", key), fmt.Sprintf("%#v", key)} {
				if text != "[key "+key.ID+"]" {
					t.Errorf("the key prints as %s", text)
				}
			}
		})
	}
}

func TestParseKeyRefuses(t *testing.T) {
	p256, other := testKey("a"), testKey("b")
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&p256.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode([]byte(sec1(t, p256)))
	changed := func(from, to string) string {
		data := strings.Replace(string(block.Bytes), from, to, 1)
		if data == string(block.Bytes) {
			t.Fatalf("%x does not stand in the key", from)
		}
		return inPEM("EC PRIVATE KEY", []byte(data))
	}
	scalar, foreign := string(numberOf(t, p256)), string(numberOf(t, other))
	order := string(elliptic.P256().Params().N.Bytes())
	for name, test := range map[string]struct {
		text string
		want error
	}{
		"nothing":                  {"", assertion.ErrNoPEM},
		"no PEM":                   {"hunter2", assertion.ErrNoPEM},
		"base64 alone":             {base64.StdEncoding.EncodeToString(block.Bytes), assertion.ErrNoPEM},
		"a text before it":         {"key: " + sec1(t, p256), assertion.ErrNoPEM},
		"a text after it":          {sec1(t, p256) + "x", assertion.ErrNoPEM},
		"its lines run together":   {strings.ReplaceAll(sec1(t, p256), "\n", `\n`), assertion.ErrNoPEM},
		"endless":                  {sec1(t, p256) + strings.Repeat(" ", 20<<10) + "x", assertion.ErrNoPEM},
		"two keys":                 {sec1(t, p256) + sec1(t, other), assertion.ErrMore},
		"parameters before it":     {inPEM("EC PARAMETERS", []byte{6, 0}) + sec1(t, p256), assertion.ErrMore},
		"a public key":             {inPEM("PUBLIC KEY", public), assertion.ErrNotKey},
		"an encrypted key":         {inPEM("ENCRYPTED PRIVATE KEY", block.Bytes), assertion.ErrEncrypted},
		"an encrypted SEC 1 key":   {strings.Replace(sec1(t, p256), "KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n", 1), assertion.ErrEncrypted},
		"a header":                 {strings.Replace(sec1(t, p256), "KEY-----\n", "KEY-----\nNote: mine\n\n", 1), assertion.ErrNoPEM},
		"another curve, PKCS #8":   {pkcs8(t, p384), assertion.ErrCurve},
		"another curve, SEC 1":     {sec1(t, p384), assertion.ErrCurve},
		"Ed25519":                  {pkcs8(t, edwards), assertion.ErrCurve},
		"RSA":                      {pkcs8(t, jwttest.NewKey(jwa.RS256, "rsa").Private), assertion.ErrCurve},
		"no DER":                   {inPEM("PRIVATE KEY", []byte("hunter2")), assertion.ErrMalformed},
		"SEC 1 called PKCS #8":     {inPEM("PRIVATE KEY", block.Bytes), assertion.ErrMalformed},
		"cut short":                {inPEM("EC PRIVATE KEY", block.Bytes[:len(block.Bytes)-1]), assertion.ErrMalformed},
		"bytes after it":           {inPEM("EC PRIVATE KEY", append(block.Bytes[:len(block.Bytes):len(block.Bytes)], 0)), assertion.ErrMalformed},
		"another version":          {changed("\x02\x01\x01", "\x02\x01\x02"), assertion.ErrMalformed},
		"another key's public key": {changed(scalar, foreign), assertion.ErrMalformed},
		"zero":                     {changed(scalar, strings.Repeat("\x00", 32)), assertion.ErrMalformed},
		"the curve's order":        {changed(scalar, order), assertion.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			if key, err := assertion.ParseKey(test.text); key != nil || !errors.Is(err, test.want) {
				t.Errorf("%v, %v, want %v", key, err, test.want)
			}
		})
	}
}

// FuzzParseKey: what is taken, Go's own parser takes for the same key.
func FuzzParseKey(f *testing.F) {
	f.Add([]byte(pkcs8(f, testKey("a"))))
	f.Add([]byte(sec1(f, testKey("a"))))
	for _, text := range []string{pkcs8(f, testKey("a")), sec1(f, testKey("a"))} {
		block, _ := pem.Decode([]byte(text))
		f.Add(block.Bytes)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, text := range []string{string(data), inPEM("PRIVATE KEY", data), inPEM("EC PRIVATE KEY", data)} {
			key, err := assertion.ParseKey(text)
			if (key == nil) != (err != nil) {
				t.Fatal(key, err)
			}
			if key == nil {
				continue
			}
			block, _ := pem.Decode([]byte(strings.TrimSpace(text)))
			var theirs any
			if block.Type == "PRIVATE KEY" {
				theirs, err = x509.ParsePKCS8PrivateKey(block.Bytes)
			} else {
				theirs, err = x509.ParseECPrivateKey(block.Bytes)
			}
			if err != nil {
				t.Fatalf("taken, but for crypto/x509: %v", err)
			}
			again, err := x509.ParsePKCS8PrivateKey(key.PKCS8)
			if err != nil || !again.(*ecdsa.PrivateKey).Equal(theirs) {
				t.Errorf("read as another key: %v", err)
			}
		}
	})
}

// numberOf is the private number of a key.
func numberOf(t *testing.T, key *ecdsa.PrivateKey) []byte {
	t.Helper()
	number, err := key.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return number
}

// goSigner signs with Go, and random bytes of this machine.
func goSigner(key *assertion.Key) assertion.Signer {
	return assertion.GoSigner{Key: key, Random: func(to []byte) error {
		_, err := rand.Read(to)
		return err
	}}
}

// verifies reports what Go's own package says of a signature, r||s.
func verifies(key *ecdsa.PublicKey, signed string, signature []byte) bool {
	hash := sha256.Sum256([]byte(signed))
	return ecdsa.Verify(key, hash[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
}
