package check

// clerkPage is an instance with a page, without the brace at its end.
const clerkPage = clerkOf + `["https://a.example"]`

var callerRows = []row{
	{"machines that are not named", `{"providers": [§` + clerkPage + `, "tokens": ["m2m"]}], "rules": [{"tokens": ["m2m"]}]}`, []find{
		{"error", `providers[0].machines: missing: … write the ids`, "reference.md#providers"},
	}},
	{"a machine that is none", `{"providers": [` + clerkPage + `, "tokens": ["m2m"], "machines": [§"svc"]}], "rules": [{"tokens": ["m2m"]}]}`, []find{
		{"error", `providers[0].machines[0]: … begins with mch_`, "reference.md#providers"},
	}},
	{"every application", `{"providers": [` + clerkPage + `, "tokens": ["session", "oauth"]}], "rules": [{"tokens": §["oauth"]}]}`, []find{
		{"error", `rules[0].tokens: … every application … "audiences" … "scope" … "clients"`, "reference.md#rules"},
	}},
	{"every application, with a scope that is any", `{"providers": [` + clerkPage + `, "tokens": ["oauth"]}], "rules": [{"tokens": §["oauth"], "require": [{"claim": "scope", "values": ["*"]}]}]}`, []find{
		{"error", `rules[0].tokens: … every application`, "reference.md#rules"},
	}},
	{"applications with a scope", `{"providers": [` + clerkPage + `, "tokens": ["oauth"]}], "rules": [{"tokens": ["oauth"], "require": [{"claim": "scope", "values": ["read"]}]}]}`, nil},
	{"applications of an audience", `{"providers": [` + clerkPage + `, "tokens": ["oauth"], "audiences": ["api"]}], "rules": [{"tokens": ["oauth"]}]}`, nil},
	{"applications by name", `{"providers": [` + clerkPage + `, "tokens": ["oauth"], "clients": ["a"]}], "rules": [{"tokens": ["oauth"]}]}`, nil},
	{"scopes that machines give themselves", `{"providers": [` + clerkPage + `, "tokens": ["m2m"], "machines": ["mch_1"]}], "rules": [{"tokens": ["m2m"], "require": [§{"claim": "scope", "values": ["read"]}]}]}`, []find{
		{"warning", `rules[0].require[0]: the owner of a machine … rely on "machines"`, "reference.md#rulesrequire"},
	}},
	{"a kind that no rule lets in", `{"providers": [` + clerkPage + `, "tokens": §["session", "oauth"]}]}`, []find{
		{"warning", `providers[0].tokens: no rule lets "oauth" in`, "reference.md#providers"},
	}},
	{"a kind that no provider accepts", `{"providers": [` + clerkPage + `}], "rules": [{"tokens": §["m2m"]}]}`, []find{
		{"error", `rules[0].tokens: no provider of this rule accepts "m2m"`, "reference.md#rules"},
	}},
	{"kinds that nothing tells apart", `{"providers": [§{"name": "a", "issuer": "i", "audiences": ["a"], "jwksUri": "https://k.example/", "tokens": ["session", "m2m"]}], "rules": [{"tokens": ["m2m"]}]}`, []find{
		{"error", `providers[0].kinds: missing: … write an entry for each`, "reference.md#providers"},
	}},
	{"required claims that no machine can have", `{"providers": [` + clerkPage + `, "tokens": ["session", "m2m"], "machines": ["mch_1"], "requiredClaims": [§{"claim": "org_id", "values": ["a"]}]}], "rules": [{"tokens": ["m2m"]}]}`, []find{
		{"error", `providers[0].requiredClaims[0]: never holds for an OAuth or M2M token`, "reference.md#providersrequiredclaims"},
	}},
	{"a user id that users change", `{"providers": [{"name": "a", "issuer": "i", "audiences": ["a"], "jwksUri": "https://k.example/", "userIdClaim": §"email"}]}`, []find{
		{"warning", `providers[0].userIdClaim: users can often change "email"`, "reference.md#providers"},
	}},
	{"a user id that the issuer gives", `{"providers": [{"name": "a", "issuer": "i", "audiences": ["a"], "jwksUri": "https://k.example/", "userIdClaim": "external_id"}]}`, nil},
}
