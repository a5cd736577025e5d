package e2e

import "maps"

func init() { maps.Copy(configs, ruleConfigs) }

// minePlain and mineCorbado are providers whose keys stand in the
// configuration, so that rows about rules do not wait for any.
const (
	minePlain   = `"name": "mine", "issuer": "{issuer plain}", "jwks": {jwks plain}`
	mineCorbado = `"preset": "corbado", "projectId": "pro-123", "jwks": {jwks corbado}, "forwardOriginalToken": false`
)

// ruleConfigs are the configurations of the rows about rules and answers.
var ruleConfigs = map[string]Config{
	"rules": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"]}],
		"signInUrl": "https://accounts.example.com/sign-in",
		"rules": [
			{"paths": ["/open", "/open/*"], "auth": "skip"},
			{"paths": ["/maybe", "/maybe/*"], "auth": "optional"},
			{"hosts": ["open.example.com", "*.open.example.com"], "auth": "skip"},
			{"methods": ["PUT"], "paths": ["/methods"], "auth": "skip"},
			{"paths": ["/files/{*}/public", "/tree/{**}/leaf"], "auth": "skip"},
			{"paths": ["*.css"], "auth": "skip"},
			{"paths": ["/not/*"], "notPaths": ["/not/this", "/not/those/*"], "notMethods": ["DELETE"], "notHosts": ["strict.example.com"], "auth": "skip"},
			{"paths": ["/deny"], "onFailure": "deny"},
			{"paths": ["/redirect"], "onFailure": "redirect"},
			{"paths": ["/page"], "signInUrl": "https://rule.example.com/in?app=1"}
		]}`},
	"admin": {JSON: `{"providers": [{` + minePlain + `}],
		"rules": [{"paths": ["/admin", "/admin/*", "/Intern", "/gross", "/fish", "/staff", "/keys", "/\u0390", "/\u1c89"]}, {"auth": "skip"}]}`},
	"hosts": {JSON: `{"providers": [{` + minePlain + `}],
		"rules": [{"hosts": ["admin.example.com", "[::1]"], "require": [{"claim": "role", "values": ["admin"]}]}]}`},
	"hosts-routed": {JSON: `{"providers": [{` + minePlain + `}],
		"rules": [{"hosts": ["admin.example.com"], "require": [{"claim": "role", "values": ["admin"]}]}]}`,
		Manager: map[string]any{"route_config": object{
			"ignore_port_in_host_matching": true,
			"virtual_hosts": list{object{
				"name": "admin", "domains": list{"admin.example.com"},
				"routes": list{object{"match": object{"prefix": ""}, "route": object{"cluster": "backend"}}},
			}},
		}}},
	"trial-hosts": {JSON: `{"providers": [{` + minePlain + `}], "onFailure": "log",
		"rules": [{"hosts": ["admin.example.com"], "methods": ["GET", "HEAD"], "require": [{"claim": "role", "values": ["admin"]}]}]}`},
	"methods": {JSON: `{"providers": [{` + minePlain + `}],
		"rules": [{"paths": ["/api/*"], "methods": ["POST", "PUT", "PATCH", "DELETE"]}, {"paths": ["/api/*"], "auth": "skip"}]}`},
	"require": {JSON: `{"providers": [{` + minePlain + `}],
		"signInUrl": "https://accounts.example.com/sign-in",
		"rules": [
			{"paths": ["/role"], "require": [{"claim": "role", "values": ["admin", "owner"]}]},
			{"paths": ["/email"], "require": [{"claim": "email", "values": ["*@example.com"]}, {"claim": "email_verified", "values": ["true"]}]},
			{"paths": ["/scope"], "require": [{"claim": "scope", "values": ["write", "all:*"]}]},
			{"paths": ["/realm"], "require": [{"claim": "realm_access.roles", "values": ["admin"]}]},
			{"paths": ["/names"], "require": [{"claim": ["https://x.example/roles"], "values": ["admin"]}]},
			{"paths": ["/level"], "require": [{"claim": "level", "values": ["3"]}]},
			{"paths": ["/notguest"], "require": [{"claim": "role", "notValues": ["guest*"]}]},
			{"paths": ["/any"], "require": [{"claim": "role", "values": ["*"]}]}
		]}`},
	"organisation": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}},
			{"preset": "oneauxilia", "issuer": "{issuer oneauxilia}", "jwks": {jwks oneauxilia}, "fromCookies": ["aux"]}],
		"rules": [
			{"paths": ["/admin"], "providers": ["clerk", "oneauxilia"], "require": [{"claim": "org_role", "values": ["org:admin"]}]},
			{"paths": ["/teams"], "providers": ["clerk", "oneauxilia"], "require": [{"claim": "org_permissions", "values": ["org:teams:read"]}]},
			{"paths": ["/acme"], "providers": ["clerk", "oneauxilia"], "require": [{"claim": "org_slug", "values": ["acme"]}]},
			{"paths": ["/other"], "providers": ["clerk", "oneauxilia"], "require": [{"claim": "org_id", "notValues": ["org_clerk", "org_oneauxilia"]}]}
		]}`},
	"several": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"]}, {` + mineCorbado + `}],
		"rules": [
			{"paths": ["/mine"], "providers": ["mine"]},
			{"paths": ["/corbado"], "providers": ["corbado"]},
			{"paths": ["/maybe"], "providers": ["mine"], "auth": "optional"}
		]}`},
	"kept": {JSON: `{"providers": [{` + minePlain + `, "forwardOriginalToken": true, "tokenToHeader": "x-user-token",
			"fromHeaders": [{"name": "Authorization", "prefix": "Bearer"}, {"name": "X-Token"}], "fromParams": ["token"], "fromCookies": ["session", "legacy"]}],
		"rules": [{"paths": ["/skip"], "auth": "skip"}, {"auth": "optional"}]}`},
	"taken": {JSON: `{"providers": [{` + minePlain + `,
			"fromHeaders": [{"name": "Authorization", "prefix": "Bearer"}, {"name": "X-Token"}], "fromParams": ["token"], "fromCookies": ["session", "legacy"]}],
		"rules": [{"auth": "optional"}]}`},
	"outputs": {JSON: `{"providers": [{` + minePlain + `, "tokenToHeader": "authorization", "fromCookies": ["session"],
			"outputClaimToHeaders": [
				{"header": "X-Roles", "claim": "realm_access.roles"}, {"header": "X-Namespaced", "claim": ["https://x.example/roles"]},
				{"header": "X-Scope", "claim": "scope"}, {"header": "X-Object", "claim": "object"}, {"header": "X-Text", "claim": "text"},
				{"header": "X-Number", "claim": "number"}],
			"outputPayloadToHeader": "X-Payload"}],
		"rules": [{"auth": "optional"}]}`},
	"origins": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"]}],
		"allowedOrigins": ["https://app.example.com"], "rules": [{"paths": ["/maybe"], "auth": "optional"}]}`},
	"connect": {JSON: `{"providers": [{` + minePlain + `}], "rules": [{"paths": ["/*"], "auth": "skip"}]}`,
		Manager: map[string]any{"upgrade_configs": list{object{"upgrade_type": "websocket"}, object{"upgrade_type": "CONNECT"}}}},
	"no-preflight": {JSON: `{"providers": [{` + minePlain + `}], "bypassCorsPreflight": false}`},
	"bare": {JSON: `{"providers": [{` + minePlain + `}], "problemDetails": false,
		"rules": [{"paths": ["/admin"], "require": [{"claim": "role", "values": ["admin"]}]}]}`},
	"stripped": {JSON: `{"providers": [{` + minePlain + `}], "identityHeaderPrefix": "x-me-", "stripHeaders": ["X-Secret", "X-Tenant"],
		"rules": [{"paths": ["/open"], "auth": "skip"}]}`},
	"forwarded": {JSON: `{"providers": [{` + minePlain + `, "fromParams": ["token"]}], "trustForwarded": true,
		"signInUrl": "https://accounts.example.com/?app=1"}`},
	"own-page": {JSON: `{"providers": [{` + minePlain + `}], "signInUrl": "/sign-in", "onFailure": "redirect",
		"rules": [{"paths": ["/sign-in"], "hosts": ["app.example.com"], "auth": "optional"}]}`},
	"trial": {JSON: `{"providers": [{` + minePlain + `, "fromParams": ["token"], "fromCookies": ["session"]}],
		"signInUrl": "https://accounts.example.com/sign-in", "onFailure": "log",
		"rules": [{"paths": ["/admin"], "require": [{"claim": "role", "values": ["admin"]}]}, {"paths": ["/open"], "auth": "skip"}]}`},
	"trial-of-one": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"]}],
		"rules": [{"paths": ["/new", "/new/*"], "onFailure": "log"}]}`},
}
