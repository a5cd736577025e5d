package config_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/config/configtest"
)

func TestBad(t *testing.T) {
	for _, row := range configtest.Bad(t) {
		t.Run(row.Name, func(t *testing.T) {
			result, err := config.Load([]byte(row.Config))
			var invalid config.Invalid
			if !errors.As(err, &invalid) || result != nil {
				t.Fatalf("accepted: %v, %v", result, err)
			}
			if diff := cmp.Diff(row.Errors, strings.Split(err.Error(), "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGood(t *testing.T) {
	for _, row := range configtest.Good(t) {
		t.Run(row.Name, func(t *testing.T) {
			result, err := config.Load([]byte(row.Config))
			if err != nil {
				t.Fatal(err)
			}
			if result.Policy == nil || len(result.Policy.Providers) == 0 {
				t.Error("no policy")
			}
			var warnings []string
			for _, w := range result.Warnings {
				warnings = append(warnings, w.String())
			}
			if diff := cmp.Diff(row.Warnings, warnings); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPlaces: a problem says where in the text it is, also one that only shows
// when everything is read.
func TestPlaces(t *testing.T) {
	_, err := config.Load([]byte(`{
  "providers": [
    {"name": "p", "issuer": "i", "jwksUri": "http://k.example/"},
    {"name": "é", "clockSkew": 5,
     "jwksHeaders": {"x": "a", ":p": "b"}, "fromCookies": ["a", "b c"], "fromHeaders": [{"prefix": "x"}]}
  ],
  "rules": [{"paths": ["admin"]}, {"require": [{"claim": ["a", 1]}]}], "nope": 1
}`))
	var invalid config.Invalid
	if !errors.As(err, &invalid) {
		t.Fatal(err)
	}
	var got []string
	for _, p := range invalid {
		got = append(got, fmt.Sprintf("%s %d:%d", p.Path, p.Line, p.Column))
	}
	want := []string{
		"providers[1].name 4:14",
		"providers[1].clockSkew 4:32",
		`providers[1].jwksHeaders[":p"] 5:38`,
		"providers[1].fromCookies[1] 5:65",
		"providers[1].fromHeaders[0].name 5:89",
		"rules[1].require[0].claim[1] 7:64",
		"rules[1].require[0] 7:48",
		"nope 7:80",
		"providers[0].jwksUri 3:45",
		"providers[1].issuer 4:5",
		"providers[1].jwksUri 4:5",
		"rules[0].paths[0] 7:24",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestManyErrors: the work on a configuration that is wrong everywhere is
// bounded.
func TestManyErrors(t *testing.T) {
	cases := map[string]string{
		"unknown fields":   `{"providers": [{` + strings.Repeat(`"jwksUrx%": 1,`, 100_000) + `"x": 1}]}`,
		"list of numbers":  `{"providers": [` + strings.Repeat("1,", 500_000) + `1]}`,
		"list of nothings": `{"providers": [` + strings.Repeat("{},", 500_000) + `{}]}`,
		"deep keys":        `{"providers": [{"name": "p", "issuer": "i", "jwks": "{\"keys\":` + strings.Repeat("[", 2_000_000) + `"}]}`,
		"strings":          `{"allowedOrigins": [` + strings.Repeat(`"x",`, 500_000) + `"x"]}`,
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			for i := 0; strings.Contains(text, "%") && i < 300; i++ {
				text = strings.Replace(text, "%", string(rune('a'+i%26))+string(rune('a'+i/26)), 1)
			}
			_, err := config.Load([]byte(text))
			if err == nil {
				t.Fatal("accepted")
			}
			if lines := strings.Count(err.Error(), "\n"); lines > 100 {
				t.Errorf("%d lines", lines)
			}
		})
	}
}

// TestNoSecrets: what may be a secret is in no message and in no effective
// configuration.
func TestNoSecrets(t *testing.T) {
	const secret = "S3CR3T"
	for _, text := range []string{
		`{"providers": [{"name": "p", "issuer": "i", "jwksUri": "https://user:S3CR3T@k.example/"}]}`,
		`{"providers": [{"name": "p", "issuer": "i", "jwksUri": "S3CR3T"}]}`,
		`{"providers": [{"name": "p", "issuer": "i", "jwksUri": "https://k.example/", "jwksHeaders": {"a": "S3CR3T\n"}}]}`,
		`{"providers": [{"name": "p", "issuer": "i", "jwksUri": "https://k.example/", "jwksHeaders": "S3CR3T"}]}`,
		`{"providers": [{"name": "p", "issuer": "i", "jwks": "S3CR3T"}]}`,
		`{"providers": [{"name": "p", "issuer": "i", "jwks": {"keys": [{"kty": "oct", "k": "S3CR3T"}]}}]}`,
		`{"providers": [{"name": "p", "issuer": "i", "jwks": {"keys": [{"kty": "EC", "d": "S3CR3T"}]}}]}`,
		`{"providers": [{"name": "p", "issuer": "i", "jwks": ["S3CR3T"]}]}`,
		`{"providers": [{"preset": "clerk", "publishableKey": "sk_live_S3CR3T"}]}`,
		`{"providers": [{"preset": "clerk", "secretKey": "S3CR3T"}]}`,
		`{"providers": [{"preset": "clerk", "proxyUrl": "https://S3CR3T@a.example/"}]}`,
	} {
		_, err := config.Load([]byte(text))
		if err == nil {
			t.Errorf("accepted: %s", text)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, row := range append(configtest.Good(f), configtest.Bad(f)...) {
		f.Add([]byte(row.Config))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		result, err := config.Load(data)
		switch {
		case err == nil:
			if result.Policy == nil || len(result.Policy.Providers) == 0 {
				t.Error("neither an error nor a policy")
			}
			result.Effective()
		case result != nil:
			t.Error("an error and a result")
		case err.Error() == "":
			t.Error("an error without a message")
		}
	})
}

// TestTooMany: of a list or an object of headers beyond the bound nothing is
// read, and that is said.
func TestTooMany(t *testing.T) {
	const provider = `{"name": "p", "issuer": "i", "jwksUri": "https://k.example/"`
	var names, headers []string
	for i := range 1001 {
		names = append(names, fmt.Sprintf("\"a%d\"", i))
		headers = append(headers, fmt.Sprintf("\"a%d\": \"v\"", i))
	}
	for field, value := range map[string]string{
		"audiences":   "[" + strings.Join(names, ",") + "]",
		"jwksHeaders": "{" + strings.Join(headers, ",") + "}",
	} {
		t.Run(field, func(t *testing.T) {
			_, err := config.Load([]byte(`{"providers": [` + provider + `, "` + field + `": ` + value + `}]}`))
			want := "providers[0]." + field + ": has more than 1000 elements; write fewer"
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("the error is %v, want %q", err, want)
			}
		})
	}
}
