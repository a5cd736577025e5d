// Package tokencache is a cache of verified tokens for tests: it forgets nothing
// that it is not told to.
package tokencache

import (
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// Cache keeps every verified token.
type Cache map[Key]*session.Verified

// Key is a token of a provider.
type Key struct {
	Provider *session.Provider
	Token    jwt.Token
}

// Get implements session.Cache.
func (c Cache) Get(p *session.Provider, t jwt.Token) *session.Verified { return c[Key{p, t}] }

// Add implements session.Cache.
func (c Cache) Add(p *session.Provider, v *session.Verified) { c[Key{p, v.Token}] = v }

// Remove implements session.Cache.
func (c Cache) Remove(p *session.Provider, t jwt.Token) { delete(c, Key{p, t}) }

// Grow implements session.Cache.
func (c Cache) Grow(*session.Provider, jwt.Token, int) {}
