package sdk

import (
	"maps"
	"strings"
)

// kindCase is a token that an instance signs, by what differs from a session's.
type kindCase struct {
	Name     string   `json:"name"`
	Token    string   `json:"token"` // filled in when it is signed
	Audience []string `json:"audience,omitempty"`
	// differs is why the filter's answer may be another one, as docs/vendors.md
	// lists it; empty: it may not.
	differs string
	header  map[string]string // JSON, by name; empty: without it
	claims  map[string]string // likewise; NOW is the time
}

// Differences that are meant. Each is a line of docs/vendors.md.
const (
	typIsMediaType = "typ without regard to case"
	listedClients  = "clients"
	listedMachines = "machines"
	usersOnly      = "user ids"
	emptySubject   = "an empty sub"
	wordsOfScope   = "scopes"
	scopesOnly     = "an M2M token's claims"
	requiredAud    = "required aud"
	wrongTypes     = "claims of a wrong type"
	boundToken     = "cnf"
	sameIssuer     = "iss"
	audOfMachines  = "aud of machines"
	critical       = "crit"
	emptyAudience  = "an empty audience"
)

// Values of typ and cat, as JSON, and subjects.
var (
	typs     = []string{"", `"JWT"`, `"jwt"`, `"at+jwt"`, `"AT+JWT"`, `"application/at+jwt"`, `"Application/At+Jwt"`, `"application/jwt"`, `"at+jwt "`, `"at+jwt;x=1"`, `"application/at+jwt+x"`, `"dpop+jwt"`, `"JOSE"`}
	cats     = []string{"", `"cl_B7d4PD111AAA"`, `"cl_B7d4PD222AAA"`, `"cl_B7d4PD333AAA"`, `"cl_I7d4PD111III"`, `"other"`, `"CL_B7D4PD333AAA"`}
	subjects = []string{`"user_1"`, `"mch_billing"`, `"MCH_billing"`}
)

// kindCases are all headers by subject, and then claims of each kind.
func kindCases() (all []kindCase) {
	for _, typ := range typs {
		for _, cat := range cats {
			for _, sub := range subjects {
				c := kindCase{Name: "typ " + typ + " cat " + cat + " sub " + sub, header: fields{"typ": typ, "cat": cat},
					claims: fields{"sub": sub, "client_id": `"client_app"`}}
				if lower := strings.ToLower(typ); typ == `"jwt"` || lower == `"application/jwt"` || lower != typ && strings.HasSuffix(lower, `at+jwt"`) {
					c.differs = typIsMediaType
				}
				if strings.Contains(strings.ToLower(typ), `at+jwt"`) && sub == `"MCH_billing"` && c.differs == "" {
					c.differs = usersOnly
				}
				all = append(all, c)
			}
		}
	}
	for kind, t := range tokensOfKinds {
		for _, more := range claimCases {
			c := kindCase{Name: t.Name + ": " + more.name, Audience: more.audience, differs: more.differs[kind], header: maps.Clone(t.header), claims: maps.Clone(t.claims)}
			maps.Copy(c.header, more.header)
			maps.Copy(c.claims, more.claims)
			all = append(all, c)
		}
	}
	return all
}

// tokensOfKinds are one good token of each kind.
var tokensOfKinds = [3]kindCase{
	{Name: "session", header: fields{"typ": `"JWT"`, "cat": `"cl_B7d4PD111AAA"`}, claims: fields{"sub": `"user_1"`}},
	{Name: "oauth", header: fields{"typ": `"at+jwt"`, "cat": ""}, claims: fields{"sub": `"user_1"`, "client_id": `"client_app"`, "sid": ""}},
	{Name: "m2m", header: fields{"typ": `"JWT"`, "cat": `"cl_B7d4PD333AAA"`}, claims: fields{"sub": `"mch_billing"`, "sid": ""}},
}

type fields = map[string]string

// claimCase is a change to a token, with the difference that it makes to a session,
// an OAuth and an M2M token.
type claimCase struct {
	name           string
	audience       []string
	header, claims fields
	differs        [3]string
}

func always(why string) [3]string { return [3]string{why, why, why} }

var api = []string{"https://api.example.com"}

var claimCases = []claimCase{
	{name: "as it is"},
	{name: "expired", claims: fields{"exp": "NOW-60"}},
	{name: "no exp", claims: fields{"exp": ""}},
	{name: "exp as text", claims: fields{"exp": `"4102444800"`}},
	{name: "exp null", claims: fields{"exp": "null"}},
	{name: "not yet", claims: fields{"nbf": "NOW+60"}},
	{name: "no nbf", claims: fields{"nbf": ""}},
	{name: "nbf as text", claims: fields{"nbf": `"1"`}},
	{name: "from the future", claims: fields{"iat": "NOW+60"}},
	{name: "iat as text", claims: fields{"iat": `"1"`}},
	{name: "another issuer", claims: fields{"iss": `"https://other.example"`}, differs: always(sameIssuer)},
	{name: "another page", claims: fields{"azp": `"https://evil.example"`}},
	{name: "no page", claims: fields{"azp": ""}},
	{name: "azp a number", claims: fields{"azp": "5"}, differs: always(wrongTypes)},
	{name: "sub empty", claims: fields{"sub": `""`}, differs: always(emptySubject)},
	{name: "sub missing", claims: fields{"sub": ""}},
	{name: "sub a number", claims: fields{"sub": "5"}},
	{name: "sub a list", claims: fields{"sub": `["mch_billing"]`}},
	{name: "sub an application", claims: fields{"sub": `"client_app"`}, differs: [3]string{1: usersOnly}},
	{name: "sub an organisation", claims: fields{"sub": `"org_1"`}, differs: [3]string{1: usersOnly}},
	{name: "sub another machine", claims: fields{"sub": `"mch_other"`}, differs: [3]string{2: listedMachines}},
	{name: "sub the beginning of a machine", claims: fields{"sub": `"mch_"`}, differs: [3]string{2: listedMachines}},
	{name: "sub almost a machine", claims: fields{"sub": `"mch"`}, differs: [3]string{1: usersOnly}},
	{name: "another application", claims: fields{"client_id": `"client_other"`}, differs: [3]string{1: listedClients}},
	{name: "no application", claims: fields{"client_id": ""}, differs: [3]string{1: listedClients}},
	{name: "client_id a number", claims: fields{"client_id": "5"}, differs: [3]string{1: listedClients}},
	{name: "an audience", claims: fields{"aud": `"https://api.example.com"`}, differs: [3]string{2: scopesOnly}},
	{name: "audiences", claims: fields{"aud": `["https://api.example.com","https://b.example"]`}, differs: [3]string{2: scopesOnly}},
	{name: "aud a number", claims: fields{"aud": "5"}, differs: always(wrongTypes)},
	{name: "aud with a number", claims: fields{"aud": `["https://api.example.com",5]`}, differs: always(wrongTypes)},
	{name: "aud null", claims: fields{"aud": "null"}, differs: always(wrongTypes)},
	{name: "configured: the audience", audience: api, claims: fields{"aud": `"https://api.example.com"`}, differs: [3]string{2: scopesOnly}},
	{name: "configured: one of the audiences", audience: api, claims: fields{"aud": `["https://b.example","https://api.example.com"]`}, differs: [3]string{2: scopesOnly}},
	{name: "configured: another audience", audience: api, claims: fields{"aud": `"https://b.example"`}, differs: [3]string{2: audOfMachines}},
	{name: "configured: no audience", audience: api, differs: [3]string{0: requiredAud}},
	{name: "configured: aud empty", audience: api, claims: fields{"aud": `""`}, differs: [3]string{0: requiredAud, 2: scopesOnly}},
	{name: "configured: aud an empty list", audience: api, claims: fields{"aud": `[]`}, differs: [3]string{0: requiredAud}},
	{name: "configured: aud an empty text in a list", audience: api, claims: fields{"aud": `["","https://api.example.com"]`}, differs: [3]string{1: emptyAudience, 2: scopesOnly}},
	{name: "scp", claims: fields{"scp": `["read","write"]`}},
	{name: "scp as text", claims: fields{"scp": `"read write"`}, differs: [3]string{1: wordsOfScope}},
	{name: "scp empty", claims: fields{"scp": `[]`, "scope": `"read"`}},
	{name: "scp null", claims: fields{"scp": `null`, "scope": `"read"`}, differs: [3]string{1: wordsOfScope}},
	{name: "scp with a number", claims: fields{"scp": `["read",5]`}, differs: [3]string{1: wordsOfScope}},
	{name: "scp before scope", claims: fields{"scp": `["read"]`, "scope": `"write"`}},
	{name: "scope", claims: fields{"scope": `"read write"`}},
	{name: "scope empty", claims: fields{"scope": `""`}},
	{name: "scope with spaces", claims: fields{"scope": `" read  write "`}, differs: [3]string{1: wordsOfScope}},
	{name: "scopes", claims: fields{"scopes": `"mch_a mch_b"`}},
	{name: "scopes before aud", claims: fields{"scopes": `"mch_a"`, "aud": `["https://api.example.com"]`}},
	{name: "scopes as a list", claims: fields{"scopes": `["mch_a"]`}, differs: [3]string{2: wordsOfScope}},
	{name: "an organisation", claims: fields{"org_id": `"org_1"`, "org_role": `"org:admin"`, "v": "1"}},
	{name: "an actor", claims: fields{"act": `{"sub":"user_support"}`}},
	{name: "pending", claims: fields{"sts": `"pending"`}},
	{name: "bound to a key", claims: fields{"cnf": `{"jkt":"x"}`}, differs: always(boundToken)},
	{name: "no kid", header: fields{"kid": ""}},
	{name: "alg none", header: fields{"alg": `"none"`}},
	{name: "HMAC", header: fields{"alg": `"HS256"`}},
	{name: "critical", header: fields{"crit": `["exp"]`}, differs: always(critical)},
}
