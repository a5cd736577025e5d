package session_test

// configs are the configurations of the table, as a user would write them.
var configs = map[string]string{
	"production": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c",
		"authorizedParties": ["https://app.example.com"]}]}`,
	"optional": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"}],
		"rules": [{"auth": "optional"}]}`,
	"development": `{"providers": [{"preset": "clerk", "publishableKey": "{pk dev}", "jwksCluster": "c"}]}`,

	"no handshake": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "handshake": false}]}`,
	"bearer only":  `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "fromCookies": []}]}`,
	"pending":      `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "treatPendingAsSignedOut": false}]}`,
	"no skew":      `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "clockSkew": "0s"}]}`,
	"max age":      `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "maxTokenAge": "25s"}]}`,
	"audience":     `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "audiences": ["api"]}]}`,
	"issuer":       `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "issuer": "https://custom.example.com"}]}`,
	"param":        `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "fromParams": ["token"]}]}`,
	"pem":          `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {pem clerk}}]}`,
	"take out":     `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "forwardOriginalToken": false, "tokenToHeader": "x-token"}]}`,
	"forwarded":    `{"trustForwarded": true, "providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"}]}`,

	"satellite": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c",
		"isSatellite": true, "domain": "satellite.example"}]}`,
	"satellite that asks": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c",
		"isSatellite": true, "domain": "satellite.example", "satelliteAutoSync": true}]}`,
	"satellite without handshake": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c",
		"isSatellite": true, "domain": "satellite.example", "satelliteAutoSync": true, "handshake": false}]}`,
	"satellite behind a proxy": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c",
		"isSatellite": true, "proxyUrl": "https://satellite.example/__clerk/", "satelliteAutoSync": true}]}`,
	"development satellite": `{"providers": [{"preset": "clerk", "publishableKey": "{pk dev}", "jwksCluster": "c",
		"isSatellite": true, "domain": "satellite.example", "satelliteAutoSync": true, "signInUrl": "https://primary.example/sign-in?lang=en"}]}`,
	"behind a proxy": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c",
		"proxyUrl": "https://app.example.com/__clerk/"}]}`,

	"oneauxilia": `{"providers": [{"preset": "oneauxilia", "issuer": "https://oneauxilia.example.com",
		"jwksUri": "https://oneauxilia.example.com/.well-known/jwks.json", "jwksCluster": "c"}]}`,
	"oneauxilia pending": `{"providers": [{"preset": "oneauxilia", "issuer": "https://oneauxilia.example.com",
		"jwksUri": "https://oneauxilia.example.com/.well-known/jwks.json", "jwksCluster": "c", "treatPendingAsSignedOut": false}]}`,
	"corbado":       `{"providers": [{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "c"}]}`,
	"corbado cname": `{"providers": [{"preset": "corbado", "projectId": "pro-123", "frontendApi": "auth.example.com", "jwksCluster": "c"}]}`,
	"corbado old": `{"providers": [{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "c",
		"fromCookies": ["cbo_session_token", "cbo_short_session"]}]}`,
	"corbado service": `{"providers": [{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "c", "tokenToHeader": "authorization"}]}`,
	"plain": `{"providers": [{"name": "mine", "issuer": "https://issuer.example.com", "jwksCluster": "c",
		"jwksUri": "https://issuer.example.com/.well-known/jwks.json", "fromCookies": ["session"]}]}`,

	"one cookie for two": `{"providers": [
		{"name": "other", "issuer": "https://other.example.com", "jwksCluster": "c", "jwksUri": "https://issuer.example.com/.well-known/jwks.json", "fromCookies": ["session"]},
		{"name": "mine", "issuer": "https://issuer.example.com", "jwksCluster": "c", "jwksUri": "https://issuer.example.com/.well-known/jwks.json", "fromCookies": ["session"]}]}`,
	"places": `{"providers": [{"name": "mine", "issuer": "https://issuer.example.com", "jwksCluster": "c",
		"jwksUri": "https://issuer.example.com/.well-known/jwks.json", "fromHeaders": [{"name": "x-first"}, {"name": "x-second"}],
		"fromParams": ["first", "second"]}]}`,

	"twins": `{"providers": [
		{"name": "one", "preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"},
		{"name": "two", "preset": "clerk", "publishableKey": "{pk clerk2}", "jwksCluster": "c"}]}`,
	"twins on two hosts": `{"providers": [
		{"name": "one", "preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"},
		{"name": "two", "preset": "clerk", "publishableKey": "{pk clerk2}", "jwksCluster": "c"}],
		"rules": [{"hosts": ["one.example.com"], "providers": ["one"]}, {"hosts": ["two.example.com"], "providers": ["two"]}]}`,
	"everybody": `{"providers": [
		{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"},
		{"preset": "oneauxilia", "issuer": "https://oneauxilia.example.com",
		 "jwksUri": "https://oneauxilia.example.com/.well-known/jwks.json", "jwksCluster": "c"},
		{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "c"},
		{"name": "mine", "issuer": "https://issuer.example.com", "jwksCluster": "c",
		 "jwksUri": "https://issuer.example.com/.well-known/jwks.json", "fromCookies": ["session"]}]}`,

	"admins": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"}],
		"rules": [{"require": [{"claim": "org_role", "values": ["org:admin"]}]}]}`,
	"origins": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"}],
		"allowedOrigins": ["https://app.example.com"]}`,
	"hosts": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"}],
		"rules": [{"hosts": ["admin.example.com"], "methods": ["DELETE"]}]}`,
}
