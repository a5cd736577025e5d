package backends

import (
	"net/http"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// who is an identity as an example shows it, as JSON. Names are compared
// without regard to case and "_"; what is empty is left out.
type who map[string]any

// Who the demo's sessions are.
var (
	signedOut = who{"signedin": false, "reason": "session-token-and-uat-missing"}
	clerk     = who{
		"signedin": true, "provider": "clerk", "userid": "user_clerk", "sessionid": "sess_clerk",
		"orgid": "org_clerk", "orgrole": "org:admin", "orgslug": "acme",
		"permissions": []any{"org:dashboard:manage", "org:dashboard:read", "org:teams:read"},
	}
	oneauxilia = who{
		"signedin": true, "provider": "oneauxilia", "userid": "user_oneauxilia", "sessionid": "sess_oneauxilia",
		"orgid": "org_oneauxilia", "orgrole": "org:member", "orgslug": "umbrella",
		"permissions": []any{"org:teams:read"},
	}
	corbado = who{
		"signedin": true, "provider": "corbado", "userid": "usr-corbado",
		"name": "Ada Example", "email": "ada@example.com",
	}
)

// but is an identity with some members changed, by name and value; nil takes
// one out.
func (w who) but(changes ...any) who {
	changed := who{}
	for name, value := range w {
		changed[name] = value
	}
	for i := 0; i < len(changes); i += 2 {
		if changes[i+1] == nil {
			delete(changed, changes[i].(string))
		} else {
			changed[changes[i].(string)] = changes[i+1]
		}
	}
	return changed
}

// awkward is a name that takes UTF-8, and takes "+" and "%" for themselves.
const awkward = "Zoë O’Brien-東 + 100%, \"Ltd\""

// forged is a user id that begins a line of its own in a careless log.
const forged = "user_1\n{\"audit\":true,\"action\":\"teams.read\",\"user\":\"mallory\"}"

// row is a request, and what must come of it.
type row struct {
	name       string
	credential credential
	host, path string
	status     int
	// byProxy: the proxy refuses, and the backend does not hear of it.
	byProxy bool
	who     who
	// audited is the user of the audit line that the request must leave.
	audited, actor string
}

var table = []row{
	{name: "no session, optional", credential: nothing, host: open, path: "/whoami", status: http.StatusOK, who: signedOut},
	{name: "no session, required", credential: nothing, host: open, path: "/hello", status: http.StatusUnauthorized},
	{name: "no session, permission", credential: nothing, host: open, path: "/teams", status: http.StatusUnauthorized},
	{name: "no session, refused by the proxy", credential: nothing, host: closed, path: "/hello", status: http.StatusUnauthorized, byProxy: true},

	{name: "cookie, optional", credential: cookie(idp.Clerk, nil), host: open, path: "/whoami", status: http.StatusOK, who: clerk},
	{name: "cookie, required", credential: cookie(idp.Clerk, nil), host: open, path: "/hello", status: http.StatusOK, who: clerk},
	{name: "cookie, required by the proxy", credential: cookie(idp.Clerk, nil), host: closed, path: "/hello", status: http.StatusOK, who: clerk},
	{name: "cookie of OneAuxilia", credential: cookie(idp.OneAuxilia, nil), host: closed, path: "/hello", status: http.StatusOK, who: oneauxilia},
	{name: "cookie of Corbado", credential: cookie(idp.Corbado, nil), host: closed, path: "/hello", status: http.StatusOK, who: corbado},

	{name: "bearer", credential: bearer(idp.Clerk, nil), host: open, path: "/hello", status: http.StatusOK, who: clerk},
	{name: "bearer of OneAuxilia", credential: bearer(idp.OneAuxilia, nil), host: open, path: "/hello", status: http.StatusOK, who: oneauxilia},
	{name: "bearer of Corbado", credential: bearer(idp.Corbado, nil), host: open, path: "/hello", status: http.StatusOK, who: corbado},

	{name: "expired, optional", credential: bearer(idp.Clerk, expired()), host: open, path: "/whoami", status: http.StatusOK,
		who: signedOut.but("reason", "session-token-expired")},
	{name: "expired, required", credential: bearer(idp.Clerk, expired()), host: open, path: "/hello", status: http.StatusUnauthorized},
	{name: "expired, refused by the proxy", credential: bearer(idp.Clerk, expired()), host: closed, path: "/hello", status: http.StatusUnauthorized, byProxy: true},
	{name: "expired cookie", credential: cookie(idp.Corbado, expired()), host: open, path: "/hello", status: http.StatusUnauthorized},

	{name: "permission", credential: cookie(idp.Clerk, nil), host: open, path: "/teams", status: http.StatusOK, who: clerk, audited: "user_clerk"},
	{name: "permission, by the proxy too", credential: bearer(idp.Clerk, nil), host: closed, path: "/teams", status: http.StatusOK, who: clerk, audited: "user_clerk"},
	{name: "missing permission", credential: bearer(idp.OneAuxilia, claims{"org_permissions": []string{"org:teams:readers", "org:teams"}}),
		host: open, path: "/teams", status: http.StatusForbidden},
	{name: "no permissions at all", credential: bearer(idp.Corbado, nil), host: open, path: "/teams", status: http.StatusForbidden},
	{name: "missing permission, refused by the proxy", credential: bearer(idp.OneAuxilia, claims{"org_permissions": []string{"org:teams"}}),
		host: closed, path: "/teams", status: http.StatusForbidden, byProxy: true},
	{name: "a comma does not part a permission", credential: bearer(idp.OneAuxilia, claims{"org_permissions": []string{"x,org:teams:read", "y"}}),
		host: open, path: "/teams", status: http.StatusForbidden},
	{name: "a permission with a comma", credential: bearer(idp.OneAuxilia, claims{"org_permissions": []string{"a,b", "c d", "é"}}),
		host: open, path: "/whoami", status: http.StatusOK, who: oneauxilia.but("permissions", []any{"a,b", "c d", "é"})},

	{name: "an empty list of permissions", credential: bearer(idp.OneAuxilia, claims{"org_permissions": []string{}}),
		host: open, path: "/whoami", status: http.StatusOK, who: oneauxilia.but("permissions", nil)},

	{name: "spoofed headers, no session", credential: with(nothing, spoofed...), host: open, path: "/whoami", status: http.StatusOK, who: signedOut},
	{name: "spoofed headers, required", credential: with(nothing, spoofed...), host: open, path: "/hello", status: http.StatusUnauthorized},
	{name: "spoofed headers, a session", credential: with(bearer(idp.Corbado, nil), spoofed...), host: open, path: "/hello", status: http.StatusOK, who: corbado},
	{name: "spoofed headers, missing permission", credential: with(bearer(idp.Corbado, nil), spoofed...), host: open, path: "/teams", status: http.StatusForbidden},

	{name: "non-ASCII name", credential: cookie(idp.Corbado, claims{"name": awkward}), host: open, path: "/whoami", status: http.StatusOK,
		who: corbado.but("name", awkward)},
	{name: "impersonation", credential: bearer(idp.Clerk, claims{"act": map[string]any{"sub": "user_support"}}), host: open, path: "/teams", status: http.StatusOK,
		who: clerk.but("actor", "user_support"), audited: "user_clerk", actor: "user_support"},
	{name: "a user id with a line break", credential: bearer(idp.Clerk, claims{"sub": forged}), host: open, path: "/teams", status: http.StatusOK,
		who: clerk.but("userid", forged), audited: forged},
}

// spoofed are headers that clients must not get to the backend, in the
// spellings that servers fold into one.
var spoofed = []string{
	"X-Identity-Status", "signed-in",
	"x_identity_status", "signed-in",
	"X-Identity-User-Id", "mallory",
	"x_identity_user_id", "mallory",
	"x-identity_user-id", "mallory",
	"X-Identity-Org-Permissions", "org:teams:read",
	"x_identity_org_permissions", "org:teams:read",
	"X-Identity-Actor", "mallory",
}
