package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
)

// The ways that sign assertions, and what is sent to them.
const (
	unsignedWay    = "sessiongate, no assertion" // with a cache of its own
	assertionWay   = "sessiongate, assertion"
	assertionGoWay = "sessiongate, assertion by Go"
	signInGo       = "SESSIONGATE_SIGN"
	signingKey     = "SESSIONGATE_SIGNING_KEY"

	assertionSeen = "one token, with and without assertion"
	assertionNew  = "new tokens, with and without assertion"
	assertionMany = "10,000 tokens in any order, with and without assertion"
)

// assertionPlan adds the ways that sign, and their workloads, to a plan that has
// the same tokens without assertions.
func assertionPlan(o options, module string, s *signer) ([]way, []workload, error) {
	key, err := newSigningKey()
	if err != nil {
		return nil, nil, err
	}
	var configuration object
	if err := json.Unmarshal([]byte(s.configuration()), &configuration); err != nil {
		return nil, nil, err
	}
	configuration["assertion"] = object{"issuer": "https://gate.example.com", "audience": "backend"}
	text := string(mustJSON(configuration))
	ways := []way{
		{unsignedWay, wasm(ourVM+"-no-assertion", module, "no-assertion", s.configuration(), nil)},
		{assertionWay, wasm(ourVM+"-assertion", module, "assertion", text, object{signingKey: key})},
		{assertionGoWay, wasm(ourVM+"-assertion-go", module, "assertion-go", text, object{signingKey: key, signInGo: "go"})},
	}
	all := []string{noFilter, unsignedWay, assertionWay, assertionGoWay}
	var workloads []workload
	for _, w := range []struct {
		name   string
		tokens int
	}{{assertionSeen, 1}, {assertionMany, 10 * thousand}, {assertionNew, o.requests / 2 * (o.rounds + 1)}} {
		if strings.Contains(w.name, o.only) {
			workloads = append(workloads, workload{
				name: w.name, ways: all, fresh: w.name == assertionNew, requests: requestsOf(s.tokens(w.tokens), bearerRequest),
			})
		}
	}
	return ways, workloads, nil
}

// newSigningKey is a key that no other run has.
func newSigningKey() (string, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", err
	}
	data, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: data})), nil
}

func (r *results) cpu(workload, way string) float64 { return r.row(workload, way).CPU }

// minute says what 10,000 different tokens a minute cost; empty where it was not
// measured.
func (r *results) minute() string {
	without, host, inGo := r.cpu(assertionNew, unsignedWay), r.cpu(assertionNew, assertionWay), r.cpu(assertionNew, assertionGoWay)
	if without == 0 {
		return ""
	}
	// Microseconds for one are hundredths of a second for 10,000.
	return fmt.Sprintf("The first requests of 10,000 different tokens a minute take %.1f s of CPU time a minute without assertions, %.1f s with assertions that the proxy signs, and %.1f s with those that Go signs.",
		without/100, host/100, inGo/100)
}
