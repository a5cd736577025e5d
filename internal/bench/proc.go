package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// cpuTime is the CPU time of all threads of a process.
func cpuTime(pid int) (time.Duration, error) {
	return threadTime(pid, func(string) bool { return true })
}

// threadTime is the CPU time of those threads of a process whose names count.
func threadTime(pid int, counts func(name string) bool) (time.Duration, error) {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	if err != nil {
		return 0, err
	}
	var total time.Duration
	found := false
	for _, task := range tasks {
		name, err := os.ReadFile(filepath.Join(task, "comm"))
		if err != nil || !counts(strings.TrimSpace(string(name))) {
			continue // a thread that ended, or another
		}
		text, err := os.ReadFile(filepath.Join(task, "schedstat"))
		if err != nil {
			continue
		}
		field, _, _ := strings.Cut(string(text), " ")
		ns, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, err
		}
		found = true
		total += time.Duration(ns)
	}
	if !found {
		return 0, fmt.Errorf("no CPU times of process %d in /proc", pid)
	}
	return total, nil
}
