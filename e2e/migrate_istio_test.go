package e2e

import "testing"

// TestMigrateFromRequestAuthentication follows the page. What its files do is
// tested in e2e/istio, with Istio's control plane.
func TestMigrateFromRequestAuthentication(t *testing.T) {
	m := runMigration(t, "migrate-from-requestauthentication.md")
	for _, name := range []string{"trial.yaml", "both.yaml", "after.yaml"} {
		if m.read(t, name) == "" {
			t.Errorf("%s is empty", name)
		}
	}
}
