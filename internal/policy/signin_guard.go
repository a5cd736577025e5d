package policy

import (
	"strconv"

	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// guardName is the cookie that counts how often a browser has been sent to the
// sign-in page within the last seconds. A page that finds its user signed in
// sends them straight back, also where the token is one that is never accepted
// here: without an end, they would go to and fro.
const guardName = "__sessiongate_redirects"

const (
	maxRedirects = 3
	guardSeconds = "10"
)

// onlyGuard is what is taken out of a request that a rule skips.
var onlyGuard = request.Sources{Cookies: request.CookieNames(nil, []string{guardName})}

// redirectsOf is how often a browser has been sent to the sign-in page; what is
// no number counts as never.
func redirectsOf(r *request.Request) int {
	value, _ := r.Cookie(guardName)
	n, err := strconv.ParseUint(value, 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

func guardCookie(n int, secure bool) string {
	line := guardName + "=" + strconv.Itoa(n) + "; Path=/; SameSite=Lax; HttpOnly; Max-Age=" + guardSeconds
	if secure {
		line += "; Secure"
	}
	return line
}

// withoutGuard takes the guard out of a request that is not looked at otherwise.
func (e *editList) withoutGuard(p *Policy, r *request.Request) {
	if p.guards != nil && !p.triedOut {
		r.Sources = &onlyGuard
		e.withoutCookies(p, r, &session.State{})
	}
}
