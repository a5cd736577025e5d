package assertion_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/assertion"
)

func base64URL(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func valid(s string) string { return strings.ToValidUTF8(s, "?") }

// rfc7515 is the key of RFC 7515 appendix A.3.1.
var rfc7515 = func() string {
	unbase64 := func(s string) string {
		data, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil {
			panic(err)
		}
		return string(data)
	}
	d := unbase64("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI")
	// ECPrivateKey without its public key.
	return inPEM("EC PRIVATE KEY", []byte("\x30\x31\x02\x01\x01\x04\x20"+d+"\xa0\x0a\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"))
}()

func TestPeriod(t *testing.T) {
	key := parse(t, pkcs8(t, testKey("a")))
	never := time.Duration(0)
	for name, test := range map[string]struct {
		lifetime, latest time.Duration // latest is from now on
		expires, renew   time.Duration // from the second that it was made in
	}{
		"a minute":                       {time.Minute, never, 60 * time.Second, 30 * time.Second},
		"ten seconds":                    {10 * time.Second, never, 10 * time.Second, 5 * time.Second},
		"ten minutes":                    {10 * time.Minute, never, 600 * time.Second, 570 * time.Second},
		"a token that lasts":             {time.Minute, time.Hour, 60 * time.Second, 30 * time.Second},
		"a token that ends before":       {time.Minute, 40 * time.Second, 40 * time.Second, 40 * time.Second},
		"... in the middle of a second":  {time.Minute, 40*time.Second + 300*time.Millisecond, 40 * time.Second, 40 * time.Second},
		"... at the end of a second":     {time.Minute, 40*time.Second + 600*time.Millisecond, 41 * time.Second, 41 * time.Second},
		"a token that ends with it":      {time.Minute, 59*time.Second + 500*time.Millisecond, 60 * time.Second, 60 * time.Second},
		"a token that ends in no time":   {10 * time.Minute, assertion.Grace, 30 * time.Second, 30 * time.Second},
		"a token that ends right after":  {10 * time.Minute, 601 * time.Second, 600 * time.Second, 570 * time.Second},
		"a token that ends, ten seconds": {10 * time.Second, assertion.Grace, 10 * time.Second, 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			s := settings
			s.Lifetime = test.lifetime
			m := assertion.New(s, goSigner(key), key, nil)
			latest := time.Time{}
			if test.latest != never {
				latest = now.Add(test.latest)
			}
			a, err := m.Make(&assertion.Claims{Audience: "b", ID: "u"}, now, latest)
			if err != nil {
				t.Fatal(err)
			}
			_, claims := decoded(t, m, a.Text)
			began := now.Truncate(time.Second)
			expires, _ := claims.GetExpirationTime()
			if got := expires.Sub(began); got != test.expires {
				t.Errorf("expires after %v, want %v", got, test.expires)
			}
			if got := a.Until.Sub(began); got != test.renew || !a.Since.Equal(began) {
				t.Errorf("made anew after %v, want %v; good since %v", got, test.renew, a.Since)
			}
		})
	}
}

// TestLeft: whenever an assertion may be sent, enough of it is left, whatever
// the session token's end, for as long as that token is accepted.
func TestLeft(t *testing.T) {
	for _, lifetime := range []time.Duration{10 * time.Second, 13 * time.Second, time.Minute, 10 * time.Minute} {
		s := settings
		s.Lifetime = lifetime
		m := assertion.New(s, fixed{}, parse(t, pkcs8(t, testKey("a"))), nil)
		for accepted := 100 * time.Millisecond; accepted < 150*time.Second; accepted += 700 * time.Millisecond {
			end := now.Add(accepted) // the token is refused from here on
			var a assertion.Assertion
			made := 0
			for at := now; at.Before(end); at = at.Add(100 * time.Millisecond) {
				if at.Before(a.Since) || !at.Before(a.Until) {
					a, _ = m.Make(&assertion.Claims{Audience: "b", ID: "u"}, at, end.Add(assertion.Grace))
					made++
				}
				left := expiry(t, a.Text).Sub(at)
				if least := min(lifetime/2, assertion.Grace) - time.Second; left < least {
					t.Fatalf("%v, accepted for %v: %v are left after %v", lifetime, accepted, left, at.Sub(now))
				}
				if expiry(t, a.Text).After(end.Add(assertion.Grace)) {
					t.Fatalf("%v, accepted for %v: it holds too long", lifetime, accepted)
				}
			}
			if most := 2 + int(accepted/(lifetime-min(lifetime/2, assertion.Grace)-time.Second)); made > most {
				t.Fatalf("%v, accepted for %v: %d were made, more than %d", lifetime, accepted, made, most)
			}
		}
	}
}

// fixed signs nothing.
type fixed struct{}

func (fixed) Sign(string) ([]byte, error) { return make([]byte, 64), nil }

func expiry(t *testing.T, text string) time.Time {
	t.Helper()
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(text, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(payload), `"exp":`)
	seconds := int64(0)
	for i := 0; rest[i] >= '0' && rest[i] <= '9'; i++ {
		seconds = 10*seconds + int64(rest[i]-'0')
	}
	return time.Unix(seconds, 0)
}
