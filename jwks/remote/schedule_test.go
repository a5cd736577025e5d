package remote

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/jwks"
)

var testSource = Source{
	RefreshInterval:    5 * time.Minute,
	Timeout:            5 * time.Second,
	MaxStale:           time.Hour,
	UnknownKeyInterval: 10 * time.Second,
}

// clock counts from an arbitrary start.
func clock(d time.Duration) time.Time { return time.UnixMilli(1_800_000_000_000).Add(d) }

// want notes that a request needs a key that the set does not have.
func want(k *Keys) { k.wanted = true }

// TestScheduleNext is a table of what one VM knows, and what it does then.
func TestScheduleNext(t *testing.T) {
	set := &jwks.Set{Keys: []*jwks.Key{{ID: "a"}}}
	other := &jwks.Set{Keys: []*jwks.Key{{ID: "b"}}}
	fetchedAt := func(d time.Duration) func(*Keys) {
		return func(s *Keys) { s.begin(clock(d)); s.succeed(clock(d), set, 0) }
	}
	type then = func(*Keys)
	tests := map[string]struct {
		change func(*Source)
		before []then
		now    time.Duration
		seen   Status
		do     action
		until  time.Duration // for actionWait and actionWatch
	}{
		"nothing known: fetch at once": {do: actionFetch},
		"own attempt under way": {
			before: []then{func(s *Keys) { s.begin(clock(0)) }},
			now:    3 * time.Second, until: 10 * time.Second, do: actionWatch,
		},
		"own attempt that never ended": {
			before: []then{func(s *Keys) { s.begin(clock(0)) }},
			now:    10 * time.Second, do: actionFetch,
		},
		"own attempt begun in the future: the clock was set back": {
			before: []then{func(s *Keys) { s.begin(clock(time.Hour)) }},
			do:     actionFetch,
		},
		"an abandoned attempt": {
			before: []then{func(s *Keys) { s.begin(clock(0)); s.begun = time.Time{} }},
			do:     actionFetch,
		},
		"somebody has the lease": {
			seen:  Status{Lease: clock(4 * time.Second)},
			until: 4 * time.Second, do: actionWatch,
		},
		"a lease that is over": {now: 4 * time.Second, seen: Status{Lease: clock(4 * time.Second)}, do: actionFetch},
		"a lease that ends too late": {
			seen: Status{Lease: clock(10*time.Second + time.Millisecond)}, do: actionFetch,
		},
		"a lease of exactly the allowed length": {
			seen:  Status{Lease: clock(10 * time.Second)},
			until: 10 * time.Second, do: actionWatch,
		},
		"leases without end and without result": {
			before: []then{func(s *Keys) { s.next(clock(0), Status{Lease: clock(9 * time.Second)}) }},
			now:    11 * time.Second, seen: Status{Lease: clock(20 * time.Second)}, do: actionFetch,
		},
		"leases in a row, with a result between": {
			before: []then{
				func(s *Keys) { s.next(clock(0), Status{Lease: clock(9 * time.Second)}) },
				func(s *Keys) { s.next(clock(5*time.Second), Status{}) },
			},
			now: 11 * time.Second, seen: Status{Lease: clock(20 * time.Second)},
			until: 20 * time.Second, do: actionWatch,
		},
		"fresh": {before: []then{fetchedAt(0)}, now: time.Second, until: 5 * time.Minute},
		"due":   {before: []then{fetchedAt(0)}, now: 5 * time.Minute, do: actionFetch},
		"due, and somebody else is at it": {
			before: []then{fetchedAt(0)}, now: 5 * time.Minute,
			seen: Status{Fetched: clock(0), Lease: clock(5*time.Minute + time.Second)}, until: 5*time.Minute + time.Second, do: actionWatch,
		},
		"max-age shortens": {
			before: []then{func(s *Keys) { s.succeed(clock(0), set, 30*time.Second) }},
			until:  30 * time.Second,
		},
		"max-age does not lengthen": {
			before: []then{func(s *Keys) { s.succeed(clock(0), set, time.Hour) }},
			until:  5 * time.Minute,
		},
		"max-age of a second": {
			before: []then{func(s *Keys) { s.succeed(clock(0), set, time.Second) }},
			until:  time.Second,
		},
		"refreshed in time not to become stale": {
			change: func(t *Source) { t.MaxStale = time.Minute },
			before: []then{fetchedAt(0)}, until: 30 * time.Second,
		},
		"stale": {
			change: func(t *Source) { t.MaxStale = time.Minute },
			before: []then{fetchedAt(0)}, now: time.Minute + 1, do: actionFetch,
		},
		"fetched in the future: the clock was set back": {before: []then{fetchedAt(time.Hour)}, do: actionFetch},
		"unknown key, right after refreshing": {
			before: []then{fetchedAt(0), want}, now: 1, do: actionFetch,
		},
		"unknown key, shortly after another one": {
			before: []then{fetchedAt(-time.Second), want, fetchedAt(0), want},
			now:    9 * time.Second, until: 10 * time.Second,
		},
		"unknown key, long after another one": {
			before: []then{fetchedAt(-time.Second), want, fetchedAt(0), want},
			now:    10 * time.Second, do: actionFetch,
		},
		"unknown key, settled by a fetch": {
			before: []then{fetchedAt(-time.Second), want, fetchedAt(0)}, now: 11 * time.Second, until: 5 * time.Minute,
		},
		"unknown key, while a fetch was under way: that one may have come too early": {
			before: []then{
				func(s *Keys) { s.begin(clock(0)) }, want,
				func(s *Keys) { s.succeed(clock(time.Second), set, 0) }, want,
			}, now: time.Second, do: actionFetch,
		},
		"unknown key, for which another worker has just fetched": {
			before: []then{
				fetchedAt(-time.Second),
				func(s *Keys) {
					s.replace(set, Status{Fetched: clock(0), Asked: clock(0)}.sensible(clock(0), &s.source))
				}, want,
			}, now: time.Second, until: 10 * time.Second,
		},
		"unknown key, after the clock was set back": {
			before: []then{
				fetchedAt(time.Hour), want, fetchedAt(time.Hour), // asked for
				fetchedAt(0), want,
			},
			now: 10 * time.Second, do: actionFetch,
		},
		"first failure: a second": {
			before: []then{func(s *Keys) { s.fail(clock(0), 0) }}, until: time.Second,
		},
		"first failure, jittered": {
			before: []then{func(s *Keys) { s.fail(clock(0), 0.5) }}, until: 1125 * time.Millisecond,
		},
		"second failure: two seconds": {
			before: []then{func(s *Keys) { s.fail(clock(0), 0); s.fail(clock(time.Second), 0) }},
			now:    time.Second, until: 3 * time.Second,
		},
		"tenth failure: sixteen seconds": {
			before: []then{func(s *Keys) {
				for range 10 {
					s.fail(clock(0), 0)
				}
			}}, until: 16 * time.Second,
		},
		"after the backoff":                {before: []then{func(s *Keys) { s.fail(clock(0), 0) }}, now: time.Second, do: actionFetch},
		"a failure hours ahead: set back":  {before: []then{func(s *Keys) { s.fail(clock(time.Hour), 0) }}, do: actionFetch},
		"a refresh that failed is retried": {before: []then{fetchedAt(0), func(s *Keys) { s.fail(clock(5*time.Minute), 0) }}, now: 5*time.Minute + 1, until: 5*time.Minute + time.Second},
		"unknown key during backoff": {
			before: []then{fetchedAt(0), func(s *Keys) { s.fail(clock(20*time.Second), 0) }, want},
			now:    20 * time.Second, until: 21 * time.Second,
		},
		"success ends the backoff": {
			before: []then{func(s *Keys) { s.fail(clock(0), 0) }, fetchedAt(time.Millisecond)}, now: 2 * time.Millisecond, until: 5*time.Minute + time.Millisecond,
		},
		"somebody else's failure counts": {
			seen: Status{Failures: 1, Failed: clock(-1 * time.Millisecond), Retry: clock(900 * time.Millisecond)}, until: 900 * time.Millisecond,
		},
		"somebody else's failure before the own success does not": {
			before: []then{fetchedAt(0)}, now: time.Second,
			seen: Status{Failures: 1, Failed: clock(-time.Second), Retry: clock(10 * time.Second)}, until: 5 * time.Minute,
		},
		"a retry that is too far away": {
			seen: Status{Failures: 1, Failed: clock(-1), Retry: clock(time.Minute)}, do: actionFetch,
		},
		"a failure in the future": {
			seen: Status{Failures: 1, Failed: clock(time.Second), Retry: clock(2 * time.Second)}, do: actionFetch,
		},
		"published: adopt": {seen: Status{Fetched: clock(-time.Second)}, do: actionAdopt},
		"published, and newer than the own": {
			before: []then{fetchedAt(0)}, now: time.Minute, seen: Status{Fetched: clock(time.Second)}, do: actionAdopt,
		},
		"published, the same": {before: []then{fetchedAt(0)}, now: time.Second, seen: Status{Fetched: clock(0)}, until: 5 * time.Minute},
		"published, and older": {
			before: []then{fetchedAt(0)}, now: time.Second, seen: Status{Fetched: clock(-time.Second)}, until: 5 * time.Minute,
		},
		"published in the future": {seen: Status{Fetched: clock(time.Millisecond)}, do: actionFetch},
		"published long ago":      {now: time.Hour, seen: Status{Fetched: clock(-time.Millisecond)}, do: actionFetch},
		"published, while the own is from the future": {
			before: []then{fetchedAt(time.Hour)}, seen: Status{Fetched: clock(-time.Second)}, do: actionAdopt,
		},
		"published, and refused": {
			before: []then{func(s *Keys) { s.refused = clock(-time.Second) }},
			seen:   Status{Fetched: clock(-time.Second)}, do: actionFetch,
		},
		"published again after a refusal": {
			before: []then{func(s *Keys) { s.refused = clock(-time.Second) }},
			seen:   Status{Fetched: clock(-time.Millisecond)}, do: actionAdopt,
		},
		"adopted": {
			before: []then{func(s *Keys) { s.replace(other, Status{Fetched: clock(-time.Minute)}.sensible(clock(0), &s.source)) }},
			seen:   Status{Fetched: clock(-time.Minute)}, until: 4 * time.Minute,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			k := &Keys{source: testSource}
			if test.change != nil {
				test.change(&k.source)
			}
			for _, do := range test.before {
				do(k)
			}
			do, until := k.next(clock(test.now), test.seen)
			var wantUntil time.Time
			if test.do == actionWait || test.do == actionWatch {
				wantUntil = clock(test.until)
			}
			if do != test.do || !until.Equal(wantUntil) {
				t.Errorf("next = %v until %v, want %v until %v", do, until.Sub(clock(0)), test.do, wantUntil.Sub(clock(0)))
			}
		})
	}
}
