package remote

import (
	"time"

	"github.com/sessiongate/sessiongate/jwks"
)

// watchInterval is how often Tick is due while a fetch is under way, here or in
// another VM.
const watchInterval = 20 * time.Millisecond

// Keys is the key set of one URL, as one VM knows it.
type Keys struct {
	source Source
	proxy  Proxy
	report func(Report)
	record string // the name of the shared record

	set    *jwks.Set // however old; nil if none ever came
	status Status    // of the set and of the attempts to replace it

	spread  float64   // in [0, 1): how early the set is refreshed; see early
	begun   time.Time // when the own attempt that is under way began; zero: none is
	attempt int       // the number of the latest own attempt
	lease   time.Time // the own lease, as it stands in the record; zero: there is none
	asking  bool      // the own attempt is made for a key that the set does not have
	wanted  bool      // a request needs a key that the set does not have

	refused     time.Time // the fetch time of a published set that could not be read
	leasesSince time.Time // since when other VMs have held leases without any result
}

// New takes over what other VMs have published already. It fetches nothing and
// takes no lease, but makes the shared record if there is none. What comes of
// each attempt goes to report.
func New(source Source, proxy Proxy, report func(Report)) *Keys {
	k := &Keys{source: source, proxy: proxy, report: report, record: source.recordName()}
	r := k.readRecord()
	if !r.exists && !r.unavailable {
		k.writeRecord(record{})
	}
	now := proxy.Now()
	if do, _ := k.next(now, r.status); do == actionAdopt {
		k.adopt(now, r)
	}
	return k
}

// Tick does what is due, and tells when it is to be called again. It must not
// be called while a request's context is in effect: the fetch would end with
// that request.
//
// Losing a race for the lease, adopting a set and fetching lead to asking the
// schedule again. The clock is read after the record: what another thread has
// just written would else be from the future.
func (k *Keys) Tick() (due time.Time) {
	for range 3 {
		r := k.readRecord()
		now := k.proxy.Now()
		due = now.Add(watchInterval)
		switch do, until := k.next(now, r.status); do {
		case actionAdopt:
			k.adopt(now, r)
		case actionFetch:
			k.fetch(now, r)
		case actionWatch:
			return earlier(due, until)
		case actionWait:
			return until
		}
	}
	return due
}

// Snapshot is what a verification may rely on now. A set that came by
// refreshing, without an unknown key, is not final however fresh it is: a key
// may be used right after it was published.
func (k *Keys) Snapshot(now time.Time) (s jwks.Snapshot) {
	if k.set != nil && !k.stale(now) {
		s.Set = k.set
	}
	switch {
	case s.Set != nil && k.askedLately(now):
		s.OnMissing = jwks.OnMissingRefuse
	case !k.underWay(now) && k.failing(now):
		s.OnMissing = jwks.OnMissingUnavailable
	default:
		s.OnMissing = jwks.OnMissingFetch
	}
	return s
}

// RequestUnknownKey notes that a request needs a key which the set does not
// have. It reports whether Tick should be called at once.
func (k *Keys) RequestUnknownKey(now time.Time) (urgent bool) {
	k.wanted = true
	return !k.underWay(now) && k.Snapshot(now).OnMissing == jwks.OnMissingFetch
}

// Held is the present set, nil if none ever came, and how long ago it was
// fetched, even if that is too long ago to trust it.
func (k *Keys) Held(now time.Time) (set *jwks.Set, age time.Duration) { return k.set, k.age(now) }

// Close gives back a lease, so that no other VM waits for a fetch that is
// cancelled now.
func (k *Keys) Close() {
	k.begun = time.Time{}
	k.attempt++ // an answer that still comes is not the latest attempt's
	if !k.lease.IsZero() {
		k.endLease(func(r record) (record, bool) { return r, false })
	}
}
