package decisions

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
	"github.com/sessiongate/sessiongate/internal/testkit/mint"
	"github.com/sessiongate/sessiongate/internal/testkit/requesttext"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// row is one request and the whole decision about it.
type row struct {
	name string
	// config is a configuration in which MINE and the other names of fields
	// stand for the fields of a provider. Empty: MINE alone.
	config string
	// request is a request line and headers. Words in braces are filled in, see
	// package mint.
	request string
	// waited decides as after a wait for keys.
	waited bool
	// want is the decision in the form of text, see the function of that name.
	want string
}

// now is when tests take place.
var now = time.Unix(1_800_000_000, 0)

// known are those who sign tokens in tests, with claims as few as their
// providers need.
var known = func() map[string]mint.Issuer {
	rsa := issuers.Key("vendor", "RS256")
	all := map[string]mint.Issuer{}
	add := func(name, sub string, more map[string]any) func(*idp.Issuer, error) {
		return func(issuer *idp.Issuer, err error) {
			if err != nil {
				panic(err)
			}
			all[name] = mint.Issuer{Issuer: issuer, Content: func(now time.Time) (header, claims map[string]any) {
				claims = map[string]any{"iss": issuer.URL, "sub": sub, "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
				maps.Copy(claims, more)
				return nil, claims
			}}
		}
	}
	other := issuers.Key("other", "EdDSA")
	add("mine", "user_1", nil)(idp.NewPlain("mine.example.com", issuers.Key("mine", "EdDSA")))
	add("other", "user_2", nil)(idp.NewPlain("other.example.com", other))
	add("down", "user_3", nil)(idp.NewPlain("down.example.com", other))
	add("clerk", "user_c", map[string]any{"sid": "sess_c"})(idp.NewClerk("clerk.example.com", true, rsa))
	add("aux", "user_a", map[string]any{"sid": "sess_a"})(idp.NewOneAuxilia("aux.example.com", rsa))
	add("corbado", "usr-1", map[string]any{"name": "Ada", "email": "ada@example.com"})(idp.NewCorbado("pro-123", rsa))
	return all
}()

// fields of providers that take an issuer's tokens, by their names in
// configurations.
var fields = map[string]string{
	"MINE":    `"name": "mine", "issuer": "{issuer mine}", "jwks": {jwks mine}`,
	"OTHER":   `"name": "other", "issuer": "{issuer other}", "jwks": {jwks other}`,
	"DOWN":    `"name": "down", "issuer": "{issuer down}", "jwksUri": "https://down.example.com/keys"`,
	"CLERK":   `"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}`,
	"AUX":     `"preset": "oneauxilia", "issuer": "{issuer aux}", "jwks": {jwks aux}`,
	"CORBADO": `"preset": "corbado", "projectId": "pro-123", "jwks": {jwks corbado}`,
}

// bench is what a row runs on.
type bench struct {
	*mint.Mint
	policy *policy.Policy
	cache  session.Cache
	maker  *assertion.Maker
	waited bool
}

// written is a configuration with the fields of its providers.
func written(text string) string {
	if text == "" {
		text = `{"providers": [{MINE}]}`
	}
	for name, of := range fields {
		text = strings.ReplaceAll(text, name, of)
	}
	return mint.New(now, known).Fill(text)
}

func load(t testing.TB, text string) *policy.Policy {
	t.Helper()
	result, err := config.Load([]byte(written(text)))
	if err != nil {
		t.Fatalf("%v\n%s", err, written(text))
	}
	return result.Policy
}

func newBench(t testing.TB, config string) *bench {
	t.Helper()
	return &bench{Mint: mint.New(now, known), policy: load(t, config)}
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
	return request.Read(requesttext.Must(b.Fill(text)).Arriving("https"))
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
	// asClerkUser is a session of CLERK, whose token stays.
	asClerkUser = `
		forward signed-in
		x-identity-status: signed-in
		x-identity-provider: clerk
		x-identity-user-id: user_c
		x-identity-session-id: sess_c`
	clerkMismatch = `
		respond denied 403
		x-identity-status: signed-in
		x-identity-reason: claims-mismatch
		x-identity-provider: clerk
		x-identity-user-id: user_c
		x-identity-session-id: sess_c
		< www-authenticate: Bearer realm="app.example.com", error="insufficient_scope", error_description="The signed-in user may not do this."`
	// clerkAsksAgain is what a handshake for a browser without its token comes with.
	clerkAsksAgain = `
		< set-cookie: __clerk_redirect_count=1; SameSite=Lax; HttpOnly; Max-Age=2
		< x-clerk-auth-status: handshake
		< x-clerk-auth-reason: client-uat-but-no-session-token
		< x-clerk-auth-message: This browser was signed in, but its session token is missing; reload the page.`
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
