package explain

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// checks asks everything that a provider asks of a token, in its order, and
// goes on where something is wrong: there may be more than one thing.
func (e *Explanation) checks(p *session.Provider, t *jwt.Parsed) []check {
	kind, expect := p.ExpectOf(t)
	if kind == session.NoKind {
		expect = &p.Expect
	}
	own, p := p, providerWith(p, expect)
	all := headerChecks(p, t, kind)
	all = append(all, e.keyChecks(p, t)...)
	all = append(all, e.issuerCheck(p, t), userCheck(p, t))
	all = append(all, partyChecks(p, t)...)
	all = append(all, e.timeChecks(p, t)...)
	return append(all, e.requiredChecks(own, t)...)
}

// providerWith is a provider that asks of every token what it asks of one kind.
func providerWith(p *session.Provider, expect *jwt.Expect) *session.Provider {
	if expect == &p.Expect {
		return p
	}
	other := *p
	other.Expect = *expect
	return &other
}

func headerChecks(p *session.Provider, t *jwt.Parsed, kind session.TokenKind) (all []check) {
	typ := check{name: "typ", found: "none"}
	if t.Header.HasType {
		typ.found = show(t.Header.Type)
	}
	if t.Claims.HasPrivate {
		all = append(all, check{"kind", "a token of a handshake", "a session token"})
	} else if c := kindCheck(p, t, kind); c.want != "" {
		all = append(all, c)
	}
	plain := *t
	plain.Header.Algorithm = p.Expect.Algorithms.List()[0].String()
	if why := p.Expect.Header(&plain); why != reason.None {
		typ.want = "typ " + strings.Join(p.Expect.Types, ", ") + " or none"
		if p.Expect.Precheck != nil && p.Expect.Precheck(t) != reason.None {
			typ = kindCheck(p, t, session.NoKind)
			all = nil
		}
	}
	algorithm := check{name: "alg", found: show(t.Header.Algorithm)}
	if alg, ok := jwa.ByName(t.Header.Algorithm); !ok || !p.Expect.Algorithms.Has(alg) {
		algorithm.want = algorithms(p.Expect.Algorithms)
	}
	return append(all, typ, algorithm)
}

// kindCheck is about the kind of a token, which the provider may not accept.
func kindCheck(p *session.Provider, t *jwt.Parsed, kind session.TokenKind) check {
	typ := "none"
	if t.Header.HasType {
		typ = show(t.Header.Type)
	}
	c := check{name: "kind", found: kind.String() + " (typ " + typ + ", cat " + show(t.Header.Private) + ", sub " + show(t.Claims.Subject) + ")"}
	if kind == session.NoKind {
		c.found = "none that is known" + c.found
	}
	if !p.Accepts().Has(kind) {
		c.want = kinds(p.Accepts()) + " (tokens)"
	}
	return c
}

// kinds are the names of kinds of tokens.
func kinds(set session.TokenKinds) string {
	var names []string
	for _, kind := range set.List() {
		names = append(names, kind.String())
	}
	return strings.Join(names, ", ")
}

func algorithms(set jwa.Set) string {
	var names []string
	for _, a := range set.List() {
		names = append(names, a.String())
	}
	return strings.Join(names, ", ")
}

// issuerCheck also says whose token it is, if another provider's.
func (e *Explanation) issuerCheck(p *session.Provider, t *jwt.Parsed) check {
	c := check{name: "iss", found: "none, or not a text"}
	if t.Claims.Issuer != "" {
		c.found = show(t.Claims.Issuer)
	}
	if p.Owns(&t.Claims) {
		return c
	}
	c.want = shown(p.Expect.Issuers)
	for _, other := range e.policy.Providers {
		if other.Owns(&t.Claims) {
			c.found += " (that of provider " + other.Name + ")"
			return c
		}
	}
	if p.Preset.Name != "" && t.Claims.Issuer != "" {
		c.found += " (another issuer, or another instance of " + p.Preset.Name + ": development and production are two)"
	}
	return c
}

// userCheck is about the claim that names the user.
func userCheck(p *session.Provider, t *jwt.Parsed) check {
	if p.Expect.HasUser != nil {
		if p.Expect.HasUser(t) {
			return check{name: "user id", found: "there"}
		}
		return check{"user id", "none, or neither a text nor an integer", "the claim that userIdClaim names"}
	}
	if t.Claims.Subject == "" {
		return check{"sub", "none, or not a text", "the user's id"}
	}
	return check{name: "sub", found: show(t.Claims.Subject)}
}

// requiredChecks are about the claims of requiredClaims that do not fit, and the
// callers that are listed.
func (e *Explanation) requiredChecks(p *session.Provider, t *jwt.Parsed) (all []check) {
	judged := e.checker.AsVerified(p, t)
	for _, claim := range p.Unmet(&judged) {
		v := &session.Verified{Payload: t.Payload, Identity: new(session.Identity)}
		var elements []string
		session.EachElement(v, p, claim, func(element string) { elements = append(elements, element) })
		all = append(all, check{"claim " + claim.Text, shown(elements), "values that meet requiredClaims"})
	}
	if claim, listed := p.Unlisted(&judged); claim != "" {
		field, found := "machines", t.Claims.Subject
		if claim == "client_id" {
			field, found = "clients", jwt.Member(t.Payload, claim).Text
		}
		all = append(all, check{claim, show(found), shown(listed) + " (" + field + ")"})
	}
	return all
}

// partyChecks are about aud, azp and cnf.
func partyChecks(p *session.Provider, t *jwt.Parsed) []check {
	aud := check{name: "aud", found: "none"}
	if len(t.Claims.Audience) > 0 {
		aud.found = shown(t.Claims.Audience)
	}
	if t.Claims.AudienceMalformed {
		aud.found, aud.want = "neither a text nor a list of texts", "a text, or a list of texts"
	} else if len(p.Expect.Audiences) > 0 && !slices.ContainsFunc(t.Claims.Audience, func(a string) bool { return slices.Contains(p.Expect.Audiences, a) }) {
		aud.want = shown(p.Expect.Audiences) + " (audiences)"
	}
	azp := check{name: "azp", found: "none"}
	if t.Claims.AuthorizedParty != "" {
		azp.found = show(t.Claims.AuthorizedParty)
	}
	if t.Claims.AuthorizedPartyMalformed {
		azp.found, azp.want = "not a text", "a text"
	} else if len(p.Expect.AuthorizedParties) > 0 && !slices.Contains(p.Expect.AuthorizedParties, t.Claims.AuthorizedParty) {
		azp.want = shown(p.Expect.AuthorizedParties) + " (authorizedParties)"
	}
	all := []check{aud, azp}
	if t.Claims.Bound && !p.Expect.AllowUnboundUse {
		all = append(all, check{"cnf", "present: the token counts only with a key of its owner", "a token without cnf (or allowUnboundUse)"})
	}
	return all
}

// timeChecks are about exp, nbf, iat and the age.
func (e *Explanation) timeChecks(p *session.Provider, t *jwt.Parsed) []check {
	c, skew := &t.Claims, p.Expect.ClockSkew
	exp := e.date("exp", c.Expiry)
	switch {
	case !c.Expiry.Present && p.Expect.RequireExpiration:
		exp.want = "a time (requireExpiration)"
	case c.Expiry.Valid && !c.Expiry.Time().After(e.now.Add(-skew)):
		exp.want = "a time that is not past for more than " + skew.String() + " (clockSkew)"
	}
	nbf := e.date("nbf", c.NotBefore)
	if c.NotBefore.Valid && c.NotBefore.Time().After(e.now.Add(skew)) {
		nbf.want = "a time at most " + skew.String() + " ahead (clockSkew)"
	}
	iat := e.date("iat", c.IssuedAt)
	switch {
	case c.IssuedAt.Valid && c.IssuedAt.Time().After(e.now.Add(skew)):
		iat.want = "a time at most " + skew.String() + " ahead (clockSkew)"
	case p.Expect.MaxAge > 0 && !c.IssuedAt.Present:
		iat.want = "a time (maxTokenAge)"
	case p.Expect.MaxAge > 0 && c.IssuedAt.Time().Before(e.now.Add(-p.Expect.MaxAge-skew)):
		iat.want = "a time not longer than " + p.Expect.MaxAge.String() + " ago (maxTokenAge)"
	}
	return []check{exp, nbf, iat}
}

func (e *Explanation) date(name string, d jwt.Date) check {
	switch {
	case !d.Present:
		return check{name: name, found: "none"}
	case !d.Valid:
		return check{name, "not a time", "seconds since the epoch"}
	}
	return check{name: name, found: e.when(d.Time())}
}
