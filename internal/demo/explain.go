package demo

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// Explain is the command that explains a visit without Envoy. What it reads,
// the filter's configuration and the issuer's keys, is written to files that
// Stop removes.
func (d *Demo) Explain(binary string, issuer *idp.Issuer, visit Visit) (string, error) {
	dir, err := os.MkdirTemp("", "sessiongate-demo-")
	if err != nil {
		return "", err
	}
	d.stops = append(d.stops, func() { _ = os.RemoveAll(dir) })
	configuration, keys := filepath.Join(dir, "filter.json"), filepath.Join(dir, "keys.json")
	if err := os.WriteFile(configuration, d.Configuration, 0o600); err != nil {
		return "", err
	}
	if err := os.WriteFile(keys, issuer.KeySet(), 0o600); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s explain %s %s/hello --keys %s=%s -H '%s: %s'",
		binary, configuration, d.URL, issuer.Vendor, keys, visit.Header[0], visit.Header[1]), nil
}
