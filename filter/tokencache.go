package filter

import (
	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/sessiongate/sessiongate/internal/bytealg"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// maxCacheBytes is how much memory the verified tokens of one plugin take at
// most, whatever tokenCacheSize says.
const maxCacheBytes = 2 << 20

// tokenCache is a session.Cache of one plugin: the tokens used last, bounded
// in number and bytes. Whether an entry still holds (time, keys) is for the
// session.Checker to say.
type tokenCache struct {
	lru     *simplelru.LRU[cacheKey, *cacheEntry]
	bytes   int
	latest  *cacheEntry // the one added last, until its headers have been counted
	metrics *metrics
}

// cacheKey is a provider and the last eight bytes of a token, which belong to
// its signature: to hash all of a token costs more than to compare it. An entry
// counts only for the whole token that it was made of.
type cacheKey struct {
	provider *session.Provider
	end      uint64
}

func keyOf(p *session.Provider, t jwt.Token) cacheKey {
	if len(t) < 8 {
		return cacheKey{p, 0}
	}
	return cacheKey{p, bytealg.Word(string(t[len(t)-8:]))}
}

type cacheEntry struct {
	token    jwt.Token
	verified *session.Verified
	bytes    int // as counted in tokenCache.bytes; 0 once it is no longer there
}

var _ session.Cache = (*tokenCache)(nil)

func newTokenCache(entries int, m *metrics) *tokenCache {
	c := &tokenCache{metrics: m}
	c.lru, _ = simplelru.NewLRU(entries, func(_ cacheKey, e *cacheEntry) {
		c.bytes -= e.bytes
		e.bytes = 0
	})
	return c
}

func (c *tokenCache) Get(p *session.Provider, t jwt.Token) *session.Verified {
	c.countLatest()
	e, ok := c.lru.Get(keyOf(p, t))
	if !ok || !bytealg.Equal(string(e.token), string(t)) {
		return nil
	}
	c.metrics.verified(byCache)
	return e.verified
}

func (c *tokenCache) Add(p *session.Provider, v *session.Verified) {
	c.countLatest()
	t := v.Parsed.Token
	key := keyOf(p, t)
	c.lru.Remove(key)
	e := &cacheEntry{token: t, verified: v, bytes: cost(v, len(t))}
	if e.bytes > maxCacheBytes {
		return
	}
	c.lru.Add(key, e)
	c.bytes += e.bytes
	c.latest = e
	c.shrink()
}

func (c *tokenCache) Remove(p *session.Provider, t jwt.Token) {
	if e, ok := c.lru.Peek(keyOf(p, t)); ok && e.token == t {
		c.lru.Remove(keyOf(p, t))
	}
}

// countLatest counts the headers of the entry added last, which are made after
// it was added.
func (c *tokenCache) countLatest() {
	e := c.latest
	if e == nil {
		return
	}
	c.latest = nil
	if e.bytes == 0 {
		return
	}
	more := headerBytes * len(e.verified.Headers)
	for i := range e.verified.Headers {
		// Most values are parts of the payload; the long ones are not.
		if n := len(e.verified.Headers[i][1]); n > 64 {
			more += n
		}
	}
	e.bytes += more
	c.bytes += more
	c.shrink()
}

func (c *tokenCache) shrink() {
	for c.bytes > maxCacheBytes {
		c.lru.RemoveOldest()
	}
}

const (
	// entryBytes is about what an entry takes apart from the bytes of the token
	// and what is read out of it: list, map, and the structures of a Verified.
	entryBytes = 768
	// headerBytes is what a header takes apart from its value.
	headerBytes = 32
)

// cost is about how much memory an entry takes: the token, its decoded payload,
// and what of the identity is not a part of that.
func cost(v *session.Verified, token int) int {
	size := entryBytes + token + len(v.Parsed.Payload)
	for _, permission := range v.Identity.OrgPermissions {
		size += len(permission) + 16
	}
	return size
}
