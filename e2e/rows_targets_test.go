package e2e

// targetRows: request targets other than a path, and other protocols.
var targetRows = []Row{
	{Name: "target: OPTIONS *", Config: "connect", Request: "OPTIONS *", Want: denied(401, "token-missing"),
		NotOn: map[host]string{onEnvoy: "it answers 404 itself"}},
	{Name: "target: CONNECT is no path", Config: "connect", Request: "CONNECT app.example.com:443\nHost: app.example.com:443", Want: denied(401, "token-missing")},
	{Name: "target: absolute form", Config: "admin", Request: "GET http://app.example.com/admin", Want: denied(401, "token-missing")},
	{Name: "target: absolute form, elsewhere", Config: "admin", Request: "GET http://app.example.com/x"},
	{Name: "target: absolute form without a path", Config: "inline", Request: "GET http://app.example.com", Want: denied(401, "token-missing")},
	{Name: "target: absolute form of another host", Config: "rules", Request: "GET http://open.example.com/x\nHost: app.example.com", Want: denied(400, "authority-invalid"),
		NotOn: map[host]string{onEnvoy: "it takes the host from the target"}},
	{Name: "target: a query alone", Config: "admin", Request: "GET ?a=b", Want: denied(400, "path-invalid"), NotOn: map[host]string{onEnvoy: framing}},
	{Name: "target: a fragment alone", Config: "admin", Request: "GET #/admin", Want: denied(400, "path-invalid"), NotOn: map[host]string{onEnvoy: framing}},
	{Name: "target: no path at all", Config: "admin", Request: "GET admin", Want: denied(400, "path-invalid"), NotOn: map[host]string{onEnvoy: framing}},
	{Name: "target: a fragment does not count", Config: "admin", Request: "GET /admin#/x", Want: denied(401, "token-missing"),
		NotOn: map[host]string{onEnvoy: "it answers 400 itself"}},

	{Name: "upgrade: nobody", Config: "inline", Request: "GET /ws\nUpgrade: websocket\nConnection: Upgrade", Want: denied(401, "token-missing")},
	{Name: "upgrade: a cookie", Config: "inline", Request: "GET /ws\nUpgrade: websocket\nConnection: Upgrade\nCookie: session={plain}", Want: Want{Upstream: plainUser + "upgrade: websocket"},
		NotOn: map[host]string{onEnvoy: "a backend that does not upgrade cannot say what it saw"}},
	{Name: "upgrade: h2c", Config: "inline", Request: "GET /\nUpgrade: h2c\nConnection: Upgrade, HTTP2-Settings\nHTTP2-Settings: AAMAAABkAAQAAP__", Want: denied(401, "token-missing")},
	{Name: "upgrade: Clerk sends no handshake", Config: "clerk", Request: "GET /ws\nUpgrade: websocket\nConnection: Upgrade\nAccept: text/html\nCookie: __client_uat={now-60s}", Want: denied(401, "client-uat-but-no-session-token")},
}
