package jwt

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// Expect is what a provider demands of a token.
type Expect struct {
	Issuers           []string // one of them; none passes an empty list
	Audiences         []string // empty: not checked
	AuthorizedParties []string // empty: not checked
	// HasUser reports whether a token names its user; nil: "sub" does.
	HasUser    func(*Parsed) bool
	Algorithms jwa.Set
	Types      []string // lower case, without "application/"
	// Precheck comes before all other checks of the header; nil: nothing does.
	Precheck          func(*Parsed) reason.Reason
	AllowUnboundUse   bool // a token with "cnf" passes, though nothing proves whose it is
	RequireKeyID      bool // a token without kid fails unless the key is a PEM
	RequireExpiration bool
	ClockSkew         time.Duration
	MaxAge            time.Duration // 0: not checked
}

// accessToken is the typ of OAuth 2.0 access tokens (RFC 9068).
const accessToken = "at+jwt"

// Header asks Precheck and checks typ and alg, in this order. The reason is
// Precheck's, TokenTypeMismatch, TokenInvalid or TokenInvalidAlgorithm.
func (e *Expect) Header(p *Parsed) reason.Reason {
	if e.Precheck != nil {
		if r := e.Precheck(p); r != reason.None {
			return r
		}
	}
	if p.Header.HasType && !e.hasType(bareType(p.Header.Type)) {
		if p.Header.IsAccessToken() {
			return reason.TokenTypeMismatch
		}
		return reason.TokenInvalid
	}
	if alg, ok := jwa.ByName(p.Header.Algorithm); !ok || !e.Algorithms.Has(alg) {
		return reason.TokenInvalidAlgorithm
	}
	return reason.None
}

// IsAccessToken reports whether typ is that of OAuth 2.0 access tokens.
func (h *Header) IsAccessToken() bool { return strings.EqualFold(bareType(h.Type), accessToken) }

// bareType is a media type without "application/", which RFC 7515 section
// 4.1.9 lets issuers leave out.
func bareType(typ string) string {
	const application = "application/"
	if len(typ) > len(application) && strings.EqualFold(typ[:len(application)], application) {
		return typ[len(application):]
	}
	return typ
}

func (e *Expect) hasType(typ string) bool {
	return slices.ContainsFunc(e.Types, func(accepted string) bool { return strings.EqualFold(accepted, typ) })
}

// Claims checks iss, the user, aud, azp, cnf, exp, nbf, iat and the age, in this
// order.
func (e *Expect) Claims(p *Parsed, now time.Time) reason.Reason {
	return cmp.Or(e.issuer(&p.Claims), e.user(p), e.parties(&p.Claims), e.Time(&p.Claims, now))
}

// Time checks exp, nbf, iat and the age: what can change for a verified token.
func (e *Expect) Time(c *Claims, now time.Time) reason.Reason {
	return cmp.Or(e.Validity(c, now), e.issued(c, now))
}

// issued checks iat and the age.
func (e *Expect) issued(c *Claims, now time.Time) reason.Reason {
	if c.IssuedAt.Present && (!c.IssuedAt.Valid || c.IssuedAt.Time().After(now.Add(e.ClockSkew))) {
		return reason.TokenIATInTheFuture
	}
	if e.MaxAge > 0 {
		oldest := now.Add(-e.MaxAge).Add(-e.ClockSkew)
		if !c.IssuedAt.Present || c.IssuedAt.Time().Before(oldest) {
			return reason.TokenTooOld
		}
	}
	return reason.None
}

// Window is when Time finds nothing wrong with the claims: from the first time
// on, and before the second. It is for who asks often about one token; outside
// of it, Time knows why. A token that is never good has an empty one.
func (e *Expect) Window(c *Claims) (from, until time.Time) {
	if c.Expiry.Present && !c.Expiry.Valid || !c.Expiry.Present && e.RequireExpiration ||
		c.NotBefore.Present && !c.NotBefore.Valid || c.IssuedAt.Present && !c.IssuedAt.Valid ||
		e.MaxAge > 0 && !c.IssuedAt.Present {
		return time.Time{}, time.Time{}
	}
	// A date that is not there is the epoch, which is always over.
	from = slices.MaxFunc([]time.Time{c.NotBefore.Time(), c.IssuedAt.Time()}, time.Time.Compare)
	until = time.Unix(maxSeconds, 0)
	if c.Expiry.Present {
		until = c.Expiry.Time()
	}
	// To the nanosecond after the last at which the age is right.
	if tooOld := c.IssuedAt.Time().Add(e.MaxAge + 1); e.MaxAge > 0 && tooOld.Before(until) {
		until = tooOld
	}
	return from.Add(-e.ClockSkew), until.Add(e.ClockSkew)
}

func (e *Expect) issuer(c *Claims) reason.Reason {
	if c.Issuer == "" || !slices.Contains(e.Issuers, c.Issuer) {
		return reason.TokenInvalidIssuer
	}
	return reason.None
}

func (e *Expect) user(p *Parsed) reason.Reason {
	if e.HasUser == nil && p.Claims.Subject == "" || e.HasUser != nil && !e.HasUser(p) {
		return reason.TokenVerificationFailed
	}
	return reason.None
}

// parties checks aud, azp and cnf. Of a wrong type they fail even where nothing is
// configured: such a token means something that nobody here has understood.
func (e *Expect) parties(c *Claims) reason.Reason {
	if c.AudienceMalformed || len(e.Audiences) > 0 && !overlap(e.Audiences, c.Audience) {
		return reason.TokenVerificationFailed
	}
	if c.AuthorizedPartyMalformed ||
		len(e.AuthorizedParties) > 0 && !slices.Contains(e.AuthorizedParties, c.AuthorizedParty) {
		return reason.TokenInvalidAuthorizedParties
	}
	if c.Bound && !e.AllowUnboundUse {
		return reason.TokenBound
	}
	return reason.None
}

// Validity checks exp and nbf (RFC 7519 sections 4.1.4 and 4.1.5).
func (e *Expect) Validity(c *Claims, now time.Time) reason.Reason {
	if c.Expiry.Present && !c.Expiry.Valid || !c.Expiry.Present && e.RequireExpiration {
		return reason.TokenVerificationFailed
	}
	if c.Expiry.Present && !c.Expiry.Time().After(now.Add(-e.ClockSkew)) {
		return reason.TokenExpired
	}
	if c.NotBefore.Present && (!c.NotBefore.Valid || c.NotBefore.Time().After(now.Add(e.ClockSkew))) {
		return reason.TokenNotActiveYet
	}
	return reason.None
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
