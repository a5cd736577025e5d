package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// troubleshooting is the page's sections, by the reason's code.
func troubleshooting(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "troubleshooting.md"))
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for i, section := range strings.Split(string(text), "\n### ") {
		if i == 0 {
			continue
		}
		code, body, _ := strings.Cut(section, "\n")
		if sections[code] != "" {
			t.Errorf("%s has two sections", code)
		}
		sections[code], _, _ = strings.Cut(body, "\n## ")
	}
	return sections
}

// TestTroubleshooting: every reason has a section with the same four parts, and
// shows what explain says where it says something.
func TestTroubleshooting(t *testing.T) {
	sections := troubleshooting(t)
	for _, why := range reason.All() {
		section := sections[why.String()]
		delete(sections, why.String())
		for _, part := range []string{"Seen", "Cause", "Make sure", "Mend"} {
			if strings.Count(section, "\n- **"+part+"**: ") != 1 {
				t.Errorf("%s: %q is not there once", why, part)
			}
		}
		if explainedRows[why].wrong != "" && len(shownAsWrong(section)) == 0 {
			t.Errorf("%s: what explain says is not there", why)
		}
	}
	for code := range sections {
		t.Errorf("there is no reason %s", code)
	}
}

// shownAsWrong is what a section says that explain's line "wrong" holds: the
// texts between what differs from case to case.
func shownAsWrong(section string) (parts []string) {
	for _, m := range regexp.MustCompile("`wrong: ([^`]*)`").FindAllStringSubmatch(section, -1) {
		for part := range strings.SplitSeq(m[1], "…") {
			if part = strings.TrimSpace(part); part != "" {
				parts = append(parts, part)
			}
		}
	}
	return parts
}
