package filter_test

import (
	"testing"

	"github.com/sessiongate/sessiongate/filter/filtertest"
)

// TestRefusalsAreNamed: access logs and a counter know which rule has refused,
// and why; what passes counts nowhere.
func TestRefusalsAreNamed(t *testing.T) {
	p := filtertest.NewProcess()
	plugin := start(t, p, configuration(t, object{"signInUrl": "https://accounts.example.com/", "rules": []object{
		{"paths": []string{"/admin"}, "name": "admin", "require": []object{{"claim": "role", "values": []string{"admin"}}}},
		{"paths": []string{"/unnamed"}},
		{"paths": []string{"/maybe"}, "auth": "optional", "name": "maybe"},
		{"paths": []string{"/trial"}, "onFailure": "log", "name": "trial"},
	}}, inline(keyA)))
	good := [2]string{"authorization", "Bearer " + token(p, keyA, nil)}
	page := [2]string{"accept", "text/html"}
	tests := map[string]struct {
		request filtertest.Request
		details string
	}{
		"a condition":           {filtertest.Get("/admin", good), "sessiongate{admin:claims-mismatch}"},
		"no token":              {filtertest.Get("/admin"), "sessiongate{admin:token-missing}"},
		"a rule without a name": {filtertest.Get("/unnamed"), "sessiongate{rules[1]:token-missing}"},
		"a redirect":            {filtertest.Get("/unnamed", page), "sessiongate{rules[1]:token-missing}"},
		"no rule":               {filtertest.Get("/"), "sessiongate{none:token-missing}"},
		"a path without rule":   {filtertest.Get("/%00"), "sessiongate{none:path-invalid}"},
		"a path of two":         {filtertest.Get("/maybe/..;/admin"), "sessiongate{none:token-missing}"},
		"signed in":             {filtertest.Get("/", good), ""},
		"signed out":            {filtertest.Get("/maybe"), ""},
		"on trial":              {filtertest.Get("/trial"), ""},
	}
	for name, test := range tests {
		if got := plugin.Do(test.request).Response.Details; got != test.details {
			t.Errorf("%s: details %q, want %q", name, got, test.details)
		}
	}
	for name, want := range map[string]int64{
		"claims-mismatch.rule.admin":  1,
		"token-missing.rule.admin":    1,
		"token-missing.rule.rules[1]": 2,
		"token-missing.rule.none":     2,
		"path-invalid.rule.none":      1,
		"token-missing.rule.maybe":    0,
		"token-missing.rule.trial":    0,
	} {
		if got := p.Metric("sessiongate.refusals.reason." + name); got != want {
			t.Errorf("%s is %d, want %d; there are %v", name, got, want, p.Metrics())
		}
	}
	correct(t, p)
}

// TestFailuresAreNamed: so are answers to failures, which know no rule.
func TestFailuresAreNamed(t *testing.T) {
	for _, times := range []int{1, 2} { // the second time, about the answer to the first
		p := filtertest.NewProcess()
		plugin := start(t, p, configuration(t, nil, inline(keyA)))
		p.OnCall = func(method string) {
			if method == "RequestHeaders" && times > 0 {
				times--
				panic("oh")
			}
		}
		if got := plugin.Do(filtertest.Get("/")).Response; got.Details != "sessiongate{none:internal-error}" || got.Status != 500 {
			t.Errorf("status %d, details %q", got.Status, got.Details)
		}
		if got := p.Metric("sessiongate.refusals.reason.internal-error.rule.none"); got != 1 {
			t.Errorf("%d refusals are counted", got)
		}
	}
}
