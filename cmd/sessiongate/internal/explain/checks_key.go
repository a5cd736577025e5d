package explain

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// keyChecks are about the key that the token names, and its signature.
func (e *Explanation) keyChecks(p *session.Provider, t *jwt.Parsed) []check {
	key := check{name: "kid", found: "none"}
	if t.Header.HasKeyID {
		key.found = show(t.Header.KeyID)
	}
	snapshot := e.keys.Of(p)
	if snapshot.Set == nil {
		key.want = "a key of " + p.Name + "; there is none: " + e.whyNoKeys(p)
		return []check{key}
	}
	expect, plain := p.Expect, *t // without what is checked elsewhere
	expect.Precheck, plain.Header.HasType = nil, false
	_, _, why := expect.Authentic(&plain, snapshot, jwt.Go{}, func() reason.Reason { return reason.None })
	switch why {
	case reason.None:
		return []check{key, {name: "signature", found: "made with that key"}}
	case reason.TokenInvalidSignature:
		return []check{key, {"signature", "not made with that key, or the token was changed after", "the token as its issuer signed it"}}
	case reason.TokenVerificationFailed:
		key.want = "a key that fits alg " + show(t.Header.Algorithm) + "; available: " + keyIDs(snapshot.Set)
	case reason.KeyIDMismatch, reason.KeysUnavailable:
		key.want = "one of the available keys: " + keyIDs(snapshot.Set)
	case reason.TokenInvalidAlgorithm:
		return nil
	}
	return []check{key}
}

// whyNoKeys says why a provider has no keys.
func (e *Explanation) whyNoKeys(p *session.Provider) string {
	if given, is := e.keys[p.Name]; is && given.Err != nil {
		return given.Err.Error()
	}
	return "give them with --keys " + p.Name + "=FILE, or use --fetch"
}

func keyIDs(set *jwks.Set) string {
	var ids []string
	for _, key := range set.Keys[:min(len(set.Keys), 20)] {
		id := "a key without kid"
		if key.HasID {
			id = show(key.ID)
		}
		ids = append(ids, id+" ("+algorithms(key.Algorithms)+")")
	}
	if len(ids) == 0 {
		return "no key"
	}
	return strings.Join(ids, ", ")
}
