package e2e

import (
	"io"
	"log"
	"os"
	"testing"

	built "github.com/sessiongate/sessiongate/internal/testkit/module"
)

// TestMain quietens the SDK's emulator, which logs every call.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}

// root is the top of the repository.
const root = ".."

// module is the path of the built module.
func module(t *testing.T) string {
	t.Helper()
	return built.Built(t, root)
}
