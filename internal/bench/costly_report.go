package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// dearestFirst are the rows in order of what they cost.
func (c *Costly) dearestFirst() []Dear {
	rows := slices.Clone(c.Rows)
	slices.SortStableFunc(rows, func(a, b Dear) int {
		switch {
		case a.Times > b.Times:
			return -1
		case a.Times < b.Times:
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return rows
}

func (c *Costly) print(w io.Writer) {
	if len(c.Rows) == 0 {
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "dear requests\tanswer\tCPU us\ttimes a 401\tno filter us\t")
	for _, d := range c.dearestFirst() {
		fmt.Fprintf(t, "%s\t%d\t%.1f\t%.1f\t%.1f\t\n", d.Name, d.Status, d.CPU, d.Times, d.Alone)
	}
	t.Flush()
	fmt.Fprintln(w)
}

func (c *Costly) markdown(w io.Writer) {
	if len(c.Rows) == 0 {
		return
	}
	fmt.Fprint(w, "\n## Dear requests\n\n")
	fmt.Fprintf(w, "Each of `%s` in one Envoy at its default limits, signatures verified by the proxy where it can; medians of %d rounds.\n", costlyFolder, c.Rounds)
	fmt.Fprint(w, "What counts is the CPU time of the worker, in ratio to a 401 without a token that was measured next to it.\n\n")
	fmt.Fprint(w, "| request | what is dear in it | answer | CPU, µs | times a 401 | without the filter, µs |\n|---|---|---|---|---|---|\n")
	for _, d := range c.dearestFirst() {
		fmt.Fprintf(w, "| %s | %s | %d | %.1f | %.1f | %.1f |\n", d.Name, d.About, d.Status, d.CPU, d.Times, d.Alone)
	}
}
