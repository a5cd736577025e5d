package filter

import (
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
	entries []cacheEntry // as many as ever were there at once
	most    int
	hand    int   // the entry to look at next, where one has to go
	bytes   int   // of all entries
	table   table // of entries, by the ends of their tokens
	metrics *metrics
}

type cacheEntry struct {
	token    jwt.Token
	verified *session.Verified // nil: nothing is here
	provider *session.Provider
	end      uint64 // endOf(token)
	bytes    int
	used     bool
	next     int32 // see table
}

var _ session.Cache = (*tokenCache)(nil)

func newTokenCache(entries int, m *metrics) *tokenCache {
	return &tokenCache{most: entries, table: newTable(entries), metrics: m}
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
	t := v.Token
	c.Remove(p, t)
	e := cacheEntry{token: t, verified: v, provider: p, end: endOf(t), bytes: v.Bytes()}
	if e.bytes > maxCacheBytes {
		return
	}
	for c.bytes+e.bytes > maxCacheBytes {
		c.evict()
	}
	at := c.place()
	c.entries[at] = e
	c.bytes += e.bytes
	c.table.add(c.entries, at)
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

// find is the entry of a token; nil if there is none. To hash all of a token
// costs more than to compare it.
func (c *tokenCache) find(p *session.Provider, t jwt.Token) *cacheEntry {
	end := endOf(t)
	for at := c.table.first(end); at >= 0; at = c.entries[at].next {
		e := &c.entries[at]
		if e.end == end && e.provider == p && bytealg.Equal(string(e.token), string(t)) {
			return e
		}
	}
	return nil
}

// endOf is the last eight bytes of a token, which belong to its signature.
func endOf(t jwt.Token) uint64 {
	if len(t) < 8 {
		return 0
	}
	return bytealg.Word(string(t[len(t)-8:]))
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
		c.table.remove(c.entries, e)
		c.bytes -= e.bytes
		*e = cacheEntry{}
	}
}
