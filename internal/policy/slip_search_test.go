package policy

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// fragments are what paths that slip are made of.
var fragments = []string{
	"/", "/", "/", "//", "admin", "ADMIN", "public", "users", "orders", "x", "a", ".css", ".php", "health", "private", "example.com",
	".", "..", "/../", "/./", ";", ";v=1", "..;", `\`, "%2f", "%2F", "%5c", "%2e", "%2E", "%3b", "%25", "%252e",
	"%252f", "%61", "%20", "%c3%a9", "?", "#", " ", "+", "%", "http://", "@", ":", "~", "%00", "é", "É",
}

func joinFragments(picks []byte) string {
	var b strings.Builder
	for _, pick := range picks {
		b.WriteString(fragments[int(pick)%len(fragments)])
	}
	return b.String()
}

// A search with a fixed seed, so that every run of the tests looks further
// than the list does.
func TestNoJoinedPathSlipsPastARule(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	policies := slipPolicies(t)
	for range 3000 {
		picks := make([]byte, 1+random.IntN(12))
		for i := range picks {
			picks[i] = byte(random.Uint32())
		}
		target := "/" + joinFragments(picks)
		for name, p := range policies {
			if server, reads := slips(p, target); server != "" {
				t.Errorf("%s: %q is skipped, and %s reads %q", name, target, server, reads)
			}
		}
	}
}

// FuzzPathSlip looks for a request that a skip rule lets through, and that one
// of the servers takes for a path which a required rule covers.
func FuzzPathSlip(f *testing.F) {
	policies := slipPolicies(f)
	for i, target := range slipTargets {
		f.Add(target, []byte{byte(i), byte(i >> 1)})
	}
	f.Fuzz(func(t *testing.T, target string, picks []byte) {
		target += joinFragments(picks)
		for name, p := range policies {
			if server, reads := slips(p, target); server != "" {
				t.Errorf("%s: %q is skipped, and %s reads %q", name, target, server, reads)
			}
		}
	})
}
