package policy

import (
	"strconv"

	"github.com/sessiongate/sessiongate/internal/request"
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

// guards are the cookies of the filter's own, which are no upstream's affair.
func (p *Policy) guards() []string {
	if p.signsIn {
		return []string{guardName}
	}
	return nil
}

// withoutGuard takes the guard out of a request that is not looked at otherwise.
func (p *Policy) withoutGuard(edits []Edit, r *request.Request) []Edit {
	if !p.signsIn || p.triedOut {
		return edits
	}
	r.Sources = &onlyGuard
	header, changed := r.WithoutCookies(func(string, string) bool { return false })
	return withCookies(edits, header, changed)
}
