package main

import (
	"fmt"
	"strings"
)

// costs is what users want to know, as tables.
func (r *results) costs() string {
	var b strings.Builder
	native := r.low(tokensSeen+", bearer, RS256", nativeWay+" RS256")
	fmt.Fprint(&b, "\n| one request more, RS256 | CPU, µs | of jwt_authn as it comes |\n|---|---|---|\n")
	line := func(what, workload, way string) {
		if low := r.low(workload, way); low != 0 && native != 0 {
			fmt.Fprintf(&b, "| %s | %.1f | %.2f |\n", what, low, low/native)
		}
	}
	seen, fresh := tokensSeen+", bearer, RS256", newTokens+", bearer, RS256"
	line("jwt_authn as it comes, which verifies each time", seen, nativeWay+" RS256")
	line("jwt_authn with its cache, token seen before", seen, cachedWay+" RS256")
	line("jwt_authn with its cache, new token", fresh, cachedWay+" RS256")
	line("ext_authz, asking a service on the same machine that says yes", seen, authzWay)
	line("**sessiongate, token seen before**", seen, oursWay+" RS256")
	line("**sessiongate, token seen before, in a cookie**", tokensSeen+", cookie, RS256", oursWay+" RS256")
	line("**sessiongate, one of 1,000 tokens**", "1,000 tokens, bearer, RS256", manyWay+" RS256")
	line("**sessiongate, new token**", fresh, oursWay+" RS256")
	line("sessiongate with a signed assertion, token seen before", assertionSeen, assertionWay)
	line("sessiongate with an assertion that the proxy signs, new token", assertionNew, assertionWay)
	line("sessiongate with an assertion that Go signs, new token", assertionNew, assertionGoWay)
	if text := r.minute(); text != "" {
		fmt.Fprintf(&b, "\n%s\n", text)
	}
	if ours := r.start(oursWay); ours.Seconds > 0 {
		fmt.Fprintf(&b, "\nThe module has %.1f MB. Envoy is ready %.1f s after its start, and with a filter that does nothing after %.1f s. "+
			"Each further worker takes %.1f MiB.\n", ours.Megabyte, ours.Seconds, r.start(emptyWay).Seconds, r.Memory.PerWorker)
	}
	return b.String() + "\n"
}
