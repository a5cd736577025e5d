package e2e

// spoofingRows: identity headers that clients send never arrive.
var spoofingRows = []Row{
	{
		Name: "spoofed: every name, signed in", Config: "clerk",
		Request: `
			GET /
			X-Identity-User-Id: mallory
			x-identity-email: mallory@example.com
			x-identity-whatever: mallory
			x-identity-: mallory
			Authorization: Bearer {clerk}`,
		Want: Want{Upstream: clerkUser},
	},
	{
		Name: "spoofed: upper case", Config: "corbado",
		Request: `
			GET /
			X-IDENTITY-ORG-ID: mallory
			Authorization: Bearer {corbado}`,
		Want: Want{Upstream: corbadoUser},
	},
	{
		Name: "spoofed: underscores", Config: "corbado",
		Request: `
			GET /
			x_identity_user_id: mallory
			X_Identity-Org_Id: mallory
			Authorization: Bearer {corbado}`,
		Want: Want{Upstream: corbadoUser},
	},
	{
		Name: "spoofed: dots and other bytes that a name may hold", Config: "corbado",
		Request: `
			GET /
			x.identity.user-id: mallory
			x~identity~user~id: mallory
			x!identity|user^id: mallory
			Authorization: Bearer {corbado}`,
		Want: Want{Upstream: corbadoUser},
	},
	{
		Name: "spoofed: repeated", Config: "corbado",
		Request: `
			GET /
			x-identity-user-id: mallory
			x-identity-org-id: mallory
			X-Identity-User-Id: trudy
			x-identity-org-id: trudy
			x-identity-org-id: mallory
			Authorization: Bearer {corbado}`,
		Want:  Want{Upstream: corbadoUser},
		NotOn: map[host]string{onWazero: emulatorJoins},
	},
	{
		Name: "spoofed: trailers", Config: "corbado",
		Request: `
			POST /
			Authorization: Bearer {corbado}

			hello`,
		Trailers: `
			x-checksum: abc
			x-identity-user-id: mallory
			X_Identity_Org_Id: mallory
			x-identity-user-id: trudy`,
		Want: Want{Upstream: corbadoUser, Trailers: `
			x-checksum: abc`},
		NotOn: map[host]string{onWazero: "the SDK's emulator does not give trailers back"},
	},
	{
		Name: "spoofed: trailers over HTTP/2", Config: "corbado", HTTP2: true,
		Request: `
			POST /
			Authorization: Bearer {corbado}

			hello`,
		Trailers: `
			x-checksum: abc
			x-identity-user-id: mallory`,
		Want: Want{Upstream: corbadoUser, Trailers: `
			x-checksum: abc`},
		NotOn: map[host]string{onFake: framing, onWazero: framing},
	},
	{
		Name: "spoofed: a refused request is logged without them", Config: "corbado",
		Request: `
			GET /
			x-identity-user-id: mallory
			x-identity-status: signed-in`,
		Want: Want{Status: 401, Reason: "token-missing", Logged: `
			x-identity-status: signed-out
			!x-identity-user-id`},
	},
	{
		Name: "spoofed: clerk's own headers", Config: "clerk",
		Request: `
			GET /
			x-clerk-auth-status: signed-in
			X_Clerk_Auth_Token: mallory
			Authorization: Bearer {clerk}`,
		Want: Want{Upstream: clerkUser + `
			!x-clerk-auth-status
			!x_clerk_auth_token`},
	},
	{
		Name: "spoofed: another URL", Config: "corbado",
		Request: `
			GET /
			X-Original-URL: /admin
			X_Rewrite-URL: /admin
			Authorization: Bearer {corbado}`,
		Want: Want{Upstream: corbadoUser + `
			!x-original-url
			!x_rewrite-url`},
	},
	{
		Name: "spoofed: names that only look alike stay", Config: "corbado",
		Request: `
			GET /
			x-identity: 1
			xidentity-user-id: 2
			my-x-identity-user-id: 3
			Authorization: Bearer {corbado}`,
		Want: Want{Upstream: corbadoUser + `
			x-identity: 1
			xidentity-user-id: 2
			my-x-identity-user-id: 3`},
	},
}
