package filter_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/statstags"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

func TestDecisionsAreCounted(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, object{"rules": []object{
		{"paths": []string{"/open"}, "auth": "skip"},
		{"paths": []string{"/maybe"}, "auth": "optional"},
		{"paths": []string{"/trial"}, "onFailure": "log"},
	}}, inline(keyA)))
	good := token(p, keyA, nil)
	for range 3 {
		plugin.Do(bearer(good))
	}
	plugin.Do(bearer(jwttest.Tamper(good)))
	plugin.Do(filtertest.Get("/open"))
	plugin.Do(filtertest.Get("/maybe"))
	plugin.Do(filtertest.Get("/trial"))
	for name, want := range map[string]int64{
		"provider.mine.outcome.signed-in.reason.none.enforced.true":                 3,
		"provider.mine.outcome.denied.reason.token-invalid-signature.enforced.true": 1,
		"provider.none.outcome.skipped.reason.none.enforced.true":                   1,
		"provider.mine.outcome.signed-out.reason.token-missing.enforced.true":       1,
		"provider.mine.outcome.denied.reason.token-missing.enforced.false":          1,
	} {
		if got := p.Metric("sessiongate.decisions." + name); got != want {
			t.Errorf("%s is %d, want %d; there are %v", name, got, want, p.Metrics())
		}
	}
	if got := p.Metric("sessiongate.keys.provider.mine"); got != 1 {
		t.Errorf("%d keys are shown", got)
	}
	correct(t, p)
}

func TestKeysAreShown(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA, keyB)
	startAsEnvoy(t, p, configuration(t, nil, provider(nil)), 4, 1)
	p.Advance(100 * time.Second)
	for name, want := range map[string]int64{"keys": 2, "keys_age_seconds": 99} {
		if got := p.Metric("sessiongate." + name + ".provider.mine"); got < want || got > want+1 {
			t.Errorf("%s is %d, want %d", name, got, want)
		}
	}
	if got := p.Metric("sessiongate.host_verification"); got != 1 {
		t.Errorf("host_verification is %d", got)
	}
}

func TestOwnTime(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, nil, inline(keyA)))
	for range 129 {
		plugin.Do(filtertest.Get("/"))
	}
	if n := len(p.Recorded("sessiongate.own_time_microseconds")); n != 2 {
		t.Errorf("%d of 129 requests were measured, want 2", n)
	}
}

// TestMetricsPage: docs/metrics.md names every metric that there is, and the
// patterns for labels leave nothing of the labels in a name.
func TestMetricsPage(t *testing.T) {
	page, err := os.ReadFile("../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}

	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA)
	p.Environment = map[string]string{signingEnv: jwttest.PrivatePEM(signingKey)}
	plugin := start(t, p, configuration(t, object{
		"rules":     []object{{"paths": []string{"/named"}, "name": "a_name-1"}, {"paths": []string{"/unnamed"}}},
		"assertion": object{"issuer": "gate", "audience": "backend"},
	}, provider(object{"name": "a_name-1"})))
	plugin.Do(filtertest.Get("/named"))
	plugin.Do(filtertest.Get("/unnamed"))
	p.OnCall = func(method string) {
		if method == "RequestHeaders" {
			panic("oh")
		}
	}
	plugin.Do(filtertest.Get("/"))
	p.OnCall = nil
	waits := plugin.Begin(bearer(token(p, keyA, nil)))
	p.Advance(time.Second)
	wantStatus(t, waits.Result(), "signed-in")
	for range 64 {
		plugin.Do(bearer(token(p, keyA, nil)))
	}
	bases := map[string]string{}
	for _, name := range p.MetricNames() {
		base, labels := "wasmcustom."+name, ""
		for _, tag := range statstags.All() {
			// Envoy takes the first group out of the name, and the second for the value.
			if m := regexp.MustCompile(tag.Regex).FindStringSubmatch("wasmcustom." + name); m != nil {
				labels += tag.Name + "=" + m[2] + " "
				base = strings.Replace(base, m[1], "", 1)
			}
		}
		base = strings.TrimPrefix(base, "wasmcustom.")
		bases[base] = labels
		if strings.Count(base, ".") != 1 {
			t.Errorf("%s is left of %s", base, name)
		}
		if !strings.Contains(string(page), "`"+strings.ReplaceAll(base, ".", "_")+"`") {
			t.Errorf("docs/metrics.md lacks %s", base)
		}
	}
	if got := bases["sessiongate.decisions"]; strings.Count(got, "=") != 4 {
		t.Errorf("decisions have the labels %q", got)
	}
	for _, name := range []string{"sessiongate.refusals.reason.token-missing.rule.a_name-1", "sessiongate.refusals.reason.token-missing.rule.rules[1]"} {
		if !slices.Contains(p.MetricNames(), name) {
			t.Errorf("there is no %s", name)
		}
	}
	if got := bases["sessiongate.refusals"]; strings.Count(got, "=") != 2 {
		t.Errorf("refusals have the labels %q", got)
	}
	if len(bases) != 11 {
		t.Errorf("there are %d metrics, want 11: %v", len(bases), bases)
	}
}
