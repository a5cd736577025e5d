package config

import (
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// Pairs is an object of strings: the headers of a fetch. Their values may be
// secrets and appear in no message.
var Pairs Kind = pairs{}

type pairs struct{}

func (pairs) example(*Field) string { return `write an object of strings: {"name": "value"}` }

func (pairs) read(g given) {
	all, seen, n := [][2]string{}, map[string]bool{}, 0
	strictjson.MembersOf(g.Value, func(key, raw, text string) {
		if n++; n > maxElements || g.d.full() {
			return
		}
		e := given{strictjson.Value{Raw: raw, Text: text}, g.Field, g.d, problem.Member(g.path, key)}
		g.d.where[e.path] = raw
		name, wrong := g.check(key)
		switch {
		case wrong != "":
			e.fail(wrong)
		case seen[name]:
			e.fail("given twice (case does not count in names of headers); keep one")
		case !e.IsString():
			e.fail("not a string; write the header's value as a string")
		case !isFieldValue(text):
			e.fail("not a valid value of a header; write printable ASCII without spaces around it")
		default:
			all = append(all, [2]string{name, text})
		}
		seen[name] = true
	})
	switch {
	case !g.IsObject():
		g.failKind()
	case n == 0:
		g.fail("an empty object; name a header, or leave the field out")
	case n > maxElements:
		g.failMany()
	}
	*g.at.(*[][2]string) = all
}

func (pairs) show(f *Field) any {
	var o Object
	for _, header := range *f.at.(*[][2]string) {
		o = append(o, Member{header[0], "(not shown)"})
	}
	return orNothing(o)
}
