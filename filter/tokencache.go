package filter

import (
	"strings"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/session"
)

// maxCacheBytes is how much memory the verified tokens of one plugin take at
// most, whatever tokenCacheSize says.
const maxCacheBytes = 2 << 20

// tokenCache is a session.Cache of one plugin: the tokens used last, bounded
// in number and bytes. Whether an entry still holds (time, keys) is for the
// session.Checker to say.
type tokenCache struct {
	lru     *simplelru.LRU[cacheKey, *session.Verified]
	bytes   int
	metrics *metrics
}

type cacheKey struct {
	provider *session.Provider
	token    jwt.Token
}

var _ session.Cache = (*tokenCache)(nil)

func newTokenCache(entries int, m *metrics) *tokenCache {
	c := &tokenCache{metrics: m}
	c.lru, _ = simplelru.NewLRU(entries, func(k cacheKey, v *session.Verified) { c.bytes -= cost(k, v) })
	return c
}

func (c *tokenCache) Get(p *session.Provider, t jwt.Token) *session.Verified {
	v, ok := c.lru.Get(cacheKey{p, t})
	if !ok {
		return nil
	}
	c.metrics.verified(byCache)
	return v
}

// Add keeps a verified token. What is kept is a copy of the token: the one
// given is usually a part of a buffer that holds all of the request's headers.
func (c *tokenCache) Add(p *session.Provider, t jwt.Token, v *session.Verified) {
	key := cacheKey{p, jwt.Token(strings.Clone(string(t)))}
	size := cost(key, v)
	if size > maxCacheBytes {
		return
	}
	c.lru.Remove(key)
	c.lru.Add(key, v)
	c.bytes += size
	for c.bytes > maxCacheBytes {
		c.lru.RemoveOldest()
	}
}

func (c *tokenCache) Remove(p *session.Provider, t jwt.Token) { c.lru.Remove(cacheKey{p, t}) }

// entryBytes is about what an entry takes apart from the bytes of the token
// and what is read out of it: list, map, and the structures of a Verified.
const entryBytes = 1024

// cost is about how much memory an entry takes. The token counts twice, being
// the key and, parsed, the value; its decoded header, payload and signature
// are three quarters of it again.
func cost(k cacheKey, v *session.Verified) int {
	id := &v.Identity
	size := entryBytes + 3*len(k.token) + len(id.UserID) + len(id.SessionID) + len(id.OrgID) +
		len(id.OrgRole) + len(id.OrgSlug) + len(id.Actor) + len(id.Name) + len(id.Email)
	for _, permission := range id.OrgPermissions {
		size += len(permission) + 16
	}
	return size
}
