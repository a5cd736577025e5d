package jwt_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwt"
)

const goodHeader, goodPayload = `{"alg":"RS256"}`, `{"iss":"i","sub":"s","exp":1}`

// assemble makes a token of a header and a payload, with a signature of four bytes.
func assemble(header, payload string) string {
	return jwttest.Encode([]byte(header)) + "." + jwttest.Encode([]byte(payload)) + ".AAAAAA"
}

func TestParseForm(t *testing.T) {
	good := assemble(goodHeader, goodPayload)
	parts := strings.Split(good, ".")
	with := func(i int, part string) string {
		changed := append([]string(nil), parts...)
		changed[i] = part
		return strings.Join(changed, ".")
	}
	for name, row := range map[string]struct {
		token string
		want  reason.Reason
	}{
		"good":                         {good, reason.None},
		"empty signature":              {with(2, ""), reason.None},
		"empty":                        {"", reason.TokenInvalid},
		"dots":                         {"..", reason.TokenInvalid},
		"one part":                     {parts[0], reason.TokenInvalid},
		"two parts":                    {parts[0] + "." + parts[1], reason.TokenInvalid},
		"four parts":                   {good + ".AAAA", reason.TokenInvalid},
		"four parts, the last empty":   {good + ".", reason.TokenInvalid},
		"five parts, a JWE":            {good + ".AAAA.AAAA", reason.TokenInvalid},
		"a dot in front":               {"." + good, reason.TokenInvalid},
		"empty header":                 {with(0, ""), reason.TokenInvalid},
		"empty payload":                {with(1, ""), reason.TokenInvalid},
		"with a scheme":                {"Bearer " + good, reason.TokenInvalid},
		"a space in front":             {" " + good, reason.TokenInvalid},
		"a space at the end":           {good + " ", reason.TokenInvalid},
		"a line feed in the header":    {with(0, parts[0][:4]+"\n"+parts[0][4:]), reason.TokenInvalid},
		"a line feed at the end":       {good + "\n", reason.TokenInvalid},
		"a line feed alone":            {with(2, "\n"), reason.TokenInvalid},
		"CR in the payload":            {with(1, parts[1][:4]+"\r"+parts[1][4:]), reason.TokenInvalid},
		"CR LF in the signature":       {with(2, "AA\r\nAAAA"), reason.TokenInvalid},
		"padding on the signature":     {good + "==", reason.TokenInvalid},
		"padding on the header":        {with(0, parts[0]+"="), reason.TokenInvalid},
		"the standard alphabet":        {with(2, "AA+A"), reason.TokenInvalid},
		"the standard alphabet, slash": {with(2, "AA/A"), reason.TokenInvalid},
		"a signature of 4n+1":          {with(2, "AAAAA"), reason.TokenInvalid},
		"stray bits":                   {with(2, "AB"), reason.TokenInvalid},
		"stray bits in the payload":    {with(1, jwttest.Encode([]byte(`{}`))[:2]+"1"), reason.TokenInvalid},
		"not ASCII":                    {with(2, "é"), reason.TokenInvalid},
		"percent-encoded":              {strings.Replace(good, ".", "%2E", 1), reason.TokenInvalid},
		"JSON":                         {`{"payload":"","signatures":[]}`, reason.TokenInvalid},
		"NUL":                          {good + "\x00", reason.TokenInvalid},
		"8192 bytes":                   {good + strings.Repeat("A", 8192-len(good)), reason.None},
		"8193 bytes":                   {good + strings.Repeat("A", 8193-len(good)), reason.TokenTooLong},
		"a megabyte":                   {strings.Repeat("A", 1<<20), reason.TokenTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			p, r := parse(jwt.Token(row.token), 8192)
			if r != row.want || (p != nil) != (r == reason.None) {
				t.Errorf("got %q", r.String())
			}
		})
	}
}

func TestParseHeader(t *testing.T) {
	for name, row := range map[string]struct {
		header string
		want   *jwt.Header // nil: TokenInvalid
	}{
		"alg":                       {`{"alg":"RS256"}`, &jwt.Header{Algorithm: "RS256"}},
		"everything":                {`{"alg":"ES256","kid":"k","typ":"JWT","cat":"c"}`, &jwt.Header{Algorithm: "ES256", KeyID: "k", HasKeyID: true, Type: "JWT", HasType: true, Private: "c", HasPrivate: true}},
		"nothing":                   {`{}`, &jwt.Header{}},
		"empty strings":             {`{"alg":"","kid":"","typ":"","cat":""}`, &jwt.Header{HasKeyID: true, HasType: true, HasPrivate: true}},
		"escapes":                   {`{"\u0061lg":"RS\u003256"}`, &jwt.Header{Algorithm: "RS256"}},
		"white space":               {" {\n\"alg\" :\t\"RS256\" } ", &jwt.Header{Algorithm: "RS256"}},
		"others are ignored":        {`{"alg":"RS256","cty":1,"x5t":null,"foo":{"a":[1]}}`, &jwt.Header{Algorithm: "RS256"}},
		"keys have no power":        {`{"alg":"RS256","jwk":{"kty":"oct"},"jku":"https://evil.example","x5c":["A"],"x5u":"https://evil.example"}`, &jwt.Header{Algorithm: "RS256"}},
		"names are case-sensitive":  {`{"Alg":"none","ALG":"none","alg":"RS256","Kid":1,"CRIT":[]}`, &jwt.Header{Algorithm: "RS256"}},
		"alg a number":              {`{"alg":256}`, nil},
		"alg null":                  {`{"alg":null}`, nil},
		"alg a list":                {`{"alg":["RS256"]}`, nil},
		"alg true":                  {`{"alg":true}`, nil},
		"kid a number":              {`{"alg":"RS256","kid":1}`, nil},
		"kid null":                  {`{"alg":"RS256","kid":null}`, nil},
		"kid an object":             {`{"alg":"RS256","kid":{}}`, nil},
		"typ a number":              {`{"alg":"RS256","typ":1}`, nil},
		"typ null":                  {`{"alg":"RS256","typ":null}`, nil},
		"cat a number":              {`{"alg":"RS256","cat":1}`, nil},
		"cat a list":                {`{"alg":"RS256","cat":["cl_B7d4PD111AAA"]}`, nil},
		"crit":                      {`{"alg":"RS256","crit":["exp"],"exp":1}`, nil},
		"crit, empty":               {`{"alg":"RS256","crit":[]}`, nil},
		"crit, null":                {`{"alg":"RS256","crit":null}`, nil},
		"b64 false":                 {`{"alg":"RS256","b64":false}`, nil},
		"b64 true":                  {`{"alg":"RS256","b64":true}`, nil},
		"crit, escaped":             {`{"alg":"RS256","cr\u0069t":["x"],"x":1}`, nil},
		"alg twice":                 {`{"alg":"none","alg":"RS256"}`, nil},
		"alg twice, once escaped":   {`{"alg":"RS256","al\u0067":"none"}`, nil},
		"kid twice":                 {`{"alg":"RS256","kid":"a","kid":"a"}`, nil},
		"a bad type, then a good":   {`{"alg":1,"kid":"a"}`, nil},
		"an unregistered one twice": {`{"alg":"RS256","foo":1,"foo":1}`, nil},
		"a list":                    {`["RS256"]`, nil},
		"a string":                  {`"RS256"`, nil},
		"null":                      {`null`, nil},
		"trailing text":             {`{"alg":"RS256"}x`, nil},
		"a trailing comma":          {`{"alg":"RS256",}`, nil},
		"two objects":               {`{"alg":"RS256"}{}`, nil},
		"cut off":                   {`{"alg":"RS256"`, nil},
		"not UTF-8":                 {"{\"alg\":\"RS256\",\"x\":\"\xff\"}", nil},
		"a byte order mark":         {"\ufeff{\"alg\":\"RS256\"}", nil},
		"nested 1,000 deep":         {`{"alg":"RS256","x":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + "}", nil},
	} {
		t.Run(name, func(t *testing.T) {
			p, r := parse(jwt.Token(assemble(row.header, goodPayload)), 8192)
			if !parsed(t, r, row.want != nil) {
				return
			}
			if diff := cmp.Diff(*row.want, p.Header); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseClaims(t *testing.T) {
	date := func(seconds float64) jwt.Date { return jwt.Date{Present: true, Valid: true, Seconds: seconds} }
	bad := jwt.Date{Present: true}
	for name, row := range map[string]struct {
		payload string
		want    *jwt.Claims // nil: TokenInvalid
	}{
		"everything": {`{"iss":"i","sub":"s","aud":"a","azp":"p","exp":3,"nbf":1.5,"iat":2}`,
			&jwt.Claims{Issuer: "i", Subject: "s", Audience: []string{"a"}, AuthorizedParty: "p", Expiry: date(3), NotBefore: date(1.5), IssuedAt: date(2)}},
		"nothing":                      {`{}`, &jwt.Claims{}},
		"aud, a list":                  {`{"aud":["a","b"]}`, &jwt.Claims{Audience: []string{"a", "b"}}},
		"aud, an empty list":           {`{"aud":[]}`, &jwt.Claims{}},
		"aud, a number":                {`{"aud":5}`, &jwt.Claims{AudienceMalformed: true}},
		"aud, null":                    {`{"aud":null}`, &jwt.Claims{AudienceMalformed: true}},
		"aud, an object":               {`{"aud":{"a":"b"}}`, &jwt.Claims{AudienceMalformed: true}},
		"aud, a mixed list":            {`{"aud":["a",1]}`, &jwt.Claims{AudienceMalformed: true}},
		"aud, a list in a list":        {`{"aud":[["a"]]}`, &jwt.Claims{AudienceMalformed: true}},
		"azp, a number":                {`{"azp":5}`, &jwt.Claims{AuthorizedPartyMalformed: true}},
		"azp, null":                    {`{"azp":null}`, &jwt.Claims{AuthorizedPartyMalformed: true}},
		"iss, a list":                  {`{"iss":["i"]}`, &jwt.Claims{}},
		"sub, a number":                {`{"sub":1}`, &jwt.Claims{}},
		"exp, a string":                {`{"exp":"3"}`, &jwt.Claims{Expiry: bad}},
		"exp, null":                    {`{"exp":null}`, &jwt.Claims{Expiry: bad}},
		"exp, true":                    {`{"exp":true}`, &jwt.Claims{Expiry: bad}},
		"exp, beyond float64":          {`{"exp":1e400}`, &jwt.Claims{Expiry: bad}},
		"exp, with an exponent":        {`{"exp":1.8e9}`, &jwt.Claims{Expiry: date(1.8e9)}},
		"exp, 0":                       {`{"exp":0}`, &jwt.Claims{Expiry: date(0)}},
		"exp, negative":                {`{"exp":-1}`, &jwt.Claims{Expiry: bad}},
		"exp, end of the year 9999":    {`{"exp":253402300799}`, &jwt.Claims{Expiry: date(253402300799)}},
		"exp, in the year 10000":       {`{"exp":253402300800}`, &jwt.Claims{Expiry: bad}},
		"exp, in milliseconds":         {`{"exp":1800000000000}`, &jwt.Claims{Expiry: bad}},
		"exp, an integer of 30 digits": {`{"exp":180000000000000000000000000000}`, &jwt.Claims{Expiry: bad}},
		"handshake":                    {`{"handshake":["a=b"]}`, &jwt.Claims{HasPrivate: true}},
		"handshake, null":              {`{"handshake":null}`, &jwt.Claims{HasPrivate: true}},
		"names are case-sensitive":     {`{"EXP":1,"Iss":"i","Handshake":1,"exp":2}`, &jwt.Claims{Expiry: date(2)}},
		"names with escapes":           {`{"\u0065xp":2}`, &jwt.Claims{Expiry: date(2)}},
		"exp twice":                    {`{"exp":1,"exp":2}`, nil},
		"exp twice, once escaped":      {`{"exp":1,"\u0065xp":2}`, nil},
		"sub twice, equal":             {`{"sub":"s","sub":"s"}`, nil},
		"an unregistered one twice":    {`{"org_role":"member","org_role":"admin"}`, nil},
		"one twice, below":             {`{"act":{"sub":"a","sub":"b"}}`, nil},
		"a list":                       {`[{}]`, nil},
		"a nested token":               {assemble(goodHeader, goodPayload), nil},
		"trailing text":                {`{}x`, nil},
		"not UTF-8":                    {"{\"sub\":\"\xc3\"}", nil},
		"half a surrogate pair":        {`{"sub":"\ud83d"}`, nil},
		"nested 1,000 deep":            {`{"x":` + strings.Repeat(`{"a":`, 999) + "1" + strings.Repeat("}", 1000), nil},
	} {
		t.Run(name, func(t *testing.T) {
			p, r := parse(jwt.Token(assemble(goodHeader, row.payload)), 8192)
			if !parsed(t, r, row.want != nil) {
				return
			}
			if diff := cmp.Diff(*row.want, p.Claims); diff != "" {
				t.Error(diff)
			}
			if string(p.Payload) != row.payload {
				t.Errorf("payload %s", p.Payload)
			}
		})
	}
}

func TestDateTime(t *testing.T) {
	for seconds, want := range map[float64]string{
		0:                    "1970-01-01T00:00:00Z",
		1800000000:           "2027-01-15T08:00:00Z",
		1800000000.1:         "2027-01-15T08:00:00.1Z",
		1800000000.999999:    "2027-01-15T08:00:00.999999Z",
		1800000000.9999999:   "2027-01-15T08:00:01Z",
		253402300799:         "9999-12-31T23:59:59Z",
		math.Nextafter(1, 0): "1970-01-01T00:00:01Z",
	} {
		if got := (jwt.Date{Seconds: seconds}).Time().UTC().Format("2006-01-02T15:04:05.999999999Z07:00"); got != want {
			t.Errorf("%v: %s, want %s", seconds, got, want)
		}
	}
}

func TestMember(t *testing.T) {
	p := mustParse(t, assemble(goodHeader, `{"act":{"sub":"u"},"https://x.example/a.b":["c"],"o":{"id":"org_1"}}`))
	for name, row := range map[string]struct {
		path []string
		want string
	}{
		"two levels":      {[]string{"act", "sub"}, `"u"`},
		"a URL as a name": {[]string{"https://x.example/a.b"}, `["c"]`},
		"no path syntax":  {[]string{"act.sub"}, ""},
		"missing":         {[]string{"o", "slg"}, ""},
	} {
		if got := jwt.Member(p.Payload, row.path...); got.Raw != row.want || got.Exists() != (row.want != "") {
			t.Errorf("%s: %s", name, got.Raw)
		}
	}
}

// parsed reports whether a token was read, and checks that it was if it should be.
func parsed(t *testing.T, r reason.Reason, want bool) bool {
	t.Helper()
	if want && r != reason.None || !want && r != reason.TokenInvalid {
		t.Fatalf("got %q", r.String())
	}
	return want
}
