package e2e

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	kit "github.com/sessiongate/sessiongate/internal/testkit/issuers"
	"github.com/sessiongate/sessiongate/internal/testkit/mint"
)

// Mint fills in the words in braces of a row: those of package mint, and
//
//	{name}   Row.Tokens[name]
type Mint struct {
	Now    time.Time
	Tokens map[string]func(*Mint) string
}

// issuers are the identity providers of the tests, made once.
var issuers = sync.OnceValue(func() map[string]*idp.Issuer {
	all := kit.Vendors()
	all["down"] = kit.Plain("down.example.com", kit.Key("down", "ES256"))
	all["down"].Break(idp.Down())
	all["html"] = kit.Plain("html.example.com", kit.Key("html", "ES256"))
	all["html"].Break(idp.HTML())
	all["rotating"] = rotatingIssuer()
	for _, algorithm := range algorithms {
		all[algorithmIssuer(algorithm)] = kit.Plain(strings.ToLower(algorithm)+".example.com", kit.Key(algorithm, algorithm))
	}
	return all
})

// keyServer serves the keys of all issuers.
var keyServer = sync.OnceValue(func() *idp.Server {
	return idp.NewServer(slices.Collect(maps.Values(issuers()))...)
})

var minting = sync.OnceValue(func() map[string]mint.Issuer {
	all := map[string]mint.Issuer{}
	for name, issuer := range issuers() {
		all[name] = mint.Issuer{Issuer: issuer}
	}
	return all
})

// fill replaces the words in braces.
func (m *Mint) fill(text string) string {
	words := mint.New(m.Now, minting())
	words.More = func(words []string) (string, bool) {
		if token := m.Tokens[words[0]]; token != nil && len(words) == 1 {
			return m.note(token(m)), true
		}
		return "", false
	}
	filled := words.Fill(text)
	for _, token := range words.Minted {
		m.note(token)
	}
	return filled
}

// Session is the content of an issuer's token, now.
func (m *Mint) Session(issuer string) *idp.Session { return issuers()[issuer].Session(m.Now) }

// Token mints a token of an issuer, with the changes that words describe.
func (m *Mint) Token(issuer string, changes ...string) string {
	return mint.New(m.Now, minting()).Token(minting()[issuer], changes...)
}

// minted remembers the parts of tokens that must not turn up in a log.
var minted struct {
	sync.Mutex
	parts map[string]bool
}

func (m *Mint) note(token string) string {
	minted.Lock()
	defer minted.Unlock()
	if minted.parts == nil {
		minted.parts = map[string]bool{}
	}
	for _, part := range strings.Split(token, ".")[1:] {
		if len(part) >= 20 {
			minted.parts[part[:20]] = true
		}
	}
	return token
}

// leaked is a part of a minted token that stands in a text, or "".
func leaked(text string) string {
	minted.Lock()
	defer minted.Unlock()
	for part := range minted.parts {
		if strings.Contains(text, part) {
			return part
		}
	}
	return ""
}
