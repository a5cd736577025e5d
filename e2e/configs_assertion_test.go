package e2e

import (
	"maps"
	"time"

	"github.com/sessiongate/sessiongate/internal/testkit/assertionkeys"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

func init() { maps.Copy(configs, assertionConfigs) }

// Keys of assertions: the one that signs, the next, one that was taken out, and
// another proxy's.
var signingKey, nextKey, removedKey, otherProxy = assertionkeys.New("assertion"), assertionkeys.New("next"), assertionkeys.New("removed"), assertionkeys.New("other proxy")

// signingEnvironment is that of a VM that signs assertions.
var signingEnvironment = map[string]string{
	"SESSIONGATE_SIGNING_KEY":      jwttest.PrivatePEM(signingKey),
	"SESSIONGATE_SIGNING_KEY_NEXT": jwttest.PrivatePEM(nextKey),
}

const gate = `"issuer": "https://gate.example.com", "audience": "backend"`

// assertionConfigs are the configurations of the rows about assertions.
var assertionConfigs = map[string]Config{
	"assertion": {Environment: signingEnvironment, JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"]}],
		"assertion": {` + gate + `},
		"rules": [
			{"paths": ["/open", "/open/*"], "auth": "skip"},
			{"paths": ["/maybe", "/maybe/*"], "auth": "optional"},
			{"paths": ["/admin"], "require": [{"claim": "role", "values": ["admin"]}]},
			{"paths": ["/billing/*"], "assertionAudience": "billing"},
			{"paths": ["/log", "/log/*"], "onFailure": "log", "require": [{"claim": "role", "values": ["admin"]}]},
			{"paths": ["/log-billing/*"], "onFailure": "log", "assertionAudience": "billing"}
		]}`},
	"assertion-vendors": {Environment: signingEnvironment, JSON: `{"providers": [{` + mineCorbado + `},
			{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}, "forwardOriginalToken": false}],
		"assertion": {` + gate + `, "subject": "provider|id", "type": "JWT", "lifetime": "10m", "jwksPath": "/.well-known/keys"}}`},
	"assertion-header": {Environment: signingEnvironment, JSON: `{"providers": [{` + minePlain + `}], "rules": [{"auth": "optional"}],
		"assertion": {` + gate + `, "header": "X-Own.Assertion"}}`},
	"assertion-kinds": {Environment: signingEnvironment, JSON: `{"providers": [{` + clerkKinds + `}], "assertion": {` + gate + `},
		"rules": [{"paths": ["/any"], "tokens": ["session", "oauth", "m2m"]}]}`},
	// A filter behind another one, which reads its assertion.
	"assertion-behind": {JSON: `{"providers": [{"name": "gate", "issuer": "https://gate.example.com", "audiences": ["backend"],
		"types": ["sessiongate+jwt"], "algorithms": ["ES256"], "jwks": ` + jwttest.JWKSet(signingKey, nextKey) + `,
		"fromHeaders": [{"name": "x-sessiongate-assertion"}], "outputClaimToHeaders": [{"header": "x-provider", "claim": "provider"}]}]}`},
}

// asserted makes assertions as another proxy does, with some claims changed.
func asserted(key *jwttest.Key, changes map[string]any) func(*Mint) string {
	return func(m *Mint) string {
		claims := map[string]any{
			"iss": "https://gate.example.com", "aud": "backend", "sub": "user_1", "provider": "mine",
			"iat": m.Now.Unix(), "exp": m.Now.Add(time.Minute).Unix(),
		}
		header := map[string]any{"typ": "sessiongate+jwt"}
		for name, value := range changes {
			switch d, isTime := value.(time.Duration); {
			case name == "typ":
				header["typ"] = value
			case isTime:
				claims[name] = m.Now.Add(d).Unix()
			default:
				claims[name] = value
			}
		}
		return jwttest.Sign(key, header, claims)
	}
}
