package e2e

const redirects = "\nCookie: __sessiongate_redirects="

// signInRows: only what a sign-in can mend leads to the sign-in page, and not
// for ever.
var signInRows = []Row{
	{Name: "sign-in: the guard is set", Config: "rules", Request: "GET /a" + html, Want: guarded("1", "")},
	{Name: "sign-in: the guard is secure over https", Config: "rules", Request: "GET /a\nX-Forwarded-Proto: https" + html, Want: guarded("1", "; Secure")},
	{Name: "sign-in: the guard counts", Config: "rules", Request: "GET /a" + html + redirects + "2", Want: guarded("3", "")},
	{Name: "sign-in: the guard stops at three", Config: "rules", Request: "GET /a" + html + redirects + "3", Want: denied(401, "token-missing")},
	{Name: "sign-in: the guard stops beyond three", Config: "rules", Request: "GET /a" + html + redirects + "99", Want: denied(401, "token-missing")},
	{Name: "sign-in: the guard stops redirects of everything", Config: "rules", Request: "GET /redirect" + redirects + "3", Want: denied(401, "token-missing")},
	{Name: "sign-in: a guard that is no number", Config: "rules", Request: "GET /a" + html + redirects + "x", Want: guarded("1", "")},
	{Name: "sign-in: the guard does not arrive", Config: "rules", Request: "GET /elsewhere" + asPlain + "\nCookie: a=b; __sessiongate_redirects=1; c=d", Want: Want{Upstream: plainUser + "cookie: a=b; c=d"}},
	{Name: "sign-in: the guard does not arrive under skip", Config: "rules", Request: "GET /open\nCookie: a=b; __sessiongate_redirects=1", Want: Want{Upstream: "cookie: a=b"}},
	{Name: "sign-in: the guard alone does not arrive", Config: "rules", Request: "GET /maybe" + redirects + "1", Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n!cookie"}},
	{Name: "sign-in: the guard is of no interest without a page", Config: "inline", Request: "GET /" + asPlain + redirects + "1", Want: Want{Upstream: plainUser + "cookie: __sessiongate_redirects=1"}},

	{Name: "sign-in: not for a token that is too long", Config: "rules", Request: "GET /a\nCookie: session={repeat x 8193}" + html, Want: denied(401, "token-too-long")},
	{Name: "sign-in: for another issuer", Config: "rules", Request: "GET /a\nCookie: session={plain iss=https://evil.example}" + html, Want: Want{Status: 307, Reason: "token-invalid-issuer"}},
	{Name: "sign-in: for a wrong signature", Config: "rules", Request: "GET /a\nCookie: session={plain tamper=signature}" + html, Want: Want{Status: 307, Reason: "token-invalid-signature"}},
	{Name: "sign-in: for an unknown key", Config: "rules", Request: "GET /a\nCookie: session={plain header.kid=other}" + html, Want: Want{Status: 307, Reason: "jwk-kid-mismatch"}},
}

// guarded is a redirect to the sign-in page that has been counted.
func guarded(n, secure string) Want {
	return Want{Status: 307, Response: "set-cookie: __sessiongate_redirects=" + n + "; Path=/; SameSite=Lax; HttpOnly; Max-Age=10" + secure}
}
