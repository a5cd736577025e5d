package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// Flood is what users with good tokens notice of tokens with random key ids.
// Times are in microseconds.
type Flood struct {
	Random  int     `json:"tokens_with_random_key_ids"`
	Seconds float64 `json:"seconds"`
	Fetches int64   `json:"fetches"`
	Good    int     `json:"good_tokens"`
	Failed  int     `json:"good_tokens_not_signed_in"`

	// The good ones alone, beside as many other good ones, and in the flood.
	QuietP50 float64 `json:"quiet_p50_us"`
	QuietP99 float64 `json:"quiet_p99_us"`
	BusyP50  float64 `json:"busy_p50_us"`
	BusyP99  float64 `json:"busy_p99_us"`
	FloodP50 float64 `json:"flood_p50_us"`
	FloodP99 float64 `json:"flood_p99_us"`
}

const (
	floodRandom  = 500 // a second
	floodGood    = 200 // a second
	floodSeconds = 10
)

// measureFlood measures how long requests with good tokens take while others
// send tokens whose key ids nobody knows, with jwksUnknownKeyInterval: 2s.
func measureFlood(ctx context.Context, o options, binary string, r *results) error {
	s, err := newSigner("ES256") // cheap to sign
	if err != nil {
		return err
	}
	s.issuer.Publish(s.key)
	keys, stop, err := idp.NewServer(s.issuer).Start()
	if err != nil {
		return err
	}
	defer stop()
	module, _ := filepath.Abs(o.module)
	ours := way{oursWay, wasm(ourVM, module, "flood", s.fetchingConfiguration(), nil)}
	p, err := envoy.Start(ctx, envoy.Options{Path: binary, Bootstrap: floodBootstrap(ours, keys), Concurrency: 2})
	if err != nil {
		return err
	}
	defer p.Stop()
	listeners, err := p.Listeners(ctx)
	if err != nil {
		return err
	}

	one := bearerRequest(s.token())
	good := pacedLoad{addr: listeners[oursWay], perSecond: floodGood, want: 200, request: func(int) []byte { return one }}
	others := requestsOf(s.tokens(floodSeconds*floodRandom), bearerRequest)
	busy := pacedLoad{addr: good.addr, perSecond: floodRandom, want: 200, request: func(i int) []byte { return others[i%len(others)] }}
	random := requestsOf(s.tokensOfNobody(floodSeconds*floodRandom), bearerRequest)
	flood := pacedLoad{addr: good.addr, perSecond: floodRandom, want: 401, request: func(i int) []byte { return random[i%len(random)] }}

	f := &r.Flood
	us := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
	fmt.Fprintln(os.Stderr, "measuring good tokens, alone, among good ones, and in a flood of random key ids")
	if _, _, err := runPaced(time.Second, good, busy); err != nil { // for warming up
		return err
	}
	quiet, _, err := runPaced(floodSeconds*time.Second, good)
	if err != nil {
		return err
	}
	among, _, err := runPaced(floodSeconds*time.Second, good, busy)
	if err != nil {
		return err
	}
	before := s.issuer.Fetches.Load()
	inFlood, refused, err := runPaced(floodSeconds*time.Second, good, flood)
	if err != nil {
		return err
	}
	f.Fetches = s.issuer.Fetches.Load() - before
	if refused.failed > 0 {
		return fmt.Errorf("%d of %d tokens with random key ids did not get 401", refused.failed, len(refused.latencies))
	}
	f.Random = len(refused.latencies)
	f.Good, f.Failed, f.Seconds = len(inFlood.latencies), inFlood.failed, inFlood.elapsed.Seconds()
	f.QuietP50, f.QuietP99 = us(quiet.quantile(0.5)), us(quiet.quantile(0.99))
	f.BusyP50, f.BusyP99 = us(among.quantile(0.5)), us(among.quantile(0.99))
	f.FloodP50, f.FloodP99 = us(inFlood.quantile(0.5)), us(inFlood.quantile(0.99))
	return nil
}

// fetchingConfiguration is ours with keys that are fetched.
func (s *signer) fetchingConfiguration() string {
	return string(mustJSON(object{"providers": list{object{
		"preset": "clerk", "publishableKey": s.issuer.PublishableKey,
		"authorizedParties": list{"https://app.example.com"}, "algorithms": list{s.algorithm},
		"jwksCluster": "keys", "jwksUnknownKeyInterval": "2s",
	}}}))
}

// tokensOfNobody are tokens with random key ids.
func (s *signer) tokensOfNobody(n int) []string {
	stranger := *s
	key := *s.key
	stranger.key = &key
	list := make([]string, n)
	for i := range list {
		key.ID = "random-" + strconv.FormatUint(rand.Uint64(), 36)
		list[i] = stranger.token()
	}
	return list
}

func floodBootstrap(w way, keys string) []byte {
	return mustJSON(object{
		"admin": object{"address": address("127.0.0.1:0")},
		"static_resources": object{
			"listeners": list{listener(w, "127.0.0.1:0")},
			"clusters": list{object{
				"name": "keys", "connect_timeout": "1s",
				"load_assignment": object{"cluster_name": "keys", "endpoints": list{object{
					"lb_endpoints": list{object{"endpoint": object{"address": address(keys)}}}}}},
			}},
		},
	})
}
