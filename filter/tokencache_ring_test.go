package filter

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestTokenCacheRing does random things to caches of several sizes and holds them
// to what must be true of any cache: it finds what it was given last or nothing,
// never another token, and stays within its bounds.
func TestTokenCacheRing(t *testing.T) {
	providers := []*session.Provider{new(session.Provider), new(session.Provider)}
	type key struct {
		provider *session.Provider
		token    jwt.Token
	}
	for _, size := range []int{1, 2, 3, 16, 100} {
		random := rand.New(rand.NewPCG(1, uint64(size)))
		c, latest := newTokenCache(size, nil), map[key]*session.Verified{}
		for range 20_000 {
			// Some tokens end alike, and some are large.
			n := random.IntN(3 * size)
			token := jwt.Token(strconv.Itoa(n) + strings.Repeat("x", n%7*20_000/size) + ".signature" + strconv.Itoa(n%(2*size)))
			k := key{providers[random.IntN(2)], token}
			switch random.IntN(10) {
			case 0:
				c.Remove(k.provider, k.token)
				delete(latest, k)
			case 1, 2, 3:
				v := &session.Verified{Token: token, Identity: new(session.Identity)}
				c.Add(k.provider, v)
				latest[k] = v
			default:
				if e := c.find(k.provider, k.token); e != nil {
					e.used = true
					if e.verified != latest[k] {
						t.Fatalf("size %d: found a token that is not there any more, or another one", size)
					}
				}
			}
			checkRing(t, c, size)
		}
	}
}

// checkRing counts what is in the cache, entry by entry and list by list.
func checkRing(t *testing.T, c *tokenCache, size int) {
	t.Helper()
	entries, bytes, listed := 0, 0, 0
	for i := range c.entries {
		if e := &c.entries[i]; e.verified != nil {
			entries++
			bytes += e.bytes
		}
	}
	for _, head := range c.table.heads {
		for at := head - 1; at >= 0; at = c.entries[at].next {
			listed++
		}
	}
	if len(c.entries) > size || bytes != c.bytes || bytes > maxCacheBytes || listed != entries {
		t.Fatalf("size %d: %d entries in %d places, %d in lists, %d bytes that count as %d", size, entries, len(c.entries), listed, bytes, c.bytes)
	}
}

// TestTokenCacheSecondChance: what is used stays, and what is not goes first.
func TestTokenCacheSecondChance(t *testing.T) {
	c, p := newTokenCache(4, nil), new(session.Provider)
	add := func(token jwt.Token) { c.Add(p, &session.Verified{Token: token, Identity: new(session.Identity)}) }
	add("used-token")
	for i := range 100 {
		add(jwt.Token("token-" + strconv.Itoa(i)))
		if e := c.find(p, "used-token"); e != nil {
			e.used = true
		} else {
			t.Fatalf("the token in use has gone after %d others", i+1)
		}
	}
}
