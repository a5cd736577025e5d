package session

import (
	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/jwt"
)

// claims are the members of a verified payload, found in one pass: identities
// are made of many of them, and reading on each time costs more than verifying
// the signature in the host. A payload with more members is read on for the
// rest.
type claims struct {
	payload []byte
	list    [24]struct {
		name  string
		value gjson.Result
	}
	n int
}

func (c *claims) read(payload []byte) {
	c.payload, c.n = payload, 0
	jwt.Members(payload, func(name string, value gjson.Result) bool {
		c.list[c.n].name, c.list[c.n].value = name, value
		c.n++
		return c.n < len(c.list)
	})
}

// get is the claim at a path of exact names; it does not exist if any is
// missing.
func (c *claims) get(names ...string) gjson.Result {
	for i := range c.list[:c.n] {
		if c.list[i].name == names[0] {
			return jwt.MemberOf(c.list[i].value, names[1:]...)
		}
	}
	if c.n < len(c.list) {
		return gjson.Result{}
	}
	return jwt.Member(c.payload, names...)
}

// text is a claim that is a string; empty otherwise.
func (c *claims) text(names ...string) string {
	if v := c.get(names...); v.Type == gjson.String {
		return v.Str
	}
	return ""
}
