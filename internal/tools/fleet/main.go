// Command fleet shows what many proxies ask of one key server: in steady state,
// after a restart of all, in an outage and after it, and when a new key is used
// without having been published before.
//
// Each proxy runs the schedule of package jwks/remote, with its randomness, on a
// clock that is set. The network is a latency.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

func main() {
	proxies := flag.Int("proxies", 10_000, "how many proxies")
	restart := flag.Duration("restart", 10*time.Second, "in how much time all of them restart")
	refresh := flag.Duration("refresh", 0, "jwksRefreshInterval; 0: the default")
	flag.Parse()
	source, err := defaults()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fleet:", err)
		os.Exit(1)
	}
	if *refresh > 0 {
		source.RefreshInterval = *refresh
		source.MaxStale = max(source.MaxStale, 2**refresh)
	}
	fmt.Printf("%d proxies, jwksRefreshInterval %v; requests in a second at the key server\n\n", *proxies, source.RefreshInterval)
	fmt.Printf("| when | mean | most in a second |\n|---|---|---|\n")
	for _, l := range simulate(*proxies, *restart, source) {
		fmt.Printf("| %s | %.1f | %d |\n", l.when, l.mean, l.peak)
	}
}

// defaults is a source as the filter has it when only what has to be given is.
func defaults() (remote.Source, error) {
	loaded, err := config.Load([]byte(`{"providers": [{"name": "fleet", "issuer": "https://issuer.example.com",
		"jwksUri": "https://issuer.example.com/jwks.json", "jwksCluster": "issuer", "audiences": ["fleet"]}]}`))
	if err != nil {
		return remote.Source{}, err
	}
	return *loaded.Policy.Providers[0].Remote, nil
}

// load is what reaches the key server in some time.
type load struct {
	when string
	mean float64
	peak int
}

// simulate runs the scenarios one after the other, with the same proxies.
func simulate(proxies int, restart time.Duration, source remote.Source) (loads []load) {
	healthy := server{latency: 50 * time.Millisecond, keys: jwttest.JWKSet(jwttest.NewKey(jwa.ES256, "a"))}
	broken := server{down: true, latency: 50 * time.Millisecond}
	interval := source.RefreshInterval
	f := newFleet(1, healthy)
	phase := func(when string, d time.Duration) {
		since := f.now
		f.run(d)
		mean, peak := f.load(since)
		loads = append(loads, load{when, mean, peak})
	}
	all := f.start(proxies, restart, source)
	phase("all restart within "+restart.String(), restart+time.Second)
	f.run(interval/2 - restart)
	phase("the first refresh after that", interval)
	f.run(8 * interval)
	phase("ten refreshes later", interval)
	f.run(90 * interval)
	phase("a hundred refreshes later: steady state", interval)

	f.server = broken
	f.run(interval + time.Minute)
	phase("an outage, once all have noticed", 5*time.Minute)
	f.server = healthy
	phase("the first 20 s after it", 20*time.Second)
	f.run(interval / 2)
	phase("the first refresh after it", interval)

	f.run(100 * interval)
	for _, p := range all {
		f.at(f.now.Add(time.Duration(f.random.Float64()*float64(2*time.Second))), func() {
			if p.keys.RequestUnknownKey(f.now) {
				p.tick()
			}
		})
	}
	phase("a key that was not published before, seen by all within 2 s", 4*time.Second)
	return loads
}
