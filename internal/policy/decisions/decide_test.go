package decisions

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// row is one request and the whole decision about it.
type row struct {
	name string
	// config is a configuration in which MINE and the other names of issuers
	// stand for the fields of a provider. Empty: MINE alone.
	config string
	// request is a request line and headers. {mine} is a token of that issuer,
	// {mine {"role":"admin"}} one with further claims, {bad mine} one with a
	// wrong signature. Without a host line the host is app.example.com.
	request string
	// waited decides as after a wait for keys.
	waited bool
	// want is the decision in the form of text, see the function of that name.
	want string
}

// now is when tests take place.
var now = time.Unix(1_800_000_000, 0)

// issuer is somebody who signs tokens in tests.
type issuer struct {
	key    *jwttest.Key
	header map[string]any
	claims map[string]any
	fields string // of a provider that takes its tokens
}

var issuers = func() map[string]issuer {
	mine := jwttest.NewKey(jwa.EdDSA, "mine")
	other := jwttest.NewKey(jwa.EdDSA, "other")
	rsa := jwttest.NewKey(jwa.RS256, "vendor")
	claims := func(iss, sub string, more map[string]any) map[string]any {
		all := map[string]any{"iss": iss, "sub": sub, "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
		maps.Copy(all, more)
		return all
	}
	return map[string]issuer{
		"mine": {mine, nil, claims("https://mine.example.com", "user_1", nil),
			`"name": "mine", "issuer": "https://mine.example.com", "jwks": ` + jwttest.JWKSet(mine)},
		"other": {other, nil, claims("https://other.example.com", "user_2", nil),
			`"name": "other", "issuer": "https://other.example.com", "jwks": ` + jwttest.JWKSet(other)},
		"down": {other, nil, claims("https://down.example.com", "user_3", nil),
			`"name": "down", "issuer": "https://down.example.com", "jwksUri": "https://down.example.com/keys"`},
		"clerk": {rsa, nil, claims("https://clerk.example.com", "user_c", map[string]any{"sid": "sess_c"}),
			`"preset": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "authorizedParties": [], "jwks": ` + jwttest.JWKSet(rsa)},
		"aux": {rsa, nil, claims("https://aux.example.com", "user_a", map[string]any{"sid": "sess_a"}),
			`"preset": "oneauxilia", "issuer": "https://aux.example.com", "jwks": ` + jwttest.JWKSet(rsa)},
		"corbado": {rsa, nil, claims("https://pro-123.frontendapi.corbado.io", "usr-1", map[string]any{"name": "Ada", "email": "ada@example.com"}),
			`"preset": "corbado", "projectId": "pro-123", "jwks": ` + jwttest.JWKSet(rsa)},
	}
}()

// bench is what a row runs on.
type bench struct {
	tokens map[string]string // by the expression in braces
	policy *policy.Policy
	cache  session.Cache
	maker  *assertion.Maker
	waited bool
}

func load(t testing.TB, text string) *policy.Policy {
	t.Helper()
	if text == "" {
		text = `{"providers": [{MINE}]}`
	}
	for name, i := range issuers {
		fields := strings.Replace(i.fields, `"authorizedParties": [], `, "", 1)
		text = strings.ReplaceAll(text, strings.ToUpper(name), fields)
	}
	result, err := config.Load([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return result.Policy
}

func newBench(t testing.TB, config string) *bench {
	t.Helper()
	return &bench{tokens: map[string]string{}, policy: load(t, config)}
}

// decide decides about a request.
func (b *bench) decide(r *request.Request) policy.Decision {
	return b.policy.Decide(r, &session.Checker{
		Now: now, Verifier: jwt.Go{}, Cache: b.cache, Waited: b.waited, Assertions: b.maker,
		Keys: func(*session.Provider) jwks.Snapshot { return jwks.Snapshot{OnMissing: jwks.OnMissingFetch} },
	})
}

// read makes a request of text.
func (b *bench) read(text string) *request.Request {
	var lines []string
	for line := range strings.Lines(b.fill(text)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	method, target, _ := strings.Cut(lines[0], " ")
	authority := "app.example.com"
	var headers [][2]string
	for _, line := range lines[1:] {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			panic("not a header: " + line)
		}
		name, value = strings.ToLower(name), strings.TrimSpace(value)
		if name == "host" {
			authority = value
			continue
		}
		headers = append(headers, [2]string{name, value})
	}
	pseudo := [][2]string{{":authority", authority}, {":path", target}, {":method", method}, {":scheme", "https"}}
	return request.Read(append(pseudo, headers...))
}

// fill puts tokens in the place of expressions in braces.
func (b *bench) fill(text string) string {
	var out strings.Builder
	for {
		start := strings.IndexByte(text, '{')
		if start < 0 {
			return out.String() + text
		}
		depth, end := 0, start
		for ; end < len(text); end++ {
			if text[end] == '{' {
				depth++
			} else if text[end] == '}' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		expression := text[start : end+1]
		out.WriteString(text[:start])
		out.WriteString(b.token(expression))
		text = text[end+1:]
	}
}

func (b *bench) token(expression string) string {
	if token := b.tokens[expression]; token != "" {
		return token
	}
	name, claims, _ := strings.Cut(expression[1:len(expression)-1], " {")
	name, bad := strings.CutPrefix(name, "bad ")
	i, ok := issuers[name]
	if !ok {
		panic("nobody is called " + name)
	}
	all := maps.Clone(i.claims)
	if claims != "" {
		var more map[string]json.RawMessage // keeps the text of numbers
		if err := json.Unmarshal([]byte("{"+claims), &more); err != nil {
			panic(err.Error() + ": " + claims)
		}
		for name, value := range more {
			all[name] = value
		}
	}
	token := jwttest.Sign(i.key, i.header, all)
	if bad {
		token = jwttest.Tamper(token)
	}
	b.tokens[expression] = token
	return token
}

// text writes a decision down, one thing a line:
//
//	forward signed-in
//	-name            a header is removed
//	name: value      a header is set
//	+ line           Set-Cookie for the response
//	state.name: x    filter state
//	demand down      keys are wanted
//
//	respond denied 401
//	name: value      a request header is set, for access logs
//	< name: value    a header of the answer, but for those that are always there
//	< grpc 16
//
// Tokens are written as they were in the request.
func (b *bench) text(t *testing.T, r *request.Request, d policy.Decision) string {
	t.Helper()
	var out []string
	head := d.Outcome.String() + " " + d.Label.String()
	if d.Outcome == policy.Respond {
		head += " " + strconv.Itoa(d.Answer.Status)
	}
	if !d.Enforced {
		head += " logged"
	}
	out = append(out, head)
	for _, e := range d.Changes() {
		if e.Op == policy.Remove {
			out = append(out, "-"+e.Name)
		} else {
			out = append(out, e.Name+": "+e.Value)
		}
	}
	for _, p := range d.FilterState {
		out = append(out, "state."+p[0]+": "+p[1])
	}
	if d.Outcome == policy.Forward {
		for _, line := range d.SetCookies {
			out = append(out, "+ "+line)
		}
	}
	if d.Demand != nil {
		out = append(out, "demand "+d.Demand.Name)
	}
	for _, h := range d.Answer.Headers {
		if h[1] == firstRedirect || h[1] == firstRedirect+"; Secure" {
			continue // of every redirect to a sign-in page; the guard has a test of its own
		}
		if h != [2]string{"cache-control", "no-store"} && h != [2]string{"content-type", "application/problem+json"} {
			out = append(out, "< "+h[0]+": "+h[1])
		}
	}
	if d.Outcome == policy.Respond {
		if d.Answer.GRPCStatus >= 0 {
			out = append(out, "< grpc "+strconv.Itoa(int(d.Answer.GRPCStatus))+" "+d.Answer.Body)
		} else {
			out = append(out, b.body(t, r, d)...)
		}
	}
	text := strings.Join(out, "\n")
	for expression, token := range b.tokens {
		text = strings.ReplaceAll(text, token, expression)
	}
	return text
}

const firstRedirect = "__sessiongate_redirects=1; Path=/; SameSite=Lax; HttpOnly; Max-Age=10"

// body checks what every answer of problem+json has; it gives a line if there
// should be a body and is none.
func (b *bench) body(t *testing.T, r *request.Request, d policy.Decision) []string {
	t.Helper()
	if d.Answer.Status < 400 || r.Method == "HEAD" {
		if d.Answer.Body != "" {
			t.Errorf("%d to %s with a body: %s", d.Answer.Status, r.Method, d.Answer.Body)
		}
		return nil
	}
	if d.Answer.Body == "" {
		return []string{"< no body"}
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(d.Answer.Body), &got); err != nil {
		t.Fatalf("%v: %s", err, d.Answer.Body)
	}
	title, _ := got["title"].(string)
	want := map[string]any{
		"type": "about:blank", "title": title, "status": float64(d.Answer.Status),
		"detail": d.Reason.Error(), "reason": d.Reason.String(),
	}
	if diff := cmp.Diff(want, got); diff != "" || title == "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	return nil
}

func trimmed(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func run(t *testing.T, rows []row) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			b := newBench(t, row.config)
			b.waited = row.waited
			r := b.read(row.request)
			got := b.text(t, r, b.decide(r))
			if diff := cmp.Diff(trimmed(row.want), got); diff != "" {
				t.Errorf("decision (-want +got):\n%s\n%s", diff, got)
			}
		})
	}
}

// What many rows want.
const (
	user1 = `
		x-identity-status: signed-in
		x-identity-provider: mine
		x-identity-user-id: user_1`
	user2 = `
		x-identity-status: signed-in
		x-identity-provider: other
		x-identity-user-id: user_2`
	// asUser1 is a bearer token of MINE, which is not forwarded by default.
	asUser1 = `
		forward signed-in
		-authorization` + user1
	asUser2 = `
		forward signed-in
		-authorization` + user2
	skipped = `forward skipped`
	noToken = `
		respond denied 401
		x-identity-status: signed-out
		x-identity-reason: token-missing
		< www-authenticate: Bearer realm="app.example.com"`
	passesWithout = `
		forward signed-out
		x-identity-status: signed-out
		x-identity-reason: token-missing`
	claimsMismatch = `
		respond denied 403` + user1mismatch + `
		< www-authenticate: Bearer realm="app.example.com", error="insufficient_scope", error_description="The signed-in user may not do this."`
	user1mismatch = `
		x-identity-status: signed-in
		x-identity-reason: claims-mismatch
		x-identity-provider: mine
		x-identity-user-id: user_1`
)

// bearer is a request of user_1 to a method and path.
func bearer(methodAndPath string) string {
	return methodAndPath + "\nAuthorization: Bearer {mine}"
}

// rereadRequest is a request with another target and authority.
func rereadRequest(headers [][2]string, target, authority string) *request.Request {
	var changed [][2]string
	for _, h := range headers {
		switch h[0] {
		case ":path":
			h[1] = target
		case ":authority":
			h[1] = authority
		}
		changed = append(changed, h)
	}
	return request.Read(changed)
}
