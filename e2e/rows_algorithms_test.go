package e2e

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// algorithms are all that tokens may be signed with.
var algorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// algorithmIssuer is the name of the issuer that signs with an algorithm.
func algorithmIssuer(algorithm string) string { return "issuer-" + strings.ToLower(algorithm) }

// algorithmConfigs have a provider for each algorithm. Under the first name
// signatures are verified by the host as far as it can, under the second by Go.
func algorithmConfigs() map[string]Config {
	var providers []string
	for _, algorithm := range algorithms {
		issuer := algorithmIssuer(algorithm)
		providers = append(providers, `{"name": "`+issuer+`", "issuer": "{issuer `+issuer+`}",
			"algorithms": ["`+algorithm+`"], "jwks": {jwks `+issuer+`}}`)
	}
	config := `{"providers": [` + strings.Join(providers, ",") + `]}`
	return map[string]Config{
		"algorithms":    {JSON: config},
		"algorithms-go": {JSON: config, Environment: map[string]string{"SESSIONGATE_VERIFY": "go"}},
	}
}

func init() { maps.Copy(configs, algorithmConfigs()) }

// algorithmRows: under every algorithm a good signature passes and others do
// not, whoever verifies it.
func algorithmRows() []Row {
	var rows []Row
	for _, where := range []struct{ config, by string }{{"algorithms", "the host"}, {"algorithms-go", "Go"}} {
		for _, algorithm := range algorithms {
			issuer := algorithmIssuer(algorithm)
			name := algorithm + ", by " + where.by + ": "
			signedIn := "x-identity-status: signed-in\nx-identity-provider: " + issuer + "\nx-identity-user-id: *"
			rows = append(rows,
				Row{Name: name + "a good signature", Config: where.config,
					Request: "GET /\nAuthorization: Bearer {" + issuer + "}",
					Want:    Want{Upstream: signedIn}},
				Row{Name: name + "another signature", Config: where.config,
					Request: "GET /\nAuthorization: Bearer {" + issuer + " tamper=signature}",
					Want:    Want{Status: 401, Reason: "token-invalid-signature"}},
				Row{Name: name + "another payload", Config: where.config,
					Request: "GET /\nAuthorization: Bearer {" + issuer + " tamper=payload}",
					Want:    Want{Status: 401, Reason: "token-invalid-signature"}},
				Row{Name: name + "another algorithm in the header", Config: where.config,
					Request: "GET /\nAuthorization: Bearer {" + issuer + " header.alg=" + anotherThan(algorithm) + "}",
					Want:    Want{Status: 401, Reason: "token-invalid-algorithm"}},
			)
		}
		rows = append(rows, Row{Name: "EdDSA under its name Ed25519, by " + where.by, Config: where.config,
			Request: "GET /\nAuthorization: Bearer {issuer-eddsa header.alg=Ed25519}",
			Want:    Want{Upstream: "x-identity-status: signed-in\nx-identity-provider: issuer-eddsa\nx-identity-user-id: *"}})
	}
	return rows
}

func anotherThan(algorithm string) string {
	if algorithm == "RS256" {
		return "PS256"
	}
	return "RS256"
}

// TestNothingLeaksBetweenListeners: two listeners share a VM, and a token that
// one of them has verified and kept means nothing to the other, which wants
// another audience, or has other keys for the same issuer.
func TestNothingLeaksBetweenListeners(t *testing.T) {
	mint := &Mint{Now: time.Now()}
	config := func(more string) string {
		return mint.fill(`{"providers": [{"name": "plain", "issuer": "{issuer plain}", ` + more + `}]}`)
	}
	e := startEnvoy(t, bootstrap{configs: map[string]string{
		"this":  config(`"jwks": {jwks plain}`),
		"other": config(`"jwks": {jwks plain}, "audiences": ["somebody-else"]`),
		"third": config(`"jwks": {jwks oneauxilia}`),
	}}, envoy.Options{})
	token := mint.fill("{plain}")
	for round := range 3 {
		for listener, want := range map[string]int{"this": 200, "other": 401, "third": 401} {
			got, err := send(e.addrs[listener], parseRequest("GET /\nAuthorization: Bearer "+token, ""))
			if err != nil {
				t.Fatal(err)
			}
			if got.Status != want {
				t.Errorf("round %d, listener %q: %d, want %d", round, listener, got.Status, want)
			}
		}
	}
	stats, err := e.Stats(t.Context(), "verifications.by.cache")
	if err != nil {
		t.Fatal(err)
	}
	cached := int64(0)
	for _, n := range stats {
		cached += n
	}
	if cached != 2 {
		t.Errorf("%d tokens were found in a cache, want 2: the first listener's own", cached)
	}
	e.checkHealth(t)
}
