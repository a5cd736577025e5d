package jwks

import (
	"testing"
	"time"
)

var testTiming = Timing{
	RefreshInterval:    5 * time.Minute,
	Timeout:            5 * time.Second,
	MaxStale:           time.Hour,
	UnknownKeyInterval: 10 * time.Second,
}

// clock counts from an arbitrary start.
func clock(d time.Duration) time.Time { return time.UnixMilli(1_800_000_000_000).Add(d) }

// TestScheduleNext is a table of what one VM knows, and what it does then.
func TestScheduleNext(t *testing.T) {
	set := &Set{Keys: []*Key{{ID: "a"}}}
	other := &Set{Keys: []*Key{{ID: "b"}}}
	fetchedAt := func(d time.Duration) func(*Schedule) {
		return func(s *Schedule) { s.Begin(clock(d)); s.Succeed(clock(d), set, 0, false) }
	}
	type then = func(*Schedule)
	tests := map[string]struct {
		timing func(*Timing)
		before []then
		now    time.Duration
		seen   Status
		do     Action
		until  time.Duration // for ActionWait
		watch  bool
	}{
		"nothing known: fetch at once": {do: ActionFetch},
		"own attempt under way": {
			before: []then{func(s *Schedule) { s.Begin(clock(0)) }},
			now:    3 * time.Second, until: 10 * time.Second, watch: true,
		},
		"own attempt that never ended": {
			before: []then{func(s *Schedule) { s.Begin(clock(0)) }},
			now:    10 * time.Second, do: ActionFetch,
		},
		"own attempt begun in the future: the clock was set back": {
			before: []then{func(s *Schedule) { s.Begin(clock(time.Hour)) }},
			do:     ActionFetch,
		},
		"an abandoned attempt": {
			before: []then{func(s *Schedule) { s.Begin(clock(0)); s.Abandon() }},
			do:     ActionFetch,
		},
		"somebody has the lease": {
			seen:  Status{Lease: clock(4 * time.Second)},
			until: 4 * time.Second, watch: true,
		},
		"a lease that is over": {now: 4 * time.Second, seen: Status{Lease: clock(4 * time.Second)}, do: ActionFetch},
		"a lease that ends too late": {
			seen: Status{Lease: clock(10*time.Second + time.Millisecond)}, do: ActionFetch,
		},
		"a lease of exactly the allowed length": {
			seen:  Status{Lease: clock(10 * time.Second)},
			until: 10 * time.Second, watch: true,
		},
		"leases without end and without result": {
			before: []then{func(s *Schedule) { s.Next(clock(0), Status{Lease: clock(9 * time.Second)}) }},
			now:    11 * time.Second, seen: Status{Lease: clock(20 * time.Second)}, do: ActionFetch,
		},
		"leases in a row, with a result between": {
			before: []then{
				func(s *Schedule) { s.Next(clock(0), Status{Lease: clock(9 * time.Second)}) },
				func(s *Schedule) { s.Next(clock(5*time.Second), Status{}) },
			},
			now: 11 * time.Second, seen: Status{Lease: clock(20 * time.Second)},
			until: 20 * time.Second, watch: true,
		},
		"fresh": {before: []then{fetchedAt(0)}, now: time.Second, until: 5 * time.Minute},
		"due":   {before: []then{fetchedAt(0)}, now: 5 * time.Minute, do: ActionFetch},
		"due, and somebody else is at it": {
			before: []then{fetchedAt(0)}, now: 5 * time.Minute,
			seen: Status{Fetched: clock(0), Lease: clock(5*time.Minute + time.Second)}, until: 5*time.Minute + time.Second, watch: true,
		},
		"max-age shortens": {
			before: []then{func(s *Schedule) { s.Succeed(clock(0), set, 30*time.Second, true) }},
			until:  30 * time.Second,
		},
		"max-age does not lengthen": {
			before: []then{func(s *Schedule) { s.Succeed(clock(0), set, time.Hour, true) }},
			until:  5 * time.Minute,
		},
		"max-age 0 is a second": {
			before: []then{func(s *Schedule) { s.Succeed(clock(0), set, 0, true) }},
			until:  time.Second,
		},
		"refreshed in time not to become stale": {
			timing: func(t *Timing) { t.MaxStale = time.Minute },
			before: []then{fetchedAt(0)}, until: 30 * time.Second,
		},
		"stale": {
			timing: func(t *Timing) { t.MaxStale = time.Minute },
			before: []then{fetchedAt(0)}, now: time.Minute + 1, do: ActionFetch,
		},
		"fetched in the future: the clock was set back": {before: []then{fetchedAt(time.Hour)}, do: ActionFetch},
		"unknown key, right after refreshing": {
			before: []then{fetchedAt(0), (*Schedule).Want}, now: 1, do: ActionFetch,
		},
		"unknown key, shortly after another one": {
			before: []then{fetchedAt(-time.Second), (*Schedule).Want, fetchedAt(0), (*Schedule).Want},
			now:    9 * time.Second, until: 10 * time.Second,
		},
		"unknown key, long after another one": {
			before: []then{fetchedAt(-time.Second), (*Schedule).Want, fetchedAt(0), (*Schedule).Want},
			now:    10 * time.Second, do: ActionFetch,
		},
		"unknown key, settled by a fetch": {
			before: []then{fetchedAt(-time.Second), (*Schedule).Want, fetchedAt(0)}, now: 11 * time.Second, until: 5 * time.Minute,
		},
		"unknown key, while a fetch was under way: that one may have come too early": {
			before: []then{
				func(s *Schedule) { s.Begin(clock(0)) }, (*Schedule).Want,
				func(s *Schedule) { s.Succeed(clock(time.Second), set, 0, false) }, (*Schedule).Want,
			}, now: time.Second, do: ActionFetch,
		},
		"unknown key, for which another worker has just fetched": {
			before: []then{
				fetchedAt(-time.Second),
				func(s *Schedule) { s.Adopted(clock(0), set, Status{Fetched: clock(0), Asked: clock(0)}) }, (*Schedule).Want,
			}, now: time.Second, until: 10 * time.Second,
		},
		"unknown key, after the clock was set back": {
			before: []then{
				fetchedAt(time.Hour), (*Schedule).Want, fetchedAt(time.Hour), // asked for
				fetchedAt(0), (*Schedule).Want,
			},
			now: 10 * time.Second, do: ActionFetch,
		},
		"first failure: a second": {
			before: []then{func(s *Schedule) { s.Fail(clock(0), 0) }}, until: time.Second,
		},
		"first failure, jittered": {
			before: []then{func(s *Schedule) { s.Fail(clock(0), 0.5) }}, until: 1125 * time.Millisecond,
		},
		"second failure: two seconds": {
			before: []then{func(s *Schedule) { s.Fail(clock(0), 0); s.Fail(clock(time.Second), 0) }},
			now:    time.Second, until: 3 * time.Second,
		},
		"tenth failure: sixteen seconds": {
			before: []then{func(s *Schedule) {
				for range 10 {
					s.Fail(clock(0), 0)
				}
			}}, until: 16 * time.Second,
		},
		"after the backoff":                {before: []then{func(s *Schedule) { s.Fail(clock(0), 0) }}, now: time.Second, do: ActionFetch},
		"a failure hours ahead: set back":  {before: []then{func(s *Schedule) { s.Fail(clock(time.Hour), 0) }}, do: ActionFetch},
		"a refresh that failed is retried": {before: []then{fetchedAt(0), func(s *Schedule) { s.Fail(clock(5*time.Minute), 0) }}, now: 5*time.Minute + 1, until: 5*time.Minute + time.Second},
		"unknown key during backoff": {
			before: []then{fetchedAt(0), func(s *Schedule) { s.Fail(clock(20*time.Second), 0) }, (*Schedule).Want},
			now:    20 * time.Second, until: 21 * time.Second,
		},
		"success ends the backoff": {
			before: []then{func(s *Schedule) { s.Fail(clock(0), 0) }, fetchedAt(time.Millisecond)}, now: 2 * time.Millisecond, until: 5*time.Minute + time.Millisecond,
		},
		"somebody else's failure counts": {
			seen: Status{Failures: 1, Failed: clock(-1 * time.Millisecond), Retry: clock(900 * time.Millisecond)}, until: 900 * time.Millisecond,
		},
		"somebody else's failure before the own success does not": {
			before: []then{fetchedAt(0)}, now: time.Second,
			seen: Status{Failures: 1, Failed: clock(-time.Second), Retry: clock(10 * time.Second)}, until: 5 * time.Minute,
		},
		"a retry that is too far away": {
			seen: Status{Failures: 1, Failed: clock(-1), Retry: clock(time.Minute)}, do: ActionFetch,
		},
		"a failure in the future": {
			seen: Status{Failures: 1, Failed: clock(time.Second), Retry: clock(2 * time.Second)}, do: ActionFetch,
		},
		"published: adopt": {seen: Status{Fetched: clock(-time.Second)}, do: ActionAdopt},
		"published, and newer than the own": {
			before: []then{fetchedAt(0)}, now: time.Minute, seen: Status{Fetched: clock(time.Second)}, do: ActionAdopt,
		},
		"published, the same": {before: []then{fetchedAt(0)}, now: time.Second, seen: Status{Fetched: clock(0)}, until: 5 * time.Minute},
		"published, and older": {
			before: []then{fetchedAt(0)}, now: time.Second, seen: Status{Fetched: clock(-time.Second)}, until: 5 * time.Minute,
		},
		"published in the future": {seen: Status{Fetched: clock(time.Millisecond)}, do: ActionFetch},
		"published long ago":      {now: time.Hour, seen: Status{Fetched: clock(-time.Millisecond)}, do: ActionFetch},
		"published, while the own is from the future": {
			before: []then{fetchedAt(time.Hour)}, seen: Status{Fetched: clock(-time.Second)}, do: ActionAdopt,
		},
		"published, and refused": {
			before: []then{func(s *Schedule) { s.Refused(Status{Fetched: clock(-time.Second)}) }},
			seen:   Status{Fetched: clock(-time.Second)}, do: ActionFetch,
		},
		"published again after a refusal": {
			before: []then{func(s *Schedule) { s.Refused(Status{Fetched: clock(-time.Second)}) }},
			seen:   Status{Fetched: clock(-time.Millisecond)}, do: ActionAdopt,
		},
		"adopted": {
			before: []then{func(s *Schedule) { s.Adopted(clock(0), other, Status{Fetched: clock(-time.Minute)}) }},
			seen:   Status{Fetched: clock(-time.Minute)}, until: 4 * time.Minute,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			timing := testTiming
			if test.timing != nil {
				test.timing(&timing)
			}
			s := NewSchedule(timing)
			for _, do := range test.before {
				do(s)
			}
			step := s.Next(clock(test.now), test.seen)
			want := Step{Do: test.do, Watch: test.watch}
			if test.do == ActionWait {
				want.Until = clock(test.until)
			}
			if step.Do != want.Do || !step.Until.Equal(want.Until) || step.Watch != want.Watch {
				t.Errorf("Next = %v until %v watch %v, want %v until %v watch %v",
					step.Do, step.Until.Sub(clock(0)), step.Watch, want.Do, want.Until.Sub(clock(0)), want.Watch)
			}
		})
	}
}

// TestScheduleSnapshot is what a verification hears.
func TestScheduleSnapshot(t *testing.T) {
	set := &Set{}
	fetched := func(s *Schedule) { s.Succeed(clock(0), set, 0, false) }
	asked := func(s *Schedule) {
		s.Succeed(clock(0), set, 0, false)
		s.Want()
		s.Begin(clock(0))
		s.Succeed(clock(0), set, 0, false)
	}
	tests := map[string]struct {
		before    []func(*Schedule)
		now       time.Duration
		set       *Set
		onMissing OnMissing
	}{
		"nothing yet":                {onMissing: OnMissingFetch},
		"first attempt under way":    {before: []func(*Schedule){func(s *Schedule) { s.Begin(clock(0)) }}, onMissing: OnMissingFetch},
		"first attempt failed":       {before: []func(*Schedule){func(s *Schedule) { s.Fail(clock(0), 0) }}, now: time.Second - 1, onMissing: OnMissingUnavailable},
		"and the next one is due":    {before: []func(*Schedule){func(s *Schedule) { s.Fail(clock(0), 0) }}, now: time.Second, onMissing: OnMissingFetch},
		"failed, others try again":   {before: []func(*Schedule){func(s *Schedule) { s.Fail(clock(0), 0); s.Next(clock(1), Status{Lease: clock(time.Second)}) }}, now: 2, onMissing: OnMissingFetch},
		"just fetched":               {before: []func(*Schedule){fetched}, set: set, onMissing: OnMissingFetch},
		"just asked":                 {before: []func(*Schedule){asked}, set: set, onMissing: OnMissingRefuse},
		"asked, and refreshed":       {before: []func(*Schedule){asked, func(s *Schedule) { s.Begin(clock(1)); s.Succeed(clock(2), set, 0, false) }}, now: 2, set: set, onMissing: OnMissingRefuse},
		"almost the interval ago":    {before: []func(*Schedule){asked}, now: 10*time.Second - 1, set: set, onMissing: OnMissingRefuse},
		"the interval ago":           {before: []func(*Schedule){asked}, now: 10 * time.Second, set: set, onMissing: OnMissingFetch},
		"refreshing, just asked":     {before: []func(*Schedule){asked, func(s *Schedule) { s.Begin(clock(1)) }}, now: 2, set: set, onMissing: OnMissingRefuse},
		"first keys, asked before":   {before: []func(*Schedule){(*Schedule).Want, func(s *Schedule) { s.Begin(clock(0)) }, fetched}, set: set, onMissing: OnMissingFetch},
		"refresh failed, long ago":   {before: []func(*Schedule){fetched, func(s *Schedule) { s.Fail(clock(time.Minute), 0) }}, now: time.Minute, set: set, onMissing: OnMissingUnavailable},
		"refresh failed, just asked": {before: []func(*Schedule){asked, func(s *Schedule) { s.Fail(clock(time.Second), 0) }}, now: time.Second, set: set, onMissing: OnMissingUnavailable},
		"asked, and set back":        {before: []func(*Schedule){asked}, now: -1, set: set, onMissing: OnMissingFetch},
		"old but trusted":            {before: []func(*Schedule){fetched}, now: time.Hour, set: set, onMissing: OnMissingFetch},
		"too old":                    {before: []func(*Schedule){fetched}, now: time.Hour + 1, onMissing: OnMissingFetch},
		"too old, and failing":       {before: []func(*Schedule){fetched, func(s *Schedule) { s.Fail(clock(time.Hour), 0) }}, now: time.Hour + 1, onMissing: OnMissingUnavailable},
		"the clock was set back":     {before: []func(*Schedule){fetched}, now: -time.Hour, set: set, onMissing: OnMissingFetch},
		"a failure from the future":  {before: []func(*Schedule){func(s *Schedule) { s.Fail(clock(time.Hour), 0) }}, onMissing: OnMissingFetch},
		"own attempt failed while holding the lease": {before: []func(*Schedule){func(s *Schedule) {
			lease := s.Begin(clock(0))
			s.Next(clock(1), Status{Lease: lease})
			s.Fail(clock(2), 0)
		}}, now: 3, onMissing: OnMissingUnavailable},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := NewSchedule(testTiming)
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
			s := NewSchedule(testTiming)
			attempts := 0
			for at := time.Duration(0); at < 24*time.Hour; at += time.Second {
				if test.wanted {
					s.Want()
				}
				if s.Next(clock(at), Status{}).Do != ActionFetch {
					continue
				}
				attempts++
				s.Begin(clock(at))
				if test.fails != nil && test.fails(attempts) {
					s.Fail(clock(at), 0.5)
				} else {
					s.Succeed(clock(at), &Set{}, 0, false)
				}
			}
			if attempts > test.most || attempts < test.least {
				t.Errorf("%d attempts, want from %d to %d", attempts, test.least, test.most)
			}
		})
	}
}

func TestMaxAge(t *testing.T) {
	tests := map[string]struct {
		header string
		age    time.Duration
		ok     bool
	}{
		"none":             {header: ""},
		"plain":            {header: "max-age=60", age: time.Minute, ok: true},
		"among others":     {header: "public, max-age=60, stale-while-revalidate=9", age: time.Minute, ok: true},
		"zero":             {header: "max-age=0", ok: true},
		"other case":       {header: "MAX-AGE=1", age: time.Second, ok: true},
		"quoted":           {header: `max-age="5"`, age: 5 * time.Second, ok: true},
		"the smallest":     {header: "max-age=60,max-age=7", age: 7 * time.Second, ok: true},
		"negative":         {header: "max-age=-1"},
		"no number":        {header: "max-age=soon"},
		"empty":            {header: "max-age="},
		"no value":         {header: "max-age"},
		"of another cache": {header: "s-maxage=1"},
		"huge":             {header: "max-age=99999999999999999999999999", age: 1000 * 24 * time.Hour, ok: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			age, ok := MaxAge(test.header)
			if age != test.age || ok != test.ok {
				t.Errorf("MaxAge(%q) = %v, %v, want %v, %v", test.header, age, ok, test.age, test.ok)
			}
		})
	}
}

func FuzzMaxAge(f *testing.F) {
	f.Add("public, max-age=60, max-age=\"5\"")
	f.Add("max-age=99999999999999999999999999")
	f.Fuzz(func(t *testing.T, header string) {
		if age, ok := MaxAge(header); age < 0 || age > 1000*24*time.Hour || !ok && age != 0 {
			t.Errorf("MaxAge = %v, %v", age, ok)
		}
	})
}
