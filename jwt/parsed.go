package jwt

// Parsed is a well-formed token; nothing about it is verified. It is read-only,
// Payload included: Member and the claims share its memory.
type Parsed struct {
	Token   Token
	Header  Header
	Claims  Claims
	Payload []byte // the JSON object

	signed    string // header "." payload, the JWS signing input
	signature []byte
}

// Header is the part of the JOSE header that matters.
type Header struct {
	Algorithm  string
	KeyID      string
	HasKeyID   bool
	Type       string // "typ", empty if absent
	HasType    bool
	Private    string // the parameter of PrivateNames, empty if absent
	HasPrivate bool
}

// PrivateNames are names registered nowhere (RFC 7515 section 4.3, RFC 7519
// section 4.3) that Parse looks for; empty: it does not.
type PrivateNames struct {
	Parameter string // of the header, a string wherever it is there
	Claim     string // of tokens that are never session tokens
}

// Claims are the registered claims, and two things that Parse notes about
// others. Of a wrong JSON type are: iss and sub that are no string (they read as
// empty, which fails their check), and the two below.
type Claims struct {
	Issuer                   string // "iss"; empty if absent or not a string
	Subject                  string // "sub"; likewise
	Audience                 []string
	AudienceMalformed        bool // "aud" is there, but neither a string nor a list of strings
	AuthorizedParty          string
	AuthorizedPartyMalformed bool // "azp" is there, but not a string
	Expiry                   Date
	NotBefore                Date
	IssuedAt                 Date
	Bound                    bool // "cnf" is there (RFC 7800): the token counts only with a key of its owner
	HasPrivate               bool // has the claim of PrivateNames: never a session token
}
