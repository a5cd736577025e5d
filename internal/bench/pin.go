package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
)

// pin gives Envoy a processor of its own, and this program the others, until
// release: clients are elsewhere, and do not take a proxy's processor. pinned
// reports whether that could be done.
func pin(envoy int) (pinned bool, release func()) {
	last := runtime.NumCPU() - 1
	if last < 1 {
		return false, func() {}
	}
	if !allow(envoy, strconv.Itoa(last)) || !allow(os.Getpid(), "0-"+strconv.Itoa(last-1)) {
		return false, func() {}
	}
	return true, func() { allow(os.Getpid(), "0-"+strconv.Itoa(last)) }
}

// allow sets the processors that a process may run on.
func allow(pid int, processors string) bool {
	out, err := exec.Command("taskset", "--all-tasks", "--cpu-list", "--pid", processors, strconv.Itoa(pid)).CombinedOutput()
	if err != nil {
		fmt.Fprintf(os.Stderr, "bench: processors are shared; taskset (of util-linux) says: %v %s\n", err, out)
	}
	return err == nil
}
