package config

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/strictjson"
)

func TestFormatDuration(t *testing.T) {
	for text, want := range map[string]string{
		"0s": "0s", "100ms": "100ms", "60s": "1m", "90s": "1m30s", "300s": "5m", "3600s": "1h", "168h": "168h", "1h0m5s": "1h0m5s", "10h10m": "10h10m",
	} {
		var got time.Duration
		d := newDecoder("")
		Duration.read(given{strictjson.Value{Raw: `"` + text + `"`, Text: text}, &Field{Kind: Duration, Max: 1000 * hour, at: &got}, d, "x"})
		if len(d.errors) > 0 || FormatDuration(got) != want {
			t.Errorf("%s is %s, not %s", text, FormatDuration(got), want)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"clockSkew", "issuer", "jwks", "jwksUri", "audiences"}
	for name, want := range map[string]string{
		"clockskew": "clockSkew", "clokcSkew": "clockSkew", "issuers": "issuer", "isuser": "issuer", "audience": "audiences",
		"jwk": "jwks", "colour": "", "x": "", "": "", "completelyDifferent": "",
	} {
		if got := nearest(name, names); got != want {
			t.Errorf("%q is nearest to %q, not %q", name, got, want)
		}
	}
}

func TestURLs(t *testing.T) {
	cases := map[string]struct {
		url  string
		want url
	}{
		"plain":        {"https://a.example", url{scheme: "https", host: "a.example"}},
		"capitals":     {"HTTPS://A.Example/B", url{scheme: "https", host: "a.example", path: "/B"}},
		"port":         {"http://a.example:8080/", url{scheme: "http", host: "a.example", port: ":8080", path: "/"}},
		"query":        {"https://a.example?x=/y", url{scheme: "https", host: "a.example", query: "?x=/y"}},
		"IPv4":         {"https://10.0.0.1/x?y", url{scheme: "https", host: "10.0.0.1", path: "/x", query: "?y"}},
		"IPv6":         {"https://[::1]:443/", url{scheme: "https", host: "[::1]", port: ":443", path: "/"}},
		"at in path":   {"https://a.example/@b", url{scheme: "https", host: "a.example", path: "/@b"}},
		"underscore":   {"https://a_b.example/", url{scheme: "https", host: "a_b.example", path: "/"}},
		"single label": {"http://keys/", url{scheme: "http", host: "keys", path: "/"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, wrong := parseURL(c.url)
			if wrong != "" || got != c.want {
				t.Errorf("%+v, %s", got, wrong)
			}
		})
	}
	for _, bad := range []string{
		"", "a.example", "//a.example", "https:/a.example", "https://", "https://:80", "https://a.example:", "https://a.example:65536",
		"https://a.example:+80", "https://a.example:080", "https://a..b/", "https://.a/", "https://a./", "https://-a/", "https://a b/",
		"https://[::1/", "https://[::1]x/", "https://[]/", "https://[::g]/", "https://a\\b/", "https://a%2fb/", "https://é.example/",
		"https://user@a.example/", "https://a.example/#", "https://a.example/%", "https://a.example/%4", "https://a.example/{x}",
	} {
		if got, wrong := parseURL(bad); wrong == "" {
			t.Errorf("%q is taken: %+v", bad, got)
		}
	}
}
