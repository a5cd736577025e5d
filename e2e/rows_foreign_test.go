package e2e

import (
	"encoding/base64"
	"maps"
	"strings"
)

// foreignConfigs let other parties' credentials through.
var foreignConfigs = map[string]Config{
	"foreign": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"],
			"foreignTokens": {"opaque": true, "issuers": ["https://other.example", "https://kept.example/"]}}],
		"maxTokenBytes": 1024,
		"rules": [{"paths": ["/open"], "auth": "skip"}, {"paths": ["/maybe"], "auth": "optional"}]}`},
	"foreign-clerk": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}, "foreignTokens": {"opaque": true}}]}`},
	"foreign-header": {JSON: `{"providers": [{` + minePlain + `, "fromHeaders": [{"name": "Authorization", "prefix": "Bearer"}, {"name": "X-Token"}, {"name": "X-Other", "prefix": "v1:"}], "fromCookies": ["session"],
		"foreignTokens": {"opaque": true}}], "rules": [{"paths": ["/maybe"], "auth": "optional"}]}`},
	"foreign-half": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"], "foreignTokens": {"opaque": true, "issuers": ["https://other.example"]}}, {` + mineCorbado + `}],
		"rules": [{"paths": ["/mine"], "providers": ["mine"]}]}`},
	"foreign-folded": {JSON: `{"providers": [
			{` + minePlain + `, "fromHeaders": [{"name": "X-Token"}], "fromCookies": ["session"], "foreignTokens": {"opaque": true}},
			{` + mineCorbado + `, "fromHeaders": [{"name": "X_Token"}]}]}`},
	"foreign-both": {JSON: `{"providers": [
			{` + minePlain + `, "fromCookies": ["session"], "foreignTokens": {"opaque": true, "issuers": ["https://other.example", "https://only.example"]}},
			{` + mineCorbado + `, "foreignTokens": {"issuers": ["https://other.example"]}}],
		"rules": [{"paths": ["/mine"], "providers": ["mine"]}, {"paths": ["/maybe"], "providers": ["mine"], "auth": "optional"},
			{"paths": ["/corbado/*"], "providers": ["corbado"], "auth": "optional"}]}`},
	"foreign-log": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"], "foreignTokens": {"opaque": true}}], "onFailure": "log"}`},
}

func init() { maps.Copy(configs, foreignConfigs) }

const (
	cookieOfPlain = "\nCookie: session={plain}"
	apiKey        = "\nAuthorization: Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc"
	keptKey       = "authorization: Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc"
	ofOther       = "\nAuthorization: Bearer {plain iss=https://other.example key=stray}"
)

// foreignRows: credentials that are another party's.
var foreignRows = append([]Row{
	{Name: "foreign: an API key beside a session", Config: "foreign", Request: "GET /" + apiKey + cookieOfPlain, Want: Want{Upstream: plainUser + keptKey + "\n!cookie"}},
	{Name: "foreign: an API key alone is no session", Config: "foreign", Request: "GET /" + apiKey, Want: challenged(401, "token-missing", `Bearer realm="app.example.com"`)},
	{Name: "foreign: an API key where a session is optional", Config: "foreign", Request: "GET /maybe" + apiKey,
		Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n" + keptKey}},
	{Name: "foreign: an API key where nothing is verified", Config: "foreign", Request: "GET /open" + apiKey, Want: Want{Upstream: keptKey}},
	{Name: "foreign: a bearer token of ours still counts", Config: "foreign", Request: "GET /" + asPlain, Want: Want{Upstream: plainUser + "!authorization"}},
	{Name: "foreign: a bad token of ours is still refused", Config: "foreign", Request: "GET /\nAuthorization: Bearer {plain exp=-60s}" + cookieOfPlain, Want: denied(401, "token-expired")},
	{Name: "foreign: a bad cookie beside a key decides", Config: "foreign", Request: "GET /" + apiKey + "\nCookie: session={plain exp=-60s}", Want: denied(401, "token-expired")},
	{Name: "foreign: a JWT of a named issuer", Config: "foreign", Request: "GET /" + ofOther + cookieOfPlain, Want: Want{Upstream: plainUser + "authorization ~ Bearer ey"}},
	{Name: "foreign: a JWT of a named issuer, unsigned", Config: "foreign", Request: "GET /\nAuthorization: Bearer {plain iss=https://other.example header.alg=none}" + cookieOfPlain,
		Want: Want{Upstream: plainUser + "authorization ~ Bearer ey"}},
	{Name: "foreign: an issuer with a slash that is named so", Config: "foreign", Request: "GET /\nAuthorization: Bearer {plain iss=https://kept.example/}" + cookieOfPlain,
		Want: Want{Upstream: plainUser + "authorization ~ Bearer ey"}},
	{Name: "foreign: paths of several readings", Config: "foreign", Request: "GET /%6Daybe" + apiKey, Want: Want{Reason: "token-missing", Status: 401}},
	{Name: "foreign: a path of several readings, with a session", Config: "foreign", Request: "GET /%6Daybe" + apiKey + cookieOfPlain, Want: Want{Upstream: plainUser + keptKey}},
	{Name: "foreign: another scheme stays as ever", Config: "foreign", Request: "GET /\nAuthorization: Basic YTpi" + cookieOfPlain, Want: Want{Upstream: plainUser + "authorization: Basic YTpi"}},
	{Name: "foreign: several lines are ambiguous first", Config: "foreign", Request: "GET /\nAuthorization: Bearer sk_1\nAuthorization: Bearer sk_2" + cookieOfPlain, Want: denied(400, "authorization-ambiguous"),
		NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "foreign: a comma is ambiguous first", Config: "foreign", Request: "GET /\nAuthorization: Bearer sk_1, Bearer {plain}" + cookieOfPlain, Want: denied(400, "authorization-ambiguous")},
	{Name: "foreign: the length counts first", Config: "foreign", Request: "GET /\nAuthorization: Bearer {repeat s 1025}" + cookieOfPlain, Want: denied(401, "token-too-long")},
	{Name: "foreign: as long as a token may be", Config: "foreign", Request: "GET /\nAuthorization: Bearer {repeat s 1024}" + cookieOfPlain, Want: Want{Upstream: plainUser + "authorization ~ Bearer sss"}},
	{Name: "foreign: not in a cookie", Config: "foreign", Request: "GET /\nCookie: session=sk_live_1", Want: denied(401, "token-invalid")},
	{Name: "foreign: not in trailers", Config: "foreign", Request: "POST /" + cookieOfPlain + "\n\nx", Trailers: "Authorization: Bearer sk_1", HTTP2: true,
		Want: Want{Upstream: plainUser, Trailers: "!authorization"}},
	{Name: "foreign: no key, no session", Config: "foreign", Request: "GET /", Want: denied(401, "token-missing")},

	{Name: "foreign: clerk, a key beside a session", Config: "foreign-clerk", Request: "GET /" + apiKey + "\nCookie: __session={clerk}; __client_uat={now-600s}",
		Want: Want{Upstream: clerkUser + keptKey}},
	{Name: "foreign: clerk, an API key of Clerk's own beside a session", Config: "foreign-clerk", Request: "GET /\nAuthorization: Bearer ak_2abcDEF\nCookie: __session={clerk}; __client_uat={now-600s}",
		Want: Want{Upstream: clerkUser + "authorization: Bearer ak_2abcDEF"}},
	{Name: "foreign: clerk, a key alone", Config: "foreign-clerk", Request: "GET /" + apiKey, Want: denied(401, "session-token-and-uat-missing")},
	{Name: "foreign: clerk, a document is settled as without the key", Config: "foreign-clerk", Request: "GET /" + apiKey + uatOnly + document, Want: handshake("client-uat-but-no-session-token")},
	{Name: "foreign: clerk, a JWT that nobody named", Config: "foreign-clerk", Request: "GET /" + ofOther + "\nCookie: __session={clerk}; __client_uat={now-600s}", Want: denied(401, "jwk-kid-mismatch")},

	{Name: "foreign: in another header", Config: "foreign-header", Request: "GET /\nX-Token: sk_live_1" + asPlain, Want: Want{Upstream: plainUser + "x-token: sk_live_1\n!authorization"}},
	{Name: "foreign: in both headers", Config: "foreign-header", Request: "GET /\nX-Token: sk_live_1\nAuthorization: Bearer sk_live_2" + cookieOfPlain,
		Want: Want{Upstream: plainUser + "x-token: sk_live_1\nauthorization: Bearer sk_live_2"}},
	{Name: "foreign: another spelling of the header is taken away", Config: "foreign-header", Request: "GET /\nX_Token: sk_live_1" + asPlain, Want: Want{Upstream: plainUser + "!x_token"}},
	{Name: "foreign: a token of ours behind a prefix that is none there", Config: "foreign-header", Request: "GET /\nX-Token: Bearer {plain}" + cookieOfPlain, Want: denied(401, "token-invalid")},

	{Name: "foreign: behind a prefix that is no scheme", Config: "foreign-header", Request: "GET /maybe\nX-Other: v1:sk_live_1", Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\nx-other: v1:sk_live_1"}},
	{Name: "foreign: no, a comma behind a prefix that is no scheme", Config: "foreign-header", Request: "GET /maybe\nX-Other: v1:,{plain}", Want: Want{Reason: "token-invalid", Upstream: "x-identity-status: signed-out\n!x-other"}},
	{Name: "foreign: not where one of two readers does not say so", Config: "foreign-half", Request: "GET /" + apiKey + cookieOfPlain, Want: denied(401, "token-invalid")},
	{Name: "foreign: not where another reads what servers take for that header", Config: "foreign-folded", Request: "GET /\nX-Token: sk_live_1" + cookieOfPlain, Want: denied(401, "token-invalid")},
	{Name: "foreign: not for a rule with the one that does", Config: "foreign-half", Request: "GET /mine" + apiKey + cookieOfPlain, Want: denied(401, "token-invalid")},
	{Name: "foreign: not a JWT that only one of two names", Config: "foreign-half", Request: "GET /mine" + ofOther + cookieOfPlain, Want: denied(401, "token-invalid-signature")},
	{Name: "foreign: what both readers say", Config: "foreign-both", Request: "GET /" + ofOther + cookieOfPlain, Want: Want{Upstream: plainUser + "authorization ~ Bearer ey"}},
	{Name: "foreign: what both say, for a rule with one", Config: "foreign-both", Request: "GET /mine" + ofOther + cookieOfPlain, Want: Want{Upstream: plainUser + "authorization ~ Bearer ey"}},
	{Name: "foreign: what one of both says", Config: "foreign-both", Request: "GET /\nAuthorization: Bearer {plain iss=https://only.example}" + cookieOfPlain, Want: denied(401, "token-invalid-issuer")},
	{Name: "foreign: opaque, where one says JWTs only", Config: "foreign-both", Request: "GET /" + apiKey + cookieOfPlain, Want: denied(401, "token-invalid")},
	{Name: "foreign: rules that disagree about the user leave nothing", Config: "foreign-both", Request: "GET /corbado/../maybe" + ofOther + cookieOfPlain,
		Want: Want{Reason: "token-invalid-issuer", Upstream: "x-identity-status: signed-out\n!authorization\n!cookie"}},
	{Name: "foreign: rules that agree that there is no user", Config: "foreign-both", Request: "GET /corbado/../maybe" + ofOther,
		Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\nauthorization ~ Bearer ey"}},
	{Name: "foreign: a policy that is tried out", Config: "foreign-log", Request: "GET /" + apiKey, Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n" + keptKey}},
}, lookalikes()...)

// lookalikes are values that some lax backend could still read as a token of
// ours. None is another party's, so none passes.
func lookalikes() []Row {
	var rows []Row
	for name, form := range map[string]struct {
		line   string // with {p}, {s} and {h}: the parts of a token of ours
		reason string
	}{
		"two parts":                             {"{h}.{p}", "token-invalid"},
		"a part alone, between dots":            {".{p}.", "token-invalid"},
		"a header that is empty":                {".{p}.{s}", "token-invalid"},
		"no signature":                          {"{h}.{p}.", "token-invalid-signature"},
		"four parts":                            {"{h}.{p}.{s}.x", "token-invalid"},
		"a part in front":                       {"x.{h}.{p}.{s}", "token-invalid"},
		"empty parts around":                    {"..{h}.{p}.{s}", "token-invalid"},
		"padding":                               {"{h}=.{p}==.{s}==", "token-invalid"},
		"a plus and a slash":                    {"{h}+.{p}/+.{s}", "token-invalid"},
		"bytes of no alphabet":                  {"{h}.!{p}.{s}", "token-invalid"},
		"%2E":                                   {"{h}%2E{p}%2E{s}", "token-invalid"},
		"quotes":                                {`"{h}.{p}.{s}"`, "token-invalid"},
		"a header that is a list":               {"{list}.{p}.{s}", "token-invalid"},
		"a header without alg":                  {"{noalg}.{p}.{s}", "token-invalid-algorithm"},
		"a header with alg twice":               {"{twice}.{p}.{s}", "token-invalid"},
		"a payload after a byte order mark":     {"{h}.{bom}.{s}", "token-invalid"},
		"a payload in UTF-16":                   {"{h}.{utf16}.{s}", "token-invalid"},
		"a payload with iss twice":              {"{h}.{twoiss}.{s}", "token-invalid"},
		"a payload with two issuers in a list":  {"{h}.{isslist}.{s}", "token-invalid-signature"},
		"a named issuer, of a token with three": {"{list}.{other}.{s}", "token-invalid"},
		"JSON serialisation":                    {`{"payload":"{p}","protected":"{h}","signature":"{s}"}`, ""},
		"an issuer with a slash":                {"{issuer+/}", "token-invalid-issuer"},
		"an issuer in capitals":                 {"{issuer caps}", "token-invalid-issuer"},
		"an issuer with a port":                 {"{issuer port}", "token-invalid-issuer"},
		"a named issuer with a slash":           {"{plain iss=https://other.example/}", "token-invalid-issuer"},
		"a named issuer in capitals":            {"{plain iss=https://OTHER.example}", "token-invalid-issuer"},
		"a named issuer with its port":          {"{plain iss=https://other.example:443}", "token-invalid-issuer"},
		"a named issuer without its slash":      {"{plain iss=https://kept.example}", "token-invalid-issuer"},
		"spaces":                                {"{h} . {p} . {s}", "token-invalid"},
	} {
		line := strings.NewReplacer("{issuer+/}", "{plain iss=https://issuer.example.com/}",
			"{issuer caps}", "{plain iss=https://Issuer.example.com}", "{issuer port}", "{plain iss=https://issuer.example.com:443}").Replace(form.line)
		status, reason := 401, form.reason
		if reason == "" {
			status, reason = 400, "authorization-ambiguous"
		}
		rows = append(rows, Row{
			Name: "foreign: no, " + name, Config: "foreign", Tokens: partsOfPlain,
			Request: "GET /maybe\nAuthorization: Bearer " + line + cookieOfPlain,
			Want:    passesWithout(status, reason),
		})
	}
	return rows
}

// passesWithout is what an optional rule makes of a bad token: the request goes
// on as signed-out, without it.
func passesWithout(status int, reason string) Want {
	if status == 400 {
		return denied(status, reason)
	}
	return Want{Reason: reason, Upstream: "x-identity-status: signed-out\n!authorization"}
}

// partsOfPlain are the parts of a token of ours, and forms of them.
var partsOfPlain = map[string]func(*Mint) string{
	"h":     func(m *Mint) string { return strings.Split(m.Token("plain"), ".")[0] },
	"p":     func(m *Mint) string { return strings.Split(m.Token("plain"), ".")[1] },
	"s":     func(m *Mint) string { return strings.Split(m.Token("plain"), ".")[2] },
	"other": func(m *Mint) string { return strings.Split(m.Token("plain", "iss=https://other.example"), ".")[1] },
	"list":  func(*Mint) string { return encoded(`["alg","RS256"]`) },
	"noalg": func(*Mint) string { return encoded(`{"typ":"JWT"}`) },
	"twice": func(*Mint) string { return encoded(`{"alg":"RS256","alg":"none"}`) },
	"bom":   func(m *Mint) string { return encoded("\ufeff" + decodedPayload(m)) },
	"utf16": func(m *Mint) string {
		return encoded("\x00" + strings.Join(strings.Split(decodedPayload(m), ""), "\x00"))
	},
	"twoiss": func(*Mint) string {
		return encoded(`{"iss":"https://other.example","iss":"https://issuer.example.com","sub":"user_1"}`)
	},
	"isslist": func(*Mint) string { return encoded(`{"iss":["https://other.example"],"sub":"user_1"}`) },
}

func encoded(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func decodedPayload(m *Mint) string {
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(m.Token("plain"), ".")[1])
	if err != nil {
		panic(err)
	}
	return string(raw)
}
