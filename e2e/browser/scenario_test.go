package browser

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// scenarios are those that ran, and how.
type scenarios struct {
	mu  sync.Mutex
	all []scenario
}

// scenario is something that a page does with a vendor's sessions. Rows are
// those of docs/frontend.md: P1 to P8 and C1 to C4; other scenarios have none.
type scenario struct {
	vendor, row, name string
	failed, skipped   bool
}

var ran scenarios

// run runs a scenario and files it.
func (s *scenarios) run(t *testing.T, vendor, row, name string, f func(t *testing.T)) {
	t.Helper()
	title := strings.TrimSpace(vendor + " " + row)
	t.Run(title+": "+name, func(t *testing.T) {
		t.Cleanup(func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.all = append(s.all, scenario{vendor: vendor, row: row, name: name, failed: t.Failed(), skipped: t.Skipped()})
		})
		f(t)
	})
}

// report lists the scenarios by vendor and row.
func (s *scenarios) report() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.SortStableFunc(s.all, func(a, b scenario) int {
		return strings.Compare(a.vendor+"\x00"+a.row, b.vendor+"\x00"+b.row)
	})
	var out strings.Builder
	passed := 0
	for _, one := range s.all {
		mark := ""
		switch {
		case one.failed:
			mark = " (FAILED)"
		case one.skipped:
			mark = " (skipped)"
		default:
			passed++
		}
		fmt.Fprintf(&out, "report:   %-10s %-2s %s%s\n", one.vendor, one.row, one.name, mark)
	}
	return fmt.Sprintf("report: browser: %d scenarios ran, %d passed\n%s", len(s.all), passed, out.String())
}
