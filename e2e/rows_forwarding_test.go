package e2e

// forwardingRows: what of a request reaches the upstream, and what is added.
var forwardingRows = []Row{
	{Name: "kept: Authorization", Config: "kept", Request: "GET /" + asPlain, Want: Want{Upstream: plainUser + "authorization ~ Bearer ey\nx-user-token ~ Bearer ey"}},
	{Name: "kept: another header", Config: "kept", Request: "GET /\nX-Token: {plain}", Want: Want{Upstream: plainUser + "x-token ~ ey\n!authorization\nx-user-token ~ Bearer ey"}},
	{Name: "kept: a parameter", Config: "kept", Request: "GET /?a=b&token={plain}", Want: Want{Upstream: plainUser + ":path ~ /?a=b&token=ey\nx-user-token ~ Bearer ey"}},
	{Name: "kept: a cookie", Config: "kept", Request: "GET /\nCookie: a=b; session={plain}", Want: Want{Upstream: plainUser + "cookie ~ a=b; session=ey\nx-user-token ~ Bearer ey"}},
	{Name: "kept: nothing else", Config: "kept", Request: "GET /?token=x&a=b\nX-Token: y\nCookie: session=z; c=d" + asPlain,
		Want: Want{Upstream: plainUser + ":path: /?a=b\n!x-token\ncookie: c=d\nauthorization ~ Bearer ey"}},
	{Name: "kept: of two cookies of a name the one that was verified", Config: "kept", Request: "GET /\nCookie: session={plain}; session={plain tamper=signature}; c=d\nX-Ok: 1",
		Want: Want{Upstream: plainUser + "cookie ~ ; c=d\n:path: /"}},
	{Name: "kept: not where nobody signs in", Config: "kept", Request: "GET /?token={plain exp=-60s}&a=b\nCookie: session={plain}; c=d",
		Want: Want{Reason: "token-expired", Upstream: "x-identity-status: signed-out\n:path: /?a=b\ncookie: c=d"}},
	{Name: "kept: Basic for the upstream, a cookie decides", Config: "kept", Request: "GET /\nAuthorization: Basic YTpi\nCookie: session={plain}",
		Want: Want{Upstream: plainUser + "authorization: Basic YTpi\nx-user-token ~ Bearer ey"}},
	{Name: "kept: Digest for the upstream", Config: "kept", Request: `GET /
		Authorization: Digest username="a", realm="b", nonce="c"
		Cookie: session={plain}`, Want: Want{Upstream: plainUser + `authorization: Digest username="a", realm="b", nonce="c"`}},
	{Name: "kept: SigV4 for the upstream", Config: "kept", Request: `GET /
		Authorization: AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c
		Cookie: session={plain}`, Want: Want{Upstream: plainUser + `authorization: AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c`}},

	{Name: "taken: Authorization", Config: "taken", Request: "GET /" + asPlain, Want: Want{Upstream: plainUser + "!authorization"}},
	{Name: "taken: another header", Config: "taken", Request: "GET /\nX-Token: {plain}", Want: Want{Upstream: plainUser + "!x-token"}},
	{Name: "taken: in other letters", Config: "taken", Request: "GET /\nx_token: {plain}", Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n!x_token"}},
	{Name: "taken: a parameter", Config: "taken", Request: "GET /a?token={plain}", Want: Want{Upstream: plainUser + ":path: /a"}},
	{Name: "taken: a parameter among others", Config: "taken", Request: "GET /a?b=%41&token={plain}&c", Want: Want{Upstream: plainUser + ":path: /a?b=%41&c"}},
	{Name: "taken: a cookie", Config: "taken", Request: "GET /\nCookie: session={plain}", Want: Want{Upstream: plainUser + "!cookie"}},
	{Name: "taken: a cookie among others", Config: "taken", Request: `GET /
		Cookie: a="b c"; session={plain}; d=e%20f`, Want: Want{Upstream: plainUser + `cookie: a="b c"; d=e%20f`}},
	{Name: "taken: from several lines", Config: "taken", Request: "GET /\nCookie: a=b\nCookie: session={plain}\nCookie: c=d", Want: Want{Upstream: plainUser + "cookie: a=b; c=d"},
		NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "taken: tokens of nobody", Config: "taken", Request: "GET /?token=x\nCookie: legacy=z; a=b", Want: Want{Reason: "token-invalid", Upstream: "x-identity-status: signed-out\n:path: /\ncookie: a=b"}},
	{Name: "taken: a quoted Bearer", Config: "taken", Request: "GET /\nAuthorization: \"Bearer {plain}\"", Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n!authorization"}},

	{Name: "look-alikes: of a cookie that stays", Config: "kept", Request: "GET /\nCookie: a=b; SESSION={plain tamper=signature}; session={plain}",
		Want: Want{Upstream: plainUser + "cookie ~ a=b; session=ey"}},
	{Name: "look-alikes: escaped, of a cookie that stays", Config: "kept", Request: "GET /\nCookie: a=b; %53e%73%C5%BFion=x; legac%59=y; session={plain}",
		Want: Want{Upstream: plainUser + "cookie ~ a=b; session=ey"}},
	{Name: "look-alikes: of a parameter that stays", Config: "kept", Request: "GET /?TOKEN=x&token={plain}", Want: Want{Upstream: plainUser + ":path ~ /?token=ey"}},
	{Name: "look-alikes: of a cookie that goes", Config: "taken", Request: "GET /\nCookie: a=b; session={plain}; SESSION={plain}; Session=x; c=d", Want: Want{Upstream: plainUser + "cookie: a=b; c=d"}},
	{Name: "look-alikes: of a parameter that goes", Config: "taken", Request: "GET /?token={plain}&a=b&TOKEN=x&To%6ben", Want: Want{Upstream: plainUser + ":path: /?a=b"}},
	{Name: "look-alikes: are not read", Config: "taken", Request: "GET /?a=b&TOKEN={plain}\nCookie: SESSION={plain}; c=d",
		Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n:path: /?a=b\ncookie: c=d"}},
	{Name: "look-alikes: bytes that are no ASCII", Config: "taken", Request: "GET /\nCookie: {hex c5bf}ession=x; c=d",
		Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\ncookie: c=d"}},
	{Name: "look-alikes: other names stay", Config: "taken", Request: "GET /?Tokens=x&a_token=y\nCookie: Sessions=x; xsession=y",
		Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n:path: /?Tokens=x&a_token=y\ncookie: Sessions=x; xsession=y"}},

	{Name: "token to header: skip leaves it", Config: "kept", Request: "GET /skip\nX-User-Token: Bearer x", Want: Want{Upstream: "x-user-token: Bearer x"}},
	{Name: "token to header: replaces", Config: "kept", Request: "GET /\nX-User-Token: Basic YTpi\nX-Token: {plain}", Want: Want{Upstream: plainUser + "x-user-token ~ Bearer ey"}},
	{Name: "token to header: nobody, a bearer value goes", Config: "kept", Request: "GET /\nX-User-Token: bearer {plain tamper=signature}", Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n!x-user-token"}},
	{Name: "token to header: nobody, another value stays", Config: "kept", Request: "GET /\nX-User-Token: Basic YTpi", Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\nx-user-token: Basic YTpi"}},
	{Name: "token to header: Authorization from a cookie", Config: "outputs", Request: "GET /\nCookie: session={plain}", Want: Want{Upstream: plainUser + "authorization ~ Bearer ey\n!cookie"}},

	{Name: "claim: a list in a path", Config: "outputs", Request: `GET /
		Authorization: Bearer {plain realm_access:={"roles":["a","b,c"]}}`, Want: Want{Upstream: plainUser + "x-roles: a,b%2Cc"}},
	{Name: "claim: an exact name", Config: "outputs", Request: `GET /
		Authorization: Bearer {plain https://x.example/roles:=["admin",1,true]}`, Want: Want{Upstream: plainUser + "x-namespaced: admin,1,true"}},
	{Name: "claim: a scope", Config: "outputs", Request: `GET /
		Authorization: Bearer {plain scope:="read\u0020write"}`, Want: Want{Upstream: plainUser + "x-scope: read,write"}},
	{Name: "claim: an object", Config: "outputs", Request: `GET /
		Authorization: Bearer {plain object:={"a":[1]}}`, Want: Want{Upstream: plainUser + `x-object: {"a":[1]}`}},
	{Name: "claim: what cannot be a header", Config: "outputs", Request: `GET /
		Authorization: Bearer {plain text:="\u0020Zo\u00eb\r\nX-Evil:\u00201%"}`, Want: Want{Upstream: plainUser + "x-text: %20Zo%C3%AB%0D%0AX-Evil: 1%25\n!x-evil"}},
	{Name: "claim: a number", Config: "outputs", Request: "GET /\nAuthorization: Bearer {plain number:=12.50}", Want: Want{Upstream: plainUser + "x-number: 12.50"}},
	{Name: "claim: missing", Config: "outputs", Request: "GET /\nX-Roles: admin" + asPlain, Want: Want{Upstream: plainUser + "!x-roles"}},
	{Name: "claim: a client's own, signed out", Config: "outputs", Request: "GET /\nX-Roles: admin\nx_payload: x", Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n!x-roles\n!x_payload"}},
	{Name: "claim: the payload", Config: "outputs", Request: "GET /\nX-Payload: x" + asPlain, Want: Want{Upstream: plainUser + "x-payload ~ ey"}},

	{Name: "prefix: another one", Config: "stripped", Request: "GET /\nX-Me-User-Id: root" + asPlain, Want: Want{Upstream: `
		x-me-status: signed-in
		x-me-provider: mine
		x-me-user-id: user_plain`}},
	{Name: "prefix: headers of one's own go", Config: "stripped", Request: "GET /open\nX-Secret: a\nx_tenant: b\nX-Other: c", Want: Want{Upstream: "!x-secret\n!x_tenant\nx-other: c"}},
	{Name: "prefix: in trailers", Config: "stripped", Request: "POST /open\n\nx", Trailers: "x-me-user-id: root\nx_secret: a\nx-checksum: c", Want: Want{Trailers: "x-checksum: c\n!x-me-user-id\n!x_secret"},
		NotOn: map[host]string{onWazero: "the SDK's emulator does not give trailers back"}},
}

// trialRows: a policy that is tried out.
var trialRows = []Row{
	{Name: "trial: nobody", Config: "trial", Request: "GET /", Want: signedOut("token-missing")},
	{Name: "trial: a document", Config: "trial", Request: "GET /" + html, Want: signedOut("token-missing")},
	{Name: "trial: a bad token stays", Config: "trial", Request: "GET /?token=x\nCookie: session=y", Want: Want{Reason: "token-invalid", Upstream: "x-identity-status: signed-out\n:path: /?token=x\ncookie: session=y"}},
	{Name: "trial: somebody", Config: "trial", Request: "GET /" + asPlain, Want: Want{Upstream: plainUser + "authorization ~ Bearer ey"}},
	{Name: "trial: 403", Config: "trial", Request: "GET /admin" + asPlain, Want: Want{Reason: "claims-mismatch", Upstream: plainUser}},
	{Name: "trial: 400", Config: "trial", Request: "GET /\nAuthorization: Bearer a, Bearer b", Want: Want{Reason: "authorization-ambiguous", Upstream: "x-identity-status: signed-out\nauthorization: Bearer a, Bearer b"}},
	{Name: "trial: an invalid path", Config: "trial", Request: "GET /%00" + asPlain, Want: Want{Reason: "path-invalid", Upstream: plainUser}},
	{Name: "trial: too many cookies", Config: "trial", Request: "GET /\nCookie: session={plain}; {repeat a=b; 1000}",
		Want: Want{Reason: "cookies-too-many", Upstream: "x-identity-status: signed-out\ncookie ~ session=ey\ncookie ~ a=b;a=b"}},
	{Name: "trial: too many cookies beside a token", Config: "trial", Request: "GET /\nCookie: session=x; {repeat a=b; 1000}" + asPlain,
		Want: Want{Reason: "cookies-too-many", Upstream: plainUser + "authorization ~ Bearer ey\ncookie ~ session=x; a=b;a=b"}},
	{Name: "trial: a rule on trial, too many cookies", Config: "trial-of-one", Request: "GET /new\nCookie: session=x; {repeat a=b; 1000}",
		Want: Want{Reason: "cookies-too-many", Upstream: "x-identity-status: signed-out\ncookie ~ session=x; a=b;a=b"}},
	{Name: "trial: too many cookies, where rules are in force", Config: "trial-of-one", Request: "GET /old\nCookie: session=x; {repeat a=b; 1000}", Want: Want{Status: 431, Reason: "cookies-too-many"}},
	{Name: "trial: look-alikes stay", Config: "trial", Request: "GET /?TOKEN=x\nCookie: SESSION=y", Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n:path: /?TOKEN=x\ncookie: SESSION=y"}},
	{Name: "trial: identity headers go", Config: "trial", Request: "GET /\nX-Identity-User-Id: mallory", Want: signedOut("token-missing")},
	{Name: "trial: skip is skip", Config: "trial", Request: "GET /open\nX-Identity-User-Id: mallory"},
	{Name: "trial: a rule on trial", Config: "trial-of-one", Request: "GET /new\nCookie: session=x", Want: Want{Reason: "token-invalid", Upstream: "x-identity-status: signed-out\ncookie: session=x"}},
	{Name: "trial: the others are in force", Config: "trial-of-one", Request: "GET /old", Want: denied(401, "token-missing")},
	{Name: "trial: one reading on trial does not open the other", Config: "trial-of-one", Request: "GET /new/..%2fold", Want: denied(401, "token-missing")},
	{Name: "trial: an invalid path, where rules are in force", Config: "trial-of-one", Request: "GET /new/%00", Want: denied(400, "path-invalid")},
}
