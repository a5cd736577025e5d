package decisions

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
)

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
// Tokens are written as they are in the request, in words.
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
	for words, token := range b.Minted {
		text = strings.ReplaceAll(text, token, "{"+words+"}")
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
