package describe_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// TestReadmeReasons holds the README's table of answers and reasons to the
// closed list.
func TestReadmeReasons(t *testing.T) {
	text, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[int]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 4 || !strings.Contains(cells[2], "`") {
			continue
		}
		answer, _, _ := strings.Cut(strings.TrimSpace(cells[1]), ",")
		if status, err := strconv.Atoi(answer); err == nil {
			rows[status] = cells[2]
		} else if answer == "none" {
			rows[0] = cells[2]
		}
	}
	listed := 0
	for _, cell := range rows {
		listed += strings.Count(cell, "`") / 2
	}
	if want := len(reason.All()); listed != want {
		t.Errorf("the README lists %d reasons, there are %d", listed, want)
	}
	for _, r := range reason.All() {
		if status := policy.StatusOf(r); !strings.Contains(rows[status], "`"+r.String()+"`") {
			t.Errorf("the README does not list %s with answer %d", r, status)
		}
	}
}
