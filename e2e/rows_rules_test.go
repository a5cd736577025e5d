package e2e

// What the upstream gets of requests that nobody has signed in.
func signedOut(reason string) Want {
	return Want{Reason: reason, Upstream: "x-identity-status: signed-out"}
}

func denied(status int, reason string) Want { return Want{Status: status, Reason: reason} }

const (
	asPlain   = "\nAuthorization: Bearer {plain}"
	asCorbado = "\nAuthorization: Bearer {corbado}"
)

// ruleRows: which rule a request falls under.
var ruleRows = []Row{
	{Name: "rule: skip", Config: "rules", Request: "GET /open"},
	{Name: "rule: skip, a prefix", Config: "rules", Request: "GET /open/a/b"},
	{Name: "rule: skip, with a query", Config: "rules", Request: "GET /open?next=/admin", Want: Want{Upstream: ":path: /open?next=/admin"}},
	{Name: "rule: skip, a token stays unread", Config: "rules", Request: "GET /open\nAuthorization: Bearer {plain tamper=signature}\nCookie: session=x",
		Want: Want{Upstream: "authorization ~ Bearer ey\ncookie: session=x"}},
	{Name: "rule: skip, identity headers go", Config: "rules", Request: "GET /open\nX-Identity-User-Id: mallory"},
	{Name: "rule: not a prefix of a word", Config: "rules", Request: "GET /opening", Want: denied(401, "token-missing")},
	{Name: "rule: optional, nobody", Config: "rules", Request: "GET /maybe", Want: signedOut("token-missing")},
	{Name: "rule: optional, somebody", Config: "rules", Request: "GET /maybe" + asPlain, Want: Want{Upstream: plainUser}},
	{Name: "rule: optional, a tampered token", Config: "rules", Request: "GET /maybe/a\nAuthorization: Bearer {plain tamper=signature}", Want: signedOut("token-invalid-signature")},
	{Name: "rule: optional, an expired token", Config: "rules", Request: "GET /maybe/a\nAuthorization: Bearer {plain exp=-60s}", Want: signedOut("token-expired")},
	{Name: "rule: optional, a document is not sent to sign in", Config: "rules", Request: "GET /maybe\nAccept: text/html", Want: signedOut("token-missing")},
	{Name: "rule: optional, ambiguous", Config: "rules", Request: "GET /maybe\nAuthorization: Bearer {plain}, Bearer {plain}", Want: denied(400, "authorization-ambiguous")},
	{Name: "rule: required by default", Config: "rules", Request: "GET /elsewhere", Want: denied(401, "token-missing")},
	{Name: "rule: required by default, somebody", Config: "rules", Request: "GET /elsewhere" + asPlain, Want: Want{Upstream: plainUser}},
	{Name: "rule: a host", Config: "rules", Request: "GET /x\nHost: open.example.com"},
	{Name: "rule: a host with port, in capitals", Config: "rules", Request: "GET /x\nHost: OPEN.Example.com:8080"},
	{Name: "rule: a host with a dot at its end", Config: "rules", Request: "GET /x\nHost: open.example.com.", Want: denied(400, "authority-invalid")},
	{Name: "rule: a suffix of hosts", Config: "rules", Request: "GET /x\nHost: a.b.open.example.com"},
	{Name: "rule: not the end of another host", Config: "rules", Request: "GET /x\nHost: notopen.example.com", Want: denied(401, "token-missing")},
	{Name: "rule: a host that goes on", Config: "rules", Request: "GET /x\nHost: open.example.com.evil.example", Want: denied(401, "token-missing")},
	{Name: "rule: a forwarded host is none", Config: "rules", Request: "GET /x\nX-Forwarded-Host: open.example.com", Want: denied(401, "token-missing")},
	{Name: "rule: a method", Config: "rules", Request: "PUT /methods"},
	{Name: "rule: another method", Config: "rules", Request: "POST /methods", Want: denied(401, "token-missing")},
	{Name: "rule: a method's name in a header", Config: "rules", Request: "POST /methods\nX-HTTP-Method-Override: PUT", Want: denied(401, "token-missing")},
	{Name: "rule: {*} is a segment", Config: "rules", Request: "GET /files/7/public"},
	{Name: "rule: {*} is no two segments", Config: "rules", Request: "GET /files/7/8/public", Want: denied(401, "token-missing")},
	{Name: "rule: {*} is not empty", Config: "rules", Request: "GET /files//public", Want: denied(401, "token-missing")},
	{Name: "rule: {**} is any number of segments", Config: "rules", Request: "GET /tree/a/b/c/leaf"},
	{Name: "rule: a suffix of paths", Config: "rules", Request: "GET /assets/a.css"},
	{Name: "rule: a suffix does not match a query", Config: "rules", Request: "GET /admin?x=.css", Want: denied(401, "token-missing")},
	{Name: "rule: notPaths, others", Config: "rules", Request: "GET /not/that"},
	{Name: "rule: notPaths", Config: "rules", Request: "GET /not/this", Want: denied(401, "token-missing")},
	{Name: "rule: notPaths, a prefix", Config: "rules", Request: "GET /not/those/a", Want: denied(401, "token-missing")},
	{Name: "rule: notMethods", Config: "rules", Request: "DELETE /not/that", Want: denied(401, "token-missing")},
	{Name: "rule: notHosts", Config: "rules", Request: "GET /not/that\nHost: strict.example.com", Want: denied(401, "token-missing")},

	{Name: "path: required", Config: "admin", Request: "GET /admin", Want: denied(401, "token-missing")},
	{Name: "path: below", Config: "admin", Request: "GET /admin/x", Want: denied(401, "token-missing")},
	{Name: "path: elsewhere", Config: "admin", Request: "GET /administration"},
	{Name: "path: an encoded letter", Config: "admin", Request: "GET /%61dmin", Want: denied(401, "token-missing")},
	{Name: "path: encoded twice", Config: "admin", Request: "GET /%2561dmin", Want: denied(401, "token-missing")},
	{Name: "path: dot segments", Config: "admin", Request: "GET /x/../admin", Want: denied(401, "token-missing")},
	{Name: "path: encoded dot segments", Config: "admin", Request: "GET /x/%2e%2E/admin", Want: denied(401, "token-missing")},
	{Name: "path: an encoded slash", Config: "admin", Request: "GET /admin%2fx", Want: denied(401, "token-missing")},
	{Name: "path: dot segments behind encoded slashes", Config: "admin", Request: "GET /x%2f..%2fadmin", Want: denied(401, "token-missing")},
	{Name: "path: two slashes", Config: "admin", Request: "GET //admin", Want: denied(401, "token-missing")},
	{Name: "path: three slashes in the middle", Config: "admin", Request: "GET /x/..///admin", Want: denied(401, "token-missing")},
	{Name: "path: a parameter", Config: "admin", Request: "GET /admin;x=y/z", Want: denied(401, "token-missing")},
	{Name: "path: a parameter behind dots", Config: "admin", Request: "GET /x/..;/admin", Want: denied(401, "token-missing")},
	{Name: "path: a backslash, encoded", Config: "admin", Request: "GET /x%5c..%5cadmin", Want: denied(401, "token-missing")},
	{Name: "path: capitals", Config: "admin", Request: "GET /ADMIN", Want: denied(401, "token-missing")},
	{Name: "path: capitals in the rule", Config: "admin", Request: "GET /intern", Want: denied(401, "token-missing")},
	{Name: "path: an i without its dot", Config: "admin", Request: "GET /adm%C4%B1n", Want: denied(401, "token-missing")},
	{Name: "path: a capital I with a dot", Config: "admin", Request: "GET /ADM%C4%B0N", Want: denied(401, "token-missing")},
	{Name: "path: a letter that is two letters in upper case", Config: "admin", Request: "GET /gro%C3%9F", Want: denied(401, "token-missing")},
	{Name: "path: a capital of it", Config: "admin", Request: "GET /GRO%E1%BA%9E", Want: denied(401, "token-missing")},
	{Name: "path: a ligature", Config: "admin", Request: "GET /%EF%AC%81sh", Want: denied(401, "token-missing")},
	{Name: "path: a ligature of a long s", Config: "admin", Request: "GET /%EF%AC%85aff", Want: denied(401, "token-missing")},
	{Name: "path: a long s", Config: "admin", Request: "GET /%C5%BFtaff", Want: denied(401, "token-missing")},
	{Name: "path: the Kelvin sign", Config: "admin", Request: "GET /%E2%84%AAeys", Want: denied(401, "token-missing")},
	{Name: "path: Greek, one sequence of capitals for two letters", Config: "admin", Request: "GET /%E1%BF%93", Want: denied(401, "token-missing")},
	{Name: "path: a letter with a case since Unicode 16", Config: "admin", Request: "GET /%E1%B2%8A", Want: denied(401, "token-missing")},
	{Name: "path: a session passes every reading", Config: "admin", Request: "GET /x/%2e%2e/admin" + asPlain, Want: Want{Upstream: plainUser + ":path: /x/%2e%2e/admin"}},
	{Name: "path: harmless escapes stay harmless", Config: "admin", Request: "GET /files/a%2Fb%20c", Want: Want{Upstream: ":path: /files/a%2Fb%20c"}},
	{Name: "path: NUL", Config: "admin", Request: "GET /x%00y", Want: denied(400, "path-invalid")},
	{Name: "path: a line end, encoded twice", Config: "admin", Request: "GET /x%250ay", Want: denied(400, "path-invalid")},
	{Name: "path: NUL, with a session", Config: "admin", Request: "GET /admin/%00" + asPlain, Want: denied(400, "path-invalid")},
	{Name: "path: X-Original-URL does not arrive", Config: "admin", Request: "GET /x\nX-Original-URL: /admin\nX-Rewrite-URL: /admin", Want: Want{Upstream: "!x-original-url\n!x-rewrite-url"}},
	{Name: "path: X_Original_URL does not arrive", Config: "admin", Request: "GET /x\nX_Original_URL: /admin", Want: Want{Upstream: "!x_original_url"}},

	{Name: "provider: bearer, the issuer picks it", Config: "several", Request: "GET /" + asPlain, Want: Want{Upstream: plainUser + "!authorization"}},
	{Name: "provider: bearer, the issuer picks the other", Config: "several", Request: "GET /" + asCorbado, Want: Want{Upstream: corbadoUser}},
	{Name: "provider: bearer, nobody's issuer", Config: "several", Request: "GET /\nAuthorization: Bearer {plain iss=https://evil.example}", Want: denied(401, "token-invalid-issuer")},
	{Name: "provider: bearer, another's issuer with an own key", Config: "several", Request: "GET /\nAuthorization: Bearer {plain iss=https://pro-123.frontendapi.corbado.io}", Want: denied(401, "jwk-kid-mismatch")},
	{Name: "provider: cookies in order", Config: "several", Request: "GET /\nCookie: cbo_session_token={corbado}; session={plain}", Want: Want{Upstream: plainUser + "!cookie"}},
	{Name: "provider: cookies, the first that signs in", Config: "several", Request: "GET /\nCookie: session={plain exp=-60s}; cbo_session_token={corbado}", Want: Want{Upstream: corbadoUser + "!cookie"}},
	{Name: "provider: cookies, none signs in", Config: "several", Request: "GET /\nCookie: session={plain exp=-60s}; cbo_session_token={corbado tamper=signature}", Want: denied(401, "token-expired")},
	{Name: "provider: a rule for one", Config: "several", Request: "GET /mine\nCookie: session={plain}", Want: Want{Upstream: plainUser}},
	{Name: "provider: a rule for one, the other's cookie", Config: "several", Request: "GET /mine\nCookie: cbo_session_token={corbado}", Want: denied(401, "token-missing")},
	{Name: "provider: a rule for the other", Config: "several", Request: "GET /corbado" + asCorbado, Want: Want{Upstream: corbadoUser}},
	{Name: "provider: an unread token does not arrive", Config: "several", Request: "GET /maybe\nCookie: a=b; cbo_session_token={corbado}; c=d",
		Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\ncookie: a=b; c=d"}},
	{Name: "provider: a header decides alone", Config: "several", Request: "GET /\nAuthorization: Bearer {plain tamper=signature}\nCookie: cbo_session_token={corbado}", Want: denied(401, "token-invalid-signature")},
}

// requireRows: conditions on claims.
var requireRows = []Row{
	{Name: "require: it", Config: "require", Request: "GET /role\nAuthorization: Bearer {plain role=admin}", Want: Want{Upstream: plainUser}},
	{Name: "require: another of the list", Config: "require", Request: "GET /role\nAuthorization: Bearer {plain role=owner}", Want: Want{Upstream: plainUser}},
	{Name: "require: another value", Config: "require", Request: "GET /role\nAuthorization: Bearer {plain role=user}", Want: Want{Status: 403, Reason: "claims-mismatch",
		Response: `www-authenticate: Bearer realm="app.example.com", error="insufficient_scope", error_description="The signed-in user may not do this."`,
		Logged:   plainUser}},
	{Name: "require: case counts", Config: "require", Request: "GET /role\nAuthorization: Bearer {plain role=Admin}", Want: denied(403, "claims-mismatch")},
	{Name: "require: missing", Config: "require", Request: "GET /role" + asPlain, Want: denied(403, "claims-mismatch")},
	{Name: "require: nobody is 401", Config: "require", Request: "GET /role", Want: denied(401, "token-missing")},
	{Name: "require: nobody is sent to sign in", Config: "require", Request: "GET /role\nAccept: text/html", Want: denied(307, "token-missing")},
	{Name: "require: 403 is not sent to sign in", Config: "require", Request: "GET /role\nAccept: text/html" + asPlain, Want: denied(403, "claims-mismatch")},
	{Name: "require: in a list", Config: "require", Request: `GET /role
		Authorization: Bearer {plain role:=["user","admin"]}`, Want: Want{Upstream: plainUser}},
	{Name: "require: suffix and boolean", Config: "require", Request: "GET /email\nAuthorization: Bearer {plain email=ada@example.com email_verified:=true}", Want: Want{Upstream: plainUser}},
	{Name: "require: suffix, and the boolean is false", Config: "require", Request: "GET /email\nAuthorization: Bearer {plain email=ada@example.com email_verified:=false}", Want: denied(403, "claims-mismatch")},
	{Name: "require: another suffix", Config: "require", Request: "GET /email\nAuthorization: Bearer {plain email=ada@evil.example email_verified:=true}", Want: denied(403, "claims-mismatch")},
	{Name: "require: a word of a scope", Config: "require", Request: `GET /scope
		Authorization: Bearer {plain scope:="read\u0020write"}`, Want: Want{Upstream: plainUser}},
	{Name: "require: a prefix of a word of a scope", Config: "require", Request: `GET /scope
		Authorization: Bearer {plain scope:="read\u0020all:files"}`, Want: Want{Upstream: plainUser}},
	{Name: "require: a part of a word of a scope", Config: "require", Request: `GET /scope
		Authorization: Bearer {plain scope:="read\u0020rewrite"}`, Want: denied(403, "claims-mismatch")},
	{Name: "require: a scope as a list", Config: "require", Request: `GET /scope
		Authorization: Bearer {plain scope:=["read","write"]}`, Want: Want{Upstream: plainUser}},
	{Name: "require: a dotted path", Config: "require", Request: `GET /realm
		Authorization: Bearer {plain realm_access:={"roles":["admin"]}}`, Want: Want{Upstream: plainUser}},
	{Name: "require: a dotted path is no name", Config: "require", Request: `GET /realm
		Authorization: Bearer {plain realm_access.roles:=["admin"]}`, Want: denied(403, "claims-mismatch")},
	{Name: "require: exact names", Config: "require", Request: `GET /names
		Authorization: Bearer {plain https://x.example/roles:=["admin"]}`, Want: Want{Upstream: plainUser}},
	{Name: "require: a number", Config: "require", Request: "GET /level\nAuthorization: Bearer {plain level:=3}", Want: Want{Upstream: plainUser}},
	{Name: "require: another number", Config: "require", Request: "GET /level\nAuthorization: Bearer {plain level:=30}", Want: denied(403, "claims-mismatch")},
	{Name: "require: notValues", Config: "require", Request: "GET /notguest\nAuthorization: Bearer {plain role=guest-2}", Want: denied(403, "claims-mismatch")},
	{Name: "require: notValues, another", Config: "require", Request: "GET /notguest\nAuthorization: Bearer {plain role=user}", Want: Want{Upstream: plainUser}},
	{Name: "require: notValues, missing", Config: "require", Request: "GET /notguest" + asPlain, Want: Want{Upstream: plainUser}},
	{Name: "require: notValues, in a list", Config: "require", Request: `GET /notguest
		Authorization: Bearer {plain role:=["user","guest"]}`, Want: denied(403, "claims-mismatch")},
	{Name: "require: anything", Config: "require", Request: "GET /any\nAuthorization: Bearer {plain role=x}", Want: Want{Upstream: plainUser}},
	{Name: "require: anything is not null", Config: "require", Request: "GET /any\nAuthorization: Bearer {plain role:=null}", Want: denied(403, "claims-mismatch")},

	{Name: "organisation: role, version 2", Config: "organisation", Request: "GET /admin\nAuthorization: Bearer {clerk}", Want: Want{Upstream: clerkUser}},
	{Name: "organisation: role, version 1", Config: "organisation", Request: "GET /admin\nAuthorization: Bearer {oneauxilia}", Want: denied(403, "claims-mismatch")},
	{Name: "organisation: role, version 1, admin", Config: "organisation", Request: "GET /admin\nAuthorization: Bearer {clerk -v -o -fea org_role=org:admin}", Want: Want{Upstream: `
		x-identity-status: signed-in
		x-identity-provider: clerk
		x-identity-user-id: user_clerk
		x-identity-session-id: sess_clerk
		x-identity-org-role: org:admin`}},
	{Name: "organisation: role of version 1 in version 2 does not count", Config: "organisation", Request: "GET /admin\nAuthorization: Bearer {clerk -o org_role=org:admin}", Want: denied(403, "claims-mismatch")},
	{Name: "organisation: permissions, version 2", Config: "organisation", Request: "GET /teams\nAuthorization: Bearer {clerk}", Want: Want{Upstream: clerkUser}},
	{Name: "organisation: permissions, version 1", Config: "organisation", Request: "GET /teams\nAuthorization: Bearer {oneauxilia}", Want: Want{Upstream: oneauxiliaUser}},
	{Name: "organisation: slug, version 2", Config: "organisation", Request: "GET /acme\nAuthorization: Bearer {clerk}", Want: Want{Upstream: clerkUser}},
	{Name: "organisation: slug, version 1", Config: "organisation", Request: "GET /acme\nAuthorization: Bearer {oneauxilia}", Want: denied(403, "claims-mismatch")},
	{Name: "organisation: notValues", Config: "organisation", Request: "GET /other\nAuthorization: Bearer {oneauxilia}", Want: denied(403, "claims-mismatch")},
	{Name: "organisation: notValues, no organisation", Config: "organisation", Request: "GET /other\nAuthorization: Bearer {clerk -o -fea}", Want: Want{Upstream: `
		x-identity-status: signed-in
		x-identity-provider: clerk
		x-identity-user-id: user_clerk
		x-identity-session-id: sess_clerk`}},
}
