package monitoring

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

// TestQueries runs every query of the dashboard and of the alerts on what a real
// Envoy counted. Those of the dashboard all have a result; of the alerts those
// fire, or begin to, that the traffic gives reason for.
func TestQueries(t *testing.T) {
	envoy, prometheus, rules := startProxy(t), newPrometheus(t), readRules(t)
	begin := time.Now().Add(-time.Hour).Truncate(time.Minute)
	var end time.Time
	// What Envoy counts reaches the admin interface with some delay.
	for scrape := range 3 {
		envoy.visit(t)
		if scrape == 1 {
			envoy.reject(t)
		}
		time.Sleep(1500 * time.Millisecond)
		text, err := envoy.process.Get(t.Context(), "/stats/prometheus")
		if err != nil {
			t.Fatal(err)
		}
		end = begin.Add(time.Duration(scrape) * time.Minute)
		prometheus.take(t, text, end)
		for _, rule := range rules {
			if rule.Record != "" {
				prometheus.record(t, rule.Record, rule.Expr, end)
			}
		}
	}
	t.Run("dashboard", func(t *testing.T) { testDashboard(t, prometheus, end) })
	t.Run("alerts", func(t *testing.T) { testAlerts(t, rules, prometheus, end) })
	t.Run("rollout", func(t *testing.T) { testRollout(t, prometheus, end) })
}

// expected are the refusals that docs/rollout.md takes for right.
const expected = "token-missing|session-token-and-uat-missing"

// testRollout runs the queries of docs/rollout.md and docs/moving.md. The
// traffic's only trial ends in a refusal that the page expects: without that
// expectation it is not ready.
func testRollout(t *testing.T, p *prometheus, at time.Time) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "rollout.md"))
	if err != nil {
		t.Fatal(err)
	}
	moving, err := os.ReadFile(filepath.Join(root, "docs", "moving.md"))
	if err != nil {
		t.Fatal(err)
	}
	page = append(page, moving...)
	ready := 0
	for _, block := range regexp.MustCompile("(?s)```promql\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		if found := p.ask(t, block[1], at); len(found) == 0 {
			t.Errorf("no result of\n%s", block[1])
		}
		if strict := strings.ReplaceAll(block[1], expected, "none"); strict != block[1] {
			ready++
			if found := p.ask(t, strict, at); len(found) > 0 {
				t.Errorf("ready to enforce, with a caller that would be refused: %v", found)
			}
		}
	}
	if ready != 1 {
		t.Errorf("%d queries say that a policy is ready", ready)
	}
}

// grafana's variables, as a dashboard that shows everything has them.
var grafana = strings.NewReplacer("$__rate_interval", "4m", "$__range", "1h", "$job", ".*", "$provider", ".*")

func testDashboard(t *testing.T, p *prometheus, at time.Time) {
	ids, asked := map[int]bool{}, ""
	for _, panel := range readPanels(t) {
		if ids[panel.ID] || panel.GridPos.X+panel.GridPos.W > 24 {
			t.Errorf("panel %d, %s: two have its id, or it is too wide", panel.ID, panel.Title)
		}
		ids[panel.ID] = true
		if panel.Type != "row" && (panel.Description == "" || len(panel.Targets) == 0) {
			t.Errorf("%s: no description, or no query", panel.Title)
		}
		for _, target := range panel.Targets {
			found := p.ask(t, grafana.Replace(target.Expr), at)
			if len(found) == 0 {
				t.Errorf("%s: no result of\n%s", panel.Title, target.Expr)
			}
			for _, sample := range found {
				if math.IsNaN(sample.F) || math.IsInf(sample.F, 0) {
					t.Errorf("%s: %v of\n%s", panel.Title, sample.F, target.Expr)
				}
				for _, label := range regexp.MustCompile(`{{(\w+)}}`).FindAllStringSubmatch(target.LegendFormat, -1) {
					if sample.Metric.Get(label[1]) == "" {
						t.Errorf("%s: no label %s", panel.Title, label[1])
					}
				}
			}
			asked += target.Expr
		}
	}
	for _, want := range []string{"decisions", "refusals", "verifications", "assertions", "key_fetches", "keys", "keys_age_seconds", "waiting", "own_time_microseconds_bucket", "panics"} {
		if !strings.Contains(asked, "sessiongate_"+want+"{") {
			t.Errorf("the dashboard does not show sessiongate_%s", want)
		}
	}
}

// readRules are those that record and those that alert.
func readRules(t *testing.T) (rules []rulefmt.Rule) {
	t.Helper()
	groups, errs := rulefmt.ParseFile(filepath.Join(deployDir, "alerts.yaml"), false, model.UTF8Validation, parser.NewParser(parser.Options{}))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, group := range groups.Groups {
		rules = append(rules, group.Rules...)
	}
	return rules
}

// begun are the alerts for which the traffic gives reason.
var begun = []string{"SessiongateUnavailable", "SessiongateKeyFetchesFailing", "SessiongateTrialWouldRefuse", "SessiongateUpdateRejected"}

func testAlerts(t *testing.T, rules []rulefmt.Rule, p *prometheus, at time.Time) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules {
		found := p.ask(t, rule.Expr, at)
		switch {
		case rule.Record != "":
			if len(found) == 0 {
				t.Errorf("%s has no result", rule.Record)
			}
			continue
		case slices.Contains(begun, rule.Alert) != (len(found) > 0):
			t.Errorf("%s: %v", rule.Alert, found)
		}
		if !strings.Contains(string(page), "\n### "+rule.Alert+"\n") {
			t.Errorf("docs/operations.md does not say what to do about %s", rule.Alert)
		}
		if want := "/docs/operations.md#" + strings.ToLower(rule.Alert); !strings.HasSuffix(rule.Annotations["runbook_url"], want) {
			t.Errorf("%s: runbook_url is %s", rule.Alert, rule.Annotations["runbook_url"])
		}
	}
}
