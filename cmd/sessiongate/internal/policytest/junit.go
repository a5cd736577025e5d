package policytest

import (
	"encoding/xml"
	"fmt"
	"os"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/redact"
)

// The elements of JUnit's XML that build servers read.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes what has come of files.
func writeJUnit(path string, files []ran) error {
	var all junitSuites
	for _, f := range files {
		suite := junitSuite{Name: f.name, Tests: len(f.results)}
		for _, r := range f.results {
			c := junitCase{Name: r.row.Name, Class: f.name, Time: fmt.Sprintf("%.3f", r.took.Seconds())}
			wrong := r.wrong
			if r.err != nil {
				wrong = []string{r.err.Error()}
			}
			if len(wrong) > 0 {
				suite.Failures++
				c.Failure = &junitFailure{redact.Text(strings.Join(wrong, "; ")), redact.Text(r.summary)}
			}
			suite.Cases = append(suite.Cases, c)
		}
		all.Suites = append(all.Suites, suite)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append([]byte(xml.Header), append(text, '\n')...), 0o644)
}

// indented is a text with each line further to the right.
func indented(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString("        " + line)
	}
	return out.String()
}
