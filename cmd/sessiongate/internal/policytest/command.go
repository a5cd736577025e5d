// Package policytest is the command that tests policies: requests, and what must
// come of them, in a file beside the policy.
package policytest

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/redact"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
)

const long = `Test reads requests from YAML files and compares the policy's decisions about them
with the expected ones. The filter's own code makes the decisions.

  policy: policy.yaml            # any file that check reads, from this file's folder
  tests:
  - name: an administrator may read reports
    request: GET /reports
    token: {claims: {org_role: "org:admin"}}
    expect: {outcome: signed-in, rule: reports, backend: {x-identity-user-id: user_1}}
  - request: GET /reports
    expect: {status: 401, reason: token-missing}

Test makes tokens with keys of its own, which take the place of the real ones and
which it throws away: it needs no real token, key or network. docs/command-line.md
describes all fields.

It exits with 0 if all rows are as expected, with 1 if one is not, and with 2 if
a file cannot be read.`

// Command tests policies.
func Command() *cobra.Command {
	var junit string
	var verbose bool
	cmd := &cobra.Command{
		Use:     "test FILE...",
		Short:   "Test policies with requests and their expected answers",
		Long:    long,
		Example: "  sessiongate test policy.test.yaml --junit report.xml",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			out := &redact.Writer{To: cmd.OutOrStdout()}
			defer func() { _ = out.Flush() }()
			findings := &redact.Writer{To: cmd.ErrOrStderr()}
			defer func() { _ = findings.Flush() }()
			r := runner{out: out, findings: findings, in: cmd.InOrStdin(), verbose: verbose}
			for _, name := range args {
				r.file(name)
			}
			if junit != "" {
				if err := writeJUnit(junit, r.files); err != nil {
					return err
				}
			}
			if r.worst != 0 {
				return r.worst
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&junit, "junit", "", "write the results into this `file`, as JUnit XML")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "print every row, with the decision")
	return cmd
}

// runner runs files of tests, and keeps the worst exit status.
type runner struct {
	out, findings io.Writer
	in            io.Reader
	verbose       bool
	files         []ran
	worst         exit.Status
}

// ran is what has come of a file.
type ran struct {
	name    string
	results []result
}

func (r *runner) file(name string) {
	s, err := r.load(name)
	if err != nil {
		if !exit.Reported(err) {
			fmt.Fprintf(r.findings, "%s: error: %s\n", name, err)
		}
		r.worst = exit.Failed
		return
	}
	of := ran{name: name}
	failed := 0
	for _, row := range s.file.Tests {
		result := s.run(row)
		of.results = append(of.results, result)
		if r.print(name, result) {
			failed++
		}
	}
	r.files = append(r.files, of)
	for _, rule := range untested(s.policy, of.results) {
		fmt.Fprintf(r.findings, "%s: note: no row falls under %s\n", name, rule)
	}
	fmt.Fprintf(r.out, "%s: %d rows, %d failed\n", name, len(of.results), failed)
	if failed > 0 {
		r.worst = max(r.worst, exit.Refused)
	}
}

// load reads a file, and the policy that it is about.
func (r *runner) load(name string) (*suite, error) {
	data, err := configfile.Read(name, r.in)
	if err != nil {
		return nil, err
	}
	f, err := parse(data)
	if err != nil {
		return nil, err
	}
	path := f.Policy
	if !filepath.IsAbs(path) && name != "-" {
		path = filepath.Join(filepath.Dir(name), path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p, err := configfile.Policy(path, text, f.Plugin, r.findings)
	if err != nil {
		return nil, err
	}
	return newSuite(f, p, time.Now().Truncate(time.Second))
}

// print prints a row, and reports whether it has failed.
func (r *runner) print(file string, result result) (failed bool) {
	row := &result.row
	switch {
	case result.err != nil:
		fmt.Fprintf(r.out, "FAIL  %s:%d: %s\n      %s\n", file, row.line, row.Name, result.err)
		return true
	case len(result.wrong) > 0:
		fmt.Fprintf(r.out, "FAIL  %s:%d: %s\n", file, row.line, row.Name)
		for _, wrong := range result.wrong {
			fmt.Fprintf(r.out, "      %s\n", wrong)
		}
		fmt.Fprint(r.out, indented(result.summary))
		return true
	case r.verbose:
		fmt.Fprintf(r.out, "ok    %s\n%s", row.Name, indented(result.summary))
	}
	return false
}

// untested are the rules that decided about no row.
func untested(p *policy.Policy, results []result) (names []string) {
	for i := range p.Rules {
		name := p.Rules[i].Name
		if name == "" {
			name = problem.Element("rules", i)
		}
		if !slices.ContainsFunc(results, func(r result) bool { return r.rule == name }) {
			names = append(names, name)
		}
	}
	return names
}
