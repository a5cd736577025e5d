// Package envoytest runs Envoy for tests.
package envoytest

import (
	"context"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// Start runs a bootstrap until the test has ended. It gives the addresses of the
// listeners by their names. Options.Bootstrap is left to it.
func Start(t *testing.T, b *envoy.Bootstrap, o envoy.Options) (process *envoy.Process, listeners map[string]string) {
	t.Helper()
	var err error
	if o.Bootstrap, err = b.YAML(); err != nil {
		t.Fatal(err)
	}
	if process, err = envoy.Start(context.WithoutCancel(t.Context()), o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(process.Stop)
	if listeners, err = process.Listeners(t.Context()); err != nil {
		t.Fatal(err)
	}
	return process, listeners
}
