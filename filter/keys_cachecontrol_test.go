package filter_test

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

func TestCacheControl(t *testing.T) {
	tests := map[string]struct {
		header string
		next   time.Duration
	}{
		"none":       {"", 5 * time.Minute},
		"shorter":    {"public, max-age=60", time.Minute},
		"longer":     {"max-age=86400", 5 * time.Minute},
		"zero":       {"max-age=0", time.Second},
		"no-store":   {"no-store", 5 * time.Minute},
		"two values": {"max-age=100, max-age=50", 50 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			p.Random = func() float64 { return 0 } // no refresh is early
			p.OnDispatch = func(c *filtertest.Call) {
				c.Answer(200, [][2]string{{"cache-control", test.header}}, jwttest.JWKSet(keyA))
			}
			conf := configuration(t, nil, provider(nil))
			start(t, p, conf)
			start(t, p, conf) // which learns it from the first
			p.Advance(time.Millisecond)
			p.OnDispatch = nil
			p.Advance(test.next - time.Millisecond)
			if n := len(p.Calls()); n != 1 {
				t.Fatalf("%d fetches before %v", n, test.next)
			}
			p.Advance(2 * time.Millisecond)
			if n := len(p.Calls()); n != 2 {
				t.Errorf("%d fetches after %v, want 2", n, test.next)
			}
			correct(t, p)
		})
	}
}
