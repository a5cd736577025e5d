package main

import (
	"testing"
	"time"
)

// TestFleet holds what a thousand proxies ask of a key server. docs/operations.md
// has the numbers of ten thousand.
func TestFleet(t *testing.T) {
	source, err := defaults()
	if err != nil {
		t.Fatal(err)
	}
	if source.RefreshInterval != 5*time.Minute {
		t.Fatalf("the default of jwksRefreshInterval is %v", source.RefreshInterval)
	}
	most := []struct {
		mean float64
		peak int
	}{
		{100, 140}, // all restart within 10 s: each asks once
		{4, 45},    // the first refresh is spread over a minute
		{4, 20},    // ten refreshes later
		{4, 16},    // steady state
		{65, 110},  // an outage: each asks again after 16 to 20 s
		{60, 100},  // after it
		{4, 45},
		{300, 600}, // an unpublished key: each asks once, at once
	}
	for i, l := range simulate(1000, 10*time.Second, source) {
		t.Logf("%s: %.1f, %d", l.when, l.mean, l.peak)
		if l.mean > most[i].mean || l.peak > most[i].peak {
			t.Errorf("%s: %.1f in a second, at most %d; want at most %.0f and %d", l.when, l.mean, l.peak, most[i].mean, most[i].peak)
		}
	}
}
