package e2e

import "maps"

func init() { maps.Copy(configs, billingConfigs) }

// billingConfigs have rules that ask for plans and features.
var billingConfigs = map[string]Config{
	"billing": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk},
			"outputClaimToHeaders": [{"header": "X-Org-Plan", "claim": "org_plan"}, {"header": "X-User-Plan", "claim": "user_plan"}]},
			{` + minePlain + `}],
		"rules": [
			{"paths": ["/plan"], "providers": ["clerk"], "require": [{"claim": "plan", "values": ["gold", "platinum*"]}]},
			{"paths": ["/org"], "providers": ["clerk"], "require": [{"claim": "org_plan", "values": ["gold"]}]},
			{"paths": ["/user"], "providers": ["clerk"], "require": [{"claim": "user_plan", "values": ["gold"]}]},
			{"paths": ["/reports"], "providers": ["clerk"], "require": [{"claim": "feature", "values": ["reports"]}]},
			{"paths": ["/org-reports"], "providers": ["clerk"], "require": [{"claim": "org_feature", "values": ["reports"]}]},
			{"paths": ["/user-reports"], "providers": ["clerk"], "require": [{"claim": "user_feature", "values": ["reports"]}]},
			{"paths": ["/not-free"], "providers": ["clerk"], "require": [{"claim": "plan", "notValues": ["free*"]}]},
			{"paths": ["/mine"], "providers": ["mine"], "require": [{"claim": "plan", "values": ["org:gold"]}]}
		]}`},
	"billing-aux": {JSON: `{"providers": [{"preset": "oneauxilia", "issuer": "{issuer oneauxilia}", "jwks": {jwks oneauxilia}}],
		"rules": [{"require": [{"claim": "plan", "values": ["gold"]}]}]}`},
}

// clerkMember is a user of Clerk's without an organisation, who has paid.
const clerkMember = `
	x-identity-status: signed-in
	x-identity-provider: clerk
	x-identity-user-id: user_clerk
	x-identity-session-id: sess_clerk`

func billed(path, claims string) string {
	return "GET " + path + "\nAuthorization: Bearer {clerk -o -fea " + claims + "}"
}

var notPaid = denied(403, "claims-mismatch")

// billingRows: what has() of Clerk's SDK says of more tokens is compared in
// package sdk.
var billingRows = []Row{
	{Name: "plan: of the organisation", Config: "billing", Request: billed("/plan", "pla=o:gold"),
		Want: Want{Upstream: clerkMember + "\nx-identity-plan: gold\nx-org-plan: gold\n!x-user-plan\n!x-identity-features"}},
	{Name: "plan: of the user", Config: "billing", Request: billed("/plan", "pla=u:gold"),
		Want: Want{Upstream: clerkMember + "\nx-identity-plan: gold\nx-user-plan: gold\n!x-org-plan"}},
	{Name: "plan: of both", Config: "billing", Request: billed("/plan", "pla=o:silver,u:platinum_2"),
		Want: Want{Upstream: clerkMember + "\nx-identity-plan: silver,platinum_2\nx-org-plan: silver\nx-user-plan: platinum_2"}},
	{Name: "plan: another", Config: "billing", Request: billed("/plan", "pla=o:golden"), Want: notPaid},
	{Name: "plan: none", Config: "billing", Request: billed("/plan", ""), Want: notPaid},
	{Name: "plan: malformed", Config: "billing", Request: billed("/plan", "pla=gold"), Want: notPaid},
	{Name: "plan: one part is malformed", Config: "billing", Request: billed("/plan", "pla=o:gold,silver"), Want: notPaid},
	{Name: "plan: a number", Config: "billing", Request: billed("/plan", "pla:=7"), Want: notPaid},
	{Name: "plan: a list", Config: "billing", Request: billed("/plan", `pla:=["o:gold"]`), Want: notPaid},
	{Name: "plan: null", Config: "billing", Request: billed("/plan", "pla:=null"), Want: notPaid},
	{Name: "plan: a claim of that name", Config: "billing", Request: billed("/plan", "plan=gold"), Want: notPaid},
	{Name: "plan: headers of the client's", Config: "billing", Request: billed("/plan", "pla=o:gold") + "\nX-Identity-Plan: platinum\nX_Identity_Features: all",
		Want: Want{Upstream: clerkMember + "\nx-identity-plan: gold\n!x_identity_features"}},
	{Name: "plan: the organisation's, and it is", Config: "billing", Request: billed("/org", "pla=o:gold"), Want: Want{Upstream: clerkMember + "\nx-identity-plan: gold"}},
	{Name: "plan: the organisation's, and it is the user's", Config: "billing", Request: billed("/org", "pla=u:gold"), Want: notPaid},
	{Name: "plan: the organisation's, and it is both's", Config: "billing", Request: billed("/org", "pla=ou:gold"), Want: Want{Upstream: clerkMember + "\nx-identity-plan: gold"}},
	{Name: "plan: the user's, and it is", Config: "billing", Request: billed("/user", "pla=u:gold"), Want: Want{Upstream: clerkMember + "\nx-identity-plan: gold"}},
	{Name: "plan: the user's, and it is the organisation's", Config: "billing", Request: billed("/user", "pla=o:gold"), Want: notPaid},
	{Name: "plan: not free, and free", Config: "billing", Request: billed("/not-free", "pla=o:gold,u:free_user"), Want: notPaid},
	{Name: "plan: not free", Config: "billing", Request: billed("/not-free", "pla=o:gold"), Want: Want{Upstream: clerkMember + "\nx-identity-plan: gold"}},
	{Name: "plan: nobody", Config: "billing", Request: "GET /plan", Want: denied(401, "session-token-and-uat-missing")},
	{Name: "plan: of another issuer it is a claim", Config: "billing", Request: "GET /mine\nAuthorization: Bearer {plain plan=org:gold pla=o:gold}", Want: Want{Upstream: plainUser}},
	{Name: "plan: OneAuxilia", Config: "billing-aux", Request: "GET /\nAuthorization: Bearer {oneauxilia pla=u:gold}",
		Want: Want{Upstream: oneauxiliaUser + "\nx-identity-plan: gold"}},
	{Name: "plan: OneAuxilia, another", Config: "billing-aux", Request: "GET /\nAuthorization: Bearer {oneauxilia pla=u:silver}", Want: notPaid},
	{Name: "feature: of either", Config: "billing", Request: billed("/reports", "fea=u:reports,o:teams"), Want: Want{Upstream: clerkMember + "\nx-identity-features: reports,teams"}},
	{Name: "feature: none", Config: "billing", Request: billed("/reports", "fea=o:teams"), Want: notPaid},
	{Name: "feature: a plan of that name", Config: "billing", Request: billed("/reports", "pla=o:reports"), Want: notPaid},
	{Name: "feature: the organisation's", Config: "billing", Request: billed("/org-reports", "fea=o:reports"), Want: Want{Upstream: clerkMember + "\nx-identity-features: reports"}},
	{Name: "feature: the organisation's, and it is the user's", Config: "billing", Request: billed("/org-reports", "fea=u:reports"), Want: notPaid},
	{Name: "feature: the user's", Config: "billing", Request: billed("/user-reports", "fea=uo:reports"), Want: Want{Upstream: clerkMember + "\nx-identity-features: reports"}},
	{Name: "feature: the user's, and it is the organisation's", Config: "billing", Request: billed("/user-reports", "fea=o:reports"), Want: notPaid},
	{Name: "feature: text that is no header's", Config: "billing", Request: billed("/reports", `fea:="o:reports,o:\u00e9,o:100%"`), Want: Want{Upstream: clerkMember + "\nx-identity-features: reports,%C3%A9,100%25"}},
}
