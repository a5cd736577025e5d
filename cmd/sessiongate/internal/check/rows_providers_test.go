package check

const clerkOf = `{"preset": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "authorizedParties": `

var providerRows = []row{
	{"an origin with a slash at its end", `{"providers": [` + clerkOf + `[§"https://app.example.com/"]}]}`, []find{
		{"warning", `providers[0].authorizedParties[0]: "https://app.example.com/" has a path … write "https://app.example.com"`, "origins"},
	}},
	{"an origin with a path", `{"providers": [` + clerkOf + `["https://a.example", §"https://app.example.com/sign-in"]}]}`, []find{
		{"warning", `providers[0].authorizedParties[1]: … has a path … write "https://app.example.com"`, "origins"},
	}},
	{"an origin with a wildcard", `{"providers": [` + clerkOf + `[§"https://*.example.com"]}]}`, []find{
		{"warning", `has a wildcard … write each origin`, "origins"},
	}},
	{"an origin without a scheme", `{"providers": [` + clerkOf + `[§"app.example.com"]}]}`, []find{
		{"warning", `has no scheme; write "https://app.example.com"`, "origins"},
	}},
	{"an allowed origin with a path", `{"providers": [` + clerkOf + `["https://a.example"]}], "allowedOrigins": [§"https://a.example/x"]}`, []find{
		{"error", `allowedOrigins[0]: … has a path … write "https://a.example"`, "origins"},
	}},
	{"an allowed origin with a wildcard", `{"providers": [` + clerkOf + `["https://a.example"]}], "allowedOrigins": [§"*"]}`, []find{
		{"error", `allowedOrigins[0]: … has a wildcard`, "origins"},
	}},
	{"origins", `{"providers": [` + clerkOf + `["https://a.example", "http://localhost:3000", "chrome-extension://abcdef"]}], "allowedOrigins": ["https://a.example:8443"]}`, nil},
	{"an azp that is no origin", `{"providers": [{"name": "kc", "issuer": "https://kc.example/realms/a", "audiences": ["api"], "authorizedParties": ["web-client"], "jwksUri": "https://kc.example/certs"}], "allowedOrigins": ["https://a.example"]}`, nil},

	{"a discovery document for keys", `providers:
- name: kc
  issuer: https://kc.example/realms/a
  audiences: [api]
  jwksUri: §https://kc.example/realms/a/.well-known/openid-configuration
`, []find{{"warning", `providers[0].jwksUri: … is the issuer's discovery document … write the URL of its "jwks_uri"`, "discovery-documents"}}},
	{"a metadata document for keys", `{"providers": [{"name": "kc", "issuer": "i", "audiences": ["api"], "jwksUri": §"https://kc.example/.well-known/oauth-authorization-server"}]}`, []find{
		{"warning", `is the issuer's discovery document`, "discovery-documents"},
	}},

	{"keys below a discovery document", `{"providers": [{"name": "ids", "issuer": "i", "audiences": ["api"], "jwksUri": "https://ids.example/.well-known/openid-configuration/jwks"}]}`, nil},

	{"an issuer whose every token is taken", `{"providers": [§{"name": "kc", "issuer": "i", "jwksUri": "https://kc.example/certs"}]}`, []find{
		{"warning", `providers[0]: without "audiences" or "requiredClaims" … write the audience`, "tokens-for-others"},
	}},
	{"an issuer with an audience", `{"providers": [{"name": "kc", "issuer": "i", "audiences": ["api"], "jwksUri": "https://kc.example/certs"}]}`, nil},

	{"keys without TLS", `{"providers": [{"name": "kc", "issuer": "i", "audiences": ["api"], "jwksUri": "http://kc.example/certs", "allowInsecureJwks": §true}]}`, []find{
		{"warning", `providers[0].allowInsecureJwks: keys come without TLS from "kc.example" … write a jwksUri of https`, "weakened-checks"},
	}},
	{"keys without TLS of this machine and of the cluster", `{"providers": [
		{"name": "a", "issuer": "i", "audiences": ["api"], "jwksUri": "http://127.0.0.1:8081/certs", "allowInsecureJwks": true},
		{"name": "b", "issuer": "j", "audiences": ["api"], "jwksUri": "http://keys.shop.svc.cluster.local/certs", "allowInsecureJwks": true},
		{"name": "c", "issuer": "k", "audiences": ["api"], "jwksUri": "http://keys:8080/certs", "allowInsecureJwks": true}]}`, nil},
	{"checks that were weakened on purpose", `{"providers": [{"name": "kc", "issuer": "i", "audiences": ["api"], "jwksUri": "https://kc.example/certs", "requireExpiration": §false, "clockSkew": §"2m", "jwksMaxStale": §"48h"}]}`, []find{
		{"note", `requireExpiration: a token without exp never expires`, "weakened-checks"},
		{"note", `clockSkew: the filter accepts a token for this time after its exp`, "weakened-checks"},
		{"note", `jwksMaxStale: … the filter trusts a withdrawn key`, "weakened-checks"},
	}},
	{"a session that is not finished", `{"providers": [` + clerkOf + `["https://a.example"], "treatPendingAsSignedOut": §false}]}`, []find{
		{"note", `a user who has not finished signing in`, "weakened-checks"},
	}},

	{"keys that are trusted for less than their interval", `{"providers": [§{"name": "kc", "issuer": "i", "audiences": ["api"], "jwksUri": "https://kc.example/certs", "jwksRefreshInterval": "24h"}]}`, []find{
		{"warning", `providers[0].jwksMaxStale: "1h" is shorter`, "reference.md#providers"},
	}},
	{"a misspelt field", `{"providers": [{"name": "kc", "issuer": "i", "audiences": ["api"], "jwksUri": "https://kc.example/certs", "clockskew": §"5s"}]}`, []find{
		{"error", `providers[0].clockskew: unknown field; write "clockSkew"`, "reference.md#providers"},
	}},
	{"a misspelt field in a list of objects", `{"providers": [{"name": "kc", "issuer": "i", "audiences": ["api"], "jwksUri": "https://kc.example/certs", "fromHeaders": [{"nam": §"x", "name": "x-y"}]}]}`, []find{
		{"error", `providers[0].fromHeaders[0].nam`, "reference.md#providersfromheaders"},
	}},
}

var pageRows = []row{
	{"answers that no page can read", `{"providers": [§{"preset": "corbado", "projectId": "pro-123"}]}`, []find{
		{"note", `providers[0]: pages of another origin cannot read … write their origins into "corsOrigins", or []`, "answers-that-pages-read"},
	}},
	{"origins that may read them", `{"providers": [{"preset": "corbado", "projectId": "pro-123"}], "corsOrigins": ["https://app.example.com"]}`, nil},
	{"no page of another origin", `{"providers": [{"preset": "corbado", "projectId": "pro-123"}], "corsOrigins": []}`, nil},
	{"cookies only", `{"providers": [{"preset": "corbado", "projectId": "pro-123", "fromHeaders": []}]}`, nil},
	{"authorized parties that are origins", `{"providers": [` + clerkOf + `["https://a.example"]}]}`, nil},
}
