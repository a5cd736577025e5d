// Package configfile finds the filter's configurations in the files that people
// keep them in.
package configfile

import (
	"errors"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// Found is one configuration of the filter in a file.
type Found struct {
	Where string // "WasmPlugin default/sessions"; empty for a plain configuration
	JSON  []byte
	// AsWritten says that JSON is what stands in the file, so that lines and
	// columns in it are the author's.
	AsWritten bool
	// Clusters are the names of the clusters that stand beside it in an Envoy
	// bootstrap; nil where they are not known.
	Clusters map[string]bool
	// PortsMatter says that the connection manager around the filter chooses a
	// virtual host by the authority with its port.
	PortsMatter bool
}

// Line is a problem of this configuration.
func (f Found) Line(p problem.Problem) string {
	if f.AsWritten {
		return p.WithPlace()
	}
	return p.String()
}

// Problems are the lines of an error of config.Load.
func (f Found) Problems(err error) []string {
	var invalid config.Invalid
	if !errors.As(err, &invalid) {
		return []string{err.Error()}
	}
	var lines []string
	for _, p := range invalid {
		lines = append(lines, f.Line(p))
	}
	return lines
}
