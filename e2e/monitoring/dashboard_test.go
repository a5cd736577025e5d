package monitoring

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// panel is a part of the dashboard. A row has a title, and no queries.
type panel struct {
	ID                       int
	Title, Type, Description string
	GridPos                  struct{ X, Y, W, H int }
	Targets                  []struct{ Expr, LegendFormat string }
}

// readPanels are the dashboard's, rows among them.
func readPanels(t *testing.T) []panel {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(deployDir, "dashboard.json"))
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct{ Panels []panel }
	if err := json.Unmarshal(text, &dashboard); err != nil {
		t.Fatal(err)
	}
	return dashboard.Panels
}

// TestDashboardPage holds the page's list of panels against the dashboard.
func TestDashboardPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n### The dashboard\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var listed, shown []string
	for _, row := range regexp.MustCompile(`(?m)^\| (.+?) \|`).FindAllStringSubmatch(section, -1) {
		listed = append(listed, row[1])
	}
	for _, panel := range readPanels(t) {
		if panel.Type != "row" {
			shown = append(shown, panel.Title)
		}
	}
	if want := append([]string{"panel"}, shown...); !slices.Equal(listed, want) {
		t.Errorf("docs/operations.md lists\n%q\nthe dashboard shows\n%q", listed, want)
	}
}
