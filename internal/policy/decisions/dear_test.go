package decisions

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// How long a Cookie header or a query is at most where Envoy takes 60 KiB of
// headers in all, as it does by default.
const (
	dearCookies = 56 << 10
	dearQuery   = 50 << 10
)

// dearConfigs read cookies and parameters in different ways. All of them let
// requests without a session pass, so that unverified tokens have to go.
var dearConfigs = map[string]string{
	"plain": `{"providers": [{MINE, "fromCookies": ["session"], "fromParams": ["token"]}], "rules": [{"auth": "optional"}]}`,
	"clerk": `{"providers": [{CLERK}], "rules": [{"auth": "optional"}]}`,
	"several": `{"providers": [{CLERK}, {MINE, "fromCookies": ["session", "legacy"], "fromParams": ["token", "access_token"]}, {CORBADO},
		{OTHER, "fromCookies": ["o_session"]}], "rules": [{"auth": "optional"}]}`,
	"nothing": `{"providers": [{MINE}], "rules": [{"auth": "optional"}]}`,
}

// fillUp repeats a unit up to a size.
func fillUp(unit string, size int) string { return strings.Repeat(unit, size/len(unit)) }

// scramble is text of these bytes in no order, always the same.
func scramble(alphabet string, size int) string {
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, size)
	for i := range text {
		text[i] = alphabet[random.IntN(len(alphabet))]
	}
	return string(text)
}

// thousand is a Cookie header of as many cookies as are read, each of a name
// and of units.
func thousand(name, unit string) string {
	one := name + "=" + fillUp(unit, dearCookies/1000-len(name)-2) + ";"
	return strings.Repeat(one, 999)
}

// dear are requests without a session that a client can make long. None may
// cost much more than it would take to read it once.
var dear = map[string]struct {
	cookies []string // lines
	target  string
	// taken: something is taken out, so that the rest has to be put together anew.
	taken bool
}{
	"cookies: nothing":               {cookies: []string{"theme=dark"}},
	"cookies: without names":         {cookies: []string{fillUp("=;", dearCookies)}},
	"cookies: empty":                 {cookies: []string{fillUp(";", dearCookies)}},
	"cookies: short":                 {cookies: []string{fillUp("a=b; ", dearCookies)}},
	"cookies: without =":             {cookies: []string{fillUp("a;", dearCookies)}},
	"cookies: crumbs":                {cookies: slices.Repeat([]string{fillUp("=;", 4064)}, 14)},
	"cookies: a hundred lines":       {cookies: slices.Repeat([]string{fillUp("=;", dearCookies/100)}, 100)},
	"cookies: of the token's name":   {cookies: []string{fillUp("session=;", dearCookies)}, taken: true},
	"cookies: of Clerk's name":       {cookies: []string{fillUp("__session=;", dearCookies)}, taken: true},
	"cookies: a thousand":            {cookies: []string{thousand("a", "b")}},
	"cookies: a thousand tokens":     {cookies: []string{thousand("session", "b")}, taken: true},
	"cookies: a thousand of Clerk's": {cookies: []string{thousand("__session", "b")}, taken: true},
	"cookies: a thousand alike":      {cookies: []string{thousand("__Session", "b")}, taken: true},
	"cookies: a thousand escaped":    {cookies: []string{thousand("%73ession", "b")}, taken: true},
	"cookies: a thousand with words": {cookies: []string{thousand("a", "b=c ")}},
	"cookies: one long":              {cookies: []string{"a=" + fillUp("b", dearCookies)}},
	"cookies: words":                 {cookies: []string{fillUp("a=b ", dearCookies)}},
	"cookies: words, commas":         {cookies: []string{fillUp("a=b,", dearCookies)}},
	"cookies: words without =":       {cookies: []string{fillUp("a ", dearCookies)}},
	"cookies: words nearly alike":    {cookies: []string{fillUp("sessiom=x ", dearCookies)}},
	"cookies: words as Clerk's":      {cookies: []string{fillUp("__sessioo=x ", dearCookies)}},
	"cookies: words that end alike":  {cookies: []string{fillUp("bession=x ", dearCookies)}},
	"cookies: words escaped":         {cookies: []string{fillUp("%73%65ssiom=x ", dearCookies)}},
	"cookies: words indexed":         {cookies: []string{fillUp("sessio[]=x ", dearCookies)}},
	"cookies: words, a token at end": {cookies: []string{fillUp("sessiom=x ", dearCookies) + "session=x"}, taken: true},
	"cookies: spaces":                {cookies: []string{"a=" + fillUp(" ", dearCookies) + "="}},
	"cookies: spaces before =":       {cookies: []string{"a= " + fillUp("b       =", dearCookies)}},
	"cookies: commas":                {cookies: []string{"a=" + fillUp(",", dearCookies) + "="}},
	"cookies: equals":                {cookies: []string{"a= " + fillUp("=", dearCookies)}},
	"cookies: a long name":           {cookies: []string{fillUp("s", dearCookies) + "=b"}},
	"cookies: a long escaped name":   {cookies: []string{fillUp("%25", dearCookies) + "=b"}},
	"cookies: odd bytes":             {cookies: []string{fillUp("\xa0", dearCookies) + "=b"}},
	"cookies: brackets":              {cookies: []string{fillUp("[", dearCookies) + "=b"}},
	"cookies: scrambled":             {cookies: []string{"a=" + scramble("s= ", dearCookies)}},
	"cookies: scrambled, wide":       {cookies: []string{"a=" + scramble("_sesion%73[]\xa0\"=, ", dearCookies)}},

	"query: nothing":                 {target: "/?page=2"},
	"query: plain":                   {target: "/?" + fillUp("a=b&", dearQuery)},
	"query: empty":                   {target: "/?" + fillUp("&", dearQuery)},
	"query: semicolons":              {target: "/?" + fillUp(";", dearQuery)},
	"query: fragments":               {target: "/?" + fillUp("#", dearQuery)},
	"query: short":                   {target: "/?" + fillUp("a&", dearQuery)},
	"query: short, semicolons":       {target: "/?" + fillUp("a;", dearQuery)},
	"query: escaped":                 {target: "/?" + fillUp("%41=&", dearQuery)},
	"query: escapes alone":           {target: "/?" + fillUp("%&", dearQuery)},
	"query: indexed":                 {target: "/?" + fillUp("a[]=&", dearQuery)},
	"query: pluses":                  {target: "/?" + fillUp("+", dearQuery)},
	"query: percents":                {target: "/?" + fillUp("%25", dearQuery)},
	"query: one long":                {target: "/?a=" + fillUp("b", dearQuery)},
	"query: equals":                  {target: "/?" + fillUp("=", dearQuery)},
	"query: nearly alike":            {target: "/?" + fillUp("tokem&", dearQuery)},
	"query: nearly Clerk's":          {target: "/?" + fillUp("__clerk_handshakf&", dearQuery)},
	"query: nearly, escaped":         {target: "/?" + fillUp("%74%6Fkem=&", dearQuery)},
	"query: nearly, twice":           {target: "/?" + fillUp("%2574okem=&", dearQuery)},
	"query: nearly, indexed":         {target: "/?" + fillUp("toke[]=&", dearQuery)},
	"query: nearly, odd":             {target: "/?" + fillUp("+tokem=&", dearQuery)},
	"query: nearly Clerk's, escaped": {target: "/?" + fillUp("%5F_clerk_handshakf=&", dearQuery), taken: true},
	"query: Clerk's, escaped":        {target: "/?" + fillUp("%5F_clerk_handshake=&", dearQuery), taken: true},
	"query: odd bytes":               {target: "/?" + fillUp("\xa0", dearQuery)},
	"query: brackets":                {target: "/?" + fillUp("[", dearQuery)},
	"query: tokens":                  {target: "/?" + fillUp("token=x&", dearQuery), taken: true},
	"query: different tokens":        {target: "/?token=y&" + fillUp("token=x&", dearQuery), taken: true},
	"query: tokens alike":            {target: "/?" + fillUp("TOKEN=x&", dearQuery), taken: true},
	"query: tokens escaped":          {target: "/?" + fillUp("%74oken=x&", dearQuery), taken: true},
	"query: tokens indexed":          {target: "/?" + fillUp("token[]=x&", dearQuery), taken: true},
	"query: Clerk's":                 {target: "/?" + fillUp("__clerk_handshake=x&", dearQuery), taken: true},
	"query: one, plain":              {target: "/?token=x&" + fillUp("a=b&", dearQuery), taken: true},
	"query: one, then empty":         {target: "/?token=x&" + fillUp("&", dearQuery), taken: true},
	"query: one of Clerk's":          {target: "/?__clerk_handshake=x&" + fillUp("a=b&", dearQuery), taken: true},
	"query: a long token":            {target: "/?token=" + fillUp("x", dearQuery), taken: true},
	"query: a long one escaped":      {target: "/?token=" + fillUp("%78", dearQuery), taken: true},
	"query: scrambled":               {target: "/?" + scramble("to&;=", dearQuery)},
	"query: scrambled, wide":         {target: "/?" + scramble("token%74[]+;&=", dearQuery), taken: true},
}

// dearRequest gives the headers of a dear request.
func dearRequest(name string) [][2]string {
	target := dear[name].target
	if target == "" {
		target = "/"
	}
	headers := slices.Concat([][2]string{
		{":authority", "app.example.com"}, {":path", target}, {":method", "GET"}, {":scheme", "https"}}, browser)
	for _, line := range dear[name].cookies {
		headers = append(headers, [2]string{"cookie", line})
	}
	return headers
}

// TestDearRequests guards how many bytes a request allocates, however it is
// made: those of an ordinary answer, and where something is taken out of a
// header those of what stays of it.
func TestDearRequests(t *testing.T) {
	const ordinary, rounds = 4 << 10, 20
	for config, text := range dearConfigs {
		rules := load(t, text)
		checker := session.Checker{Now: now, Verifier: jwt.Go{}}
		for name, test := range dear {
			t.Run(config+"/"+name, func(t *testing.T) {
				headers := dearRequest(name)
				reader := rules.NewReader()
				var d policy.Decision
				decide := func() {
					d = rules.Decide(reader.Read(headers), &checker)
				}
				decide()
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				for range rounds {
					decide()
				}
				runtime.ReadMemStats(&after)
				most := ordinary
				if test.taken {
					most += dearCookies + dearCookies/4 // memory comes in sizes
				}
				if got := int(after.TotalAlloc-before.TotalAlloc) / rounds; got > most {
					t.Errorf("%d bytes, want at most %d: %v", got, most, d)
				}
			})
		}
	}
}

func BenchmarkDear(b *testing.B) {
	for config, text := range dearConfigs {
		rules := load(b, text)
		checker := session.Checker{Now: now, Verifier: jwt.Go{}}
		for name := range dear {
			b.Run(config+"/"+name, func(b *testing.B) {
				headers := dearRequest(name)
				reader := rules.NewReader()
				b.ReportAllocs()
				for b.Loop() {
					rules.Decide(reader.Read(headers), &checker)
				}
			})
		}
	}
}
