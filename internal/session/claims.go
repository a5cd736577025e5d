package session

import (
	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwt"
)

// Claims are those of a verified token.
type Claims struct {
	reader *jwt.Reader // which has parsed it, most likely as the last one
	of     *jwt.Parsed
}

// Get is the claim at a path of exact names; it does not exist if any is
// missing.
func (c Claims) Get(names ...string) strictjson.Value { return c.reader.Member(c.of, names...) }

// Text is a claim that is a string; empty otherwise.
func (c Claims) Text(names ...string) string { return c.Get(names...).Text }

// Texts are the strings in a claim that is a list; nil otherwise.
func (c Claims) Texts(name string) (texts []string) {
	strictjson.ElementsOf(c.Get(name).Raw, func(raw, text string) {
		if raw[0] == '"' {
			texts = append(texts, text)
		}
	})
	return texts
}
