package filter

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/bytealg"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// maxCacheBytes is how much memory the verified tokens of one plugin take at
// most, whatever tokenCacheSize says.
const maxCacheBytes = 2 << 20

// tokenCache is a session.Cache of one plugin: a ring of verified tokens, bounded
// in number and bytes. A token that was used since the hand of the ring last
// passed by gets a second chance. Whether an entry still holds (time, keys) is
// for the session.Checker to say.
type tokenCache struct {
	providers []*session.Provider
	entries   []cacheEntry // as many as ever were there at once
	most      int
	hand      int              // the entry to look at next, where one has to go
	bytes     int              // of all entries
	index     map[uint64]int32 // of entries, by keyOf
	metrics   *metrics
}

type cacheEntry struct {
	verified *session.Verified // nil: nothing is here
	provider *session.Provider
	key      uint64 // see keyOf
	bytes    int
	used     bool
}

var _ session.Cache = (*tokenCache)(nil)

func newTokenCache(providers []*session.Provider, entries int, m *metrics) *tokenCache {
	return &tokenCache{providers: providers, most: entries, index: map[uint64]int32{}, metrics: m}
}

// Get implements session.Cache.
func (c *tokenCache) Get(p *session.Provider, t jwt.Token) *session.Verified {
	e := c.find(p, t)
	if e == nil {
		return nil
	}
	e.used = true
	c.metrics.verifications[byCache].add(1)
	return e.verified
}

// Add implements session.Cache.
func (c *tokenCache) Add(p *session.Provider, v *session.Verified) {
	e := cacheEntry{verified: v, provider: p, key: c.keyOf(p, v.Token), bytes: v.Bytes()}
	if at, taken := c.index[e.key]; taken {
		c.drop(&c.entries[at])
	}
	if e.bytes > maxCacheBytes {
		return
	}
	for c.bytes+e.bytes > maxCacheBytes {
		c.evict()
	}
	at := c.place()
	c.entries[at] = e
	c.bytes += e.bytes
	c.index[e.key] = at
}

// Remove implements session.Cache.
func (c *tokenCache) Remove(p *session.Provider, t jwt.Token) {
	if e := c.find(p, t); e != nil {
		c.drop(e)
	}
}

// Grow implements session.Cache.
func (c *tokenCache) Grow(p *session.Provider, t jwt.Token, bytes int) {
	if e := c.find(p, t); e != nil {
		e.bytes += bytes
		c.bytes += bytes
	}
	for c.bytes > maxCacheBytes {
		c.evict()
	}
}

// find is the entry of a token; nil if there is none.
func (c *tokenCache) find(p *session.Provider, t jwt.Token) *cacheEntry {
	at, there := c.index[c.keyOf(p, t)]
	if !there || c.entries[at].provider != p || !bytealg.Equal(string(c.entries[at].verified.Token), string(t)) {
		return nil
	}
	return &c.entries[at]
}

// keyOf stands for a token of a provider: its last eight bytes, which belong to
// its signature, and the provider's place. To hash all of a token would cost more
// than to compare it. Only tokens with an issuer's signature have an entry, of
// which no two have one key but by chance; the later one then has it.
func (c *tokenCache) keyOf(p *session.Provider, t jwt.Token) uint64 {
	key := uint64(slices.Index(c.providers, p))
	if len(t) >= 8 {
		key += bytealg.Word(string(t[len(t)-8:]))
	}
	return key
}

// place is an index of entries where nothing is.
func (c *tokenCache) place() int32 {
	if len(c.entries) < c.most {
		c.entries = append(c.entries, cacheEntry{})
		return int32(len(c.entries) - 1)
	}
	return c.evict()
}

// evict moves the hand to the next entry that was not used since it last came by,
// or where nothing is, and empties it.
func (c *tokenCache) evict() (at int32) {
	for {
		at = int32(c.hand)
		e := &c.entries[at]
		c.hand = (c.hand + 1) % len(c.entries)
		if !e.used {
			c.drop(e)
			return at
		}
		e.used = false
	}
}

func (c *tokenCache) drop(e *cacheEntry) {
	if e.verified != nil {
		delete(c.index, e.key)
		c.bytes -= e.bytes
		*e = cacheEntry{}
	}
}
