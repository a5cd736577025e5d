package e2e

import "maps"

// resourceConfigs have APIs that clients may ask about before they have a token.
var resourceConfigs = map[string]Config{
	"resources": {JSON: `{"providers": [{` + minePlain + `}],
		"protectedResources": [
			{"resource": "https://app.example.com", "authorizationServers": ["https://issuer.example.com"]},
			{"resource": "https://app.example.com/mcp/", "authorizationServers": ["https://issuer.example.com", "https://other.example/tenant"],
			 "scopesSupported": ["mcp:read", "mcp:write"], "resourceName": "Tools \"and\" \\ more ☕", "resourceDocumentation": "https://app.example.com/docs?a=b"},
			{"resource": "http://127.0.0.1:8080/api", "authorizationServers": ["http://localhost:9000"]},
			{"resource": "http://[::1]:8080", "authorizationServers": ["http://localhost:9000"]}
		],
		"rules": [
			{"paths": ["/mcp", "/mcp/*"], "require": [{"claim": "scope", "values": ["mcp:read", "mcp:all"]}, {"claim": "scope", "values": ["tools"]}]},
			{"paths": ["/any"], "require": [{"claim": "scope", "values": ["mcp:*"]}]}
		]}`},
	"resource-log": {JSON: `{"providers": [{` + minePlain + `}], "onFailure": "log",
		"protectedResources": [{"resource": "https://app.example.com/mcp", "authorizationServers": ["https://issuer.example.com"]}]}`},
}

func init() { maps.Copy(configs, resourceConfigs) }

const (
	aboutRoot = "/.well-known/oauth-protected-resource"
	aboutMCP  = aboutRoot + "/mcp/"
	asksPage  = "\nOrigin: https://any.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: mcp-protocol-version"
)

// about is the answer with a document.
func about(body string) Want {
	return Want{Status: 200, Body: body, Response: `content-type: application/json
		cache-control: max-age=3600
		access-control-allow-origin: *
		!access-control-allow-credentials
		!vary
		!www-authenticate`}
}

// challenged is a 401 without a token, or the 403 of a scope that is missing.
func challenged(status int, reason, challenge string) Want {
	return Want{Status: status, Reason: reason, Response: "www-authenticate: " + challenge}
}

const mcpMetadata = `resource_metadata="https://app.example.com/.well-known/oauth-protected-resource/mcp/"`

// resourceRows: what clients learn about an API before they have a token.
var resourceRows = []Row{
	{Name: "resource: its document", Config: "resources", Request: "GET " + aboutMCP, Want: about(
		`{"resource":"https://app.example.com/mcp/","authorization_servers":["https://issuer.example.com","https://other.example/tenant"],` +
			`"scopes_supported":["mcp:read","mcp:write"],"resource_name":"Tools \"and\" \\ more ☕","resource_documentation":"https://app.example.com/docs?a=b"}`)},
	{Name: "resource: the document of a whole host", Config: "resources", Request: "GET " + aboutRoot, Want: about(
		`{"resource":"https://app.example.com","authorization_servers":["https://issuer.example.com"]}`)},
	{Name: "resource: the document on a port", Config: "resources", Request: "GET " + aboutRoot + "/api\nHost: 127.0.0.1:8080", Want: about(`{"resource":"http://127.0.0.1:8080/api",`)},
	{Name: "resource: the document of an address", Config: "resources", Request: "GET " + aboutRoot + "\nHost: [::1]:8080", Want: about(`{"resource":"http://[::1]:8080",`)},
	{Name: "resource: a query does not matter", Config: "resources", Request: "GET " + aboutMCP + "?a=b&c", Want: about(`{"resource":"https://app.example.com/mcp/",`)},
	{Name: "resource: HEAD", Config: "resources", Request: "HEAD " + aboutMCP, Want: about("")},
	{Name: "resource: a page of any origin", Config: "resources", Request: "GET " + aboutMCP + "\nOrigin: https://any.example", Want: about(`{"resource":`)},
	{Name: "resource: neither tokens nor cookies matter", Config: "resources", Request: "GET " + aboutMCP + "\nAuthorization: Bearer x, Bearer y\nCookie: session=x", Want: about(`{"resource":`)},
	{Name: "resource: the log has no identity of the client's", Config: "resources", Request: "GET " + aboutMCP + "\nX-Identity-User-Id: mallory" + asPlain,
		Want: Want{Status: 200, Logged: "!x-identity-user-id\n!x-identity-status"}},
	{Name: "resource: served while a policy is tried out", Config: "resource-log", Request: "GET " + aboutRoot + "/mcp", Want: about(`{"resource":`)},
	{Name: "resource: a preflight of the document", Config: "resources", Request: "OPTIONS " + aboutMCP + asksPage, Want: Want{Status: 204, Response: `
		access-control-allow-origin: *
		access-control-allow-methods: GET, HEAD
		access-control-allow-headers: *
		access-control-max-age: 3600
		!access-control-allow-credentials
		!content-type`}},
	{Name: "resource: a preflight of another path passes as ever", Config: "resources", Request: "OPTIONS /mcp" + asksPage, Want: signedOut("cors-preflight")},
	{Name: "resource: OPTIONS that is no preflight falls under the rules", Config: "resources", Request: "OPTIONS " + aboutMCP, Want: denied(401, "token-missing")},
	{Name: "resource: POST falls under the rules", Config: "resources", Request: "POST " + aboutMCP, Want: denied(401, "token-missing")},
	{Name: "resource: another host has no document", Config: "resources", Request: "GET " + aboutMCP + "\nHost: other.example.com", Want: denied(401, "token-missing")},
	{Name: "resource: the path as it is sent, not without its slash", Config: "resources", Request: "GET " + aboutRoot + "/mcp", Want: denied(401, "token-missing")},
	{Name: "resource: the path as it is sent, not decoded", Config: "resources", Request: "GET /.well-known/oauth%2Dprotected-resource", Want: denied(401, "token-missing")},
	{Name: "resource: the path as it is sent, not in capitals", Config: "resources", Request: "GET /.Well-Known/oauth-protected-resource", Want: denied(401, "token-missing")},
	{Name: "resource: the path as it is sent, not merged", Config: "resources", Request: "GET //.well-known/oauth-protected-resource", Want: denied(401, "token-missing")},

	{Name: "resource: a challenge leads to the document", Config: "resources", Request: "POST /mcp",
		Want: challenged(401, "token-missing", `Bearer realm="app.example.com", `+mcpMetadata+`, scope="mcp:read mcp:all tools"`)},
	{Name: "resource: a challenge below the resource", Config: "resources", Request: "POST /mcp/tools?a=b",
		Want: challenged(401, "token-missing", `Bearer realm="app.example.com", `+mcpMetadata+`, scope="mcp:read mcp:all tools"`)},
	{Name: "resource: a challenge to a bad token", Config: "resources", Request: "POST /mcp\nAuthorization: Bearer x",
		Want: challenged(401, "token-invalid", `Bearer realm="app.example.com", error="invalid_token", error_description="The session token is not a well-formed JWT.", `+mcpMetadata+`, scope="mcp:read mcp:all tools"`)},
	{Name: "resource: a challenge to a token without the scope", Config: "resources", Request: "POST /mcp" + asPlain,
		Want: Want{Status: 403, Reason: "claims-mismatch", Response: `www-authenticate ~ error="insufficient_scope"
			www-authenticate ~ ` + mcpMetadata + `, scope="mcp:read mcp:all tools"`}},
	{Name: "resource: with its scopes a token passes", Config: "resources", Request: "POST /mcp\nAuthorization: Bearer {plain scope:=[\"mcp:read\",\"tools\"]}",
		Want: Want{Upstream: plainUser}},
	{Name: "resource: the longest resource counts", Config: "resources", Request: "GET /mcpx",
		Want: challenged(401, "token-missing", `Bearer realm="app.example.com", resource_metadata="https://app.example.com/.well-known/oauth-protected-resource"`)},
	{Name: "resource: no scope for a pattern", Config: "resources", Request: "GET /any",
		Want: challenged(401, "token-missing", `Bearer realm="app.example.com", resource_metadata="https://app.example.com/.well-known/oauth-protected-resource"`)},
	{Name: "resource: a challenge on a port", Config: "resources", Request: "GET /api/x\nHost: 127.0.0.1:8080",
		Want: challenged(401, "token-missing", `Bearer realm="127.0.0.1", resource_metadata="http://127.0.0.1:8080/.well-known/oauth-protected-resource/api"`)},
	{Name: "resource: a challenge at an address", Config: "resources", Request: "GET /\nHost: [::1]:8080",
		Want: challenged(401, "token-missing", `Bearer realm="[::1]", resource_metadata="http://[::1]:8080/.well-known/oauth-protected-resource"`)},
	{Name: "resource: a challenge beside the resource", Config: "resources", Request: "GET /x\nHost: 127.0.0.1:8080",
		Want: challenged(401, "token-missing", `Bearer realm="127.0.0.1"`)},
	{Name: "resource: a challenge on another host", Config: "resources", Request: "GET /mcp\nHost: other.example.com",
		Want: challenged(401, "token-missing", `Bearer realm="other.example.com"`)},
}
