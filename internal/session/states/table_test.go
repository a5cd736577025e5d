package states

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/requesttext"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// row is one line of the table of sessions. Every row runs as a document
// request and as three others (a fetch of the page's script, a form, a HEAD),
// and each of these through Group.State and through policy.Policy.Decide, with a
// clock that stands still.
type row struct {
	name string
	// config is the name of a configuration in configs; empty: production.
	config string
	// request is the target (without it "/") and headers, one a line. Words in
	// braces are filled in, see mint.
	request string
	// page is what comes of it as a document request: a kind and, unless it is
	// signed-in, a reason ("signed-in user_one" names the user, too). "refused"
	// and "passes" with a reason are the rules' answer, whatever the session is.
	page string
	// other is what comes of it as any other request. Empty: the same, but
	// signed-out where a document request is sent to a handshake.
	other string

	// lines are those of the handshake token {handshake}; handshake are changes
	// to it, in the words of mint.
	lines     []string
	handshake string

	// keys tells what is known of the keys, if not everything.
	keys func(*session.Provider) jwks.Snapshot
	// waited: the request has waited for keys already.
	waited bool

	// method: it runs as that alone, with no headers but its own.
	method string
	// providers are the names of those that the rule asks, if not all.
	providers []string

	// What comes of the document request beside its state, if not empty.
	location string   // exactly
	cookies  []string // Set-Cookie lines, exactly
	upstream []string // request headers, "name: value", or "!name": not there
	source   string   // where the token was: "header authorization"
	provider string
}

var now = time.Unix(1_800_000_000, 0)

// shape is a kind of request that a row is run as.
type shape struct {
	name, method string
	headers      [][2]string
	document     bool
}

var shapes = []shape{
	{"document", "GET", [][2]string{{"sec-fetch-dest", "document"}}, true},
	{"fetch", "GET", [][2]string{{"sec-fetch-dest", "empty"}, {"accept", "*/*"}}, false},
	{"form", "POST", [][2]string{{"sec-fetch-dest", "document"}, {"accept", "text/html"}}, false},
	{"head", "HEAD", [][2]string{{"accept", "text/html"}}, false},
}

// headersOf are the headers of a request that the text describes, in this shape.
func (s shape) headersOf(text string) [][2]string {
	r := requesttext.Must(text)
	r.Method = s.method
	return append(r.Arriving("https"), s.headers...)
}

// table is all rows. Every file of rows has its line here.
func table() []row {
	return slices.Concat(
		pathRows, timeRows, tokenRows, categoryRows, // the two lines of the table of states, and every reason
		chooseRows, developmentRows, satelliteRows, redirectRows, ownURLRows,
		returnRows, returnTokenRows, returnLineRows, returnSessionRows, returnDevelopmentRows, keyRows,
		claimRows, oneAuxiliaRows, corbadoRows, plainRows, sideBySideRows, providerClaimRows, kindRows, differenceRows, elsewhereRows,
	)
}

func TestTable(t *testing.T) {
	names := map[string]bool{}
	for _, r := range table() {
		if names[r.name] {
			t.Errorf("%q is there twice", r.name)
		}
		names[r.name] = true
		t.Run(r.name, r.run)
	}
	if len(names) < 200 {
		t.Errorf("only %d rows", len(names))
	}
	t.Logf("%d rows, each as %d kinds of requests", len(names), len(shapes))
}

// TestEveryReason holds the table to the list of reasons: each has a row.
func TestEveryReason(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range table() {
		for _, want := range []string{r.page, r.other} {
			if _, why, ok := strings.Cut(want, " "); ok {
				seen[why] = true
			}
		}
	}
	for _, why := range reason.All() {
		if !seen[why.String()] && why != reason.InternalError { // package filter's
			t.Errorf("no row ends in %s", why)
		}
	}
}

func (r row) run(t *testing.T) {
	if r.config == "" {
		r.config = "production"
	}
	policy := policies(t)[r.config]
	if policy == nil {
		t.Fatalf("no configuration %q", r.config)
	}
	text := r.fill(r.request)
	for _, s := range r.shapes() {
		want := r.want(s)
		req := request.Read(s.headersOf(text))
		t.Run(s.name, func(t *testing.T) {
			state := groupOf(policy, r.providers).State(req, r.checker(policy))
			if got := describe(&state, want); !byRules(want) && got != want {
				t.Fatalf("%s, want %s", got, want)
			}
			if s.document {
				r.checkState(t, &state)
			}
			// The same, where it is said beforehand what will be looked for.
			req.Sources = session.Sources(policy.Providers, nil, nil)
			known := groupOf(policy, r.providers).State(req, r.checker(policy))
			if got, want := describe(&known, want), describe(&state, want); got != want || known.Exchanged().Location != state.Exchanged().Location || known.Source != state.Source {
				t.Errorf("%s from %v to %q with sources, %s from %v to %q without", got, known.Source, known.Exchanged().Location, want, state.Source, state.Exchanged().Location)
			}
			r.checkDecision(t, s, policy, req, &state, want)
		})
	}
}

// shapes are the kinds of requests that the row runs as.
func (r row) shapes() []shape {
	if r.method != "" {
		return []shape{{r.method, r.method, nil, true}}
	}
	return shapes
}

// describe names a state in the words of row.page.
func describe(state *session.State, want string) string {
	kind := kindName(state.Kind)
	switch {
	case state.Kind != session.SignedIn:
		return kind + " " + state.Reason.String()
	case want != kind:
		return kind + " " + state.Verified.Identity.UserID
	}
	return kind
}

// want is what comes of the row as that kind of request.
func (r row) want(s shape) string {
	if s.document {
		return r.page
	}
	if r.other != "" {
		return r.other
	}
	if why, ok := strings.CutPrefix(r.page, "handshake "); ok {
		return "signed-out " + why
	}
	return r.page
}

// byRules reports whether it is the rules, and not the session, that want is about.
func byRules(want string) bool {
	return strings.HasPrefix(want, "refused ") || strings.HasPrefix(want, "passes ")
}

// checker knows the keys of the policy's own providers, and of no copies.
func (r row) checker(policy *policy.Policy) *session.Checker {
	known := r.keys
	if known == nil {
		known = knownKeys
	}
	keys := func(p *session.Provider) jwks.Snapshot {
		if slices.Contains(policy.Providers, p) {
			return known(p)
		}
		return jwks.Snapshot{}
	}
	return &session.Checker{Now: now, Keys: keys, Verifier: jwt.Go{}, Waited: r.waited}
}

func (r row) checkState(t *testing.T, state *session.State) {
	t.Helper()
	if want := r.fill(r.location); r.location != "" && state.Exchanged().Location != want {
		t.Errorf("location\n  %s\nwant\n  %s", state.Exchanged().Location, want)
	}
	if r.cookies != nil {
		var want []string
		for _, line := range r.cookies {
			want = append(want, r.fill(line))
		}
		if !slices.Equal(state.Exchanged().SetCookies, want) {
			t.Errorf("set-cookie\n  %q\nwant\n  %q", state.Exchanged().SetCookies, want)
		}
	}
	sources := map[session.SourceKind]string{session.FromHeader: "header ", session.FromParam: "parameter ", session.FromCookie: "cookie "}
	if got := sources[state.Source.Kind] + state.Source.Name; r.source != "" && got != r.source {
		t.Errorf("source %q, want %q", got, r.source)
	}
	if r.provider != "" && state.Provider.Name != r.provider {
		t.Errorf("provider %q, want %q", state.Provider.Name, r.provider)
	}
}

func kindName(k session.Kind) string {
	return [...]string{"signed-out", "signed-in", "handshake", "needs-keys"}[k]
}
