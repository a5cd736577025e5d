package e2e

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

const assertionHeader = "x-sessiongate-assertion"

// checkAssertion checks the assertion that reached the upstream, or that none
// did, in any spelling.
func checkAssertion(t *testing.T, got result, want Want) {
	t.Helper()
	if len(got.Upstream) == 0 {
		return // an answer to HEAD cannot say what the upstream saw
	}
	var found []string
	for _, h := range got.Upstream {
		if spelling(h[0]) == assertionHeader {
			found = append(found, h[1])
		}
	}
	if want.Assertion == "" {
		if len(found) > 0 && !strings.Contains(want.Upstream, "\n"+assertionHeader+": ") {
			t.Errorf("assertions reached the upstream: %q", found)
		}
		return
	}
	if len(found) != 1 {
		t.Errorf("%d assertions reached the upstream", len(found))
		return
	}
	claims := readAssertion(t, found[0])
	lifetime := claims["exp"].(float64) - claims["iat"].(float64)
	if lifetime < 30 || lifetime > 600 {
		t.Errorf("the assertion holds for %v s", lifetime)
	}
	delete(claims, "exp")
	delete(claims, "iat")
	var lines [][2]string
	for _, name := range slices.Sorted(maps.Keys(claims)) {
		text, ok := claims[name].(string)
		if raw, _ := json.Marshal(claims[name]); !ok || strings.ContainsAny(text, "\n\"") {
			text = string(raw)
		}
		lines = append(lines, [2]string{name, text})
	}
	checkLines(t, "assertion", lines, want.Assertion)
	expected := expectations(want.Assertion)
	for _, line := range lines {
		if !slices.ContainsFunc(expected, func(e expectation) bool { return e.name == line[0] && !e.absent }) {
			t.Errorf("assertion: unexpected %s: %s", line[0], line[1])
		}
	}
}

// readAssertion verifies an assertion with an ordinary library, but for its
// times: not all hosts have today's.
func readAssertion(t *testing.T, text string) jwt.MapClaims {
	t.Helper()
	claims := jwt.MapClaims{}
	token, err := jwt.NewParser(jwt.WithValidMethods([]string{"ES256"}), jwt.WithoutClaimsValidation(), jwt.WithStrictDecoding()).
		ParseWithClaims(text, claims, func(*jwt.Token) (any, error) { return signingKey.Private.Public(), nil })
	if err != nil {
		t.Fatalf("the assertion %q: %v", text, err)
	}
	if token.Header["kid"] != signingKey.ID {
		t.Errorf("kid %v", token.Header["kid"])
	}
	return claims
}
