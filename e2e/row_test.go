package e2e

import (
	"fmt"
	"maps"
	"slices"
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
