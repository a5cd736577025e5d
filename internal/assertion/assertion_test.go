package assertion_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"

	"github.com/sessiongate/sessiongate/internal/assertion"
)

var (
	now      = time.Unix(1_800_000_000, 500_000_000)
	settings = assertion.Settings{
		Issuer: "https://gate.example.com", Audience: "backend", Header: "x-sessiongate-assertion",
		Lifetime: time.Minute, Type: "sessiongate+jwt", Subject: assertion.Plain,
	}
)

// decoded is an assertion as an ordinary library reads it, with the keys that
// are published.
func decoded(t testing.TB, m *assertion.Maker, text string) (*jwt.Token, jwt.MapClaims) {
	t.Helper()
	var set jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(m.KeySet), &set); err != nil {
		t.Fatal(err)
	}
	claims := jwt.MapClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"ES256"}), jwt.WithTimeFunc(func() time.Time { return now }),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithStrictDecoding())
	token, err := parser.ParseWithClaims(text, claims, func(token *jwt.Token) (any, error) {
		for _, key := range set.Key(token.Header["kid"].(string)) {
			if key.Algorithm == "ES256" && key.Use == "sig" && key.IsPublic() {
				return key.Key, nil
			}
		}
		return nil, errors.New("no such key")
	})
	if err != nil {
		t.Fatal(err)
	}
	return token, claims
}

func TestMake(t *testing.T) {
	key := parse(t, pkcs8(t, testKey("a")))
	m := assertion.New(settings, goSigner(key), key, nil)
	a, err := m.Make(&assertion.Claims{
		Audience: "backend", Provider: "mine", ID: "user_1", SessionID: "sess_1", Kind: "session",
		OrgID: "org_1", OrgRole: "org:admin", OrgSlug: "acme", OrgPermissions: []string{"org:a:read", "org:b:write"},
		Actor: "user_2", Name: "Zoë \"Z\" \\ \n\t\x01", Email: "zoe@example.com",
	}, now, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	token, claims := decoded(t, m, a.Text)
	if want := map[string]any{"alg": "ES256", "kid": key.ID, "typ": "sessiongate+jwt"}; !reflect.DeepEqual(token.Header, want) {
		t.Errorf("header %v", token.Header)
	}
	want := jwt.MapClaims{
		"iss": "https://gate.example.com", "aud": "backend", "iat": 1800000000.0, "exp": 1800000060.0,
		"sub": "user_1", "sid": "sess_1", "provider": "mine", "kind": "session",
		"org_id": "org_1", "org_role": "org:admin", "org_slug": "acme", "org_permissions": []any{"org:a:read", "org:b:write"},
		"actor": "user_2", "name": "Zoë \"Z\" \\ \n\t\x01", "email": "zoe@example.com",
	}
	if !reflect.DeepEqual(claims, want) {
		t.Errorf("claims %v,\nwant %v", claims, want)
	}
}

func TestMakeLittle(t *testing.T) {
	key := parse(t, pkcs8(t, testKey("a")))
	for subject, want := range map[string]jwt.MapClaims{
		assertion.Plain:         {"sub": "user_1"},
		assertion.ProviderAndID: {"sub": "mine|user_1"},
	} {
		s := settings
		s.Subject = subject
		m := assertion.New(s, goSigner(key), key, nil)
		a, err := m.Make(&assertion.Claims{Audience: "other", Provider: "mine", ID: "user_1"}, now, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		_, claims := decoded(t, m, a.Text)
		want["iss"], want["aud"], want["provider"] = "https://gate.example.com", "other", "mine"
		want["iat"], want["exp"] = 1800000000.0, 1800000060.0
		if !reflect.DeepEqual(claims, want) {
			t.Errorf("claims %v,\nwant %v", claims, want)
		}
	}
}

type failing struct{}

var errSigner = errors.New("no")

func (failing) Sign(string) ([]byte, error) { return nil, errSigner }

func TestMakeFails(t *testing.T) {
	m := assertion.New(settings, failing{}, parse(t, pkcs8(t, testKey("a"))), nil)
	if a, err := m.Make(&assertion.Claims{Audience: "a", ID: "u"}, now, time.Time{}); !errors.Is(err, errSigner) || a.Text != "" {
		t.Error(a, err)
	}
}

// TestKeySet: the next key is published, and only the public parts. Another
// library computes the same thumbprints.
func TestKeySet(t *testing.T) {
	a, b := parse(t, pkcs8(t, testKey("a"))), parse(t, pkcs8(t, testKey("b")))
	for name, test := range map[string]struct {
		next *assertion.Key
		want []string
	}{
		"one key":                  {nil, []string{a.ID}},
		"with the next":            {b, []string{a.ID, b.ID}},
		"with the next, once more": {a, []string{a.ID}},
	} {
		t.Run(name, func(t *testing.T) {
			var set struct{ Keys []map[string]string }
			text := assertion.New(settings, goSigner(a), a, test.next).KeySet
			if err := json.Unmarshal([]byte(text), &set); err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, key := range set.Keys {
				ids = append(ids, key["kid"])
				if len(key) != 7 || key["kty"] != "EC" || key["crv"] != "P-256" || key["alg"] != "ES256" || key["use"] != "sig" {
					t.Errorf("published: %v", key)
				}
			}
			if !reflect.DeepEqual(ids, test.want) {
				t.Errorf("published: %q, want %q", ids, test.want)
			}
			var theirs jose.JSONWebKeySet
			if err := json.Unmarshal([]byte(text), &theirs); err != nil {
				t.Fatal(err)
			}
			for _, key := range theirs.Keys {
				if sum, err := key.Thumbprint(5); err != nil || base64URL(sum) != key.KeyID {
					t.Errorf("kid %s, thumbprint %s, %v", key.KeyID, base64URL(sum), err)
				}
			}
		})
	}
}

// TestKeyOfRFC7515: RFC 7515 appendix A.3.1 has a key with its private part.
func TestKeyOfRFC7515(t *testing.T) {
	key := parse(t, rfc7515)
	if want := `{"keys":[{"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kid":"` +
		key.ID + `","alg":"ES256","use":"sig"}]}`; assertion.New(settings, goSigner(key), key, nil).KeySet != want {
		t.Errorf("published: %s, want %s", assertion.New(settings, goSigner(key), key, nil).KeySet, want)
	}
}

// FuzzStrings: encoding/json reads every text back.
func FuzzStrings(f *testing.F) {
	f.Add("user_1", "a\"b\\c\x00\x1f\x7f<>&\u2028é")
	key := parse(f, pkcs8(f, testKey("a")))
	m := assertion.New(settings, goSigner(key), key, nil)
	f.Fuzz(func(t *testing.T, id, name string) {
		id, name = valid(id), valid(name)
		a, err := m.Make(&assertion.Claims{Audience: "b", ID: id, OrgPermissions: []string{name, id}, Name: name}, now, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		_, claims := decoded(t, m, a.Text)
		sub, _ := claims["sub"].(string)
		got, _ := claims["name"].(string)
		if sub != id || got != name || !reflect.DeepEqual(claims["org_permissions"], []any{name, id}) {
			t.Errorf("%q, %q came back as %v", id, name, claims)
		}
	})
}
