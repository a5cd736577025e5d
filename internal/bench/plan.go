package main

import (
	"path/filepath"
	"slices"
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
	plainWay   = "sessiongate, plain RS256"
	manyWay    = "sessiongate, many" // whose cache holds no other workload's tokens
	thousand   = 1000
	inGo       = "SESSIONGATE_VERIFY"
	tokensSeen = "one token"
	newTokens  = "new tokens"
)

// manyTokens are how many different tokens come in any order.
var manyTokens = []struct {
	name string
	n    int
}{{"10 tokens", 10}, {"100 tokens", 100}, {"1,000 tokens", thousand}}

// plan lays out the listeners and what is sent to them: under each algorithm
// one token, a thousand tokens and tokens that are new each time, as bearer.
// Under RS256 also 10 and 100 tokens, one token in a cookie, with and without the
// preset, and among thirty headers, and the same with signed assertions.
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
	l := &layout{options: o, module: module, ways: ways}
	for _, algorithm := range []string{"RS256", "ES256", "EdDSA"} {
		if err := l.algorithm(algorithm); err != nil {
			return nil, nil, err
		}
	}
	return l.ways, l.workloads, nil
}

// layout is a plan under way.
type layout struct {
	options
	module    string
	ways      []way
	workloads []workload
}

// algorithm adds what is measured under one.
func (l *layout) algorithm(algorithm string) error {
	s, err := newSigner(algorithm)
	if err != nil {
		return err
	}
	all, err := l.verifiers(s)
	if err != nil {
		return err
	}
	one := s.token()
	l.add(tokensSeen+", bearer, "+algorithm, all, func() [][]byte { return [][]byte{bearerRequest(one)} })
	for _, many := range manyTokens {
		ways := slices.Clone(all)
		if many.n == thousand {
			ways[slices.Index(ways, oursWay+" "+algorithm)] = manyWay + " " + algorithm
		}
		if many.n == thousand || algorithm == "RS256" {
			l.add(many.name+", bearer, "+algorithm, ways, func() [][]byte { return requestsOf(s.tokens(many.n), bearerRequest) })
		}
	}
	l.add(newTokens+", bearer, "+algorithm, append(slices.Clone(all), oursGoWay+" "+algorithm),
		func() [][]byte { return requestsOf(s.tokens(l.requests/2*(l.rounds+1)), bearerRequest) })
	if algorithm != "RS256" {
		return nil
	}
	l.ways = append(l.ways, way{plainWay, wasm(ourVM, l.module, "plain", s.plainConfiguration(), nil)})
	l.add(tokensSeen+", cookie, "+algorithm, append(slices.Clone(all), plainWay), func() [][]byte { return [][]byte{cookieRequest(one)} })
	l.add(tokensSeen+", bearer, 30 headers, "+algorithm, all, func() [][]byte { return [][]byte{longRequest(one)} })
	signing, signed, err := assertionPlan(l.options, l.module, s)
	l.ways, l.workloads = append(l.ways, signing...), append(l.workloads, signed...)
	return err
}

// verifiers adds the ways that verify a signer's tokens, and returns the names of
// all that serve them.
func (l *layout) verifiers(s *signer) ([]string, error) {
	name := func(way string) string { return way + " " + s.algorithm }
	l.ways = append(l.ways,
		way{name(nativeWay), jwtAuthn(s.issuer.URL, s.keySet(), "__session", false)},
		way{name(cachedWay), jwtAuthn(s.issuer.URL, s.keySet(), "__session", true)},
		way{name(oursWay), wasm(ourVM, l.module, s.algorithm, s.configuration(), nil)},
		way{name(manyWay), wasm(ourVM, l.module, s.algorithm+"-many", s.configuration(), nil)},
		way{name(oursGoWay), wasm(ourVM+"-go", l.module, s.algorithm, s.configuration(), object{inGo: "go"})},
	)
	all := []string{noFilter, emptyWay, name(nativeWay), name(cachedWay), name(oursWay)}
	if l.other != "" {
		other, err := filepath.Abs(l.other)
		if err != nil {
			return nil, err
		}
		l.ways = append(l.ways, way{name(otherWay), wasm(ourVM+"-other", other, s.algorithm, s.configuration(), nil)})
		all = append(all, name(otherWay))
	}
	if s.algorithm == "RS256" {
		all = append(all, authzWay)
	}
	return all, nil
}

// add adds a workload, if it is asked for. That of new tokens has requests for all
// rounds.
func (l *layout) add(name string, ways []string, requests func() [][]byte) {
	if strings.Contains(name, l.only) {
		l.workloads = append(l.workloads, workload{name: name, ways: ways, requests: requests(), fresh: strings.HasPrefix(name, newTokens)})
	}
}

func requestsOf(tokens []string, request func(string) []byte) [][]byte {
	list := make([][]byte, len(tokens))
	for i, t := range tokens {
		list[i] = request(t)
	}
	return list
}
