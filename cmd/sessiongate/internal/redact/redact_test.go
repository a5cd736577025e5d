package redact

import (
	"encoding/base64"
	"strings"
	"testing"
)

const (
	payload   = "eyJzdWIiOiJ1c2VyXzEifQ"
	signature = "c2lnbmF0dXJlLW9mLWEtdGVzdA"
	token     = "eyJhbGciOiJSUzI1NiJ9." + payload + "." + signature
)

func TestText(t *testing.T) {
	rows := map[string]struct{ text, want string }{
		"a token":             {token, Mark},
		"among others":        {`cookie "a=` + token + `; b" is`, `cookie "a=` + Mark + `; b" is`},
		"two":                 {token + " " + token, Mark + " " + Mark},
		"after other letters": {"x_" + token, "x_" + Mark},
		"a payload":           {"x-payload: " + payload, "x-payload: " + Mark},
		"after a dot":         {"a." + payload + "." + signature, "a." + Mark},
		"spaces in it":        {base64.RawURLEncoding.EncodeToString([]byte(`{ "sub":"u"}`)), Mark},
		"hosts":               {"eyes.example.com, heyho.example.com.", "eyes.example.com, heyho.example.com."},
		"a publishable key":   {"pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"},
		"the letters in keys": {"xxeyJhbGciOiJSUzI1NiJ9xx", "xxeyJhbGciOiJSUzI1NiJ9xx"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			if got := Text(row.text); got != row.want {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}

func TestSecrets(t *testing.T) {
	var s Secrets
	s.Add("opaque-token-1234.second-part-5678")
	s.Add("short")
	if got, want := s.Text("opaque-token-1234, second-part-5678 and opaque-token-1234.second-part-5678 in short"), "[token], [token] and [token] in short"; got != want {
		t.Errorf("%q", got)
	}
}

func TestWriter(t *testing.T) {
	var out strings.Builder
	w := Writer{To: &out}
	for _, part := range []string{"a\nb " + token[:30], token[30:] + " c\nd", " e"} {
		if n, err := w.Write([]byte(part)); n != len(part) || err != nil {
			t.Errorf("%d %v", n, err)
		}
	}
	if err := w.Flush(); err != nil || out.String() != "a\nb "+Mark+" c\nd e" {
		t.Errorf("%q %v", out.String(), err)
	}
}

// FuzzText: a token is found whatever stands around it.
func FuzzText(f *testing.F) {
	f.Add("a", "b")
	f.Add("e.", ".e")
	f.Add("eyJ", "x")
	f.Fuzz(func(t *testing.T, before, after string) {
		got := Text(before + token + after)
		if !strings.Contains(before+after, signature) && strings.Contains(got, signature) {
			t.Errorf("%q", got)
		}
		if !strings.Contains(before+after, payload) && strings.Contains(got, payload) {
			t.Errorf("%q", got)
		}
	})
}
