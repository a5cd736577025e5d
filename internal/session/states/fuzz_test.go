package states

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	gojwt "github.com/golang-jwt/jwt/v5"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/requesttext"
)

// fuzzed are the configurations that fuzzing chooses from.
var fuzzed = []string{"production", "development", "optional", "satellite that asks", "development satellite", "behind a proxy", "forwarded", "param", "twins", "everybody", "corbado old", "kinds", "kinds by claims", "claims"}

// FuzzState looks for a request that is signed-in without a session token that
// somebody else verifies, too, and for one that is sent where it should not be.
func FuzzState(f *testing.F) {
	for _, r := range table() {
		if i := slices.Index(fuzzed, r.config); i >= 0 || r.config == "" {
			f.Add(uint8(max(i, 0)), "GET", r.fill(r.request)+"\nsec-fetch-dest: document")
		}
	}
	f.Add(uint8(0), "POST", "/\nCookie: __session=a")
	f.Fuzz(func(t *testing.T, config uint8, method, text string) {
		rules := policies(t)[fuzzed[int(config)%len(fuzzed)]]
		parsed, err := requesttext.Parse(text)
		if err != nil {
			t.Skip()
		}
		parsed.Method = method
		read := request.Read(parsed.Arriving("https"))
		r := row{}
		state := groupOf(rules, nil).State(read, r.checker(rules))
		checkSafe(t, rules, read, &state)
		d := rules.Decide(read, r.checker(rules))
		if d.Outcome == policy.Respond && d.Answer.Status/100 == 3 {
			checkLocation(t, rules, read, strings.Join(valuesOf(d.Answer.Headers, "location"), ""))
		}
		if d.Outcome == policy.Forward && d.Label == policy.LabelSignedIn && state.Kind != session.SignedIn {
			t.Errorf("%s, but the session is not", d)
		}
	})
}

// checkSafe holds what must be true of every state.
func checkSafe(t *testing.T, rules *policy.Policy, read *request.Request, state *session.State) {
	t.Helper()
	switch state.Kind {
	case session.SignedIn:
		if state.Verified == nil || state.Reason != 0 {
			t.Fatalf("signed-in with reason %q", state.Reason)
		}
		if err := verifiedElsewhere(state); err != nil {
			t.Fatalf("signed-in with a token that golang-jwt refuses: %v", err)
		}
		checkKind(t, state)
	case session.Handshake:
		checkLocation(t, rules, read, state.Exchanged().Location)
		if read.Method != "GET" {
			t.Errorf("a redirect of a %s", read.Method)
		}
	default:
		if state.Verified != nil || state.Reason == 0 {
			t.Errorf("%s with reason %q", kindName(state.Kind), state.Reason)
		}
	}
	for _, line := range state.Exchanged().SetCookies {
		name, _, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, "__") || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("set-cookie: %q", line)
		}
	}
}

// checkKind: what is no session's token comes in a header that may have it, and
// nothing of a session is read from it.
func checkKind(t *testing.T, state *session.State) {
	t.Helper()
	v, p := state.Verified, state.Provider
	if !p.Accepts().Has(v.Kind) {
		t.Fatalf("signed-in as %q, which is not accepted", v.Kind)
	}
	if v.Kind == session.SessionToken {
		return
	}
	if state.Source.Kind != session.FromHeader || state.Renewed() {
		t.Errorf("signed-in as %q by %v", v.Kind, state.Source)
	}
	if id := v.Identity; p.Preset.Kinds != nil && (id.SessionID+id.Actor+id.OrgID+id.OrgRole+id.OrgSlug != "" || id.OrgPermissions != nil ||
		id.UserID != "" && !strings.HasPrefix(id.UserID, "user_")) {
		t.Errorf("signed-in as %q with what only a session says: %+v", v.Kind, *id)
	}
}

// verifiedElsewhere has another library judge the token of a signed-in state.
func verifiedElsewhere(state *session.State) error {
	keys := map[string]any{}
	for _, from := range known {
		keys[from.Key().ID] = from.Key().Private.Public()
	}
	token, err := gojwt.Parse(string(state.Verified.Token), func(t *gojwt.Token) (any, error) {
		return keys[t.Header["kid"].(string)], nil
	}, gojwt.WithValidMethods([]string{"RS256", "ES256"}), gojwt.WithExpirationRequired(),
		gojwt.WithLeeway(5*time.Second), gojwt.WithTimeFunc(func() time.Time { return now }))
	if err != nil {
		return err
	}
	iss, err := token.Claims.GetIssuer()
	if err == nil && !slices.Contains(state.Provider.Expect.Issuers, iss) {
		return gojwt.ErrTokenInvalidIssuer
	}
	return err
}

// checkLocation: redirects lead to the Frontend API, to the sign-in page, or
// back to the request's own URL.
func checkLocation(t *testing.T, rules *policy.Policy, read *request.Request, location string) {
	t.Helper()
	u, err := url.Parse(location)
	if err != nil {
		t.Fatalf("location %q: %v", location, err)
	}
	if strings.ContainsFunc(location, func(r rune) bool { return r <= ' ' || r > '~' }) {
		t.Errorf("location %q holds more than a URL may", location)
	}
	own, _ := read.URL(rules.TrustForwarded)
	hosts := []string{own.Host, "clerk.example.com", "clerk.other.example", "happy-hippo-1.clerk.accounts.dev", "clerk.satellite.example", "primary.example"}
	if u.Scheme != "https" && u.Host != own.Host || !slices.Contains(hosts, u.Host) || u.User != nil {
		t.Errorf("a redirect to %q", location)
	}
	for _, name := range []string{"redirect_url", "__clerk_redirect_url"} {
		for _, back := range u.Query()[name] {
			if u.Host == own.Host { // its own query
				continue
			}
			if b, err := url.Parse(back); err == nil && b.Host != own.Host {
				t.Errorf("a redirect back to %q, the request came to %q", back, own.Host)
			}
		}
	}
}

// FuzzPermissions: any features, names and numbers, signed by the vendor.
func FuzzPermissions(f *testing.F) {
	f.Add("o:dashboard,o:teams", "manage,read", "3,2")
	f.Add("o:,:,o", ",,", "999999999999999999999999,-1,+2,0x1")
	policy := func(t *testing.T) *policy.Policy { return policies(t)["production"] }
	f.Fuzz(func(t *testing.T, fea, per, fpm string) {
		from := known["clerk"].Session(now)
		from.Claims["v"], from.Claims["fea"], from.Claims["o"] = 2, fea, map[string]any{"id": "org_1", "per": per, "fpm": fpm}
		token := from.Token()
		read := request.Read([][2]string{{":method", "GET"}, {":path", "/"}, {":authority", "app.example.com"}, {"authorization", "Bearer " + token}})
		r := row{}
		p := policy(t)
		state := groupOf(p, nil).State(read, r.checker(p))
		if state.Kind != session.SignedIn {
			if len(token) <= policy(t).MaxTokenBytes {
				t.Skip(state.Reason) // text that JSON cannot carry
			}
			return
		}
		granted := state.Verified.Identity.OrgPermissions
		if most := (strings.Count(fea, ",") + 1) * (strings.Count(per, ",") + 1); len(granted) > most {
			t.Errorf("%d permissions of at most %d", len(granted), most)
		}
		for _, permission := range granted {
			if !strings.HasPrefix(permission, "org:") {
				t.Errorf("permission %q", permission)
			}
		}
	})
}
