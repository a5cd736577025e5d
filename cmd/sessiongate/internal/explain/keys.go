package explain

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/jwks"
)

// keys are the key sets that were given as files, by provider.
func (e *explanation) keys(rules *policy.Policy) (map[string]*jwks.Set, error) {
	sets := map[string]*jwks.Set{}
	for _, given := range e.keyFiles {
		name, file, ok := strings.Cut(given, "=")
		if !ok {
			return nil, errors.New("--keys takes name=file")
		}
		known := false
		for _, p := range rules.Providers {
			known = known || p.Name == name
		}
		if !known {
			return nil, fmt.Errorf("--keys: there is no provider %q", name)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(strings.TrimSpace(string(data)), "-----BEGIN") {
			sets[name], err = jwks.ParsePEM(data)
		} else {
			sets[name], err = jwks.Parse(data, jwks.Remote)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return sets, nil
}
