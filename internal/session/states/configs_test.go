package states

import (
	"slices"
	"testing"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// configs are the configurations of the table, as a user would write them.
var configs = map[string]string{
	"production": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c",
		"authorizedParties": ["https://app.example.com"]}]}`,
	"optional": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"}],
		"rules": [{"auth": "optional"}]}`,
	"development": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerkdev}", "jwksCluster": "c"}]}`,

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
	"development satellite": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerkdev}", "jwksCluster": "c",
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
	"claims": `{"providers": [{"name": "mine", "issuer": "https://issuer.example.com", "jwksCluster": "c",
		"jwksUri": "https://issuer.example.com/.well-known/jwks.json", "fromCookies": ["session"],
		"requiredClaims": [{"claim": "email_verified", "values": ["true"]}, {"claim": "groups", "notValues": ["guest*"]}],
		"userIdClaim": "employee.id", "sessionIdClaim": ["https://x.example/session"]}]}`,
	"kinds": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "authorizedParties": ["https://app.example.com"],
		"tokens": ["session", "oauth", "m2m"], "machines": ["mch_one", "mch_two"], "clients": ["client_one"], "fromParams": ["token"],
		"tokenToHeader": "x-token", "outputClaimToHeaders": [{"header": "x-role", "claim": "org_role"}, {"header": "x-plan", "claim": "plan"}], "outputPayloadToHeader": "x-payload"}],
		"rules": [{"tokens": ["session", "oauth", "m2m"]}]}`,
	"oauth only": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c", "tokens": ["oauth"], "audiences": ["https://api.example.com"]}],
		"rules": [{"tokens": ["oauth"]}]}`,
	"kinds by claims": `{"providers": [{"name": "mine", "issuer": "https://issuer.example.com", "jwksCluster": "c",
		"jwksUri": "https://issuer.example.com/.well-known/jwks.json", "fromCookies": ["session"], "tokens": ["session", "oauth", "m2m"],
		"kinds": [{"kind": "m2m", "claim": "gty", "values": ["client-credentials"]}, {"kind": "oauth", "claim": "scope", "values": ["*"]},
			{"kind": "session", "claim": "token_use", "notValues": ["refresh"]}]}],
		"rules": [{"tokens": ["session", "oauth", "m2m"]}]}`,
	"unbound": `{"providers": [{"name": "mine", "issuer": "https://issuer.example.com", "jwksCluster": "c",
		"jwksUri": "https://issuer.example.com/.well-known/jwks.json", "audiences": ["api"], "allowUnboundUse": true}]}`,
	"rule's audiences": `{"providers": [{"name": "mine", "issuer": "https://issuer.example.com", "jwksCluster": "c",
		"jwksUri": "https://issuer.example.com/.well-known/jwks.json", "audiences": ["api", "web"], "fromCookies": ["session"]}],
		"rules": [{"audiences": ["web", "admin"]}]}`,

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
	"reverified": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"}],
		"rules": [{"reverification": {"level": "first_factor", "afterMinutes": 10}}]}`,
	"origins": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"}],
		"allowedOrigins": ["https://app.example.com"]}`,
	"hosts": `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "c"}],
		"rules": [{"hosts": ["admin.example.com"], "methods": ["DELETE"]}]}`,
}

// groupOf is the group of a policy's providers, or of some of them, by name.
func groupOf(policy *policy.Policy, names []string) *session.Group {
	providers := policy.Providers
	if names != nil {
		providers = slices.DeleteFunc(slices.Clone(providers), func(p *session.Provider) bool { return !slices.Contains(names, p.Name) })
	}
	return session.NewGroup(providers, session.Options{
		ReadsClaims:    true,
		MaxTokenBytes:  policy.MaxTokenBytes,
		TrustForwarded: policy.TrustForwarded,
		Private:        request.ParamNames(nil, session.PrivateParams(policy.Providers)),
	})
}

var loaded map[string]*policy.Policy

// policies are the configurations, loaded as the filter would.
func policies(t testing.TB) map[string]*policy.Policy {
	t.Helper()
	if loaded == nil {
		loaded = map[string]*policy.Policy{}
		for name, text := range configs {
			result, err := config.Load([]byte(fill(text)))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			loaded[name] = result.Policy
		}
	}
	return loaded
}
