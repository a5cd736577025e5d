package decisions

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/config"
)

// page is a page of the documentation.
func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../../docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// examplesIn are the configurations of a page, which are accepted without a
// warning but those that it expects.
func examplesIn(t *testing.T, text string, warnings ...string) (n int) {
	t.Helper()
	for _, block := range strings.Split(text, "```json\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		if !strings.HasPrefix(block, `{"providers"`) {
			continue
		}
		n++
		result, err := config.Load([]byte(block))
		if err != nil {
			t.Errorf("%v\n%s", err, block)
			continue
		}
	found:
		for _, warning := range result.Warnings {
			for _, expected := range warnings {
				if strings.Contains(warning.String(), expected) {
					continue found
				}
			}
			t.Errorf("%v\n%s", warning, block)
		}
	}
	return n
}

// TestTenantsPage: what docs/tenants.md says about paths is so.
func TestTenantsPage(t *testing.T) {
	text := page(t, "tenants.md")
	if n := examplesIn(t, text, "authorizedParties: not set", "under another host"); n < 2 {
		t.Errorf("only %d configurations were found", n)
	}
	b := newBench(t, `{"providers": [{MINE}], "rules": [{"paths": ["/t/{tenant}", "/t/{tenant}/{**}"], "require": [{"claim": "org", "equals": "{tenant}"}]}]}`)
	rows := 0
	for line := range strings.Lines(text) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.Contains(cells[1], "`/") {
			continue
		}
		status, _ := strconv.Atoi(strings.TrimSpace(cells[3]))
		claims, _ := json.Marshal(strings.Split(strings.TrimSpace(cells[2]), " and "))
		for i, path := range strings.Split(cells[1], "`") {
			if i%2 == 0 {
				continue
			}
			rows++
			d := b.decide(b.read("GET " + path + "\nAuthorization: Bearer {mine {\"org\":" + string(claims) + "}}"))
			if d.Answer.Status != status {
				t.Errorf("%s: %v, the page says %d", path, d, status)
			}
		}
	}
	if rows < 12 {
		t.Errorf("only %d paths were found", rows)
	}
}
