package session

import (
	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwt"
)

// claims are those of a verified token.
type Claims struct {
	reader *jwt.Reader // which has parsed it, most likely as the last one
	of     *jwt.Parsed
}

// get is the claim at a path of exact names; it does not exist if any is
// missing.
func (c Claims) Get(names ...string) strictjson.Value { return c.reader.Member(c.of, names...) }

// text is a claim that is a string; empty otherwise.
func (c Claims) Text(names ...string) string { return c.Get(names...).Text }
