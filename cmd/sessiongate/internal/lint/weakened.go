package lint

import (
	"net/netip"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// Beyond these a setting is worth a word.
const (
	longSkew  = time.Minute
	longStale = 24 * time.Hour
)

// weakened finds settings that take something from what the filter checks: keys
// without TLS from another machine, and what is only noted, as somebody has
// written it on purpose.
func weakened(s *subject) {
	if s.result == nil {
		return
	}
	for i, p := range s.result.Policy.Providers {
		written := s.providers()[i]
		if uri := written.Get("jwksUri").Str(); written.Get("allowInsecureJwks").IsTrue() && strings.HasPrefix(uri, "http://") && !nearby(uri) {
			s.warn(s.in("providers", i, "allowInsecureJwks"), "weakened-checks", "keys come without TLS from "+problem.Quote(hostIn(uri))+
				", so an attacker between the proxy and the key server can serve keys of their own and sign in as any user; write a jwksUri of https, and leave allowInsecureJwks out")
		}
		if !p.Expect.RequireExpiration {
			s.note(s.in("providers", i, "requireExpiration"), "a token without exp never expires; leave requireExpiration out, or set maxTokenAge")
		}
		if p.Expect.ClockSkew > longSkew {
			s.note(s.in("providers", i, "clockSkew"), "the filter accepts a token for this time after its exp; write \"5s\" where NTP sets the clocks")
		}
		if p.Remote != nil && p.Remote.MaxStale > longStale {
			s.note(s.in("providers", i, "jwksMaxStale"), "while the proxy cannot reach the key server, the filter trusts a withdrawn key for this time; write \"24h\" or less")
		}
		if pending := written.Get("treatPendingAsSignedOut"); pending != nil && !pending.IsTrue() {
			s.note(s.in("providers", i, "treatPendingAsSignedOut"), "a user who has not finished signing in counts as signed-in; leave it out")
		}
	}
}

func (s *subject) note(at spot, message string) {
	s.report(Finding{Level: Note, Path: at.path, Place: at.place, Message: message, See: section("weakened-checks")})
}

// hostIn is the host of a URL that package config took.
func hostIn(uri string) string {
	_, rest, _ := strings.Cut(uri, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	if colon := strings.LastIndexByte(rest, ':'); colon > strings.LastIndexByte(rest, ']') {
		rest = rest[:colon]
	}
	return strings.ToLower(rest)
}

// nearby reports whether a URL leads to this machine, or to a service of the
// mesh or the cluster, whose proxies have TLS of their own.
func nearby(uri string) bool {
	host := hostIn(uri)
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback() || err != nil && !strings.Contains(host, ".") ||
		strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".svc")
}
