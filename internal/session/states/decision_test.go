package states

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// checkDecision checks that the decision is the state's, and what goes on to
// the upstream.
func (r row) checkDecision(t *testing.T, s shape, rules *policy.Policy, req *request.Request, state *session.State, want string) {
	t.Helper()
	d := rules.Decide(req, r.checker(rules))
	kind, why, _ := strings.Cut(want, " ")
	switch kind {
	case "needs-keys":
		if d.Outcome != policy.Wait || d.Demand == nil {
			t.Fatalf("decision %s, want to wait", d)
		}
		return
	case "signed-in":
		if d.Outcome != policy.Forward || d.Reason != reason.None {
			t.Fatalf("decision %s, want signed-in", d)
		}
		id := state.Verified.Identity
		checkEdit(t, d.Changes(), "x-identity-status", "signed-in")
		checkEdit(t, d.Changes(), "x-identity-user-id", id.UserID)
		checkEdit(t, d.Changes(), "x-identity-provider", state.Provider.Name)
	default:
		if passes := r.passes(rules, kind, d.Reason); d.Reason.String() != why || passes != (d.Outcome == policy.Forward) {
			t.Fatalf("decision %s, want %s", d, want)
		}
		checkEdit(t, d.Changes(), "x-identity-reason", why)
		if kind == "signed-out" {
			checkEdit(t, d.Changes(), "x-identity-status", "signed-out")
			checkEdit(t, d.Changes(), "x-identity-user-id", "")
		}
	}
	if d.Outcome == policy.Respond {
		checkAnswer(t, &d, state, kind)
	}
	if !slices.Equal(d.SetCookies, state.Exchanged().SetCookies) {
		t.Errorf("set-cookie %q, the session says %q", d.SetCookies, state.Exchanged().SetCookies)
	}
	if s.document {
		r.checkUpstream(t, req, &d)
	}
}

// passes reports whether a request that is not signed-in reaches the upstream.
func (r row) passes(rules *policy.Policy, kind string, why reason.Reason) bool {
	optional := len(rules.Rules) > 0 && rules.Rules[0].Auth == policy.Optional
	undecided := why == reason.KeysUnavailable || why == reason.AuthorizationAmbiguous
	return kind == "passes" || kind == "signed-out" && optional && !undecided
}

func checkAnswer(t *testing.T, d *policy.Decision, state *session.State, kind string) {
	t.Helper()
	header := func(name string) string { return strings.Join(valuesOf(d.Answer.Headers, name), "|") }
	switch signIn := state.Provider.SignInURL; {
	case kind == "handshake":
		if d.Answer.Status != 307 || header("location") != state.Exchanged().Location || d.Answer.Body != "" {
			t.Errorf("answer %d to %q, want 307 to %q", d.Answer.Status, header("location"), state.Exchanged().Location)
		}
	case d.Label == policy.LabelRedirected:
		if signIn == "" || !strings.HasPrefix(header("location"), signIn) || d.Answer.Status != 307 {
			t.Errorf("answer %d to %q, want 307 to the sign-in page %q", d.Answer.Status, header("location"), signIn)
		}
	case header("location") != "" || d.Answer.Status < 400:
		t.Errorf("answer %d to %q, want a refusal", d.Answer.Status, header("location"))
	}
	cache := "no-store"
	if state.Exchanged().Returned {
		cache = "private, no-store"
	}
	if got := header("cache-control"); got != cache {
		t.Errorf("cache-control %q, want %q", got, cache)
	}
	got := slices.DeleteFunc(valuesOf(d.Answer.Headers, "set-cookie"), func(line string) bool {
		return strings.HasPrefix(line, "__sessiongate_redirects=") // the rules' affair
	})
	if !slices.Equal(got, state.Exchanged().SetCookies) {
		t.Errorf("set-cookie of the answer %q, want %q", got, state.Exchanged().SetCookies)
	}
	if d.Reason == reason.KeysUnavailable && (d.Answer.Status != 503 || header("retry-after") == "") {
		t.Errorf("answer %d, want 503 with Retry-After", d.Answer.Status)
	}
	if d.Provider != nil && d.Provider.Preset.ReservedPrefix != "" {
		if kind == "refused" {
			kind = kindName(state.Kind)
		}
		if header("x-clerk-auth-status") != kind || header("x-clerk-auth-reason") != d.Reason.String() {
			t.Errorf("x-clerk-auth-status %q, -reason %q", header("x-clerk-auth-status"), header("x-clerk-auth-reason"))
		}
	}
}

func checkEdit(t *testing.T, edits []policy.Edit, name, want string) {
	t.Helper()
	got := ""
	for _, e := range edits {
		if e.Name == name {
			got = ""
			if e.Op != policy.Remove {
				got = e.Value
			}
		}
	}
	if got != want {
		t.Errorf("%s: %q, want %q", name, got, want)
	}
}

// checkUpstream carries the edits out and looks at the headers that are left.
func (r row) checkUpstream(t *testing.T, req *request.Request, d *policy.Decision) {
	t.Helper()
	headers := edited(req.Headers, d.Changes())
	for _, line := range r.upstream {
		if name, ok := strings.CutPrefix(line, "!"); ok {
			if got := valuesOf(headers, name); got != nil {
				t.Errorf("the upstream gets %s: %q", name, got)
			}
			continue
		}
		name, value, _ := strings.Cut(r.fill(line), ": ")
		if got := valuesOf(headers, name); !slices.Equal(got, []string{value}) {
			t.Errorf("the upstream gets %s\n  %q\nwant\n  %q", name, got, value)
		}
	}
}

func edited(headers [][2]string, edits []policy.Edit) [][2]string {
	headers = slices.Clone(headers)
	for _, e := range edits {
		if e.Op != policy.Add {
			headers = slices.DeleteFunc(headers, func(h [2]string) bool { return h[0] == e.Name })
		}
		if e.Op != policy.Remove {
			headers = append(headers, [2]string{e.Name, e.Value})
		}
	}
	return headers
}

func valuesOf(headers [][2]string, name string) []string {
	var values []string
	for _, h := range headers {
		if h[0] == name {
			values = append(values, h[1])
		}
	}
	return values
}
