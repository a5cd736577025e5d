package explain

import (
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/keyfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/redact"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/requestfile"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// Explanation is what is known about one request. The decision is that of the
// filter's own code; what is found out beside it is for people.
type Explanation struct {
	policy   *policy.Policy
	keys     keyfile.Keys
	now      time.Time
	request  *request.Request
	checker  *session.Checker
	Decision policy.Decision
	trace    policy.Trace
	tokens   []token
	verified []proven
	secrets  redact.Secrets
}

// proven is a token that was verified on the way.
type proven struct {
	provider *session.Provider
	verified *session.Verified
}

// recorder is a cache that keeps what is verified, and gives nothing back.
type recorder struct{ e *Explanation }

func (recorder) Get(*session.Provider, jwt.Token) *session.Verified { return nil }
func (recorder) Remove(*session.Provider, jwt.Token)                {}
func (recorder) Grow(*session.Provider, jwt.Token, int)             {}
func (r recorder) Add(p *session.Provider, v *session.Verified) {
	r.e.verified = append(r.e.verified, proven{p, v})
}

// New decides about a request, and finds out why.
func New(p *policy.Policy, given requestfile.Request, keys keyfile.Keys, now time.Time) (e *Explanation, err error) {
	e = &Explanation{policy: p, keys: keys, now: now}
	e.request = request.Read(given.Headers)
	e.request.HasBody = given.HasBody
	if e.checker, err = keys.Checker(p, now); err != nil {
		return nil, err
	}
	e.checker.Cache = recorder{e}
	e.Decision = p.Decide(e.request, e.checker)
	e.trace = p.Trace(e.request)
	e.findTokens()
	e.hideCookies()
	return e, nil
}

// hideCookies keeps every credential of the request out of what is printed, also
// those that no provider reads.
func (e *Explanation) hideCookies() {
	for _, p := range e.policy.Providers {
		for _, h := range p.Headers {
			for _, value := range e.request.Values(h.Name) {
				e.secrets.Add(strings.TrimPrefix(value, h.Prefix+" "))
			}
		}
		for _, name := range p.TokenParams() {
			if value, present := e.request.FirstParam(name); present {
				e.secrets.Add(value)
			}
		}
	}
	for _, line := range e.request.Values("cookie") {
		for _, value := range cookieValues(line) {
			e.secrets.Add(value)
		}
	}
}

// rule is the index of the rule that decided.
func (e *Explanation) rule() int {
	for i := range e.policy.Rules {
		if e.Decision.Rule == e.ruleName(i) {
			return i
		}
	}
	return policy.NoIndex
}
