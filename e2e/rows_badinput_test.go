package e2e

// badInputRows: headers and tokens that no client should send.
var badInputRows = []Row{
	corbadoCookie("a cookie without =", `cbo_session_token`, "token-missing"),
	corbadoCookie("an empty cookie", `cbo_session_token=`, "token-missing"),
	corbadoCookie("only separators", `; ;;=;`, "token-missing"),
	corbadoCookie("another case of the name", `CBO_SESSION_TOKEN={corbado}`, "token-missing"),
	corbadoCookie("a value that is no token", `cbo_session_token=garbage`, "token-invalid"),
	corbadoCookie("a quoted value", `cbo_session_token="{corbado}"`, "token-invalid"),
	corbadoCookie("bytes that are no text", `cbo_session_token={hex fffe80}`, "token-invalid"),
	corbadoCookie("100 KB in another cookie", `a={repeat x 100000}`, "token-missing"),
	corbadoCookie("100 KB in the cookie", `cbo_session_token={repeat x 100000}`, "token-too-long"),
	corbadoCookie("a thousand cookies", `{repeat a=b; 1000}`, "token-missing"),
	{
		Name: "cookie: an empty one, then the token", Config: "corbado",
		Request: `
			GET /
			Cookie: cbo_session_token=; cbo_session_token={corbado}`,
		Want: Want{Upstream: corbadoUser},
	},
	{
		Name: "cookie: several lines are one", Config: "corbado",
		Request: `
			GET /
			Cookie: a=1
			Cookie: cbo_session_token={corbado}; b=2`,
		Want: Want{Upstream: corbadoUser + `
			cookie ~ cbo_session_token=ey`},
	},
	{
		Name: "cookie: no space between them", Config: "corbado",
		Request: `
			GET /
			Cookie: a=1;cbo_session_token={corbado};b=2`,
		Want: Want{Upstream: corbadoUser},
	},
	{
		Name: "cookie: crumbs over HTTP/2", Config: "corbado", HTTP2: true,
		Request: `
			GET /
			cookie: a=1
			cookie: cbo_session_token={corbado}
			cookie: b=2`,
		Want:  Want{Upstream: corbadoUser},
		NotOn: map[host]string{onFake: framing, onWazero: framing},
	},

	{
		Name: "cookie: a thousand and one", Config: "corbado",
		Request: `
			GET /
			Cookie: cbo_session_token={corbado}; {repeat a=b; 1000}`,
		Want: Want{Status: 431, Reason: "cookies-too-many", Response: `
			content-type: application/problem+json
			!www-authenticate`},
	},
	{
		Name: "cookie: a thousand and one, the last of them the token", Config: "corbado",
		Request: `
			GET /
			Cookie: {repeat a=b; 1000}cbo_session_token={corbado}`,
		Want: Want{Status: 431, Reason: "cookies-too-many"},
	},
	{
		Name: "cookie: a thousand and one, in several lines", Config: "corbado",
		Request: `
			GET /
			Cookie: {repeat a=b; 500}
			Cookie: {repeat a=b; 501}`,
		Want: Want{Status: 431, Reason: "cookies-too-many"},
	},
	{
		Name: "cookie: tens of thousands, without names", Config: "corbado",
		Request: `
			GET /
			Cookie: {repeat =; 25000}`,
		Want: Want{Status: 431, Reason: "cookies-too-many"},
	},
	{
		Name: "cookie: tens of thousands, empty", Config: "corbado",
		Request: `
			GET /
			Cookie: {repeat ; 50000}`,
		Want: Want{Status: 431, Reason: "cookies-too-many"},
	},
	{
		Name: "cookie: a thousand and one, in crumbs", Config: "corbado", HTTP2: true,
		Request: `
			GET /
			cookie: {repeat a=b; 500}
			cookie: {repeat a=b; 500}
			cookie: c=d`,
		Want: Want{Status: 431, Reason: "cookies-too-many"},
	},
	{
		Name: "cookie: a thousand and one, beside a bearer token", Config: "corbado",
		Request: `
			GET /
			Authorization: Bearer {corbado}
			Cookie: {repeat a=b; 1001}`,
		Want: Want{Status: 431, Reason: "cookies-too-many"},
	},
	{
		Name: "cookie: a thousand and one, gRPC", Config: "corbado", HTTP2: true,
		Request: `
			POST /a.B/C
			Content-Type: application/grpc
			Cookie: {repeat a=b; 1001}`,
		Want: Want{GRPC: 8, Reason: "cookies-too-many"},
	},
	{
		Name: "cookie: a thousand and one, on a skip rule", Config: "rules",
		Request: `
			GET /open
			Cookie: {repeat a=b; 1001}`,
		Want: Want{Upstream: "cookie ~ a=b;a=b"},
	},
	{
		Name: "cookie: a thousand and one, where nobody reads any", Config: "params",
		Request: `
			GET /
			X-Token: {plain}
			Cookie: {repeat a=b; 1001}`,
		Want: Want{Upstream: plainUser + "cookie ~ a=b;a=b"},
	},

	authorization("empty", ``, "token-missing"),
	authorization("the scheme alone", `Bearer`, "token-missing"),
	authorization("Basic", `Basic {base64 user:password}`, "token-missing"),
	authorization("Digest, which holds commas", `Digest username="x", realm="y", uri="/"`, "token-missing"),
	authorization("a token without a scheme", `{corbado}`, "token-missing"),
	authorization("garbage", `Bearer garbage`, "token-invalid"),
	authorization("dots", `Bearer ..`, "token-invalid"),
	authorization("two parts", `Bearer eyJhbGciOiJSUzI1NiJ9.e30`, "token-invalid"),
	authorization("five parts", `Bearer a.b.c.d.e`, "token-invalid"),
	authorization("padding", `Bearer eyJhbGciOiJSUzI1NiJ9.e30=.AAAA`, "token-invalid"),
	authorization("a payload that is no object", `Bearer eyJhbGciOiJSUzI1NiJ9.W10.AAAA`, "token-invalid"),
	authorization("JSON and no JWS", `Bearer {"signature":"AAAA"}`, "token-invalid"),
	authorization("bytes that are no text", `Bearer {hex ff}.{hex fe}.{hex 80}`, "token-invalid"),
	authorization("longer than is read", `Bearer {repeat x 8193}`, "token-too-long"),
	authorization("100 KB", `Bearer {repeat x 100000}`, "token-too-long"),
	{
		Name: "authorization: the scheme in any case, with more than one space", Config: "corbado",
		Request: `
			GET /
			authorization: bEARER   {corbado}`,
		Want: Want{Upstream: corbadoUser},
	},
	{
		Name: "authorization: two tokens in two lines", Config: "corbado",
		Request: `
			GET /
			Authorization: Bearer {corbado}
			Authorization: Bearer {corbado}`,
		Want: Want{Status: 400, Reason: "authorization-ambiguous"},
	},
	{
		Name: "authorization: a token and another scheme", Config: "corbado",
		Request: `
			GET /
			Authorization: Basic {base64 user:password}, Bearer {corbado}`,
		Want: Want{Status: 400, Reason: "authorization-ambiguous"},
	},
	{
		Name: "authorization: another scheme stays when the cookie decides", Config: "corbado",
		Request: `
			GET /
			Authorization: Digest username="x", realm="y"
			Cookie: cbo_session_token={corbado}`,
		Want: Want{Upstream: corbadoUser + `
			authorization: Digest username="x", realm="y"`},
	},
	{
		Name: "another token header in two lines", Config: "params",
		Request: `
			GET /
			X-Token: {plain}
			X-Token: {plain}`,
		Want: Want{Status: 400, Reason: "authorization-ambiguous"},
	},
	{
		Name: "a token parameter with two values", Config: "params",
		Request: `GET /?token={plain}&token=other`,
		Want:    Want{Status: 400, Reason: "authorization-ambiguous"},
	},

	{
		Name: "keys: the server is down", Config: "down",
		Request: `
			GET /
			Authorization: Bearer {down}`,
		Want: Want{Status: 503, Reason: "keys-unavailable", Response: `
			retry-after: *
			!www-authenticate`},
	},
	{
		Name: "keys: the server is down, and nobody needs it", Config: "down",
		Request: `GET /`,
		Want:    Want{Status: 401, Reason: "token-missing"},
	},
	{
		Name: "keys: the server answers HTML", Config: "html",
		Request: `
			GET /
			Authorization: Bearer {html}`,
		Want: Want{Status: 503, Reason: "keys-unavailable"},
	},
	{
		Name: "keys: an expired token does not wait for them", Config: "down",
		Request: `
			GET /
			Authorization: Bearer {down exp=-60s iat=-120s}`,
		Want: Want{Status: 401, Reason: "token-expired"},
	},
}

// corbadoCookie is a row with one Cookie line, refused.
func corbadoCookie(name, line, reason string) Row {
	return Row{
		Name: "cookie: " + name, Config: "corbado",
		Request: "GET /\nCookie: " + line,
		Want:    Want{Status: 401, Reason: reason},
	}
}

// authorization is a row with one Authorization line, refused.
func authorization(name, line, reason string) Row {
	return Row{
		Name: "authorization: " + name, Config: "corbado",
		Request: "GET /\nAuthorization: " + line,
		Want:    Want{Status: 401, Reason: reason},
	}
}
