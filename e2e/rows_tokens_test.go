package e2e

// tokenRows: tokens that must not be accepted, and what they are called. For
// each preset, since each has its own way to get there.
var tokenRows = []Row{
	refused("clerk", "tamper=signature", "token-invalid-signature"),
	refused("clerk", "tamper=payload", "token-invalid-signature"),
	refused("clerk", "tamper=header", "token-invalid-signature"),
	refused("clerk", "key=stray", "token-invalid-signature"),
	refused("clerk", "key=stray header.kid=nobody", "jwk-kid-mismatch"),
	refused("clerk", "exp=-60s iat=-120s", "session-token-expired"),
	refused("clerk", "iss=https://clerk.evil.example", "token-invalid-issuer"),
	refused("clerk", "header.alg=none", "token-invalid-algorithm"),
	refused("clerk", "header.alg=None", "token-invalid-algorithm"),
	refused("clerk", "header.alg=HS256", "token-invalid-algorithm"),
	refused("clerk", "header.cat=cl_B7d4PD333AAA", "token-type-mismatch"),
	refused("clerk-azp", "azp=https://evil.example", "token-invalid-authorized-parties"),
	refused("clerk-azp", "-azp", "token-invalid-authorized-parties"),

	refused("oneauxilia", "tamper=signature", "token-invalid-signature"),
	refused("oneauxilia", "tamper=payload", "token-invalid-signature"),
	refused("oneauxilia", "key=clerk", "token-invalid-signature"),
	refused("oneauxilia", "exp=-60s iat=-120s", "token-expired"),
	refused("oneauxilia", "nbf=60s", "token-not-active-yet"),
	refused("oneauxilia", "iat=60s", "token-iat-in-the-future"),
	refused("oneauxilia", "iss=https://evil.example", "token-invalid-issuer"),
	refused("oneauxilia", "azp=https://evil.example", "token-invalid-authorized-parties"),
	refused("oneauxilia", "header.alg=none", "token-invalid-algorithm"),
	refused("oneauxilia", "header.alg=HS256", "token-invalid-algorithm"),
	refused("oneauxilia", "-exp", "token-verification-failed"),
	refused("oneauxilia", "-sub", "token-verification-failed"),

	refused("corbado", "tamper=signature", "token-invalid-signature"),
	refused("corbado", "tamper=payload", "token-invalid-signature"),
	refused("corbado", "exp=-60s iat=-120s", "token-expired"),
	refused("corbado", "iss=https://pro-124.frontendapi.cloud.corbado.io", "token-invalid-issuer"),
	refused("corbado", "header.alg=none", "token-invalid-algorithm"),
	refused("corbado", "header.alg=HS256", "token-invalid-algorithm"),

	refused("inline", "tamper=signature", "token-invalid-signature"),
	refused("inline", "key=stray header.kid=nobody", "jwk-kid-mismatch"),

	{
		Name: "corbado: a tampered cookie", Config: "corbado",
		Request: `
			GET /
			Cookie: cbo_session_token={corbado tamper=payload}`,
		Want: Want{Status: 401, Reason: "token-invalid-signature"},
	},
	{
		Name: "clerk: an expired cookie of a request that is no document", Config: "clerk",
		Request: `
			GET /
			Cookie: __session={clerk exp=-60s iat=-120s}; __client_uat={now-600s}`,
		Want: Want{Status: 401, Reason: "session-token-expired"},
	},
	{
		Name: "a bad bearer token beside a good cookie decides", Config: "corbado",
		Request: `
			GET /
			Authorization: Bearer {corbado tamper=signature}
			Cookie: cbo_session_token={corbado}`,
		Want: Want{Status: 401, Reason: "token-invalid-signature"},
	},
	{
		Name: "a good bearer token beside a bad cookie decides, and the cookie does not pass", Config: "corbado",
		Request: `
			GET /
			Authorization: Bearer {corbado}
			Cookie: a=1; cbo_session_token={corbado tamper=signature}`,
		Want: Want{Upstream: corbadoUser + `
			authorization ~ Bearer ey
			cookie: a=1`},
	},
	{
		Name: "a token seen before expires all the same", Config: "corbado",
		Before: []string{`
			GET /
			Authorization: Bearer {corbado exp=-4s iat=-60s}`},
		Request: `
			GET /
			Authorization: Bearer {corbado exp=-5s iat=-60s}`,
		Want:  Want{Status: 401, Reason: "token-expired"},
		NotOn: map[host]string{onWazero: setClock, onEnvoy: setClock},
	},
	{
		Name: "the clock may be 5 s off", Config: "corbado",
		Request: `
			GET /
			Authorization: Bearer {corbado exp=-4s nbf=5s iat=5s}`,
		Want:  Want{Upstream: corbadoUser},
		NotOn: map[host]string{onWazero: setClock, onEnvoy: setClock},
	},
}

// refused is a row with a bearer token, changed as Mint's words say, of the
// issuer that the configuration is for.
func refused(config, change, reason string) Row {
	issuer := map[string]string{"clerk-azp": "clerk", "inline": "plain"}[config]
	if issuer == "" {
		issuer = config
	}
	return Row{
		Name: "refused: " + config + ": " + change, Config: config,
		Request: "GET /\nAuthorization: Bearer {" + issuer + " " + change + "}",
		Want: Want{Status: 401, Reason: reason, Response: `
			www-authenticate ~ Bearer realm="app.example.com", error="invalid_token"`},
	}
}
