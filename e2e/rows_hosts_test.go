package e2e

// admin is a request for the host that needs a role which the user lacks. Of a
// rule that did not match it, the next one would let it through.
func admin(authority string) string { return "GET /\nHost: " + authority + asPlain }

// Why some rows do not run in Envoy.
var (
	ownProtocol = map[host]string{onEnvoy: "it refuses such a frame itself"}
	pickyServer = map[host]string{onEnvoy: "the backend of the tests refuses such a host"}
)

var (
	roleMissing = denied(403, "claims-mismatch")
	noAuthority = denied(400, "authority-invalid")
)

// hostRows: an authority that Envoy routes to a host falls under the rules for
// that host, in whatever way it is written.
var hostRows = []Row{
	{Name: "host: as it stands in the rule", Config: "hosts", Request: admin("admin.example.com"), Want: roleMissing},
	{Name: "host: another", Config: "hosts", Request: admin("www.example.com"), Want: Want{Upstream: plainUser}},
	{Name: "host: a port", Config: "hosts", Request: admin("admin.example.com:8080"), Want: roleMissing},
	{Name: "host: port 0", Config: "hosts", Request: admin("admin.example.com:0"), Want: roleMissing},
	{Name: "host: port 65536", Config: "hosts", Request: admin("admin.example.com:65536"), Want: roleMissing},
	{Name: "host: port 99999", Config: "hosts", Request: admin("admin.example.com:99999"), Want: roleMissing},
	{Name: "host: a port with zeros", Config: "hosts", Request: admin("admin.example.com:000080"), Want: roleMissing},
	{Name: "host: a port of many digits", Config: "hosts", Request: admin("admin.example.com:99999999999999999999"), Want: roleMissing},
	{Name: "host: an empty port", Config: "hosts", Request: admin("admin.example.com:"), Want: roleMissing},
	{Name: "host: a port with a sign", Config: "hosts", Request: admin("admin.example.com:+80"), Want: noAuthority},
	{Name: "host: a port of letters", Config: "hosts", Request: admin("admin.example.com:abc"), Want: noAuthority},
	{Name: "host: two ports", Config: "hosts", Request: admin("admin.example.com:80:80"), Want: noAuthority},
	{Name: "host: a dot at the end", Config: "hosts", Request: admin("admin.example.com."), Want: noAuthority},
	{Name: "host: two dots at the end", Config: "hosts", Request: admin("admin.example.com.."), Want: noAuthority},
	{Name: "host: an empty label", Config: "hosts", Request: admin("admin..example.com"), Want: noAuthority},
	{Name: "host: user information", Config: "hosts", Request: admin("user@admin.example.com"), Want: noAuthority},
	{Name: "host: another host as user information", Config: "hosts", Request: admin("public.example.com:80@admin.example.com"), Want: noAuthority},
	{Name: "host: two lines", Config: "hosts", Request: admin("www.example.com\nHost: admin.example.com"), Want: noAuthority,
		NotOn: map[host]string{onEnvoy: "it answers 400 itself"}},
	{Name: "host: two in one line", Config: "hosts", Request: admin("www.example.com,admin.example.com"), Want: noAuthority},
	{Name: "host: absolute form of another host, over HTTP/2", Config: "hosts", HTTP2: true, Request: "GET http://admin.example.com/\nHost: www.example.com" + asPlain, Want: noAuthority, NotOn: ownProtocol},
	{Name: "host: absolute form of the same host, over HTTP/2", Config: "hosts", HTTP2: true, Request: "GET http://WWW.example.com:80/\nHost: www.example.com" + asPlain, Want: Want{Upstream: plainUser}, NotOn: ownProtocol},
	{Name: "host: absolute form with user information, over HTTP/2", Config: "hosts", HTTP2: true, Request: "GET http://www.example.com@admin.example.com/\nHost: www.example.com" + asPlain, Want: noAuthority, NotOn: ownProtocol},
	{Name: "host: an IPv6 address with a port", Config: "hosts", Request: admin("[::1]:8080"), Want: roleMissing},
	{Name: "host: an IPv6 address with something behind it", Config: "hosts", Request: admin("[::1]x"), Want: noAuthority},
	{Name: "host: an IPv4 address", Config: "hosts", Request: admin("127.0.0.1:8080"), Want: Want{Upstream: plainUser}},
	{Name: "host: what is none, where no rule has hosts", Config: "admin", Request: "GET /\nHost: user@app.example.com", NotOn: pickyServer},
	{Name: "host: what is none, under skip", Config: "rules", Request: "GET /open\nHost: app.example.com:abc", Want: noAuthority},
	{Name: "host: what is none, where everything is tried out", Config: "trial-hosts", Request: "GET /\nHost: user@admin.example.com" + asPlain, Want: Want{Reason: "authority-invalid", Upstream: plainUser}, NotOn: pickyServer},

	{Name: "host: a port that Envoy ignores", Config: "hosts-routed", Request: admin("admin.example.com:8080"), Want: roleMissing},
	{Name: "host: port 99999 that Envoy ignores", Config: "hosts-routed", Request: admin("admin.example.com:99999"), Want: roleMissing},
	{Name: "host: a port with zeros that Envoy ignores", Config: "hosts-routed", Request: admin("admin.example.com:000080"), Want: roleMissing},
	{Name: "host: port 0 that Envoy ignores", Config: "hosts-routed", Request: admin("admin.example.com:0"), Want: roleMissing},
}
