package remote

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/jwks"
)

// TestScheduleSnapshot is what a verification hears.
func TestScheduleSnapshot(t *testing.T) {
	set := &jwks.Set{}
	fetched := func(s *Keys) { s.succeed(clock(0), set, 0) }
	asked := func(s *Keys) {
		s.succeed(clock(0), set, 0)
		want(s)
		s.begin(clock(0))
		s.succeed(clock(0), set, 0)
	}
	tests := map[string]struct {
		before    []func(*Keys)
		now       time.Duration
		set       *jwks.Set
		onMissing jwks.OnMissing
	}{
		"nothing yet":                {onMissing: jwks.OnMissingFetch},
		"first attempt under way":    {before: []func(*Keys){func(s *Keys) { s.begin(clock(0)) }}, onMissing: jwks.OnMissingFetch},
		"first attempt failed":       {before: []func(*Keys){func(s *Keys) { s.fail(clock(0), 0) }}, now: time.Second - 1, onMissing: jwks.OnMissingUnavailable},
		"and the next one is due":    {before: []func(*Keys){func(s *Keys) { s.fail(clock(0), 0) }}, now: time.Second, onMissing: jwks.OnMissingFetch},
		"failed, others try again":   {before: []func(*Keys){func(s *Keys) { s.fail(clock(0), 0); s.next(clock(1), Status{Lease: clock(time.Second)}) }}, now: 2, onMissing: jwks.OnMissingFetch},
		"just fetched":               {before: []func(*Keys){fetched}, set: set, onMissing: jwks.OnMissingFetch},
		"just asked":                 {before: []func(*Keys){asked}, set: set, onMissing: jwks.OnMissingRefuse},
		"asked, and refreshed":       {before: []func(*Keys){asked, func(s *Keys) { s.begin(clock(1)); s.succeed(clock(2), set, 0) }}, now: 2, set: set, onMissing: jwks.OnMissingRefuse},
		"almost the interval ago":    {before: []func(*Keys){asked}, now: 10*time.Second - 1, set: set, onMissing: jwks.OnMissingRefuse},
		"the interval ago":           {before: []func(*Keys){asked}, now: 10 * time.Second, set: set, onMissing: jwks.OnMissingFetch},
		"refreshing, just asked":     {before: []func(*Keys){asked, func(s *Keys) { s.begin(clock(1)) }}, now: 2, set: set, onMissing: jwks.OnMissingRefuse},
		"first keys, asked before":   {before: []func(*Keys){want, func(s *Keys) { s.begin(clock(0)) }, fetched}, set: set, onMissing: jwks.OnMissingFetch},
		"refresh failed, long ago":   {before: []func(*Keys){fetched, func(s *Keys) { s.fail(clock(time.Minute), 0) }}, now: time.Minute, set: set, onMissing: jwks.OnMissingUnavailable},
		"refresh failed, just asked": {before: []func(*Keys){asked, func(s *Keys) { s.fail(clock(time.Second), 0) }}, now: time.Second, set: set, onMissing: jwks.OnMissingUnavailable},
		"asked, and set back":        {before: []func(*Keys){asked}, now: -1, set: set, onMissing: jwks.OnMissingFetch},
		"old but trusted":            {before: []func(*Keys){fetched}, now: time.Hour, set: set, onMissing: jwks.OnMissingFetch},
		"too old":                    {before: []func(*Keys){fetched}, now: time.Hour + 1, onMissing: jwks.OnMissingFetch},
		"too old, and failing":       {before: []func(*Keys){fetched, func(s *Keys) { s.fail(clock(time.Hour), 0) }}, now: time.Hour + 1, onMissing: jwks.OnMissingUnavailable},
		"the clock was set back":     {before: []func(*Keys){fetched}, now: -time.Hour, set: set, onMissing: jwks.OnMissingFetch},
		"a failure from the future":  {before: []func(*Keys){func(s *Keys) { s.fail(clock(time.Hour), 0) }}, onMissing: jwks.OnMissingFetch},
		"own attempt failed while holding the lease": {before: []func(*Keys){func(s *Keys) {
			lease := s.begin(clock(0))
			s.next(clock(1), Status{Lease: lease})
			s.fail(clock(2), 0)
		}}, now: 3, onMissing: jwks.OnMissingUnavailable},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := &Keys{source: testSource}
			for _, do := range test.before {
				do(s)
			}
			got := s.Snapshot(clock(test.now))
			if got.Set != test.set || got.OnMissing != test.onMissing {
				t.Errorf("Snapshot = %v, on missing %d; want %v, on missing %d", got.Set, got.OnMissing, test.set, test.onMissing)
			}
		})
	}
}

// TestScheduleKeepsThePace runs a day in steps of a second: whatever is asked
// for, successful fetches stay apart, and so do attempts.
func TestScheduleKeepsThePace(t *testing.T) {
	tests := map[string]struct {
		wanted bool
		fails  func(attempt int) bool
		most   int // attempts in a day
		least  int
	}{
		"quiet":                      {most: 289, least: 287},
		"unknown keys all the time":  {wanted: true, most: 8641, least: 8600},
		"server always down":         {fails: func(int) bool { return true }, most: 5430, least: 4500},
		"server fails every third":   {fails: func(n int) bool { return n%3 == 0 }, most: 440, least: 400},
		"down, and unknown keys too": {wanted: true, fails: func(int) bool { return true }, most: 5430, least: 4500},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := &Keys{source: testSource}
			attempts := 0
			for at := time.Duration(0); at < 24*time.Hour; at += time.Second {
				if test.wanted {
					want(s)
				}
				if do, _ := s.next(clock(at), Status{}); do != actionFetch {
					continue
				}
				attempts++
				s.begin(clock(at))
				if test.fails != nil && test.fails(attempts) {
					s.fail(clock(at), 0.5)
				} else {
					s.succeed(clock(at), &jwks.Set{}, 0)
				}
			}
			if attempts > test.most || attempts < test.least {
				t.Errorf("%d attempts, want from %d to %d", attempts, test.least, test.most)
			}
		})
	}
}
