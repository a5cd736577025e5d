// Command fuzzall runs every fuzz target of the module, one after the other,
// each for some time.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

func main() {
	time := flag.String("time", "1m", "how long to run each target, as go test -fuzztime")
	match := flag.String("match", "^Fuzz", "regular expression for the names of targets")
	flag.Parse()
	if err := run(*match, *time); err != nil {
		fmt.Fprintln(os.Stderr, "fuzzall:", err)
		os.Exit(1)
	}
}

func run(match, time string) error {
	targets, err := list(match)
	if err != nil {
		return err
	}
	var failed []string
	for _, t := range targets {
		fmt.Printf("\n%s %s\n", t.pkg, t.name)
		cmd := exec.Command("go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", time, t.pkg)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = io.MultiWriter(os.Stdout, &out), os.Stderr
		if cmd.Run() != nil && !cutOff(out.String()) {
			failed = append(failed, t.pkg+" "+t.name)
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("failed:\n  %s", strings.Join(failed, "\n  "))
	}
	fmt.Printf("\n%d targets, no failure\n", len(targets))
	return nil
}

// cutOff reports whether a run ended with its time and with nothing else: before
// Go 1.27 that moment can count as a failure, without an input to show
// (golang/go#75804).
func cutOff(output string) bool {
	return strings.Contains(output, "context deadline exceeded") && !strings.Contains(output, "Failing input written")
}

type target struct{ pkg, name string }

// list asks each package: go test -list prints names, then a line with the
// package.
func list(match string) ([]target, error) {
	out, err := exec.Command("go", "test", "-list", match, "./...").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("go test -list: %w\n%s", err, out)
	}
	var all []target
	var names []string
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 1:
			names = append(names, fields[0])
		case len(fields) > 1 && fields[0] == "ok":
			for _, name := range names {
				all = append(all, target{fields[1], name})
			}
			names = nil
		}
	}
	return all, nil
}
