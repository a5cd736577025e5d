package assertion_test

import (
	"crypto/x509"
	"errors"
	"testing"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/der"
)

// TestPKCS8End is a table of what may stand behind the private key in PKCS #8
// (RFC 5958 section 2): attributes and, in version 2, the public key.
func TestPKCS8End(t *testing.T) {
	key, other := testKey("a"), testKey("b")
	info, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	all := der.Reader(info)
	body, _ := all.Next(der.Sequence)
	if _, ok := body.Unsigned(); !ok {
		t.Fatal("PKCS #8 without a version")
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := other.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	public := func(point []byte) string { return string(der.Encode(der.Implicit1, []byte{0}, point)) }
	const v1, v2 = 0, 1
	for name, row := range map[string]struct {
		version byte
		end     string
		ok      bool
	}{
		"nothing":                 {v1, "", true},
		"nothing, v2":             {v2, "", true},
		"attributes":              {v1, "\xa0\x02\x31\x00", true},
		"the public key, v2":      {v2, public(point), true},
		"both, v2":                {v2, "\xa0\x00" + public(point), true},
		"the public key, v1":      {v1, public(point), false},
		"both in the wrong order": {v2, public(point) + "\xa0\x00", false},
		"another public key":      {v2, public(foreign), false},
		"a public key cut short":  {v2, public(point[:64]), false},
		"no whole bytes":          {v2, string(der.Encode(der.Implicit1, []byte{1}, point)), false},
		"an empty public key":     {v2, "\x81\x00", false},
		"attributes twice":        {v1, "\xa0\x00\xa0\x00", false},
		"another element":         {v1, "\x05\x00", false},
		"no DER":                  {v1, "x", false},
		"version 3":               {2, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			text := inPEM("PRIVATE KEY", der.Encode(der.Sequence, []byte{der.Integer, 1, row.version}, body, []byte(row.end)))
			got, err := assertion.ParseKey(text)
			switch {
			case row.ok && (err != nil || got.ID != parse(t, pkcs8(t, key)).ID):
				t.Errorf("%v, %v", got, err)
			case !row.ok && !errors.Is(err, assertion.ErrMalformed):
				t.Errorf("%v, %v, want %v", got, err, assertion.ErrMalformed)
			}
		})
	}
}
