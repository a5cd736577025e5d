package describe

import (
	"encoding/json"

	"github.com/sessiongate/sessiongate/internal/config"
)

// Schema is the JSON Schema (draft 2020-12) of the configuration, for editors
// and for pipelines that have no sessiongate at hand. It accepts everything
// that is right, and finds names, types and simple bounds that are wrong; what
// hangs together only Load finds.
func Schema() []byte {
	tables := config.Tables()
	s := config.Object{
		{Name: "$schema", Value: "https://json-schema.org/draft/2020-12/schema"},
		{Name: "title", Value: "Configuration of sessiongate"},
	}
	return indented(append(s, objectSchema(tables[0])...))
}

func objectSchema(t *config.Table) config.Object {
	var properties config.Object
	var required []string
	var contradictions []config.Object
	for _, f := range t.Fields {
		properties = append(properties, config.Member{Name: f.Name, Value: fieldSchema(f)})
		if f.Required {
			required = append(required, f.Name)
		}
		if f.NotWith != "" {
			contradictions = append(contradictions, config.Object{{Name: "not", Value: config.Object{
				{Name: "required", Value: []string{f.Name, f.NotWith}},
			}}})
		}
	}
	o := config.Object{
		{Name: "description", Value: t.Doc},
		{Name: "type", Value: "object"},
		{Name: "properties", Value: properties},
		{Name: "additionalProperties", Value: false},
	}
	if required != nil {
		o = append(o, config.Member{Name: "required", Value: required})
	}
	if t.OneOf != nil {
		var choices []config.Object
		for _, name := range t.OneOf {
			choices = append(choices, config.Object{{Name: "required", Value: []string{name}}})
		}
		o = append(o, config.Member{Name: "oneOf", Value: choices})
	}
	if contradictions != nil {
		o = append(o, config.Member{Name: "allOf", Value: contradictions})
	}
	return o
}

func fieldSchema(f *config.Field) config.Object {
	o := config.Object{{Name: "description", Value: trimSpace(f.Doc + " " + bounds(f))}}
	for _, member := range kindOf(f).schema(f) {
		if member.Name != "description" { // a table has one of its own
			o = append(o, member)
		}
	}
	if f.Default != "" {
		o = append(o, config.Member{Name: "default", Value: json.RawMessage(f.Default)})
	}
	return o
}
