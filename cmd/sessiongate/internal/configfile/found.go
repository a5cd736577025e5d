// Package configfile finds the filter's configurations in the files that people
// keep them in.
package configfile

import (
	"errors"
	"strconv"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// Holder is what a configuration stands in.
type Holder uint8

// The holders.
const (
	Plain           Holder = iota // nothing but the configuration
	WasmPlugin                    // Istio's
	ExtensionPolicy               // Envoy Gateway's EnvoyExtensionPolicy
	EnvoyFilter                   // Envoy's own resources: a bootstrap, an EnvoyFilter
)

// Found is one configuration of the filter in a file.
type Found struct {
	Where  string // "WasmPlugin default/sessions"; empty for a plain configuration
	Holder Holder
	JSON   []byte
	// Config is what stands in the file for JSON: values, or one string with
	// the text. It is nil where there is nothing.
	Config *tree.Node
	// Document is the whole resource or bootstrap; Settings is the part of it
	// that says how the filter runs: a WasmPlugin's spec, one of an
	// EnvoyExtensionPolicy's wasm, the config of Envoy's Wasm filter.
	Document, Settings *tree.Node
	// Manager is Envoy's connection manager around the filter, if there is one.
	Manager *tree.Node

	text tree.Text
}

// Place is where in the file a problem of the configuration is.
func (f *Found) Place(p problem.Problem) tree.Place {
	if at := f.text.Place(p.Line, p.Column); at.Line > 0 {
		return at
	}
	if f.Config != nil {
		return f.Config.Place
	}
	return f.Settings.At()
}

func inWords(at tree.Place) string {
	if at.Line == 0 {
		return ""
	}
	return " (line " + strconv.Itoa(at.Line) + ", column " + strconv.Itoa(at.Column) + ")"
}

// Problems are the lines of an error of config.Load.
func (f *Found) Problems(err error) []string {
	var invalid config.Invalid
	if !errors.As(err, &invalid) {
		return []string{err.Error()}
	}
	var lines []string
	for _, p := range invalid {
		at := f.Place(p)
		p.Line, p.Column = 0, 0
		lines = append(lines, p.String()+inWords(at))
	}
	return lines
}
