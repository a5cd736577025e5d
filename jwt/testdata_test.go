package jwt_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

var verification = filepath.Join("..", "internal", "testkit", "verification")

// TestCases runs the project's own cases, whether VECTORS is set or not.
func TestCases(t *testing.T) { runCases(t, filepath.Join(verification, "cases.jsonl")) }

// TestRFCExamples verifies the signatures of the RFCs' examples, most of which
// sign no JWT, and that no part of them can be changed.
func TestRFCExamples(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(verification, "rfc.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Name  string
		JWK   json.RawMessage
		Token string
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	for _, example := range examples {
		t.Run(example.Name, func(t *testing.T) {
			key := mustSet(t, `{"keys":[`+string(example.JWK)+`]}`, jwks.Inline).Keys[0]
			dot := strings.LastIndexByte(example.Token, '.')
			signed := example.Token[:dot]
			signature, err := base64.RawURLEncoding.DecodeString(example.Token[dot+1:])
			if err != nil {
				t.Fatal(err)
			}
			header, err := base64.RawURLEncoding.DecodeString(signed[:strings.IndexByte(signed, '.')])
			if err != nil {
				t.Fatal(err)
			}
			alg, ok := jwa.ByName(jwt.Member(header, "alg").Text)
			if !ok || !(jwt.Go{}).Verify(alg, key, signed, signature) {
				t.Error("does not verify")
			}
			if (jwt.Go{}).Verify(alg, key, signed+"A", signature) {
				t.Error("verifies with another payload")
			}
			for i := 0; i < len(signature); i += 5 {
				signature[i] ^= 0x10
				if (jwt.Go{}).Verify(alg, key, signed, signature) {
					t.Errorf("verifies with byte %d of the signature changed", i)
				}
				signature[i] ^= 0x10
			}
			for _, other := range jwa.All().List() {
				if other != alg && (jwt.Go{}).Verify(other, key, signed, signature) {
					t.Errorf("verifies as %v", other)
				}
			}
		})
	}
}

// TestRFCTokens are the examples that are JWTs, or what must be refused.
func TestRFCTokens(t *testing.T) {
	const joe = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
	for name, row := range map[string]struct {
		token string
		form  reason.Reason // of Parse
		head  reason.Reason // of Expect.Header
	}{
		"RFC 7515 A.1, HS256":     {"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + joe + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", reason.None, reason.TokenInvalidAlgorithm},
		"RFC 7515 A.2, RS256":     {"eyJhbGciOiJSUzI1NiJ9." + joe + ".AAAA", reason.None, reason.None},
		"RFC 7515 A.4, ES512":     {"eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AAAA", reason.TokenInvalid, reason.None},
		"RFC 7515 A.5, unsecured": {"eyJhbGciOiJub25lIn0." + joe + ".", reason.None, reason.TokenInvalidAlgorithm},
		"RFC 7515 A.7, JSON":      {`{"payload":"` + joe + `","protected":"eyJhbGciOiJFUzI1NiJ9","signature":"AAAA"}`, reason.TokenInvalid, reason.None},
		"RFC 7515 F, detached":    {"eyJhbGciOiJSUzI1NiJ9..AAAA", reason.TokenInvalid, reason.None},
		"RFC 7797 4.2, unencoded": {"eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19.$.02.AAAA", reason.TokenInvalid, reason.None},
		"RFC 7797, b64 and crit":  {"eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19." + joe + ".AAAA", reason.TokenInvalid, reason.None},
	} {
		t.Run(name, func(t *testing.T) {
			p, r := jwt.Parse(jwt.Token(row.token), 8192)
			if r != row.form {
				t.Fatalf("Parse: %q", r.String())
			}
			if r != reason.None {
				return
			}
			e := expect()
			e.Issuers = []string{"joe"}
			if r := e.Header(p); r != row.head {
				t.Errorf("Header: %q", r.String())
			}
			if p.Claims.Issuer != "joe" || !p.Claims.Expiry.Time().Equal(time.Unix(1300819380, 0)) || jwt.Member(p.Payload, "http://example.com/is_root").Raw != "true" {
				t.Errorf("Claims: %+v", p.Claims)
			}
		})
	}
}
