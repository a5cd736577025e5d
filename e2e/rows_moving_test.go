package e2e

import "maps"

// An application moves its users from one vendor to another, in steps. Both
// vendors' tokens have the application's own id of the user in a claim.
const (
	movingFrom = `{"name": "old", "preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}, "handshake": false,
		"authorizedParties": ["https://app.example.com"], "forwardOriginalToken": false, "userIdClaim": "app_user"}`
	movingTo = `{"name": "new", "issuer": "{issuer plain}", "jwks": {jwks plain}, "requiredClaims": [{"claim": "sub", "values": ["*"]}],
		"fromCookies": ["session"], "userIdClaim": ["https://app.example.com/user"]}`
	movingPage = `"signInUrl": "https://new.example.com/sign-in"`
)

// movingConfigs are the steps.
var movingConfigs = map[string]Config{
	// Both sign in. New sign-ins go to the new vendor.
	"moving-both": {Shared: true, JSON: `{"providers": [` + movingTo + `, ` + movingFrom + `], ` + movingPage + `,
		"rules": [{"paths": ["/maybe"], "auth": "optional"}]}`},
	// The old one signs in no more, and its tokens are still taken away.
	"moving-last": {JSON: `{"providers": [` + movingTo + `, ` + movingFrom + `], ` + movingPage + `,
		"rules": [{"paths": ["/maybe"], "auth": "optional", "providers": ["new"]}, {"providers": ["new"]}]}`},
	// The old one is gone.
	"moving-done": {JSON: `{"providers": [` + movingTo + `], ` + movingPage + `,
		"rules": [{"paths": ["/maybe"], "auth": "optional"}]}`},
}

func init() { maps.Copy(configs, movingConfigs) }

const (
	oldCookie = "__session={clerk app_user=app-42 azp=https://app.example.com -o -fea}; __client_uat={now-600s}"
	newToken  = "{plain https://app.example.com/user=app-42}"
	oldUser   = "x-identity-status: signed-in\nx-identity-provider: old\nx-identity-user-id: app-42\nx-identity-session-id: *\n"
	newUser   = "x-identity-status: signed-in\nx-identity-provider: new\nx-identity-user-id: app-42\n"
)

// movingRows: the same user all the way.
var movingRows = []Row{
	{Name: "moving: the old session", Config: "moving-both", Request: "GET /\nCookie: " + oldCookie, Want: Want{Upstream: oldUser + "cookie ~ __client_uat="}},
	{Name: "moving: the old session as Bearer", Config: "moving-both", Request: "GET /\nAuthorization: Bearer {clerk app_user=app-42 azp=https://app.example.com -o -fea}", Want: Want{Upstream: oldUser + "!authorization"}},
	{Name: "moving: the new session, and the same user", Config: "moving-both", Request: "GET /\nCookie: session=" + newToken, Want: Want{Upstream: newUser + "!cookie"}},
	{Name: "moving: the new session as Bearer", Config: "moving-both", Request: "GET /\nAuthorization: Bearer " + newToken, Want: Want{Upstream: newUser + "!authorization"}},
	{Name: "moving: of both cookies the first provider's counts", Config: "moving-both", Request: "GET /\nCookie: " + oldCookie + "; session=" + newToken, Want: Want{Upstream: newUser + "cookie ~ __client_uat="}},
	{Name: "moving: an old session beside a new one that has expired", Config: "moving-both", Request: "GET /\nCookie: " + oldCookie + "; session={plain exp=-60s}",
		Want: Want{Upstream: oldUser}},
	{Name: "moving: an old token from before the claim", Config: "moving-both", Request: "GET /\nCookie: __session={clerk azp=https://app.example.com}; __client_uat={now-600s}", Want: denied(401, "token-verification-failed")},
	{Name: "moving: a new token without the claim", Config: "moving-both", Request: "GET /\nAuthorization: Bearer {plain}", Want: denied(401, "token-verification-failed")},
	{Name: "moving: visitors sign in at the new vendor", Config: "moving-both", Request: "GET /a" + html, Want: sentTo("https://new.example.com/sign-in?redirect_url=", "http%3A%2F%2Fapp.example.com%2Fa")},
	{Name: "moving: so do those whose old session has ended, without a handshake", Config: "moving-both",
		Request: "GET /a\nCookie: __session={clerk app_user=app-42 azp=https://app.example.com exp=-60s}; __client_uat={now-600s}" + html,
		Want:    sentFor("session-token-expired", "https://new.example.com/sign-in?redirect_url=", "http%3A%2F%2Fapp.example.com%2Fa")},

	{Name: "moving: at last an old session signs nobody in", Config: "moving-last", Request: "GET /\nCookie: " + oldCookie, Want: denied(401, "token-missing")},
	{Name: "moving: at last an old bearer token is another issuer's", Config: "moving-last", Request: "GET /\nAuthorization: Bearer {clerk app_user=app-42 azp=https://app.example.com -o -fea}", Want: denied(401, "jwk-kid-mismatch")},
	{Name: "moving: at last old cookies do not reach the backend", Config: "moving-last", Request: "GET /maybe\nCookie: a=b; __session={clerk app_user=app-42 azp=https://app.example.com -o -fea}",
		Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\ncookie: a=b"}},
	{Name: "moving: at last the new session goes on", Config: "moving-last", Request: "GET /\nCookie: " + oldCookie + "; session=" + newToken, Want: Want{Upstream: newUser + "cookie ~ __client_uat="}},

	{Name: "moving: when the old one is gone its cookies reach the backend", Config: "moving-done", Request: "GET /maybe\nCookie: a=b; __session={clerk app_user=app-42}",
		Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\ncookie ~ a=b; __session=ey"}},
	{Name: "moving: when the old one is gone its bearer tokens do not", Config: "moving-done", Request: "GET /maybe\nAuthorization: Bearer {clerk app_user=app-42}",
		Want: Want{Reason: "jwk-kid-mismatch", Upstream: "x-identity-status: signed-out\n!authorization"}},
}
