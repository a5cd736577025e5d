package states

import (
	"maps"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
	"github.com/sessiongate/sessiongate/internal/testkit/mint"
	"github.com/sessiongate/sessiongate/jwks"
)

// age is how old the tokens of rows are; they live for twice as long.
const age = 30 * time.Second

// known are the issuers of rows. Their tokens say as little as the vendor's
// sessions need, so that a row says the rest.
var known = func() map[string]mint.Issuer {
	clerk := map[string]any{"typ": "JWT", "cat": "cl_B7d4PD111AAA"}
	jwt := map[string]any{"typ": "JWT"}
	session := func(sub string) map[string]any {
		return map[string]any{"sub": sub, "sid": "sess_1", "azp": "https://app.example.com"}
	}
	vendors := issuers.Vendors()
	vendors["plain"] = issuers.Plain("issuer.example.com", issuers.Key("plain", "ES256"))
	all := map[string]mint.Issuer{}
	for name, says := range map[string]struct{ header, claims map[string]any }{
		"clerk":      {clerk, session("user_one")},
		"clerk2":     {clerk, session("user_two")},
		"clerkdev":   {clerk, session("user_dev")},
		"oneauxilia": {jwt, session("user_aux")},
		"corbado":    {jwt, map[string]any{"sub": "usr-1", "name": "Ada Example", "email": "ada@example.com"}},
		"plain":      {nil, map[string]any{"sub": "user_plain"}},
	} {
		all[name] = mint.Issuer{Issuer: vendors[name], Content: func(now time.Time) (header, claims map[string]any) {
			claims = maps.Clone(says.claims)
			claims["iss"] = vendors[name].URL
			claims["iat"], claims["nbf"], claims["exp"] = now.Add(-age).Unix(), now.Add(-age).Unix(), now.Add(age).Unix()
			return says.header, claims
		}}
	}
	return all
}()

// minted are the tokens of all rows.
var minted = mint.New(now, known)

// fill puts tokens and times in the place of words in braces.
func fill(text string) string { return minted.Fill(text) }

// fill knows the row's handshake token, too: {handshake}.
func (r *row) fill(text string) string {
	own := *minted
	own.More = func(words []string) (string, bool) {
		if words[0] == "handshake" {
			return r.handshakeToken(), true
		}
		return "", false
	}
	return own.Fill(text)
}

// handshakeToken mints the row's handshake token: its lines, signed by the
// instance, or as row.handshake says.
func (r *row) handshakeToken() string {
	words, from := strings.Fields(fill(r.handshake)), known["clerk"]
	if len(words) > 0 && known[words[0]].Issuer != nil {
		from, words = known[words[0]], words[1:]
	}
	lines := make([]string, len(r.lines))
	for i, line := range r.lines {
		lines[i] = fill(line)
	}
	from.Content = func(time.Time) (header, claims map[string]any) {
		return map[string]any{"typ": "JWT"}, map[string]any{"handshake": lines}
	}
	return minted.Token(from, words...)
}

// keySets are the key sets as the filter would have fetched them, by URL.
var keySets = func() map[string]*jwks.Set {
	sets := map[string]*jwks.Set{}
	for url, name := range map[string]string{
		"https://clerk.example.com/.well-known/jwks.json":                "clerk",
		"https://clerk.other.example/.well-known/jwks.json":              "clerk2",
		"https://happy-hippo-1.clerk.accounts.dev/.well-known/jwks.json": "clerkdev",
		"https://oneauxilia.example.com/.well-known/jwks.json":           "oneauxilia",
		"https://pro-123.frontendapi.cloud.corbado.io/.well-known/jwks":  "corbado",
		"https://auth.example.com/.well-known/jwks":                      "corbado",
		"https://issuer.example.com/.well-known/jwks.json":               "plain",
	} {
		set, err := jwks.Parse(known[name].KeySet(), jwks.Remote)
		if err != nil {
			panic(err)
		}
		sets[url] = set
	}
	return sets
}()

// What may be known of keys.
var (
	knownKeys = func(p *session.Provider) jwks.Snapshot { return jwks.Snapshot{Set: keySets[p.Remote.URL]} }
	// noKeys: none came yet, and a fetch is under way.
	noKeys = func(*session.Provider) jwks.Snapshot { return jwks.Snapshot{OnMissing: jwks.OnMissingFetch} }
	// downKeys: none ever came, and the last fetch failed.
	downKeys = func(*session.Provider) jwks.Snapshot { return jwks.Snapshot{OnMissing: jwks.OnMissingUnavailable} }
	// oldKeys: there is a set, and what it lacks may be fetched.
	oldKeys = func(p *session.Provider) jwks.Snapshot {
		return jwks.Snapshot{Set: keySets[p.Remote.URL], OnMissing: jwks.OnMissingFetch}
	}
	// staleKeys: there is a set, and refreshing it fails.
	staleKeys = func(p *session.Provider) jwks.Snapshot {
		return jwks.Snapshot{Set: keySets[p.Remote.URL], OnMissing: jwks.OnMissingUnavailable}
	}
	// withoutKeysOf gives the keys of all providers but one.
	withoutKeysOf = func(name string, without func(*session.Provider) jwks.Snapshot) func(*session.Provider) jwks.Snapshot {
		return func(p *session.Provider) jwks.Snapshot {
			if p.Name == name {
				return without(p)
			}
			return knownKeys(p)
		}
	}
)
