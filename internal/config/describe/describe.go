// Package describe prints what people read about a configuration: the
// reference, the JSON Schema and the effective configuration. All of it comes
// from the table of fields in package config; nothing of it is in the Wasm
// module.
package describe

//go:generate go run ../../../cmd/sessiongate reference ../../../docs/reference.md
//go:generate go run ../../../cmd/sessiongate schema --output ../../../docs/config.schema.json

import (
	"bytes"
	"encoding/json"

	"github.com/sessiongate/sessiongate/internal/config"
)

// Effective is the configuration with every default filled in, as indented
// JSON. It holds thumbprints instead of keys, and no values of jwksHeaders.
func Effective(r *config.Result) []byte { return indented(r.Effective()) }

// indented prints an Object with its members in order.
func indented(o config.Object) []byte {
	var flat, out bytes.Buffer
	write(&flat, o)
	if err := json.Indent(&out, flat.Bytes(), "", "  "); err != nil {
		panic(err) // write made it
	}
	out.WriteByte('\n')
	return out.Bytes()
}

func write(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case config.Object:
		b.WriteByte('{')
		for i, m := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			write(b, m.Name)
			b.WriteByte(':')
			write(b, m.Value)
		}
		b.WriteByte('}')
	case []config.Object:
		b.WriteByte('[')
		for i, o := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			write(b, o)
		}
		b.WriteByte(']')
	default:
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			panic(err) // strings, numbers, booleans and lists of strings
		}
	}
}
