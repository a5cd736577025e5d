package e2e

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// result is what has come of a request on any host.
type result struct {
	Forwarded bool
	Status    int
	Headers   [][2]string // of the response, names in lower case
	Body      string
	GRPC      int         // grpc-status, -1 if none
	Upstream  [][2]string // request headers at the upstream, pseudo headers included
	Trailers  [][2]string // request trailers at the upstream
	Logged    [][2]string // request headers as an access log sees them
}

// check compares a result with what a row wants.
func check(t *testing.T, on host, s sent, got result, want Want) {
	t.Helper()
	forwarded := want.Forwarded || want.Status == 0 && want.GRPC == 0
	status := want.Status
	if status == 0 {
		status = 200
	}
	if got.Forwarded != forwarded {
		t.Errorf("reached the upstream: %v, want %v", got.Forwarded, forwarded)
	}
	if got.Status != status {
		t.Errorf("status %d, want %d", got.Status, status)
	}
	if want.GRPC != 0 && got.GRPC != want.GRPC {
		t.Errorf("grpc-status %d, want %d", got.GRPC, want.GRPC)
	}
	if got.Forwarded && forwarded {
		checkUpstream(t, got, want)
		checkLines(t, "trailers at the upstream", got.Trailers, want.Trailers)
		checkIdentity(t, "trailers at the upstream", got.Trailers, want.Trailers)
	}
	checkLines(t, "response", got.Headers, want.Response)
	if !strings.Contains(got.Body, want.Body) {
		t.Errorf("the body does not hold %q", want.Body)
	}
	if !got.Forwarded && !forwarded {
		checkAnswer(t, s, got, want)
		checkLines(t, "logged request", got.Logged, want.Logged)
		if want.Reason != "" {
			checkLines(t, "logged request", got.Logged, "x-identity-reason: "+want.Reason+
				"\n"+loggedDetails+" ~ :"+want.Reason+"}\n"+loggedDetails+" ~ sessiongate{")
		}
	}
	if t.Failed() {
		t.Logf("%s\n%s", on, got)
	}
}

func checkUpstream(t *testing.T, got result, want Want) {
	t.Helper()
	lines := want.Upstream
	if want.Reason != "" {
		lines += "\nx-identity-reason: " + want.Reason
	}
	checkLines(t, "request at the upstream", got.Upstream, lines)
	checkIdentity(t, "request at the upstream", got.Upstream, lines)
	checkAssertion(t, got, want)
}

// checkIdentity refuses identity headers, in any spelling, that are not in
// the expected lines.
func checkIdentity(t *testing.T, what string, got [][2]string, lines string) {
	t.Helper()
	expected := map[string]bool{}
	for _, e := range expectations(lines) {
		if !e.absent {
			expected[e.name] = true
		}
	}
	for _, h := range got {
		if strings.HasPrefix(spelling(h[0]), "x-identity-") && !expected[h[0]] {
			t.Errorf("%s: unexpected %s: %s", what, h[0], h[1])
		}
	}
}

// spelling is a header's name with everything that is no letter or digit as
// "-", in lower case: as a careless reader could take it.
func spelling(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, name)
}

// checkAnswer checks what holds for every answer of the filter's own.
func checkAnswer(t *testing.T, s sent, got result, want Want) {
	t.Helper()
	if part := leaked(got.Body); part != "" {
		t.Errorf("the body holds a part of a token")
	}
	challenge := values(got.Headers, "www-authenticate")
	if got.Status == 401 && (len(challenge) != 1 || !strings.HasPrefix(challenge[0], "Bearer realm=")) {
		t.Errorf("www-authenticate: %q with a 401", challenge)
	}
	if s.Method == "HEAD" && got.Body != "" {
		t.Errorf("HEAD is answered with a body")
	}
	if got.Status < 400 || got.Body == "" {
		return
	}
	if slices.Equal(values(got.Headers, "content-type"), []string{"application/json"}) {
		if got.Body != want.Body {
			t.Errorf("the body is %q, want %q", got.Body, want.Body)
		}
		return
	}
	var problem struct {
		Type, Title, Detail, Reason string
		Status                      int
	}
	if err := json.Unmarshal([]byte(got.Body), &problem); err != nil {
		t.Errorf("the body is not problem+json: %v", err)
		return
	}
	checkLines(t, "response", got.Headers, "content-type: application/problem+json")
	if problem.Type != "about:blank" || problem.Title == "" || problem.Detail == "" || problem.Status != got.Status {
		t.Errorf("problem %+v", problem)
	}
	if problem.Reason != want.Reason {
		t.Errorf("reason %q, want %q", problem.Reason, want.Reason)
	}
}

// expectation is one line of Want's lists, with all values of its name.
type expectation struct {
	name    string
	values  []string
	there   bool // "*"
	holds   string
	absent  bool
	hasText bool
}

func expectations(lines string) []expectation {
	var all []expectation
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case line[0] == '!':
			all = append(all, expectation{name: line[1:], absent: true})
		case strings.Contains(line, " ~ "):
			name, text, _ := strings.Cut(line, " ~ ")
			all = append(all, expectation{name: name, holds: text, hasText: true})
		default:
			h := headerLines(line)[0]
			if h[1] == "*" {
				all = append(all, expectation{name: h[0], there: true})
				continue
			}
			at := slices.IndexFunc(all, func(e expectation) bool { return e.name == h[0] && e.values != nil })
			if at < 0 {
				all = append(all, expectation{name: h[0], values: []string{h[1]}})
				continue
			}
			all[at].values = append(all[at].values, h[1])
		}
	}
	return all
}

func checkLines(t *testing.T, what string, got [][2]string, lines string) {
	t.Helper()
	for _, e := range expectations(lines) {
		have := values(got, e.name)
		switch {
		case e.absent && len(have) > 0:
			t.Errorf("%s: %s: %q should not be there", what, e.name, have)
		case e.there && len(have) == 0:
			t.Errorf("%s: %s is not there", what, e.name)
		case e.hasText && !slices.ContainsFunc(have, func(v string) bool { return strings.Contains(v, e.holds) }):
			t.Errorf("%s: %s: %q, want one with %q", what, e.name, have, e.holds)
		case e.values != nil && !slices.Equal(have, e.values):
			t.Errorf("%s: %s: %q, want %q", what, e.name, have, e.values)
		}
	}
}

func values(headers [][2]string, name string) []string {
	var all []string
	for _, h := range headers {
		if strings.EqualFold(h[0], name) {
			all = append(all, h[1])
		}
	}
	return all
}

// String is a result for people who look for what went wrong.
func (r result) String() string {
	var out strings.Builder
	section := func(name string, headers [][2]string) {
		out.WriteString(name + "\n")
		for _, h := range headers {
			out.WriteString("  " + h[0] + ": " + shortened(h[1]) + "\n")
		}
	}
	section("response "+strconv.Itoa(r.Status), r.Headers)
	if r.Forwarded {
		section("upstream", r.Upstream)
	} else {
		out.WriteString("  " + shortened(r.Body) + "\n")
		section("logged", r.Logged)
	}
	return out.String()
}

func shortened(s string) string {
	if len(s) > 300 {
		return s[:300] + "..."
	}
	return s
}
