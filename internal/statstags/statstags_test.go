package statstags_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/sessiongate/sessiongate/internal/statstags"
)

// TestFiles holds every file to the list.
func TestFiles(t *testing.T) {
	for _, name := range statstags.Files() {
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		updated, err := statstags.Update(string(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if updated != string(text) {
			t.Errorf("%s is not up to date: run go generate ./internal/statstags", name)
		}
	}
}

// labels are what Envoy makes of a name, and what it leaves of it. Every pattern
// sees the whole name.
func labels(name string) (found map[string]string, left string) {
	found = map[string]string{}
	gone := make([]bool, len(name))
	for _, tag := range statstags.All() {
		m := regexp.MustCompile(tag.Regex).FindStringSubmatchIndex(name)
		if m == nil {
			continue
		}
		found[tag.Name] = name[m[4]:m[5]]
		for i := m[2]; i < m[3]; i++ {
			gone[i] = true
		}
	}
	for i := range name {
		if !gone[i] {
			left += name[i : i+1]
		}
	}
	return found, left
}

// TestNamesOfUsers: providers and rules are named by users, who may take the
// name of a label.
func TestNamesOfUsers(t *testing.T) {
	for name, want := range map[string]struct {
		left   string
		labels map[string]string
	}{
		"decisions.provider.outcome.outcome.signed-in.reason.none.enforced.true": {"decisions",
			map[string]string{"provider": "outcome", "outcome": "signed-in", "reason": "none", "enforced": "true"}},
		"decisions.provider.a_b-1.outcome.denied.reason.jwk-kid-mismatch.enforced.false": {"decisions",
			map[string]string{"provider": "a_b-1", "outcome": "denied", "reason": "jwk-kid-mismatch", "enforced": "false"}},
		"key_fetches.provider.result.result.not-sent":   {"key_fetches", map[string]string{"provider": "result", "result": "not-sent"}},
		"refusals.reason.claims-mismatch.rule.reason":   {"refusals", map[string]string{"reason": "claims-mismatch", "rule": "reason"}},
		"refusals.reason.claims-mismatch.rule.rules[3]": {"refusals", map[string]string{"reason": "claims-mismatch", "rule": "rules[3]"}},
		"keys.provider.provider":                        {"keys", map[string]string{"provider": "provider"}},
		"keys_age_seconds.provider.clerk":               {"keys_age_seconds", map[string]string{"provider": "clerk"}},
		"verifications.by.cache":                        {"verifications", map[string]string{"by": "cache"}},
		"own_time_microseconds":                         {"own_time_microseconds", map[string]string{}},
	} {
		got, left := labels("wasmcustom.sessiongate." + name)
		if left != "wasmcustom.sessiongate."+want.left || len(got) != len(want.labels) {
			t.Errorf("%s: %v, %s is left", name, got, left)
		}
		for label, value := range want.labels {
			if got[label] != value {
				t.Errorf("%s: %s is %q, want %q", name, label, got[label], value)
			}
		}
	}
}
