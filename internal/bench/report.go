package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// results are everything that was measured.
type results struct {
	Started  string   `json:"started"`
	Pinned   bool     `json:"envoy_has_a_processor_of_its_own"`
	Rounds   int      `json:"rounds"`
	Requests int      `json:"requests_per_round"`
	Rows     []Row    `json:"rows"`
	Starts   []Start  `json:"starts"`
	Memory   Memory   `json:"memory"`
	Flood    Flood    `json:"flood"`
	Costly   Costly   `json:"costly"`
	Budgets  []Budget `json:"budgets"`
}

// Budget is a goal, and what came of it.
type Budget struct {
	What  string  `json:"what"`
	Goal  float64 `json:"goal"`
	Found float64 `json:"found"`
	Held  bool    `json:"held"`
}

// row is what was measured of a way under a workload.
func (r *results) row(workload, way string) Row {
	for _, row := range r.Rows {
		if row.Workload == workload && row.Way == way {
			return row
		}
	}
	return Row{}
}

// low is what a way adds, at the lowest tenth of the rounds.
func (r *results) low(workload, way string) float64 { return r.row(workload, way).Low }

func (r *results) start(way string) Start {
	for _, s := range r.Starts {
		if s.Way == way {
			return s
		}
	}
	return Start{}
}

// judge holds the results against the budgets.
func (r *results) judge() {
	budget := func(what string, goal, found float64) {
		r.Budgets = append(r.Budgets, Budget{what, goal, found, found <= goal})
	}
	for _, place := range []string{"bearer", "cookie"} {
		w := tokensSeen + ", " + place + ", RS256"
		budget("token seen before ("+place+"): CPU added, times the empty filter's", 2.2, r.low(w, oursWay+" RS256")/r.low(w, emptyWay))
		budget("token seen before ("+place+"): CPU added, times jwt_authn's", 0.33, r.low(w, oursWay+" RS256")/r.low(w, nativeWay+" RS256"))
	}
	budget("1,000 tokens in turn (bearer): CPU added, times that of one", 1.3,
		r.low("1,000 tokens, bearer, RS256", manyWay+" RS256")/r.low(tokensSeen+", bearer, RS256", oursWay+" RS256"))
	for _, goal := range []struct {
		algorithm string
		most      float64
	}{{"RS256", 1.5}, {"ES256", 1.3}} {
		w := "new tokens, bearer, " + goal.algorithm
		budget("every token new, "+goal.algorithm+": CPU added, times jwt_authn's", goal.most, r.low(w, oursWay+" "+goal.algorithm)/r.low(w, nativeWay+" "+goal.algorithm))
	}
	budget("token seen before, with a signed assertion: CPU, times that without", 1.2, r.cpu(assertionSeen, assertionWay)/r.cpu(assertionSeen, unsignedWay))
	budget("module, MB", 6, r.start(oursWay).Megabyte)
	budget("start to first answer, times the empty filter's", 2, r.start(oursWay).Seconds/r.start(emptyWay).Seconds)
	budget("memory of a further worker, MB", 6, r.Memory.PerWorker*1.048576)
	budget("random key ids: fetches in 10 s, with jwksUnknownKeyInterval 2s", 6, float64(r.Flood.Fetches))
	budget("random key ids: good tokens not signed in", 0, float64(r.Flood.Failed))
	budget("random key ids: p99 of good tokens, times that among as many good ones", 1.5, r.Flood.FloodP99/r.Flood.BusyP99)
	if n := len(r.Memory.Tenths); n == 10 {
		budget("memory after the last tenth, times that after the first", 1.02, r.Memory.Tenths[9]/r.Memory.Tenths[0])
	}
}

func (r *results) print(w io.Writer) {
	table := func(header string, rows func(line func(string, ...any))) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(t, header)
		rows(func(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) })
		t.Flush()
		fmt.Fprintln(w)
	}
	previous := ""
	for _, row := range r.Rows {
		if row.Workload == previous {
			continue
		}
		previous = row.Workload
		fmt.Fprintln(w, row.Workload)
		table("way\tCPU us\tadded us\tlowest tenth\tp50 us\tp99 us\trequests/s\t", func(line func(string, ...any)) {
			for _, row := range r.Rows {
				if row.Workload == previous {
					line("%s\t%.1f\t%.1f\t%.1f\t%.0f\t%.0f\t%.0f\t", strings.TrimSpace(row.Way), row.CPU, row.Added, row.Low, row.P50, row.P99, row.PerSec)
				}
			}
		})
	}
	if text := r.minute(); text != "" {
		fmt.Fprintf(w, "%s\n\n", text)
	}
	table("start\tseconds to the first answer\tmodule MB\t", func(line func(string, ...any)) {
		for _, s := range r.Starts {
			line("%s\t%.2f\t%.2f\t", s.Way, s.Seconds, s.Megabyte)
		}
	})
	table("memory\tMiB\t", func(line func(string, ...any)) {
		line("a further worker, sessiongate\t%.1f\t", r.Memory.PerWorker)
		line("a further worker, empty filter\t%.1f\t", r.Memory.PerWorkerEmpty)
		for i, mib := range r.Memory.Tenths {
			line("after %d requests\t%.1f\t", r.Memory.Requests/10*(i+1), mib)
		}
	})
	if f := r.Flood; f.Good > 0 {
		fmt.Fprintf(w, "flood: %d tokens with random key ids in %.1f s, %d fetches of keys\n", f.Random, f.Seconds, f.Fetches)
		table("good tokens\tp50 us\tp99 us\t", func(line func(string, ...any)) {
			line("alone\t%.0f\t%.0f\t", f.QuietP50, f.QuietP99)
			line("among as many other good ones\t%.0f\t%.0f\t", f.BusyP50, f.BusyP99)
			line("in the flood\t%.0f\t%.0f\t", f.FloodP50, f.FloodP99)
		})
	}
	r.Costly.print(w)
	table("budget\tgoal\tfound\t\t", func(line func(string, ...any)) {
		for _, b := range r.Budgets {
			verdict := "held"
			if !b.Held {
				verdict = "MISSED"
			}
			line("%s\t%.2f\t%.2f\t%s\t", b.What, b.Goal, b.Found, verdict)
		}
	})
}
