package states

// What the tokens of an instance look like that are no session's.
const (
	oauthToken   = "clerk header.typ=at+jwt -header.cat -sid -azp client_id=client_one"
	machineToken = "clerk header.cat=cl_B7d4PD333AAA sub=mch_one -sid -azp"
)

func as(token string) string { return "Authorization: Bearer {" + token + "}" }

// kindRows: which kind a token of an instance is of, and who is calling.
var kindRows = []row{
	{name: "kinds: a session", config: "kinds", request: as("clerk"), page: "signed-in user_one",
		upstream: []string{"x-identity-kind: session", "x-identity-session-id: sess_1", "!x-identity-client-id", "!x-identity-scopes", "x-token: Bearer {clerk}"}},
	{name: "kinds: a session in a cookie", config: "kinds", request: "Cookie: __session={clerk}; __client_uat=1", page: "signed-in user_one",
		upstream: []string{"x-identity-kind: session"}},
	{name: "kinds: no such header where the configuration does not speak of them", request: as("clerk"), page: "signed-in user_one", upstream: []string{"!x-identity-kind"}},
	{name: "kinds: an OAuth token", config: "kinds", request: as(oauthToken + " scp:=[\"read\",\"write\"]"), page: "signed-in user_one",
		upstream: []string{"x-identity-kind: oauth", "x-identity-client-id: client_one", "x-identity-scopes: read,write", "!x-identity-session-id", "!x-token", "!x-payload", "!x-identity-machine-id"}},
	{name: "kinds: application/at+jwt, in any case", config: "kinds", request: as(oauthToken + " header.typ=Application/AT+JWT"), page: "signed-in user_one",
		upstream: []string{"x-identity-kind: oauth", "!x-identity-scopes"}},
	{name: "kinds: scope as one text", config: "kinds", request: as(oauthToken + ` scope:="read\u0020write"`), page: "signed-in user_one",
		upstream: []string{"x-identity-scopes: read,write"}},
	{name: "kinds: scp before scope", config: "kinds", request: as(oauthToken + ` scp:=["read"] scope=write`), page: "signed-in user_one",
		upstream: []string{"x-identity-scopes: read"}},
	{name: "kinds: scopes with commas", config: "kinds", request: as(oauthToken + ` scp:=["a,b","c"]`), page: "signed-in user_one",
		upstream: []string{"x-identity-scopes: a%2Cb,c"}},
	{name: "kinds: an OAuth token whose sub is no user", config: "kinds", request: as(oauthToken + " sub=client_one"), page: "signed-in ",
		upstream: []string{"x-identity-kind: oauth", "!x-identity-user-id", "x-identity-client-id: client_one"}},
	{name: "kinds: claims of a session in an OAuth token do not exist", config: "kinds", page: "signed-in user_one",
		request:  as(oauthToken + ` sid=sess_9 act:={"sub":"user_support"} org_id=org_1 org_role=org:admin plan=u:pro sts=pending fva:=[0,0]`),
		upstream: []string{"x-identity-user-id: user_one", "!x-identity-session-id", "!x-identity-actor", "!x-identity-org-id", "!x-identity-org-role", "!x-role", "!x-plan"}},
	{name: "kinds: an M2M token", config: "kinds", request: as(machineToken + ` scopes:="mch_two\u0020mch_three"`), page: "signed-in ",
		upstream: []string{"x-identity-kind: m2m", "x-identity-machine-id: mch_one", "x-identity-scopes: mch_two,mch_three", "!x-identity-user-id", "!x-identity-client-id", "!x-token", "!x-payload"}},
	{name: "kinds: an M2M token without category and typ", config: "kinds", request: as(machineToken + " -header.cat -header.typ"), page: "signed-in ",
		upstream: []string{"x-identity-kind: m2m"}},
	{name: "kinds: claims in an M2M token are its owner's", config: "kinds", page: "signed-in ",
		request:  as(machineToken + ` sid=sess_9 act:={"sub":"user_support"} org_id=org_1 org_role=org:admin v:=2 o:={"id":"org_1","rol":"admin"} aud=https://api.example.com client_id=client_one scope=admin plan=pro`),
		upstream: []string{"x-identity-machine-id: mch_one", "!x-identity-session-id", "!x-identity-actor", "!x-identity-org-id", "!x-identity-org-role", "!x-identity-client-id", "!x-identity-scopes", "!x-role", "!x-plan"}},
	{name: "kinds: authorizedParties are about sessions", config: "kinds", request: as(oauthToken + " azp=https://evil.example"), page: "signed-in user_one"},
	{name: "kinds: ... of which they hold", config: "kinds", request: as("clerk azp=https://evil.example"), page: "signed-out token-invalid-authorized-parties"},

	{name: "kinds: a machine that is not listed", config: "kinds", request: as(machineToken + " sub=mch_three"), page: "signed-out token-not-accepted"},
	{name: "kinds: machines are exact", config: "kinds", request: as(machineToken + " sub=mch_one2"), page: "signed-out token-not-accepted"},
	{name: "kinds: a machine that is not listed, and has expired", config: "kinds", request: as(machineToken + " sub=mch_three exp=-9s"), page: "signed-out token-expired"},
	{name: "kinds: an application that is not listed", config: "kinds", request: as(oauthToken + " client_id=client_two"), page: "signed-out token-not-accepted"},
	{name: "kinds: an application without a name", config: "kinds", request: as(oauthToken + " -client_id"), page: "signed-out token-not-accepted"},
	{name: "kinds: an application whose name is no text", config: "kinds", request: as(oauthToken + ` client_id:=["client_one"]`), page: "signed-out token-not-accepted"},

	{name: "kinds: mch_ with at+jwt", config: "kinds", request: as(machineToken + " header.typ=at+jwt -header.cat"), page: "signed-out token-type-mismatch"},
	{name: "kinds: mch_ with another typ", config: "kinds", request: as(machineToken + " header.typ=x"), page: "signed-out token-invalid"},
	{name: "kinds: mch_ with a session's category", config: "kinds", request: as(machineToken + " header.cat=cl_B7d4PD111AAA"), page: "signed-out token-type-mismatch"},
	{name: "kinds: mch_ with the category that counts as absent", config: "kinds", request: as(machineToken + " header.cat=cl_I7d4PD111III"), page: "signed-out token-type-mismatch"},
	{name: "kinds: a machine's category without mch_", config: "kinds", request: as("clerk header.cat=cl_B7d4PD333AAA"), page: "signed-out token-type-mismatch"},
	{name: "kinds: a JWT template", config: "kinds", request: as("clerk header.cat=cl_B7d4PD222AAA"), page: "signed-out token-type-mismatch"},
	{name: "kinds: an ID token of the instance", config: "kinds", request: as("clerk -header.cat -sid aud=client_one -azp nonce=x"), page: "signed-out token-invalid-authorized-parties"},
	{name: "kinds: MCH_ is no machine", config: "kinds", request: as("clerk -header.cat sub=MCH_one"), page: "signed-in MCH_one", upstream: []string{"x-identity-kind: session"}},
	{name: "kinds: the kind is told before the signature", config: "oauth only", request: as("clerk tamper=signature"), page: "signed-out token-type-mismatch"},
	{name: "kinds: a bad signature", config: "kinds", request: as(machineToken + " tamper=signature"), page: "signed-out token-invalid-signature"},
	{name: "kinds: another instance's machine", config: "kinds", request: as("clerk2 header.cat=cl_B7d4PD333AAA sub=mch_one -azp key=clerk2"), page: "signed-out token-invalid-issuer"},

	{name: "kinds: OAuth in a cookie", config: "kinds", request: "Cookie: __session={" + oauthToken + "}; __client_uat=1", page: "signed-out token-type-mismatch"},
	{name: "kinds: M2M in a cookie", config: "kinds", request: "Cookie: __session={" + machineToken + "}; __client_uat=1", page: "signed-out token-type-mismatch"},
	{name: "kinds: OAuth in a parameter", config: "kinds", request: "/?token={" + oauthToken + "}", page: "signed-out token-type-mismatch"},
	{name: "kinds: a session in a parameter", config: "kinds", request: "/?token={clerk}", page: "signed-in user_one"},
	{name: "kinds: OAuth where only sessions are accepted", request: as(oauthToken), page: "signed-out token-type-mismatch"},
	{name: "kinds: a session where only OAuth is accepted", config: "oauth only", request: as("clerk"), page: "signed-out token-type-mismatch"},
	{name: "kinds: a session's cookie where only OAuth is accepted", config: "oauth only", request: "Cookie: __session={clerk}; __client_uat=1", page: "signed-out token-type-mismatch"},
	{name: "kinds: OAuth, of the provider's audience", config: "oauth only", request: as(oauthToken + " aud=https://api.example.com"), page: "signed-in user_one"},
	{name: "kinds: OAuth, of another audience", config: "oauth only", request: as(oauthToken + " aud=https://other.example.com"), page: "signed-out token-verification-failed"},
	{name: "kinds: OAuth, of no audience", config: "oauth only", request: as(oauthToken), page: "signed-out token-verification-failed"},
	{name: "kinds: an expired OAuth token is no expired session, and no handshake helps", config: "kinds", request: as(oauthToken + " exp=-9s"), page: "signed-out token-expired"},
	{name: "kinds: an OAuth token with cnf", config: "kinds", request: as(oauthToken + ` cnf:={"jkt":"x"}`), page: "signed-out token-bound"},
	{name: "kinds: a handshake's token is of no kind", config: "kinds", request: as(machineToken + ` handshake:=["a"]`), page: "signed-out token-invalid"},

	{name: "opaque: an API key", request: "Authorization: Bearer ak_abc", page: "signed-out token-opaque"},
	{name: "opaque: an M2M token", config: "kinds", request: "Authorization: Bearer mt_abc", page: "signed-out token-opaque"},
	{name: "opaque: with dots", request: "Authorization: Bearer oat_a.b.c", page: "signed-out token-opaque"},
	{name: "opaque: in a cookie it is no token", request: "Cookie: __session=ak_abc; __client_uat=1", page: "signed-out token-invalid"},
	{name: "opaque: of nobody's", request: "Authorization: Bearer sk_abc", page: "signed-out token-invalid"},
	{name: "opaque: of a vendor that is not asked", config: "plain", request: "Authorization: Bearer ak_abc", page: "signed-out token-invalid"},
	{name: "opaque: beside other providers", config: "everybody", request: "Authorization: Bearer ak_abc", page: "signed-out token-opaque", provider: "clerk"},

	{name: "kinds by claims: a session", config: "kinds by claims", request: as("plain"), page: "signed-in user_plain",
		upstream: []string{"x-identity-kind: session", "!x-identity-scopes"}},
	{name: "kinds by claims: in a cookie", config: "kinds by claims", request: "Cookie: session={plain}", page: "signed-in user_plain"},
	{name: "kinds by claims: OAuth", config: "kinds by claims", request: as(`plain scope:="read\u0020write" client_id=app sid=s1`), page: "signed-in user_plain",
		upstream: []string{"x-identity-kind: oauth", "x-identity-client-id: app", "x-identity-scopes: read,write", "x-identity-session-id: s1"}},
	{name: "kinds by claims: the first entry counts", config: "kinds by claims", request: as(`plain scope=read gty=client-credentials client_id=app`), page: "signed-in ",
		upstream: []string{"x-identity-kind: m2m", "x-identity-machine-id: user_plain", "x-identity-client-id: app", "x-identity-scopes: read", "!x-identity-user-id"}},
	{name: "kinds by claims: OAuth in a cookie", config: "kinds by claims", request: "Cookie: session={plain scope=read}", page: "signed-out token-type-mismatch"},
	{name: "kinds by claims: none", config: "kinds by claims", request: as("plain token_use=refresh tamper=signature"), page: "signed-out token-type-mismatch"},
}
