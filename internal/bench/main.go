package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

func main() {
	o := options{}
	flag.StringVar(&o.module, "module", "build/sessiongate.wasm", "our module")
	flag.StringVar(&o.empty, "empty", "build/empty.wasm", "the module that does nothing")
	flag.StringVar(&o.other, "other", "", "another build of the module, to measure beside it")
	flag.StringVar(&o.tools, "tools", ".tools", "folder for Envoy, where it has to be fetched")
	flag.StringVar(&o.json, "json", "", "write the results to this file, as JSON")
	flag.StringVar(&o.plot, "plot", "", "write a plot to this file, as SVG")
	flag.StringVar(&o.page, "page", "", "write the tables into this Markdown page, between its marks")
	flag.StringVar(&o.costs, "costs", "", "write what users want to know into this Markdown page, between its marks")
	flag.StringVar(&o.only, "only", "", "measure only the workloads whose names hold this text, or \"flood\", and nothing else; with -costly, the requests")
	flag.BoolVar(&o.costly, "costly", false, "measure only the dear requests; the rest of the results stays as it is in -json")
	flag.BoolVar(&o.render, "render", false, "measure nothing; write the plot and the pages anew from the results in -json")
	flag.IntVar(&o.rounds, "rounds", 25, "rounds of each measurement; their lowest tenth and their median count")
	flag.IntVar(&o.requests, "requests", 2000, "requests of a round")
	flag.IntVar(&o.million, "million", 1_000_000, "requests of the memory measurement")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	module, empty, other, tools, json, plot, page, costs, only string
	rounds, requests, million                                  int
	costly, render                                             bool
}

func run(ctx context.Context, o options) error {
	if o.render {
		r := new(results)
		if err := r.read(o.json); err != nil {
			return err
		}
		r.Budgets = nil
		r.judge()
		return r.write(o)
	}
	if runtime.GOOS != "linux" {
		return fmt.Errorf("CPU times are read from /proc: only Linux has it")
	}
	binary, err := envoy.Find(ctx, o.tools)
	if err != nil {
		return err
	}
	r, err := measure(ctx, o, binary)
	if err != nil {
		return err
	}
	if o.costly {
		r.Costly.print(os.Stdout)
	} else {
		r.print(os.Stdout)
	}
	return r.write(o)
}

// measure measures all that is asked for.
func measure(ctx context.Context, o options, binary string) (*results, error) {
	r := &results{Started: time.Now().UTC().Format(time.RFC3339), Rounds: o.rounds, Requests: o.requests}
	steps := []func(context.Context, options, string, *results) error{measureRequests, measureStart, measureMemory, measureFlood, measureCostly}
	switch {
	case o.costly:
		steps = steps[4:]
		if err := r.read(o.json); err != nil {
			return nil, err
		}
	case o.only == "flood":
		steps = steps[3:4]
	case o.only != "":
		steps = steps[:1]
	}
	for _, step := range steps {
		if err := step(ctx, o, binary, r); err != nil {
			return nil, err
		}
	}
	if o.only == "" && !o.costly {
		r.judge()
	}
	return r, nil
}
