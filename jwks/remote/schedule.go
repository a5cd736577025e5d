package remote

import (
	"time"

	"github.com/sessiongate/sessiongate/jwks"
)

// Limits of the schedule.
const (
	minBackoff     = time.Second
	maxBackoff     = 16 * time.Second
	longestBackoff = maxBackoff + maxBackoff/4
	// minInterval is the shortest interval that an answer's max-age leads to.
	minInterval = time.Second
)

// leaseTime is how long one fetch keeps the other VMs of a process from fetching.
func (s *Source) leaseTime() time.Duration { return 2 * s.Timeout }

// action is what to do next.
type action uint8

const (
	actionWait  action = iota // nothing is due before a time
	actionWatch               // a fetch is under way, whose result may come any moment
	actionFetch               // take the lease, if there is one to take, and fetch
	actionAdopt               // take over the published set
)

// next tells what to do and, for actionWait and actionWatch, until when at the
// latest. seen is what the VMs of the process share, zero if they share
// nothing; it is believed only as far as it makes sense now.
func (k *Keys) next(now time.Time, seen Status) (do action, until time.Time) {
	seen = seen.sensible(now, &k.source)
	k.learn(seen)
	due := k.due(now)
	switch {
	case k.newer(now, seen):
		return actionAdopt, time.Time{}
	case k.fetching(now):
		return actionWatch, k.begun.Add(k.source.leaseTime())
	case k.leased(now, seen):
		return actionWatch, seen.Lease
	case due.After(now):
		return actionWait, due
	}
	return actionFetch, time.Time{}
}

// learn takes over what other VMs say about attempts.
func (k *Keys) learn(seen Status) {
	if seen.Failed.After(k.status.Failed) && seen.Failed.After(k.status.Fetched) {
		k.status.Failures, k.status.Failed, k.status.Retry = seen.Failures, seen.Failed, seen.Retry
		k.leasesSince = time.Time{}
		k.wanted = false
	}
	k.status.Lease = seen.Lease
}

// newer reports whether the published set is worth taking over.
func (k *Keys) newer(now time.Time, seen Status) bool {
	if seen.Fetched.IsZero() || seen.Fetched.Equal(k.refused) || now.Sub(seen.Fetched) > k.source.MaxStale {
		return false
	}
	return k.set == nil || seen.Fetched.After(k.status.Fetched) || k.status.Fetched.After(now)
}

// leased reports whether another VM is fetching. Leases that follow each other
// without any result count no longer than one does.
func (k *Keys) leased(now time.Time, seen Status) bool {
	if seen.Lease.IsZero() {
		k.leasesSince = time.Time{}
		return false
	}
	if k.leasesSince.IsZero() || k.leasesSince.After(now) {
		k.leasesSince = now
	}
	return now.Sub(k.leasesSince) <= k.source.leaseTime()
}

// fetching reports whether an own attempt is under way. One that should have
// ended long ago does not count.
func (k *Keys) fetching(now time.Time) bool {
	age := now.Sub(k.begun)
	return !k.begun.IsZero() && age >= 0 && age < k.source.leaseTime()
}

// underWay reports whether an attempt is under way, here or in another VM.
func (k *Keys) underWay(now time.Time) bool {
	return k.fetching(now) || k.status.Lease.After(now)
}

// due is when the next attempt may start.
func (k *Keys) due(now time.Time) time.Time {
	due := now
	if k.set != nil && !k.status.Fetched.After(now) && !k.stale(now) {
		due = k.status.Fetched.Add(max(k.interval()-k.early(), minInterval))
		if k.wanted {
			due = earlier(due, k.status.Asked.Add(k.source.UnknownKeyInterval))
		}
	}
	if k.failing(now) && due.Before(k.status.Retry) {
		due = k.status.Retry
	}
	return due
}

// interval is how old a set may become before it is fetched again: what the
// key server said if that is less than what is configured, and in time for a
// set not to become stale before.
func (k *Keys) interval() time.Duration {
	interval := k.source.RefreshInterval
	if k.status.MaxAge > 0 {
		interval = min(interval, k.status.MaxAge)
	}
	if interval >= k.source.MaxStale {
		interval = k.source.MaxStale / 2
	}
	return interval
}

// early is how much sooner than after its interval this VM refreshes, if it is
// the one that fetched the set: up to a fifth, at random, so that many proxies
// that were started together do not stay in step. The other VMs of the process
// are not early, or the earliest of all their times would count.
func (k *Keys) early() time.Duration { return time.Duration(k.spread * float64(k.interval()/5)) }

// failing reports whether the last attempt failed and the next has to wait.
func (k *Keys) failing(now time.Time) bool {
	return k.status.Failures > 0 && now.Before(k.status.Retry) && !k.status.Retry.After(now.Add(longestBackoff))
}

// askedLately reports whether a set was fetched for an unknown key so lately
// that the next unknown one has to do with it. A failure since then makes that
// doubtful: but for it, the key might be known by now.
func (k *Keys) askedLately(now time.Time) bool {
	age := now.Sub(k.status.Asked)
	return k.status.Failures == 0 && age >= 0 && age < k.source.UnknownKeyInterval
}

// stale reports whether the present set is too old to be trusted.
func (k *Keys) stale(now time.Time) bool { return now.Sub(k.status.Fetched) > k.source.MaxStale }

// age is how long ago the present set was fetched.
func (k *Keys) age(now time.Time) time.Duration { return max(now.Sub(k.status.Fetched), 0) }

// begin notes that an own attempt begins, and gives until when it keeps others
// from trying.
func (k *Keys) begin(now time.Time) (lease time.Time) {
	k.begun = now
	k.asking = k.wanted && k.Snapshot(now).Set != nil
	return now.Truncate(time.Millisecond).Add(k.source.leaseTime())
}

// succeed notes that the own attempt brought a set, and how long the answer said
// that it may be kept.
func (k *Keys) succeed(now time.Time, set *jwks.Set, maxAge time.Duration) {
	k.begun = time.Time{}
	status := Status{Fetched: now.Truncate(time.Millisecond), MaxAge: maxAge, Asked: k.status.Asked}
	if k.asking || status.Asked.After(status.Fetched) {
		status.Asked = status.Fetched
	}
	k.replace(set, status)
}

// replace puts a set in place of the present one.
func (k *Keys) replace(set *jwks.Set, status Status) {
	k.set, k.status, k.spread = set, status, 0
	k.wanted = false
	k.refused, k.leasesSince = time.Time{}, time.Time{}
}

// fail notes that the own attempt brought nothing. random, in [0, 1), spreads
// the next attempts of many proxies.
func (k *Keys) fail(now time.Time, random float64) {
	k.begun = time.Time{}
	k.wanted = false
	k.status.Lease = time.Time{}
	k.status.Failures++
	k.status.Failed = now.Truncate(time.Millisecond)
	k.status.Retry = k.status.Failed.Add(backoff(k.status.Failures, random))
}

// backoff is the time until the next attempt: from 1 s, twice as long each
// time, up to 16 s, and up to a quarter more at random.
func backoff(failures int, random float64) time.Duration {
	d := min(minBackoff<<min(failures-1, 10), maxBackoff)
	return d + time.Duration(random*float64(d/4))
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
