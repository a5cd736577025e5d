package jwt_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	golangjwt "github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// FuzzToken reads any text as a token. What is accepted has one spelling only:
// writing its parts again gives the same text.
func FuzzToken(f *testing.F) {
	for _, alg := range []jwa.Algorithm{jwa.RS256, jwa.ES256, jwa.EdDSA} {
		f.Add(vendorToken(jwttest.NewKey(alg, "fuzz")))
	}
	f.Add(assemble(goodHeader, goodPayload))
	f.Add("..")
	f.Add("e30.e30.")
	key := jwttest.NewKey(jwa.ES256, "fuzz")
	set := mustSet(f, jwttest.JWKSet(key), jwks.Inline)
	f.Fuzz(func(t *testing.T, text string) {
		p, r := parse(jwt.Token(text), 8192)
		if (p == nil) != (r != reason.None) {
			t.Fatal("a token and a reason, or neither")
		}
		reader := newReader()
		if lent, why := reader.Lend(jwt.Token(text), 8192); why != r || !cmp.Equal(lent, p, cmp.AllowUnexported(jwt.Parsed{})) {
			t.Fatalf("lent %#v: %q, parsed %#v: %q", lent, why.String(), p, r.String())
		}
		if p == nil {
			return
		}
		parts := strings.Split(text, ".")
		if len(parts) != 3 {
			t.Fatalf("%d parts", len(parts))
		}
		for i, part := range parts {
			data, err := base64.RawURLEncoding.DecodeString(part)
			if err != nil || base64.RawURLEncoding.EncodeToString(data) != part {
				t.Errorf("part %d has another spelling", i)
			}
			if i < 2 && !json.Valid(data) {
				t.Errorf("part %d is not JSON", i)
			}
		}
		e := expect()
		_, _, _ = e.Verify(p, jwks.Snapshot{Set: set}, jwt.Go{}, now)
	})
}

// FuzzHeader reads any header and any payload.
func FuzzHeader(f *testing.F) {
	for _, header := range []string{goodHeader, `{"alg":"RS256","kid":"k","typ":"at+jwt","cat":"c"}`, `{"alg":"none","crit":["b64"],"b64":false}`, `{"a\u006cg":"ES256"}`} {
		f.Add([]byte(header), []byte(goodPayload))
	}
	f.Fuzz(func(t *testing.T, header, payload []byte) {
		token := jwttest.Encode(header) + "." + jwttest.Encode(payload) + "."
		p, r := parse(jwt.Token(token), 1<<16)
		if r != reason.None {
			return
		}
		var theirs map[string]json.RawMessage
		if err := json.Unmarshal(header, &theirs); err != nil {
			t.Fatalf("encoding/json: %v", err)
		}
		for _, name := range []string{"crit", "b64"} {
			if _, there := theirs[name]; there {
				t.Errorf("a header with %s", name)
			}
		}
		for name, ours := range map[string]string{"alg": p.Header.Algorithm, "kid": p.Header.KeyID, "typ": p.Header.Type, "cat": p.Header.Private} {
			var value string
			if raw, there := theirs[name]; there && (json.Unmarshal(raw, &value) != nil || raw[0] != '"') {
				t.Errorf("%s is no string", name)
			}
			if value != ours {
				t.Errorf("%s reads %q and %q", name, ours, value)
			}
		}
		e := expect()
		if e.Header(p) == reason.None && e.Claims(p, now) == reason.None && p.Claims.Subject == "" {
			t.Error("passes without a subject")
		}
	})
}

// FuzzDifferential signs what the fuzzer says, changes a byte of the token, and
// holds what is accepted against go-jose and golang-jwt: they must accept it.
func FuzzDifferential(f *testing.F) {
	keys := map[jwa.Algorithm]*jwttest.Key{}
	sets := map[jwa.Algorithm]*jwks.Set{}
	for _, alg := range jwttest.Algorithms() {
		keys[alg] = jwttest.NewKey(alg, "k")
		sets[alg] = mustSet(f, jwttest.JWKSet(keys[alg]), jwks.Remote)
		header := `{"alg":"` + alg.Name() + `","kid":"k","typ":"JWT"}`
		f.Add(uint8(alg), []byte(header), []byte(`{"iss":"https://issuer.example","sub":"u","exp":1800000060,"aud":["a"],"azp":"p"}`), 0, byte(0))
		f.Add(uint8(alg), []byte(header), []byte(`{"iss":"https://issuer.example","sub":"u","exp":1.8e9,"nbf":1800000001.5,"iat":1800000000}`), 20, byte('A'))
	}
	f.Add(uint8(jwa.EdDSA), []byte(`{"alg":"EdDSA"}`), []byte(`{"iss":"https://issuer.example","sub":"\ud83d\ude00","exp":1799999996,"x":1e400}`), 0, byte(0))
	golangjwt.TimePrecision = time.Microsecond
	f.Fuzz(func(t *testing.T, algorithm uint8, header, payload []byte, at int, put byte) {
		key := keys[jwa.Algorithm(algorithm)]
		if key == nil || len(header)+len(payload) > 4096 {
			return
		}
		token := []byte(jwttest.SignRaw(key, header, payload))
		if put != 0 && at >= 0 && at < len(token) {
			token[at] = put
		}
		p, r := parse(jwt.Token(token), 8192)
		if r != reason.None {
			return
		}
		e := expect()
		if _, _, r := e.Verify(p, jwks.Snapshot{Set: sets[key.Algorithm]}, jwt.Go{}, now); r != reason.None {
			return
		}
		if readsKeysInHeaders(p) {
			return
		}
		if err := goJOSEAccepts(string(token), key); err != nil {
			t.Errorf("go-jose: %v", err)
		}
		if err := golangJWTAccepts(string(token), key); err != nil {
			t.Errorf("golang-jwt: %v", err)
		}
	})
}

// readsKeysInHeaders tells of tokens that the other libraries refuse because
// they read members that have no power here, or lack a name of an algorithm.
func readsKeysInHeaders(p *jwt.Parsed) bool {
	header, _, _ := strings.Cut(string(p.Token), ".")
	data, _ := base64.RawURLEncoding.DecodeString(header)
	for _, name := range []string{"jwk", "x5c", "nonce", "cty", "enc", "zip"} {
		if jwt.Member(data, name).Exists() {
			return true
		}
	}
	return p.Header.Algorithm == "Ed25519" // RFC 9864 is younger than they are
}

func goJOSEAccepts(token string, key *jwttest.Key) error {
	parsed, err := josejwt.ParseSigned(token, []jose.SignatureAlgorithm{jose.SignatureAlgorithm(key.Algorithm.Name())})
	if err != nil {
		return err
	}
	var claims josejwt.Claims
	if err := parsed.Claims(key.Private.Public(), &claims); err != nil {
		return err
	}
	// It cuts dates to seconds, which the second more makes up for.
	return claims.ValidateWithLeeway(josejwt.Expected{Issuer: "https://issuer.example", Time: now}, 6*time.Second)
}

func golangJWTAccepts(token string, key *jwttest.Key) error {
	_, err := golangjwt.NewParser(
		golangjwt.WithValidMethods([]string{key.Algorithm.Name()}),
		golangjwt.WithLeeway(5*time.Second),
		golangjwt.WithTimeFunc(func() time.Time { return now }),
		golangjwt.WithIssuer("https://issuer.example"),
		golangjwt.WithExpirationRequired(),
		golangjwt.WithIssuedAt(),
		golangjwt.WithJSONNumber(),
	).Parse(token, func(*golangjwt.Token) (any, error) { return key.Private.Public(), nil })
	return err
}
