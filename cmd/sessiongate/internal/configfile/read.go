package configfile

import (
	"fmt"
	"io"
	"os"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/policy"
)

// Read reads a file, or the standard input for "-".
func Read(name string, in io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(in)
	}
	return os.ReadFile(name)
}

// Policy is the policy of the only configuration in a file, or of that of a
// plugin. It writes what is wrong with the configuration to findings, and then
// returns a status.
func Policy(name string, data []byte, plugin string, findings io.Writer) (*policy.Policy, error) {
	all, err := Find(data, plugin)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case len(all) == 0:
		return nil, fmt.Errorf("%s: %w", name, ErrNone)
	case len(all) > 1:
		return nil, fmt.Errorf("%s holds %d configurations; choose one with --plugin", name, len(all))
	}
	result, err := config.Load(all[0].JSON)
	if err != nil {
		for _, problem := range all[0].Problems(err) {
			fmt.Fprintf(findings, "%s: error: %s\n", name, problem)
		}
		return nil, exit.Failed
	}
	return result.Policy, nil
}
