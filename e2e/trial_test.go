package e2e

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/sessiongate/sessiongate/filter/filtertest"
)

// The whole table once more, every configuration on trial ("onFailure": "log"):
// each request gets the upstream's own answer, and is counted as what would
// have been answered.

// onTrial is a configuration with "log" at the top, and for all of its rules.
func onTrial(t *testing.T, text string) string {
	t.Helper()
	var c map[string]any
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	c["onFailure"] = "log"
	rules, _ := c["rules"].([]any)
	for _, rule := range rules {
		delete(rule.(map[string]any), "onFailure")
	}
	changed, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(changed)
}

// wouldAnswer reports whether the filter answers a row's request itself.
func (r Row) wouldAnswer() bool { return !r.Want.Forwarded && (r.Want.Status != 0 || r.Want.GRPC != 0) }

// onTrial reports whether a row runs on trial: not if the answer that it wants
// comes from the proxy (it names no reason then).
func (r Row) onTrial(on host) bool {
	_, not := r.NotOn[on]
	return !not && (!r.wouldAnswer() || r.Want.Reason != "")
}

// triedOutAlready reports whether a row's configuration has rules on trial, so
// that the row does not say what would have been answered.
func (r Row) triedOutAlready() bool { return strings.Contains(configs[r.Config].JSON, `"log"`) }

// outcomes are what an answer may be counted as. On trial a rule's own deny and
// redirect are gone.
func (r Row) outcomes() []string {
	switch {
	case r.Want.Status == 503, r.Want.GRPC == 14:
		return []string{"unavailable"}
	case strings.Contains(configs[r.Config].JSON, `"onFailure"`):
		return []string{"denied", "redirected", "handshake"}
	case r.Want.Status == 307:
		return []string{"redirected", "handshake"}
	}
	return []string{"denied"}
}

// reasons are why a row's request is not signed in, on trial. An unknown key is
// not waited for, so that it may not be known yet that there is no such key.
func (w Want) reasons() []string {
	if w.Reason == "jwk-kid-mismatch" {
		return []string{w.Reason, "keys-unavailable"}
	}
	return []string{w.Reason}
}

// checkTrial checks that a result is the upstream's own answer to the request
// as it was sent.
func checkTrial(t *testing.T, r Row, s sent, got result) {
	t.Helper()
	if !got.Forwarded || got.Status != 200 {
		t.Errorf("reached the upstream: %v, status %d", got.Forwarded, got.Status)
	}
	checkLines(t, "response", got.Headers, "!location\n!www-authenticate\n!retry-after\n!set-cookie\n!cache-control\n!x-clerk-auth-status")
	if len(got.Upstream) == 0 {
		return // an answer to HEAD cannot say what the upstream saw
	}
	if r.Want.Reason != "" {
		if why := values(got.Upstream, "x-identity-reason"); len(why) != 1 || !slices.Contains(r.Want.reasons(), why[0]) {
			t.Errorf("x-identity-reason: %q, want %q", why, r.Want.reasons())
		}
	}
	if strings.Contains(configs[r.Config].JSON, "tokenToHeader") {
		return
	}
	arriving := s.arriving()
	for _, name := range []string{"authorization", "cookie", ":path", "x-token"} {
		joined := func(headers [][2]string) string {
			lines := values(headers, name)
			for i := range lines {
				lines[i] = strings.ReplaceAll(lines[i], ",Bearer", ", Bearer")
			}
			return strings.Join(lines, "; ")
		}
		was, is := joined(arriving), joined(got.Upstream)
		if !utf8.ValidString(was) {
			continue // which the backend's JSON cannot say
		}
		if was != is && strings.HasPrefix(s.Target, "/") {
			t.Errorf("%s: %s, was %s", name, shortened(is), shortened(was))
		}
	}
}

// decisions are the counters of decisions: provider, outcome, reason, enforced.
func decisions(stats map[string]int64) map[[4]string]int64 {
	counted := map[[4]string]int64{}
	for name, n := range stats {
		_, rest, ok := strings.Cut(name, "sessiongate.decisions.provider.")
		if !ok || n == 0 {
			continue
		}
		rest, enforced, _ := strings.Cut(rest, ".enforced.")
		rest, why, _ := strings.Cut(rest, ".reason.")
		provider, outcome, _ := strings.Cut(rest, ".outcome.")
		counted[[4]string{provider, outcome, why, enforced}] += n
	}
	return counted
}

// TestTrialFake runs it on the proxy in memory, and checks the counters of
// every row.
func TestTrialFake(t *testing.T) {
	ran := 0
	for _, r := range allRows() {
		if !r.onTrial(onFake) {
			continue
		}
		ran++
		t.Run(r.Name, func(t *testing.T) {
			process := filtertest.NewProcess()
			process.Environment = configs[r.Config].Environment
			process.OnDispatch = func(call *filtertest.Call) {
				if status, headers, body, ok := fetch(call.Headers); ok {
					call.Answer(status, headers, body)
				} else {
					call.Reset()
				}
			}
			plugin := process.Start(onTrial(t, (&Mint{Now: process.Now()}).fill(configs[r.Config].JSON)))
			if !plugin.Started {
				t.Fatalf("the configuration was refused:\n%s", process.LogText())
			}
			for range 100 { // for keys
				process.Advance(20 * time.Millisecond)
			}
			mint := &Mint{Now: process.Now(), Tokens: r.Tokens}
			for _, before := range r.Before {
				throughFake(process, plugin, parseRequest(mint.fill(before), ""))
			}
			before := process.Metrics()
			s := parseRequest(mint.fill(r.Request), mint.fill(r.Trailers))
			got := throughFake(process, plugin, s)
			checkTrial(t, r, s, got)
			if r.triedOutAlready() {
				return
			}
			for name, n := range process.Metrics() {
				before[name] = n - before[name]
			}
			for d, n := range decisions(before) {
				wanted := d[3] == "true"
				if r.wouldAnswer() {
					wanted = d[3] == "false" && slices.Contains(r.Want.reasons(), d[2]) &&
						(slices.Contains(r.outcomes(), d[1]) || d[1] == "unavailable" && d[2] == "keys-unavailable")
				}
				if n != 1 || !wanted {
					t.Errorf("counted %d as %s", n, d)
				}
			}
			if t.Failed() {
				t.Log(got)
			}
		})
	}
	report(t, "fake: %d rows of the table on trial", ran)
}
