package main

import (
	"path/filepath"
	"strings"
)

// The names of the ways, as the tables show them.
const (
	noFilter   = "no filter"
	emptyWay   = "empty Wasm filter"
	authzWay   = "ext_authz"
	nativeWay  = "jwt_authn"
	cachedWay  = "jwt_authn, cache"
	oursWay    = "sessiongate"
	oursGoWay  = "sessiongate, Go"
	otherWay   = "sessiongate, other"
	thousand   = 1000
	inGo       = "SESSIONGATE_VERIFY"
	tokensSeen = "one token"
)

// plan lays out the listeners and what is sent to them: under each algorithm
// one token, a thousand tokens and tokens that are new each time, as bearer;
// and one token in a cookie. Under RS256 the same with signed assertions.
func plan(o options, authorizer string) ([]way, []workload, error) {
	module, err := filepath.Abs(o.module)
	if err != nil {
		return nil, nil, err
	}
	empty, err := filepath.Abs(o.empty)
	if err != nil {
		return nil, nil, err
	}
	ways := []way{
		{noFilter, nil},
		{emptyWay, wasm(emptyVM, empty, "empty", "", nil)},
		{authzWay, extAuthz(authorizer)},
	}
	var workloads []workload
	for _, algorithm := range []string{"RS256", "ES256", "EdDSA"} {
		s, err := newSigner(algorithm)
		if err != nil {
			return nil, nil, err
		}
		name := func(way string) string { return way + " " + algorithm }
		ways = append(ways,
			way{name(nativeWay), jwtAuthn(s.issuer.URL, s.keySet(), "__session", false)},
			way{name(cachedWay), jwtAuthn(s.issuer.URL, s.keySet(), "__session", true)},
			way{name(oursWay), wasm(ourVM, module, algorithm, s.configuration(), nil)},
			way{name(oursGoWay), wasm(ourVM+"-go", module, algorithm, s.configuration(), object{inGo: "go"})},
		)
		all := []string{noFilter, emptyWay, name(nativeWay), name(cachedWay), name(oursWay)}
		if o.other != "" {
			other, err := filepath.Abs(o.other)
			if err != nil {
				return nil, nil, err
			}
			ways = append(ways, way{name(otherWay), wasm(ourVM+"-other", other, algorithm, s.configuration(), nil)})
			all = append(all, name(otherWay))
		}
		if algorithm == "RS256" {
			all = append(all, authzWay)
		}
		one := s.token()
		add := func(w workload, requests func() [][]byte) {
			if strings.Contains(w.name, o.only) {
				w.requests = requests()
				workloads = append(workloads, w)
			}
		}
		add(workload{name: tokensSeen + ", bearer, " + algorithm, ways: all},
			func() [][]byte { return [][]byte{bearerRequest(one)} })
		add(workload{name: "1,000 tokens, bearer, " + algorithm, ways: all},
			func() [][]byte { return requestsOf(s.tokens(thousand), bearerRequest) })
		add(workload{name: "new tokens, bearer, " + algorithm, ways: append(all, name(oursGoWay)), fresh: true},
			func() [][]byte { return requestsOf(s.tokens(o.requests/2*(o.rounds+1)), bearerRequest) })
		if algorithm == "RS256" {
			add(workload{name: tokensSeen + ", cookie, " + algorithm, ways: all},
				func() [][]byte { return [][]byte{cookieRequest(one)} })
			signing, signed, err := assertionPlan(o, module, s)
			if err != nil {
				return nil, nil, err
			}
			ways, workloads = append(ways, signing...), append(workloads, signed...)
		}
	}
	return ways, workloads, nil
}

func requestsOf(tokens []string, request func(string) []byte) [][]byte {
	list := make([][]byte, len(tokens))
	for i, t := range tokens {
		list[i] = request(t)
	}
	return list
}
