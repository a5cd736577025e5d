package e2e

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Row is one line of the behavioural table.
type Row struct {
	Name string
	// Config is the name of a configuration in configs.
	Config string
	// Request is what the client sends: a request line (method and target),
	// lines of headers, and after an empty line the body. Indentation does not
	// count; without a host line the host is app.example.com; a line
	// transfer-encoding sends the body in one chunk. Words in braces
	// are filled in, see Mint.
	Request string
	// Trailers are lines, sent after the body.
	Trailers string
	// HTTP2 sends it over HTTP/2; Envoy only, elsewhere it makes no difference.
	HTTP2 bool
	// Tokens are tokens that the words in braces cannot describe, by name.
	Tokens map[string]func(*Mint) string
	// Before are requests that are sent first, whatever they get.
	Before []string
	Want   Want
	// NotOn says on which hosts the row does not run, and why.
	NotOn map[host]string
}

// Want is what must come of a request. The zero value: it reaches the
// upstream, with no identity header, and the client gets the upstream's 200.
//
// Lists of headers are lines:
//
//	name: value     there is one line of that name, with this value; for
//	                several lines of a name, the lines in this order
//	name: *         it is there
//	name ~ text     it is there, and its value holds the text
//	!name           it is not there
type Want struct {
	// Status is what the client gets. Set without Forwarded, the request must
	// not reach the upstream.
	Status    int
	Forwarded bool
	// Reason is the code that the answer gives, or x-identity-reason.
	Reason string
	// Upstream are headers that the upstream gets, :method, :path and
	// :authority among them. Of headers that begin with x-identity- it gets
	// those that stand here, and no others.
	Upstream string
	// Assertion are the claims of the one assertion in x-sessiongate-assertion,
	// as lines like those of headers, but for its times: all that there are.
	// Values that are not strings are JSON. Empty: there is no such header.
	Assertion string
	// Trailers are request trailers that the upstream gets.
	Trailers string
	// Response are headers that the client gets.
	Response string
	// Body is a part of the body that the client gets.
	Body string
	// Logged are request headers as an access log sees them, of an answer by
	// the filter: x-identity-*, and response-code-details.
	Logged string
	// GRPC is the grpc-status; the HTTP status is 200 then.
	GRPC int
}

// host is a way to run the table.
type host string

const (
	onFake   host = "fake"
	onWazero host = "wazero"
	onEnvoy  host = "envoy"
)

var hosts = []host{onFake, onWazero, onEnvoy}

// Reasons for NotOn that many rows share.
const (
	emulatorJoins = "the SDK's emulator removes only the first of repeated headers"
	setClock      = "needs a clock that stands still"
	framing       = "a matter of HTTP framing, which only a real proxy does"
)

// wellFormed tells what is wrong with a row itself.
func (r Row) wellFormed() error {
	if len(r.NotOn) == len(hosts) {
		return fmt.Errorf("runs on no host")
	}
	for h, why := range r.NotOn {
		if why == "" {
			return fmt.Errorf("does not say why it does not run on %s", h)
		}
	}
	if _, ok := configs[r.Config]; !ok {
		return fmt.Errorf("there is no configuration %q", r.Config)
	}
	return nil
}

// TestTable checks the table itself: names that are unique, rows that run
// somewhere.
func TestTable(t *testing.T) {
	names := map[string]bool{}
	for _, r := range allRows() {
		if err := r.wellFormed(); err != nil {
			t.Errorf("row %q: %v", r.Name, err)
		}
		if names[r.Name] {
			t.Errorf("row %q is there twice", r.Name)
		}
		names[r.Name] = true
	}
	used := map[string]bool{}
	for _, r := range allRows() {
		used[r.Config] = true
	}
	for name := range configs {
		if !used[name] && !configs[name].Shared {
			t.Errorf("no row uses the configuration %q", name)
		}
	}
}

// allRows is the whole table. Every file of rows has its line here.
func allRows() []Row {
	var all []Row
	for _, rows := range [][]Row{
		vendorRows,
		clerkRows,
		spoofingRows,
		tokenRows,
		algorithmRows(),
		rotatingRows,
		badInputRows,
		protocolRows,
		ruleRows,
		requireRows,
		tenantRows,
		billingRows,
		stepUpRows,
		impersonationRows,
		ruleCheckRows,
		claimRows,
		kindRows,
		callerRows(),
		answerRows,
		originRows,
		corsRows,
		nameRows,
		forwardingRows,
		trialRows,
		targetRows,
		hostRows,
		methodRows,
		openBodyRows,
		signInRows,
		assertionRows,
		assertionAttackRows,
		audienceRows,
		keySetRows,
		resourceRows,
		foreignRows,
		recipeRows(),
		movingRows,
	} {
		all = append(all, rows...)
	}
	return all
}

// runTable runs the rows that are for a host, and says how many.
func runTable(t *testing.T, on host, run func(t *testing.T, r Row)) {
	runRows(t, on, allRows(), run)
	reportRows(t, on)
}

// runRows runs some rows, but those that are not for this host.
func runRows(t *testing.T, on host, rows []Row, run func(t *testing.T, r Row)) {
	for _, r := range rows {
		if r.NotOn[on] == "" {
			t.Run(r.Name, func(t *testing.T) { run(t, r) })
		}
	}
}

// reportRows says how many rows run on a host, and why others do not.
func reportRows(t *testing.T, on host) {
	ran, reasons := 0, map[string]int{}
	for _, r := range allRows() {
		if why := r.NotOn[on]; why != "" {
			reasons[why]++
		} else {
			ran++
		}
	}
	summary := fmt.Sprintf("%s: %d rows of the table", on, ran)
	for _, why := range slices.Sorted(maps.Keys(reasons)) {
		summary += fmt.Sprintf("; %d not: %s", reasons[why], why)
	}
	report(t, "%s", summary)
}

// rowsOf are the rows of one configuration.
func rowsOf(config string) []Row {
	var rows []Row
	for _, r := range allRows() {
		if r.Config == config {
			rows = append(rows, r)
		}
	}
	return rows
}

// report writes a line that the test command shows even when all is well.
func report(t *testing.T, format string, args ...any) {
	t.Helper()
	t.Log("report: " + fmt.Sprintf(format, args...))
}

// sent is a request as it goes out.
type sent struct {
	Method, Target, Authority string
	Headers                   [][2]string // without Host; names as written
	Body                      string
	Chunked                   bool // the body comes in chunks, of unknown length
	Trailers                  [][2]string
	HTTP2                     bool
}

// hasBody reports whether something follows the headers.
func (s sent) hasBody() bool { return s.Body != "" || s.Trailers != nil }

// hasLength reports whether the headers say how long the body is.
func (s sent) hasLength() bool { return s.Body != "" && s.Trailers == nil && !s.HTTP2 && !s.Chunked }

// parseRequest reads Row.Request, whose words in braces are filled in already.
func parseRequest(text, trailers string) sent {
	head, body, _ := strings.Cut(strings.TrimLeft(text, " \t\n"), "\n\n")
	first, rest, _ := strings.Cut(head, "\n")
	s := sent{Authority: "app.example.com", Body: strings.Trim(body, " \t\n"), Trailers: headerLines(trailers)}
	s.Method, s.Target, _ = strings.Cut(strings.TrimSpace(first), " ")
	hosts := 0
	for _, h := range headerLines(rest) {
		if strings.EqualFold(h[0], "host") {
			if hosts++; hosts == 1 {
				s.Authority = h[1]
				continue
			}
		}
		if strings.EqualFold(h[0], "transfer-encoding") {
			s.Chunked = true
			continue
		}
		s.Headers = append(s.Headers, h)
	}
	return s
}

// headerLines reads lines of "name: value". A pseudo header's colon belongs to
// its name.
func headerLines(text string) [][2]string {
	var all [][2]string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		colon := strings.IndexByte(line[1:], ':') + 1
		if colon == 0 {
			panic("not a header line: " + line)
		}
		all = append(all, [2]string{line[:colon], strings.TrimSpace(line[colon+1:])})
	}
	return all
}

// arriving are the headers as a filter in Envoy gets them: pseudo headers
// first, names in lower case, several lines of authorization or host joined.
func (s sent) arriving() [][2]string {
	scheme := "http"
	headers := [][2]string{{":authority", s.Authority}, {":path", s.Target}, {":method", s.Method}, {":scheme", scheme}}
	lines := slices.Clone(s.Headers)
	if s.Chunked {
		lines = append(lines, [2]string{"transfer-encoding", "chunked"})
	}
	if s.hasLength() {
		lines = append(lines, [2]string{"content-length", fmt.Sprint(len(s.Body))})
	}
	authorization, forwarded := -1, false
	for _, h := range lines {
		name := strings.ToLower(h[0])
		switch {
		case name == "host":
			headers[0][1] += "," + h[1]
			continue
		case name == "authorization" && authorization >= 0:
			headers[authorization][1] += "," + h[1]
			continue
		case name == "authorization":
			authorization = len(headers)
		case name == "x-forwarded-proto":
			forwarded = true
			headers[3][1] = h[1]
		}
		headers = append(headers, [2]string{name, h[1]})
	}
	if !forwarded {
		headers = append(headers, [2]string{"x-forwarded-proto", scheme})
	}
	return headers
}
