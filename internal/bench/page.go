package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// The part of a page that is written by this program.
const (
	pageBegin = "<!-- written by make bench -->\n"
	pageEnd   = "<!-- end -->\n"
)

// writePage puts a text between the marks in a Markdown page; where there is no
// page yet, it is all of it.
func writePage(path, text string) error {
	page, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		page, err = []byte(pageBegin+pageEnd), nil
	}
	if err != nil {
		return err
	}
	before, rest, ok := bytes.Cut(page, []byte(pageBegin))
	_, after, ok2 := bytes.Cut(rest, []byte(pageEnd))
	if !ok || !ok2 {
		return fmt.Errorf("%s: no part between %q and %q", path, pageBegin, pageEnd)
	}
	return os.WriteFile(path, fmt.Appendf(nil, "%s%s%s%s%s", before, pageBegin, text, pageEnd, after), 0o644)
}

// markdown are the results as tables.
func (r *results) markdown() string {
	var b strings.Builder
	row := func(cells ...string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	head := func(cells ...string) {
		row(cells...)
		fmt.Fprintln(&b, "|"+strings.Repeat("---|", len(cells)))
	}
	number := func(format string, n float64) string { return fmt.Sprintf(format, n) }

	fmt.Fprint(&b, "\n## Budgets\n\n")
	head("what", "goal", "found", "")
	for _, budget := range r.Budgets {
		verdict := "held"
		if !budget.Held {
			verdict = "**missed**"
		}
		row(budget.What, number("%.2f", budget.Goal), number("%.2f", budget.Found), verdict)
	}
	fmt.Fprint(&b, "\n## Requests\n")
	workload := ""
	for _, way := range r.Rows {
		if way.Workload != workload {
			workload = way.Workload
			fmt.Fprintf(&b, "\n**%s**\n\n", workload)
			head("way", "CPU, µs", "added, µs", "at the lowest tenth, µs", "p50, µs", "p99, µs", "requests/s")
		}
		row(way.Way, number("%.1f", way.CPU), number("%.1f", way.Added), number("%.1f", way.Low), number("%.0f", way.P50), number("%.0f", way.P99), number("%.0f", way.PerSec))
	}
	if text := r.minute(); text != "" {
		fmt.Fprintf(&b, "\n%s\n", text)
	}
	fmt.Fprint(&b, "\n## Start and memory\n\n")
	head("way", "seconds to the first answer", "module, MB")
	for _, s := range r.Starts {
		row(s.Way, number("%.2f", s.Seconds), number("%.2f", s.Megabyte))
	}
	fmt.Fprintf(&b, "\nA further worker takes %.1f MiB; with the empty filter %.1f. ", r.Memory.PerWorker, r.Memory.PerWorkerEmpty)
	fmt.Fprintf(&b, "Envoy's memory over %d requests with %d different tokens, half of them cut off by their clients at any byte, in MiB after each tenth:\n", r.Memory.Requests, r.Memory.Tokens)
	for i, mib := range r.Memory.Tenths {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%.1f", mib)
	}
	fmt.Fprint(&b, ".\n\n## Tokens with random key ids\n\n")
	fmt.Fprintf(&b, "%d in %.0f seconds caused %d fetches of keys. Meanwhile, requests with good tokens:\n\n", r.Flood.Random, r.Flood.Seconds, r.Flood.Fetches)
	head("good tokens", "p50, µs", "p99, µs")
	row("alone", number("%.0f", r.Flood.QuietP50), number("%.0f", r.Flood.QuietP99))
	row("among as many other good ones", number("%.0f", r.Flood.BusyP50), number("%.0f", r.Flood.BusyP99))
	row("in the flood", number("%.0f", r.Flood.FloodP50), number("%.0f", r.Flood.FloodP99))
	r.Costly.markdown(&b)
	fmt.Fprintln(&b)
	return b.String()
}
