package session

import (
	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/jwt"
)

// claims are those of a verified token.
type claims struct {
	reader *jwt.Reader // which has parsed it, most likely as the last one
	of     *jwt.Parsed
}

// get is the claim at a path of exact names; it does not exist if any is
// missing.
func (c claims) get(names ...string) gjson.Result { return c.reader.Member(c.of, names...) }

// text is a claim that is a string; empty otherwise.
func (c claims) text(names ...string) string { return text(c.get(names...)) }

func text(value gjson.Result) string {
	if value.Type == gjson.String {
		return value.Str
	}
	return ""
}
