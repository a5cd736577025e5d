package e2e

// protocolRows: methods, bodies, gRPC, HTTP/2.
var protocolRows = []Row{
	{
		Name: "POST: the body arrives", Config: "corbado",
		Request: `
			POST /form
			Authorization: Bearer {corbado}
			Content-Type: text/plain

			hello`,
		Want: Want{Upstream: corbadoUser + `
			:method: POST
			content-length: 5`},
	},
	{
		Name: "POST: without a session", Config: "corbado",
		Request: `
			POST /form
			Content-Type: text/plain

			hello`,
		Want: Want{Status: 401, Reason: "token-missing"},
	},
	{
		Name: "HEAD: without a session, no body", Config: "corbado",
		Request: `HEAD /`,
		Want:    Want{Status: 401, Reason: "token-missing"},
	},
	{
		Name: "HEAD: with a session", Config: "corbado",
		Request: `
			HEAD /
			Authorization: Bearer {corbado}`,
		Want:  Want{Upstream: corbadoUser},
		NotOn: map[host]string{onEnvoy: "the backend's answer to HEAD cannot say what it saw"},
	},
	{
		Name: "OPTIONS: no preflight", Config: "corbado",
		Request: `OPTIONS /`,
		Want:    Want{Status: 401, Reason: "token-missing"},
	},
	{
		Name: "gRPC: without a session", Config: "corbado", HTTP2: true,
		Request: `
			POST /package.Service/Method
			Content-Type: application/grpc
			TE: trailers`,
		Want: Want{GRPC: 16, Reason: "token-missing"},
	},
	{
		Name: "gRPC: with a session", Config: "corbado", HTTP2: true,
		Request: `
			POST /package.Service/Method
			Content-Type: application/grpc+proto
			TE: trailers
			Authorization: Bearer {corbado}`,
		Want: Want{Upstream: corbadoUser + `
			content-type: application/grpc+proto`},
	},
	{
		Name: "HTTP/2: without a session", Config: "corbado", HTTP2: true,
		Request: `GET /`,
		Want:    Want{Status: 401, Reason: "token-missing"},
		NotOn:   map[host]string{onFake: framing, onWazero: framing},
	},
	{
		Name: "HTTP/2: with a session", Config: "corbado", HTTP2: true,
		Request: `
			GET /
			Authorization: Bearer {corbado}`,
		Want:  Want{Upstream: corbadoUser},
		NotOn: map[host]string{onFake: framing, onWazero: framing},
	},
}
