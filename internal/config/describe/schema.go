package describe

import (
	"encoding/json"
	"strconv"
	"time"

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
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Unsupported {
			continue
		}
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
	if e := t.EitherOr; e != nil {
		o = append(o, config.Member{Name: "oneOf", Value: []config.Object{
			{{Name: "required", Value: []string{e[0]}}},
			{{Name: "required", Value: []string{e[1]}}},
		}})
	}
	if contradictions != nil {
		o = append(o, config.Member{Name: "allOf", Value: contradictions})
	}
	return o
}

// goDuration is what time.ParseDuration takes; negative ones are out of every
// field's bounds.
const goDuration = `^\+?(0|([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$`

func fieldSchema(f *config.Field) config.Object {
	o := config.Object{{Name: "description", Value: f.Doc + " " + bounds(f)}}
	o[0].Value = trimSpace(o[0].Value.(string))
	add := func(name string, value any) { o = append(o, config.Member{Name: name, Value: value}) }
	switch f.Kind {
	case config.Text:
		o = append(o, text(f)...)
	case config.Flag:
		add("type", "boolean")
	case config.Number:
		add("type", "integer")
		add("minimum", int(f.Min))
		add("maximum", int(f.Max))
	case config.Duration:
		add("type", "string")
		add("pattern", goDuration)
	case config.Choice:
		add("enum", f.OneOf)
	case config.List:
		o = append(o, list(f, text(f))...)
	case config.TextOrList:
		add("oneOf", []config.Object{text(f), list(f, text(f))})
	case config.Objects:
		o = append(o, list(f, objectSchema(f.Elements))...)
	case config.Pairs:
		add("type", "object")
		add("minProperties", 1)
		add("additionalProperties", config.Object{{Name: "type", Value: "string"}, {Name: "minLength", Value: 1}})
	case config.KeySet:
		add("oneOf", []config.Object{
			{{Name: "type", Value: "string"}, {Name: "minLength", Value: 1}},
			{
				{Name: "type", Value: "object"},
				{Name: "properties", Value: config.Object{{Name: "keys", Value: config.Object{
					{Name: "type", Value: "array"}, {Name: "minItems", Value: 1},
				}}}},
				{Name: "required", Value: []string{"keys"}},
			},
		})
	case config.ClaimPath:
		nonEmpty := config.Object{{Name: "type", Value: "string"}, {Name: "minLength", Value: 1}}
		add("oneOf", []config.Object{nonEmpty, {
			{Name: "type", Value: "array"}, {Name: "items", Value: nonEmpty}, {Name: "minItems", Value: 1},
		}})
	}
	if f.Default != "" {
		add("default", json.RawMessage(f.Default))
	}
	return o
}

func text(f *config.Field) config.Object {
	if f.OneOf != nil {
		return config.Object{{Name: "enum", Value: f.OneOf}}
	}
	o := config.Object{{Name: "type", Value: "string"}, {Name: "minLength", Value: 1}}
	if f.Pattern != "" {
		o = append(o, config.Member{Name: "pattern", Value: f.Pattern})
	}
	return o
}

func list(f *config.Field, items config.Object) config.Object {
	o := config.Object{{Name: "type", Value: "array"}, {Name: "items", Value: items}}
	if !f.AllowEmpty {
		o = append(o, config.Member{Name: "minItems", Value: 1})
	}
	if f.Kind != config.Objects {
		o = append(o, config.Member{Name: "uniqueItems", Value: true})
	}
	return o
}

// bounds says in words what a field's bounds are; empty without any.
func bounds(f *config.Field) string {
	switch f.Kind {
	case config.Number:
		return strconv.FormatInt(f.Min, 10) + " to " + strconv.FormatInt(f.Max, 10) + "."
	case config.Duration:
		return "`" + config.FormatDuration(time.Duration(f.Min)) + "` to `" + config.FormatDuration(time.Duration(f.Max)) + "`."
	}
	return ""
}
