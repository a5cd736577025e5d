package mint

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

var now = time.Unix(1_800_000_000, 0)

// told is a mint with an issuer whose tokens say little.
func told() *Mint {
	return New(now, map[string]Issuer{
		"clerk": {Issuer: issuers.Of("clerk")},
		"mine": {Issuer: issuers.Plain("mine.example.com", issuers.Key("mine", "EdDSA")), Content: func(now time.Time) (header, claims map[string]any) {
			return nil, map[string]any{"sub": "user_1", "exp": now.Unix()}
		}},
	})
}

// TestTokens is a table of words and what the token says, as JSON.
func TestTokens(t *testing.T) {
	const header = `{"alg":"EdDSA","kid":"mine"}`
	for words, want := range map[string]string{
		"mine":                               header + `{"exp":1800000000,"sub":"user_1"}`,
		"mine exp=-60s -sub":                 header + `{"exp":1799999940}`,
		`mine v:=1 o:={"a": "b c"} azp=x`:    header + `{"azp":"x","exp":1800000000,"o":{"a":"b c"},"sub":"user_1","v":1}`,
		`mine {"sub":"x","n":1.50}`:          header + `{"exp":1800000000,"n":1.50,"sub":"x"}`,
		"mine header.typ=JWT -header.kid":    `{"alg":"EdDSA","typ":"JWT"}` + `{"exp":1800000000,"sub":"user_1"}`,
		"mine key=stray pad=3":               header + `{"exp":1800000000,"pad":"xxx","sub":"user_1"}`,
		"mine tamper=payload":                header + `{"exp":1800000000,"sub":"user_mallory"}`,
		"mine https://x.example/a=b a:=[{}]": header + `{"a":[{}],"exp":1800000000,"https://x.example/a":"b","sub":"user_1"}`,
	} {
		got := ""
		for _, part := range strings.Split(told().Fill("{"+words+"}"), ".")[:2] {
			text, err := base64.RawURLEncoding.DecodeString(part)
			if err != nil {
				t.Fatal(err)
			}
			got += string(text)
		}
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", words, got, want)
		}
	}
}

// TestFill: what else words mean, and that one description is one token.
func TestFill(t *testing.T) {
	m := told()
	m.More = func(words []string) (string, bool) { return "own", words[0] == "more" }
	for text, want := range map[string]string{
		"{suffix clerk} {pk clerk} {issuer mine} {more}": "naoXFJnI pk_live_Y2xlcmsuZXhhbXBsZS5jb20k https://mine.example.com own",
		"{suffix nobody} {nobody}":                       "{suffix nobody} {nobody}",
		"{escaped {now}.x}":                              "1800000000%2Ex",
	} {
		if got := m.Fill(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if two := strings.Fields(m.Fill("{clerk iat=-5s} {clerk iat=-5s}")); two[0] != two[1] || m.Minted["clerk iat=-5s"] != two[0] {
		t.Error("one description gives two tokens")
	}
}
