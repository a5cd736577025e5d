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
	var b strings.Builder
	for i, p := range e {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.String())
	}
	if len(e) >= maxErrors {
		b.WriteString("\nthere may be more; correct these first")
	}
	return b.String()
}
