package jwks

import "time"

// Timing is how often and how long, for the keys of one URL.
type Timing struct {
	RefreshInterval    time.Duration // a set older than this is fetched again
	Timeout            time.Duration // of one fetch
	MaxStale           time.Duration // a set older than this is not trusted
	UnknownKeyInterval time.Duration // between successful fetches for unknown key ids
}

// Limits of the schedule.
const (
	minBackoff = time.Second
	maxBackoff = 16 * time.Second
	// minInterval is the shortest interval that an answer's max-age leads to.
	minInterval = time.Second
)

// lease is how long one fetch keeps the other VMs of a process from fetching.
func (t Timing) lease() time.Duration { return 2 * t.Timeout }

// Schedule is what one VM knows about the keys of one URL, and from it when to
// fetch them and what to tell those who need a key. It has no clock and does
// nothing itself: the caller asks Next, does that, and tells what came of it.
//
// A clock that was set back makes a set due and an attempt over, never a set
// fresh for longer.
type Schedule struct {
	timing Timing
	set    *Set
	status Status

	begun   time.Time // when the own attempt that is under way began; zero: none is
	asking  bool      // that attempt is made for a key that the set does not have
	wanted  bool      // a request waits for a key that the set does not have
	refused time.Time // the fetch time of a published set that could not be read
	watched time.Time // since when other VMs' leases have been seen without any result
}

// NewSchedule makes a schedule of which nothing is known yet.
func NewSchedule(t Timing) *Schedule { return &Schedule{timing: t} }

// Action is what to do next.
type Action uint8

// The actions.
const (
	ActionWait  Action = iota // nothing before Step.Until
	ActionFetch               // take the lease, if there is one to take, and fetch
	ActionAdopt               // take over the published set: then Adopted or Refused
)

// Step is what to do next.
type Step struct {
	Do Action
	// Until is, for ActionWait, when to ask again at the latest.
	Until time.Time
	// Watch tells that somebody is fetching, whose result may come any moment.
	Watch bool
}

// Next tells what to do. seen is what the VMs of the process share, zero if
// they share nothing; it is believed only as far as it makes sense now.
func (s *Schedule) Next(now time.Time, seen Status) Step {
	seen = seen.sensible(now, s.timing)
	s.learn(seen)
	if s.newer(now, seen) {
		return Step{Do: ActionAdopt}
	}
	if s.fetching(now) {
		return Step{Until: s.begun.Add(s.timing.lease()), Watch: true}
	}
	if s.leased(now, seen) {
		return Step{Until: seen.Lease, Watch: true}
	}
	if due := s.due(now); due.After(now) {
		return Step{Until: due}
	}
	return Step{Do: ActionFetch}
}

// learn takes over what other VMs say about attempts.
func (s *Schedule) learn(seen Status) {
	if seen.Failed.After(s.status.Failed) && seen.Failed.After(s.status.Fetched) {
		s.status.Failures, s.status.Failed, s.status.Retry = seen.Failures, seen.Failed, seen.Retry
		s.watched = time.Time{}
		s.wanted = false
	}
	s.status.Lease = seen.Lease
}

// newer tells whether the published set is worth taking over.
func (s *Schedule) newer(now time.Time, seen Status) bool {
	if seen.Fetched.IsZero() || seen.Fetched.Equal(s.refused) || now.Sub(seen.Fetched) > s.timing.MaxStale {
		return false
	}
	return s.set == nil || seen.Fetched.After(s.status.Fetched) || s.status.Fetched.After(now)
}

// leased tells whether another VM is fetching. Leases that follow each other
// without any result count no longer than one does.
func (s *Schedule) leased(now time.Time, seen Status) bool {
	if seen.Lease.IsZero() {
		s.watched = time.Time{}
		return false
	}
	if s.watched.IsZero() || s.watched.After(now) {
		s.watched = now
	}
	return now.Sub(s.watched) <= s.timing.lease()
}

// fetching tells whether an own attempt is under way. One that should have
// ended long ago does not count.
func (s *Schedule) fetching(now time.Time) bool {
	if s.begun.IsZero() {
		return false
	}
	age := now.Sub(s.begun)
	return age >= 0 && age < s.timing.lease()
}

// due is when the next attempt may start.
func (s *Schedule) due(now time.Time) time.Time {
	due := now
	if s.set != nil && !s.status.Fetched.After(now) && !s.stale(now) {
		due = s.status.Fetched.Add(s.interval())
		if s.wanted {
			due = earlier(due, s.status.Asked.Add(s.timing.UnknownKeyInterval))
		}
	}
	if s.failing(now) && due.Before(s.status.Retry) {
		due = s.status.Retry
	}
	return due
}

// interval is how old a set may become before it is fetched again: what the
// key server said if that is less than what is configured, and in time for a
// set not to become stale before.
func (s *Schedule) interval() time.Duration {
	interval := s.timing.RefreshInterval
	if s.status.HasMaxAge {
		interval = min(interval, max(s.status.MaxAge, minInterval))
	}
	if interval >= s.timing.MaxStale {
		interval = s.timing.MaxStale / 2
	}
	return interval
}

// failing tells whether the last attempt failed and the next has to wait.
func (s *Schedule) failing(now time.Time) bool {
	return s.status.Failures > 0 && now.Before(s.status.Retry) && !s.status.Retry.After(now.Add(longestBackoff))
}

// askedLately tells whether a set was fetched for an unknown key so lately that
// the next unknown one has to do with it. A failure since then makes that
// doubtful: but for it, the key might be known by now.
func (s *Schedule) askedLately(now time.Time) bool {
	age := now.Sub(s.status.Asked)
	return s.status.Failures == 0 && age >= 0 && age < s.timing.UnknownKeyInterval
}

func (s *Schedule) stale(now time.Time) bool { return now.Sub(s.status.Fetched) > s.timing.MaxStale }

// Set is the present set, however old; nil if none ever came.
func (s *Schedule) Set() *Set { return s.set }

// Age is how long ago the present set was fetched.
func (s *Schedule) Age(now time.Time) time.Duration { return max(now.Sub(s.status.Fetched), 0) }

// Want notes that a request waits for a key that the set does not have.
func (s *Schedule) Want() { s.wanted = true }

// Begin notes that an attempt begins, and gives until when it keeps others
// from trying.
func (s *Schedule) Begin(now time.Time) (lease time.Time) {
	s.begun = now
	s.asking = s.wanted && s.Snapshot(now).Set != nil
	return now.Truncate(time.Millisecond).Add(s.timing.lease())
}

// Abandon notes that the attempt under way will have no result.
func (s *Schedule) Abandon() { s.begun = time.Time{} }

// Fetching tells whether an own attempt is under way.
func (s *Schedule) Fetching(now time.Time) bool { return s.fetching(now) }

// Succeed notes that the attempt brought a set. hasMaxAge tells whether the
// answer said how long it may be kept.
func (s *Schedule) Succeed(now time.Time, set *Set, maxAge time.Duration, hasMaxAge bool) Status {
	s.begun = time.Time{}
	status := Status{Fetched: now.Truncate(time.Millisecond), MaxAge: maxAge, HasMaxAge: hasMaxAge, Asked: s.status.Asked}
	if s.asking || status.Asked.After(status.Fetched) {
		status.Asked = status.Fetched
	}
	s.take(set, status)
	return s.status
}

// Adopted notes that the published set was taken over.
func (s *Schedule) Adopted(now time.Time, set *Set, seen Status) {
	s.take(set, seen.sensible(now, s.timing))
}

func (s *Schedule) take(set *Set, status Status) {
	s.set, s.status = set, status
	s.wanted = false
	s.refused, s.watched = time.Time{}, time.Time{}
}

// Refused notes that the published set cannot be used.
func (s *Schedule) Refused(seen Status) { s.refused = seen.Fetched }

// Fail notes that the attempt under way brought nothing. random, in [0, 1),
// spreads the next attempts of many proxies.
func (s *Schedule) Fail(now time.Time, random float64) Status {
	s.begun = time.Time{}
	s.wanted = false
	s.status.Lease = time.Time{}
	s.status.Failures++
	s.status.Failed = now.Truncate(time.Millisecond)
	s.status.Retry = s.status.Failed.Add(backoff(s.status.Failures, random))
	return s.status
}

// backoff is the time until the next attempt: from 1 s, twice as long each
// time, up to 16 s, and up to a quarter more at random.
func backoff(failures int, random float64) time.Duration {
	d := minBackoff
	for ; failures > 1 && d < maxBackoff; failures-- {
		d *= 2
	}
	return d + time.Duration(random*float64(d/4))
}

const longestBackoff = maxBackoff + maxBackoff/4

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
