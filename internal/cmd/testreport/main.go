// Command testreport reads the output of go test -json and prints what people
// want to know of it: failures with their output, a line for each package,
// what tests report about themselves, and what was skipped and why.
//
// It exits with 1 if anything failed, with 2 if there was nothing to read.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"
)

func main() {
	r := newReport(os.Stdout)
	if err := r.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
		os.Exit(2)
	}
	os.Exit(r.finish())
}

// event is a line of go test -json (see go doc test2json).
type event struct {
	Action     string
	Package    string
	ImportPath string // of build output
	Test       string
	Output     string
	Elapsed    float64
}

type report struct {
	out     io.Writer
	outputs map[string][]string // by package and test
	skipped map[string][]string // tests by reason
	reports []string
	failed  []string
	tests   int
	lines   int
}

func newReport(out io.Writer) *report {
	return &report{out: out, outputs: map[string][]string{}, skipped: map[string][]string{}}
}

func (r *report) read(in io.Reader) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			r.lines++
			var e event
			if json.Unmarshal(line, &e) != nil {
				fmt.Fprintf(r.out, "%s", line) // of the go command itself
			} else {
				r.event(e)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// marker begins the lines that tests report about themselves, see
// e2e.report.
const marker = "report: "

func (r *report) event(e event) {
	name := e.Package
	if e.Test != "" {
		name += " " + e.Test
	}
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "output":
		r.outputs[name] = append(r.outputs[name], e.Output)
		if _, said, ok := strings.Cut(e.Output, marker); ok {
			r.reports = append(r.reports, strings.TrimSpace(said))
		}
	case "skip":
		if e.Test != "" {
			why := r.reason(name)
			r.skipped[why] = append(r.skipped[why], short(name))
		}
		delete(r.outputs, name)
	case "pass":
		if e.Test == "" {
			fmt.Fprintf(r.out, "ok    %-60s %s\n", e.Package, seconds(e.Elapsed))
		} else {
			r.tests++
		}
		delete(r.outputs, name)
	case "fail":
		r.failed = append(r.failed, short(name))
		fmt.Fprintf(r.out, "FAIL  %s %s\n", name, seconds(e.Elapsed))
		for _, line := range r.outputs[name] {
			if !strings.HasPrefix(line, "=== ") {
				fmt.Fprint(r.out, "      ", line)
			}
		}
		delete(r.outputs, name)
	}
}

// reason is what a skipped test said: its output without the frame.
func (r *report) reason(name string) string {
	var said []string
	for _, line := range r.outputs[name] {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "===") || strings.HasPrefix(line, "--- ") {
			continue
		}
		if _, after, ok := strings.Cut(line, ".go:"); ok {
			_, line, _ = strings.Cut(after, ": ")
		}
		said = append(said, line)
	}
	if len(said) == 0 {
		return "without a reason"
	}
	return strings.Join(said, " ")
}

func (r *report) finish() int {
	if r.lines == 0 {
		fmt.Fprintln(r.out, "no tests were run")
		return 2
	}
	if len(r.reports) > 0 {
		fmt.Fprintln(r.out)
		for _, line := range r.reports {
			fmt.Fprintln(r.out, line)
		}
	}
	if len(r.skipped) > 0 {
		fmt.Fprintln(r.out, "\nskipped:")
		for _, why := range slices.Sorted(maps.Keys(r.skipped)) {
			fmt.Fprintf(r.out, "  %s: %s\n", why, listed(r.skipped[why]))
		}
	}
	if len(r.failed) > 0 {
		fmt.Fprintf(r.out, "\nfailed:\n  %s\n", strings.Join(r.failed, "\n  "))
		return 1
	}
	fmt.Fprintf(r.out, "\n%d tests passed\n", r.tests)
	return 0
}

// listed names some tests and counts the others.
func listed(tests []string) string {
	const most = 5
	if len(tests) <= most {
		return strings.Join(tests, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(tests[:most], ", "), len(tests)-most)
}

// short is a test's name with the package's last element.
func short(name string) string {
	path, test, _ := strings.Cut(name, " ")
	return strings.TrimSpace(path[strings.LastIndexByte(path, '/')+1:] + " " + test)
}

func seconds(s float64) string {
	return time.Duration(s * float64(time.Second)).Round(10 * time.Millisecond).String()
}
