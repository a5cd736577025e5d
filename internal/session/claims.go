package session

import (
	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwt"
)

// claims are those of a verified token.
type claims struct {
	reader *jwt.Reader // which has parsed it, most likely as the last one
	of     *jwt.Parsed
}

// get is the claim at a path of exact names; it does not exist if any is
// missing.
func (c claims) get(names ...string) strictjson.Value { return c.reader.Member(c.of, names...) }

// text is a claim that is a string; empty otherwise.
func (c claims) text(names ...string) string { return c.get(names...).Text }
