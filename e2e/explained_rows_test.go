package e2e

import "github.com/sessiongate/sessiongate/internal/reason"

// explainedPolicy can answer with every reason.
const explainedPolicy = `{
	"providers": [
		{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}, "authorizedParties": ["https://app.example.com"]},
		{"preset": "clerk", "name": "dev", "publishableKey": "{pk clerkdev}", "jwks": {jwks clerkdev}, "authorizedParties": ["https://app.example.com"]},
		{"preset": "clerk", "name": "satellite", "publishableKey": "{pk clerk2}", "jwks": {jwks clerk2}, "authorizedParties": ["https://app.example.com"],
			"isSatellite": true, "domain": "satellite.example", "signInUrl": "https://primary.example/sign-in"},
		{"name": "mine", "issuer": "{issuer plain}", "jwks": {jwks plain}, "audiences": ["api"], "fromCookies": ["session"], "maxTokenAge": "10m",
			"requiredClaims": [{"claim": "tier", "values": ["gold"]}]},
		{"name": "fetched", "issuer": "{issuer down}", "jwksUri": "https://down.example.com/jwks.json", "jwksCluster": "nowhere"}
	],
	"allowedOrigins": ["https://app.example.com"],
	"maxTokenBytes": 4096,
	"rules": [
		{"paths": ["/healthz"], "auth": "skip"},
		{"name": "clerk", "hosts": ["app.example.com"], "paths": ["/clerk"], "providers": ["clerk"]},
		{"name": "dev", "paths": ["/dev"], "providers": ["dev"]},
		{"name": "satellite", "paths": ["/satellite"], "providers": ["satellite"]},
		{"name": "fetched", "paths": ["/fetched"], "providers": ["fetched"]},
		{"name": "audience", "paths": ["/audience"], "providers": ["mine"], "audiences": ["billing"]},
		{"name": "strict", "paths": ["/strict"], "providers": ["clerk"], "reverification": "strict"},
		{"name": "admin", "paths": ["/admin"], "providers": ["mine"], "require": [{"claim": "role", "values": ["admin", "owner*"]}]},
		{"name": "read", "methods": ["GET", "HEAD"], "providers": ["mine"]},
		{"name": "write", "providers": ["mine"]}
	],
	"filterState": true
}`

// explainedRow is a request, and what explain says of it.
type explainedRow struct {
	request string // see Row.Request
	rule    string // its name
	wrong   string // a part of the line: the value, or what would pass
}

// explainedRows are requests for which the demo's Envoy gives each reason.
var explainedRows = map[reason.Reason]explainedRow{
	reason.TokenMissing:                   {"GET /mine", "read", "no token in header authorization"},
	reason.TokenTooLong:                   {"GET /mine\nAuthorization: Bearer {repeat a 4100}", "read", "form 4100 bytes; would pass: at most 4096 bytes (maxTokenBytes)"},
	reason.TokenInvalid:                   {"GET /mine\nCookie: session=abc.def", "read", "cookie session: form 2 parts between dots; would pass: a JWT"},
	reason.TokenTypeMismatch:              {"GET /clerk\nAuthorization: Bearer {clerk header.cat=cl_B7d4PD333AAA}", "clerk", `cat "cl_B7d4PD333AAA"`},
	reason.TokenInvalidAlgorithm:          {asMine + " header.alg=HS256}", "read", `alg "HS256"; would pass: RS256`},
	reason.TokenVerificationFailed:        {"GET /mine\nAuthorization: Bearer {plain aud=web tier=gold}", "read", `aud "web"; would pass: "api" (audiences)`},
	reason.KeyIDMismatch:                  {asMine + " header.kid=other}", "read", `kid "other"; would pass: one of the available keys: "`},
	reason.TokenInvalidSignature:          {asMine + " tamper=signature}", "read", "signature not made with that key"},
	reason.TokenInvalidIssuer:             {asMine + " iss=https://clerk.example.com}", "read", `iss "https://clerk.example.com" (that of provider clerk); would pass: "https://issuer.example.com"`},
	reason.TokenInvalidAuthorizedParties:  {"GET /clerk\nAuthorization: Bearer {clerk azp=https://evil.example}", "clerk", `azp "https://evil.example"; would pass: "https://app.example.com" (authorizedParties)`},
	reason.TokenExpired:                   {asMine + " exp=-42s}", "read", " s ago; would pass: a time that is not past for more than 5s (clockSkew)"},
	reason.TokenNotActiveYet:              {asMine + " nbf=90s}", "read", " s; would pass: a time at most 5s ahead (clockSkew)"},
	reason.TokenIATInTheFuture:            {asMine + " iat=90s}", "read", "authorization: iat 2"},
	reason.TokenTooOld:                    {asMine + " iat=-20m}", "read", " 20 min ago; would pass: a time not longer than 10m0s ago (maxTokenAge)"},
	reason.TokenNotAccepted:               {"GET /mine\nAuthorization: Bearer {plain aud=api tier=tin}", "read", `claim tier "tin"; would pass: values that meet requiredClaims`},
	reason.TokenOpaque:                    {"GET /clerk\nAuthorization: Bearer ak_0123456789", "clerk", "header authorization: form 1 part between dots; would pass: a JWT"},
	reason.TokenBound:                     {asMine + ` cnf:={"jkt":"x"}}`, "read", "cnf present"},
	reason.TokenAudienceMismatch:          {"GET /audience\nAuthorization: Bearer " + plainToken + "}", "audience", `aud "api"; would pass: "billing" (audiences of the rule)`},
	reason.SessionTokenExpired:            {"GET /clerk\nAuthorization: Bearer {clerk exp=-90s}", "clerk", " s ago; would pass: a time that is not past"},
	reason.SessionTokenNBF:                {"GET /clerk\nAuthorization: Bearer {clerk nbf=90s}", "clerk", "authorization: nbf 2"},
	reason.SessionTokenIATInTheFuture:     {"GET /clerk\nAuthorization: Bearer {clerk iat=90s}", "clerk", "authorization: iat 2"},
	reason.SessionTokenAndUATMissing:      {"GET /clerk", "clerk", "no cookie __client_uat"},
	reason.SessionTokenButNoClientUAT:     {"GET /clerk\nCookie: __session={clerk}" + document, "clerk", "cookie __client_uat: not there; would pass: the time"},
	reason.ClientUATButNoSessionToken:     {"GET /clerk\nCookie: __client_uat={now-60s}", "clerk", "but no session token: neither __session"},
	reason.SessionTokenIATBeforeClientUAT: {"GET /clerk\nCookie: __session={clerk iat=-30s}; __client_uat={now}", "clerk", " s ago, before cookie __client_uat: __client_uat="},
	reason.SessionPending:                 {"GET /clerk\nAuthorization: Bearer {clerk sts=pending}", "clerk", `sts "pending"`},
	reason.DevBrowserSync:                 {"GET /dev?__clerk_db_jwt=x" + document, "dev", "query parameter __clerk_db_jwt"},
	reason.DevBrowserMissing:              {"GET /dev" + document, "dev", "no cookie __clerk_db_jwt"},
	reason.SatelliteNeedsSyncing:          {"GET /satellite?__clerk_synced=false" + document, "satellite", "a satellite domain"},
	reason.ClaimsMismatch:                 {"GET /admin\nAuthorization: Bearer " + plainToken + " role=member}", "admin", `claim role "member"; would pass: "admin" or "owner*" (values)`},
	reason.StepUpRequired:                 {"GET /strict\nAuthorization: Bearer {clerk fva:=[12,-1]}", "strict", "the first factor was confirmed 12 min before the token was made, the second never; would pass: second_factor less than 10 minutes"},
	reason.OriginNotAllowed:               {"POST /mine\nOrigin: https://evil.example\nCookie: session=" + plainToken + "}", "write", `Origin "https://evil.example"; would pass: "https://app.example.com" (allowedOrigins)`},
	reason.KeysUnavailable:                {"GET /fetched\nAuthorization: Bearer {down}", "fetched", "no keys of fetched: "},
	reason.AuthorizationAmbiguous:         {"GET /mine\nAuthorization: Bearer a, Bearer b", "read", "header authorization: 1 line, or credentials with a comma"},
	reason.PathInvalid:                    {"GET /x%250ay", "none", `the path "/x%250ay"`},
	reason.AuthorityInvalid:               {"GET /mine\nHost: a..b", "none", `the host "a..b"`},
	reason.MethodInvalid:                  {"GET /mine\nX-HTTP-Method-Override: DE LETE", "none", `the method "GET" or "DE LETE"`},
	reason.CookiesTooMany:                 {"GET /mine\nCookie: {repeat a=b; 1001}", "read", "cookies; would pass: at most 1000"},
	reason.CORSPreflight:                  {"OPTIONS /mine\nOrigin: https://app.example.com\nAccess-Control-Request-Method: GET", "write", ""},
}

// notMade are reasons that no request to this Envoy leads to.
var notMade = map[reason.Reason]string{
	reason.InternalError:       "a bug of the filter",
	reason.SessionTokenMissing: "needs a handshake token, which only the Frontend API signs",
}

const (
	plainToken = "{plain aud=api tier=gold"
	asMine     = "GET /mine\nAuthorization: Bearer " + plainToken
)
