package convert

import (
	"os"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/check"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
)

// row is a file and what becomes of it.
type row struct {
	in     string
	status int
	want   []string // parts of the result, or of the findings
}

// runRows converts each file. What was converted as a whole must pass check.
func runRows(t *testing.T, rows map[string]row) {
	t.Helper()
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			status, out, findings := commandtest.Run(t, Command(), map[string]string{"in.yaml": row.in}, "in.yaml", "-o", "out.yaml")
			text, err := os.ReadFile("out.yaml")
			if err != nil {
				t.Fatalf("%v\n%s%s", err, out, findings)
			}
			if status != row.status {
				t.Errorf("exit status %d, not %d", status, row.status)
			}
			for _, want := range row.want {
				if !strings.Contains(string(text)+findings, want) {
					t.Errorf("%q is missing", want)
				}
			}
			if status == 0 {
				if status, out, findings := commandtest.Run(t, check.Command(), map[string]string{"out.yaml": string(text)}, "out.yaml"); status != 0 {
					t.Errorf("check: %s%s", out, findings)
				}
			}
			if t.Failed() {
				t.Logf("%s\n%s", text, findings)
			}
		})
	}
}
