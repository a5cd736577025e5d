package e2e

// What the upstream gets of the sessions that the issuers mint, see
// demo/idp.
const (
	clerkUser = `
		x-identity-status: signed-in
		x-identity-provider: clerk
		x-identity-user-id: user_clerk
		x-identity-session-id: sess_clerk
		x-identity-org-id: org_clerk
		x-identity-org-role: org:admin
		x-identity-org-slug: acme
		x-identity-org-permissions: org:dashboard:manage,org:dashboard:read,org:teams:read
		x-identity-features: dashboard,teams
	`
	oneauxiliaUser = `
		x-identity-status: signed-in
		x-identity-provider: oneauxilia
		x-identity-user-id: user_oneauxilia
		x-identity-session-id: sess_oneauxilia
		x-identity-org-id: org_oneauxilia
		x-identity-org-role: org:member
		x-identity-org-slug: umbrella
		x-identity-org-permissions: org:teams:read
	`
	corbadoUser = `
		x-identity-status: signed-in
		x-identity-provider: corbado
		x-identity-user-id: usr-corbado
		x-identity-name: Ada Example
		x-identity-email: ada@example.com
	`
	plainUser = `
		x-identity-status: signed-in
		x-identity-provider: mine
		x-identity-user-id: user_plain
	`
)

// vendorRows: a session of each vendor, in each of its places.
var vendorRows = []Row{
	{
		Name: "clerk: nothing sent", Config: "clerk",
		Request: `GET /`,
		Want: Want{Status: 401, Reason: "session-token-and-uat-missing",
			Response: `www-authenticate: Bearer realm="app.example.com"`},
	},
	{
		Name: "clerk: bearer", Config: "clerk",
		Request: `
			GET /a/b?c=d
			Authorization: Bearer {clerk}`,
		Want: Want{Upstream: clerkUser + `
			:method: GET
			:path: /a/b?c=d
			:authority: app.example.com
			authorization ~ Bearer ey`},
	},
	{
		Name: "clerk: cookie", Config: "clerk",
		Request: `
			GET /
			Cookie: theme=dark; __session={clerk}; __client_uat={now-60s}`,
		Want: Want{Upstream: clerkUser + `
			cookie ~ theme=dark; __session=ey`},
	},
	{
		Name: "clerk: suffixed cookies", Config: "clerk",
		Request: `
			GET /
			Cookie: __session_{suffix clerk}={clerk}; __client_uat_{suffix clerk}={now-60s}`,
		Want: Want{Upstream: clerkUser},
	},
	{
		Name: "clerk: cookies of another instance beside ours", Config: "clerk",
		Request: `
			GET /
			Cookie: __session={clerk2}; __client_uat={now-60s}; __session_{suffix clerk}={clerk}; __client_uat_{suffix clerk}={now-60s}`,
		Want: Want{Upstream: clerkUser + `
			cookie ~ __session_naoXFJnI=`},
	},
	{
		Name: "clerk: token of version 1", Config: "clerk",
		Request: `
			GET /
			Authorization: Bearer {clerk -v -o -fea org_id=org_1 org_role=org:admin org_slug=one org_permissions:=["org:a:b","org:c:d"]}`,
		Want: Want{Upstream: `
			x-identity-status: signed-in
			x-identity-provider: clerk
			x-identity-user-id: user_clerk
			x-identity-session-id: sess_clerk
			x-identity-org-id: org_1
			x-identity-org-role: org:admin
			x-identity-org-slug: one
			x-identity-org-permissions: org:a:b,org:c:d`},
	},
	{
		Name: "clerk: outside an organisation", Config: "clerk",
		Request: `
			GET /
			Authorization: Bearer {clerk -o -fea}`,
		Want: Want{Upstream: `
			x-identity-status: signed-in
			x-identity-provider: clerk
			x-identity-user-id: user_clerk
			x-identity-session-id: sess_clerk`},
	},
	{
		Name: "clerk: an impersonated session names the actor", Config: "clerk",
		Request: `
			GET /
			Authorization: Bearer {clerk act:={"sub":"user_support"}}`,
		Want: Want{Upstream: clerkUser + `
			x-identity-actor: user_support`},
	},
	{
		Name: "clerk: the page's origin is checked where it is configured", Config: "clerk-azp",
		Request: `
			GET /
			Authorization: Bearer {clerk}`,
		Want: Want{Upstream: clerkUser},
	},
	{
		Name: "oneauxilia: nothing sent", Config: "oneauxilia",
		Request: `GET /`,
		Want: Want{Status: 401, Reason: "token-missing",
			Response: `www-authenticate: Bearer realm="app.example.com"`},
	},
	{
		Name: "oneauxilia: bearer", Config: "oneauxilia",
		Request: `
			GET /
			Authorization: Bearer {oneauxilia}`,
		Want: Want{Upstream: oneauxiliaUser},
	},
	{
		Name: "oneauxilia: cookie", Config: "oneauxilia",
		Request: `
			GET /
			Cookie: __session={oneauxilia}; theme=dark`,
		Want: Want{Upstream: oneauxiliaUser + `
			cookie ~ __session=ey`},
	},
	{
		Name: "corbado: nothing sent", Config: "corbado",
		Request: `GET /`,
		Want:    Want{Status: 401, Reason: "token-missing"},
	},
	{
		Name: "corbado: bearer", Config: "corbado",
		Request: `
			GET /
			Authorization: Bearer {corbado}`,
		Want: Want{Upstream: corbadoUser},
	},
	{
		Name: "corbado: cookie", Config: "corbado",
		Request: `
			GET /
			Cookie: cbo_session_token={corbado}`,
		Want: Want{Upstream: corbadoUser},
	},
	{
		Name: "corbado: each of the accepted issuers", Config: "corbado",
		Request: `
			GET /
			Authorization: Bearer {corbado iss=https://pro-123.frontendapi.cloud.corbado.io}`,
		Want: Want{Upstream: corbadoUser},
	},
	{
		Name: "no preset: bearer, verified and then taken out", Config: "inline",
		Request: `
			GET /
			Authorization: Bearer {plain}`,
		Want: Want{Upstream: plainUser + `
			!authorization`},
	},
	{
		Name: "no preset: cookie, verified and then taken out", Config: "inline",
		Request: `
			GET /
			Cookie: a=1; session={plain}; b=2`,
		Want: Want{Upstream: plainUser + `
			cookie ~ a=1; b=2`},
	},
	{
		Name: "no preset: one PEM key", Config: "pem",
		Request: `
			GET /
			Authorization: Bearer {plain}`,
		Want: Want{Upstream: plainUser},
	},
	{
		Name: "no preset: header of another name", Config: "params",
		Request: `
			GET /
			X-Token: {plain}`,
		Want: Want{Upstream: plainUser + `
			!x-token`},
	},
	{
		Name: "no preset: query parameter, verified and then taken out", Config: "params",
		Request: `GET /a?x=%20y&token={plain}&z`,
		Want: Want{Upstream: plainUser + `
			:path: /a?x=%20y&z`},
	},
}
