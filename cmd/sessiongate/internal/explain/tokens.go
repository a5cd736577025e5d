package explain

import (
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// token is a credential in the request, in a place that a provider reads.
type token struct {
	place    string // for people
	value    string
	provider *session.Provider // whose it is, or would be
	parsed   *jwt.Parsed       // nil: it is not well-formed
	checks   []check
}

// check is one thing that is asked of a token.
type check struct {
	name, found string
	want        string // what would pass; empty: it is right
}

// wrong is the first check that the token fails; nil: none.
func (t *token) wrong() *check {
	for i := range t.checks {
		if t.checks[i].want != "" {
			return &t.checks[i]
		}
	}
	return nil
}

// providers are those that the deciding rule asks.
func (e *Explanation) providers() []*session.Provider {
	if index := e.rule(); index != policy.NoIndex && e.policy.Rules[index].Providers != nil {
		return e.policy.Rules[index].Providers
	}
	return e.policy.Providers
}

// findTokens looks into every place that the rule's providers read, in the order
// in which the filter does.
func (e *Explanation) findTokens() {
	type place struct{ name, value string }
	var places []place
	readers := map[place][]*session.Provider{}
	add := func(name, value string, p *session.Provider) {
		at := place{name, value}
		if value == "" {
			return
		}
		if readers[at] == nil {
			places = append(places, at)
		}
		readers[at] = append(readers[at], p)
	}
	for _, p := range e.providers() {
		for _, h := range p.Headers {
			if found, why := e.request.Bearer(h.Name, h.Prefix); why == reason.None && found.Present && !e.request.IsForeign(h.Name) {
				add("header "+h.Name, found.Value, p)
			}
		}
	}
	for _, p := range e.providers() {
		for _, name := range p.TokenParams() {
			if value, _, why := e.request.Param(name); why == reason.None {
				add("query parameter "+name, value, p)
			}
		}
	}
	for _, p := range e.providers() {
		for _, name := range p.TokenCookies() {
			value, _ := e.request.Cookie(name)
			add("cookie "+name, value, p)
		}
	}
	for _, at := range places {
		e.tokens = append(e.tokens, e.judge(at.name, at.value, readers[at]))
	}
}

// judge finds out whose a token is, and what is wrong with it.
func (e *Explanation) judge(place, value string, readers []*session.Provider) token {
	t := token{place: place, value: value, provider: readers[0]}
	e.secrets.Add(value)
	parsed, why := e.checker.Parse(readers[0], jwt.Token(value), e.policy.MaxTokenBytes)
	if why != reason.None {
		t.checks = append(t.checks, e.malformed(value, why))
		return t
	}
	for _, p := range readers {
		if p.Owns(&parsed.Claims) {
			t.provider = p
			break
		}
	}
	t.parsed = parsed
	t.checks = e.checks(t.provider, parsed)
	return t
}

// malformed says what keeps a credential from being a JWT.
func (e *Explanation) malformed(value string, why reason.Reason) check {
	c := check{name: "form", found: strconv.Itoa(len(value)) + " bytes", want: "a JWT: header.payload.signature, each base64url without padding"}
	parts := strings.Split(value, ".")
	switch {
	case why == reason.TokenTooLong:
		c.want = "at most " + strconv.Itoa(e.policy.MaxTokenBytes) + " bytes (maxTokenBytes)"
	case len(parts) != 3:
		c.found = count(len(parts), "part") + " between dots"
	case !isBase64(parts[0]):
		c.found = "a header that is not base64url"
	case !isBase64(parts[1]):
		c.found = "a payload that is not base64url"
	case !isBase64(parts[2]):
		c.found = "a signature that is not base64url"
	default:
		c.found = "a header or a payload that is not a plain JSON object"
		c.want = `JSON objects with each name once, without "crit" in the header, with texts as alg, kid and typ`
	}
	return c
}
