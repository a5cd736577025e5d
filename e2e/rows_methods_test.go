package e2e

// methodRows: a request passes the rules of every method that a server could
// read in it.
var methodRows = []Row{
	{Name: "method: a read is open", Config: "methods", Request: "GET /api/x"},
	{Name: "method: a write is not", Config: "methods", Request: "DELETE /api/x", Want: denied(401, "token-missing")},
	{Name: "method: in lower case", Config: "methods", HTTP2: true, Request: "delete /api/x", Want: denied(401, "token-missing")},
	{Name: "method: in mixed case", Config: "methods", HTTP2: true, Request: "Delete /api/x", Want: denied(401, "token-missing")},
	{Name: "method: in lower case, with a session", Config: "methods", HTTP2: true, Request: "delete /api/x" + asPlain, Want: Want{Upstream: plainUser + ":method: delete"}},
	{Name: "method: X-HTTP-Method-Override", Config: "methods", Request: "GET /api/x\nX-HTTP-Method-Override: DELETE", Want: denied(401, "token-missing")},
	{Name: "method: x_http_method_override, in lower case", Config: "methods", Request: "GET /api/x\nx_http_method_override: delete", Want: denied(401, "token-missing")},
	{Name: "method: X-HTTP-Method", Config: "methods", Request: "GET /api/x\nX-HTTP-Method: PUT", Want: denied(401, "token-missing")},
	{Name: "method: X-Method-Override", Config: "methods", Request: "GET /api/x\nX-Method-Override: PATCH", Want: denied(401, "token-missing")},
	{Name: "method: an override on a second line", Config: "methods", Request: "GET /api/x\nX-Method-Override: GET\nX-Method-Override: PATCH", Want: denied(401, "token-missing"),
		NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "method: two overrides in one line", Config: "methods", Request: "GET /api/x\nX-Method-Override: GET, PATCH", Want: denied(400, "method-invalid")},
	{Name: "method: an override that changes nothing", Config: "methods", Request: "GET /api/x\nX-Method-Override: get", Want: Want{Upstream: "x-method-override: get"}},
	{Name: "method: an override with a session", Config: "methods", Request: "GET /api/x\nX-HTTP-Method-Override: DELETE" + asPlain, Want: Want{Upstream: plainUser + "x-http-method-override: DELETE"}},
	{Name: "method: an override of a write to a read is still a write", Config: "methods", Request: "POST /api/x\nX-HTTP-Method-Override: GET", Want: denied(401, "token-missing")},
	{Name: "method: an override that is none", Config: "methods", Request: "GET /api/x\nX-HTTP-Method-Override: DE LETE", Want: denied(400, "method-invalid")},
	{Name: "method: an empty override", Config: "methods", Request: "GET /api/x\nX-HTTP-Method-Override: ", Want: denied(400, "method-invalid"),
		NotOn: map[host]string{onWazero: "its emulator drops a header without a value"}},
	{Name: "method: _method", Config: "methods", Request: "GET /api/x?_method=DELETE", Want: denied(401, "token-missing")},
	{Name: "method: _method, in lower case, encoded", Config: "methods", Request: "GET /api/x?a=b&%5Fmethod=%64elete", Want: denied(401, "token-missing")},
	{Name: "method: _method after a semicolon", Config: "methods", Request: "GET /api/x?a=b;_method=DELETE", Want: denied(401, "token-missing")},
	{Name: "method: _METHOD", Config: "methods", Request: "GET /api/x?_METHOD=DELETE", Want: denied(401, "token-missing")},
	{Name: "method: the second _method", Config: "methods", Request: "GET /api/x?_method=GET&_method=PUT", Want: denied(401, "token-missing")},
	{Name: "method: _method with a session", Config: "methods", Request: "POST /api/x?_method=DELETE" + asPlain, Want: Want{Upstream: plainUser + ":path: /api/x?_method=DELETE"}},
	{Name: "method: _method that is none", Config: "methods", Request: "GET /api/x?_method=DELETE%00", Want: denied(400, "method-invalid")},
	{Name: "method: more of them than anybody needs", Config: "methods", Request: "GET /api/x?{repeat _method=GET& 65}", Want: denied(400, "method-invalid")},
	{Name: "method: what is like _method", Config: "methods", Request: "GET /api/x?method=DELETE&my_method=DELETE"},
	{Name: "method: overrides do not count where no rule has methods", Config: "admin", Request: "GET /x?_method=DE LETE\nX-HTTP-Method-Override: a b",
		NotOn: map[host]string{onEnvoy: framing}},
	{Name: "method: notMethods, in lower case", Config: "rules", HTTP2: true, Request: "delete /not/that", Want: denied(401, "token-missing")},
	{Name: "method: notMethods, an override", Config: "rules", Request: "GET /not/that\nX-Method-Override: DELETE", Want: denied(401, "token-missing")},
	{Name: "method: none, where everything is tried out", Config: "trial-hosts", Request: "GET /\nX-HTTP-Method-Override: a b" + asPlain, Want: Want{Reason: "method-invalid", Upstream: plainUser}},

	{Name: "origins: an override is a write", Config: "origins", Request: "GET /\nCookie: session={plain}\nOrigin: https://evil.example\nX-HTTP-Method-Override: DELETE", Want: denied(403, "origin-not-allowed")},
	{Name: "origins: _method is a write", Config: "origins", Request: "GET /?_method=DELETE\nCookie: session={plain}\nOrigin: https://evil.example", Want: denied(403, "origin-not-allowed")},
}

// openBodyRows: a preflight has no body, also where nothing says how long it is;
// and Connection names no headers of ours to the next hop.
var openBodyRows = []Row{
	{Name: "preflight: a chunked body", Config: "inline", Request: preflight + "\nTransfer-Encoding: chunked\n\nx", Want: denied(401, "token-missing")},
	{Name: "preflight: a body over HTTP/2", Config: "inline", HTTP2: true, Request: preflight + "\n\nx", Want: denied(401, "token-missing")},
	{Name: "preflight: over HTTP/2", Config: "inline", HTTP2: true, Request: preflight, Want: signedOut("cors-preflight")},
	{Name: "preflight: trailers", Config: "inline", HTTP2: true, Request: preflight, Trailers: "x-a: b", Want: denied(401, "token-missing")},

	{Name: "upgrade: Connection names nothing of ours", Config: "inline", Request: "GET /ws\nUpgrade: websocket\nConnection: Upgrade, X-Identity-User-Id, Authorization\nCookie: session={plain}",
		Want:  Want{Upstream: plainUser + "connection: upgrade"},
		NotOn: map[host]string{onEnvoy: "a backend that does not upgrade cannot say what it saw; TestUpgradeThroughProxy"}},
	{Name: "upgrade: Connection stays where everything is tried out", Config: "trial-hosts", Request: "GET /ws\nUpgrade: websocket\nConnection: Upgrade, X-A" + asPlain,
		Want:  Want{Upstream: plainUser + "connection: Upgrade, X-A"},
		NotOn: map[host]string{onEnvoy: "a backend that does not upgrade cannot say what it saw"}},
}
