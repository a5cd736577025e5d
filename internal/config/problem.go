package config

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// Invalid is the error of Load: everything that is wrong, in the order of the
// configuration as far as that can be told.
type Invalid problem.List

// Error lists the problems, one a line.
func (e Invalid) Error() string {
	var lines []string
	for _, p := range e {
		lines = append(lines, p.String())
	}
	if len(e) >= maxErrors {
		lines = append(lines, "there may be more; correct these first")
	}
	return strings.Join(lines, "\n")
}
