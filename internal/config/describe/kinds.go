package describe

import (
	"strconv"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/config"
)

// kind is how the reference and the schema put a kind of field. It is not with
// the kind in package config, which is in the Wasm module.
type kind struct {
	written func(*config.Field) string
	schema  func(*config.Field) config.Object
}

// kinds are all kinds but lists of objects.
var kinds = map[config.Kind]kind{
	config.Text: {always("string"), text},
	config.Flag: {always("true or false"), typed("boolean")},
	config.Number: {
		func(f *config.Field) string { return "number, " + strings.TrimSuffix(bounds(f), ".") },
		func(f *config.Field) config.Object {
			return config.Object{{Name: "type", Value: "integer"}, {Name: "minimum", Value: int(f.Min)}, {Name: "maximum", Value: int(f.Max)}}
		},
	},
	config.Duration: {
		func(f *config.Field) string { return "duration, " + strings.TrimSuffix(bounds(f), ".") },
		func(*config.Field) config.Object {
			return config.Object{{Name: "type", Value: "string"}, {Name: "pattern", Value: goDuration}}
		},
	},
	config.Choice: {
		func(f *config.Field) string { return codes(f.OneOf) },
		func(f *config.Field) config.Object { return config.Object{{Name: "enum", Value: f.OneOf}} },
	},
	config.List: {
		func(f *config.Field) string {
			if f.OneOf != nil {
				return "list out of " + codes(f.OneOf)
			}
			return "list of strings"
		},
		listOfTexts,
	},
	config.TextOrList: {
		always("string or list of strings"),
		func(f *config.Field) config.Object { return oneOf(text(f), listOfTexts(f)) },
	},
	config.Pairs: {
		always("object of strings"),
		func(*config.Field) config.Object {
			return config.Object{{Name: "type", Value: "object"}, {Name: "minProperties", Value: 1}, {Name: "additionalProperties", Value: someText}}
		},
	},
	config.KeySet: {
		always("object or string"),
		func(*config.Field) config.Object {
			return oneOf(someText, config.Object{
				{Name: "type", Value: "object"},
				{Name: "properties", Value: config.Object{{Name: "keys", Value: config.Object{
					{Name: "type", Value: "array"}, {Name: "minItems", Value: 1},
				}}}},
				{Name: "required", Value: []string{"keys"}},
			})
		},
	},
	config.ClaimPath: {
		always("string or list of strings"),
		func(*config.Field) config.Object {
			return oneOf(someText, config.Object{
				{Name: "type", Value: "array"}, {Name: "items", Value: someText}, {Name: "minItems", Value: 1},
			})
		},
	},
}

func kindOf(f *config.Field) kind {
	ofTable, ok := f.Kind.(interface{ Elements() *config.Table })
	if !ok {
		return kinds[f.Kind]
	}
	table := ofTable.Elements()
	isList := strings.HasSuffix(table.Name, "[]")
	if !isList && f.OneOf != nil {
		return kind{always(codes(f.OneOf) + ", or object, see `" + table.Name + "`"), func(f *config.Field) config.Object {
			return oneOf(config.Object{{Name: "enum", Value: f.OneOf}}, objectSchema(table))
		}}
	}
	if !isList {
		return kind{always("object, see `" + table.Name + "`"), func(f *config.Field) config.Object {
			return append(objectSchema(table), config.Member{Name: "minProperties", Value: 1})
		}}
	}
	return kind{always("list of objects, see `" + table.Name + "`"), func(f *config.Field) config.Object {
		return list(f, objectSchema(table))
	}}
}

func always(s string) func(*config.Field) string {
	return func(*config.Field) string { return s }
}

func typed(name string) func(*config.Field) config.Object {
	return func(*config.Field) config.Object { return config.Object{{Name: "type", Value: name}} }
}

// goDuration is what time.ParseDuration takes; negative ones are out of every
// field's bounds.
const goDuration = `^\+?(0|([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$`

// someText is the schema of a text that is not empty.
var someText = config.Object{{Name: "type", Value: "string"}, {Name: "minLength", Value: 1}}

func text(f *config.Field) config.Object {
	switch {
	case f.OneOf != nil:
		return config.Object{{Name: "enum", Value: f.OneOf}}
	case f.Pattern != "":
		return config.Object{someText[0], someText[1], {Name: "pattern", Value: f.Pattern}}
	}
	return someText
}

func oneOf(schemas ...config.Object) config.Object {
	return config.Object{{Name: "oneOf", Value: schemas}}
}

func listOfTexts(f *config.Field) config.Object {
	return append(list(f, text(f)), config.Member{Name: "uniqueItems", Value: true})
}

func list(f *config.Field, items config.Object) config.Object {
	o := config.Object{{Name: "type", Value: "array"}, {Name: "items", Value: items}}
	if !f.AllowEmpty {
		o = append(o, config.Member{Name: "minItems", Value: 1})
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
