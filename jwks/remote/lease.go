package remote

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"time"
)

// The VMs of a process share the keys of one URL, and fetch them once, through
// a record in shared data: the set as it came, when, and who is fetching. Every
// plugin with the same vm_id can read and write it.
//
// The proxy's compare-and-swap has a gap: a value of 0, which creates a record,
// also overwrites. So a record is created when a plugin starts, which Envoy
// does in one VM first, and a lease is only ever taken on a record that exists.

// recordFormat is part of the records' names; to be raised when they change.
const recordFormat = "1"

// recordName binds a record to what decides about the answer: URL, cluster and
// headers, each with its length before it.
func (s *Source) recordName() string {
	var text []byte
	for _, pair := range slices.Concat([][2]string{{s.URL, s.Cluster}}, s.Headers) {
		for _, part := range pair {
			text = binary.BigEndian.AppendUint32(text, uint32(len(part)))
			text = append(text, part...)
		}
	}
	hash := sha256.Sum256(text)
	return "sessiongate/" + recordFormat + "/" + hex.EncodeToString(hash[:])
}

// record is the shared record as it was read.
type record struct {
	status      Status
	set         []byte
	cas         uint32
	exists      bool
	unavailable bool // the proxy shares no data
}

func (k *Keys) readRecord() record {
	data, cas, err := k.proxy.SharedData(k.record)
	if err != nil {
		return record{unavailable: !errors.Is(err, ErrNotFound)}
	}
	// What is no record reads as an empty one, and is overwritten.
	status, set, _ := parseRecord(data)
	return record{status: status, set: set, cas: cas, exists: true}
}

// writeRecord reports whether the record was written: no other VM was faster.
func (k *Keys) writeRecord(r record) bool {
	return k.proxy.SetSharedData(k.record, AppendRecord(nil, r.status, r.set), r.cas) == nil
}

// acquireLease takes the lease on the record as it was read, and reports
// whether it did. Without shared data there is no VM to share with, and the
// lease is free.
func (k *Keys) acquireLease(r record, lease time.Time) bool {
	switch {
	case r.unavailable:
		return true
	case !r.exists:
		k.writeRecord(record{})
		return false
	}
	r.status.Lease = lease
	if !k.writeRecord(r) {
		return false
	}
	k.lease = lease
	return true
}

// publish hands the set that was fetched to the other VMs, unless they have a
// newer one.
func (k *Keys) publish(set []byte) {
	k.endLease(func(r record) (record, bool) {
		if r.status.Fetched.After(k.status.Fetched) && !r.status.Fetched.After(k.proxy.Now()) {
			return r, false
		}
		status := k.status
		status.Lease = r.status.Lease // of a VM that took the own lease for void
		r.status, r.set = status, set
		return r, true
	})
}

// publishFailure tells the other VMs that an attempt failed.
func (k *Keys) publishFailure() {
	k.endLease(func(r record) (record, bool) {
		r.status.Failures, r.status.Failed, r.status.Retry = k.status.Failures, k.status.Failed, k.status.Retry
		return r, true
	})
}

// endLease takes the own lease out of the record and updates it, again if
// another VM was faster. update reports whether it changes anything. Giving up
// leaves a lease behind, which ends by itself.
func (k *Keys) endLease(update func(record) (record, bool)) {
	for range 5 {
		r := k.readRecord()
		released := !k.lease.IsZero() && r.status.Lease.Equal(k.lease)
		if released {
			r.status.Lease = time.Time{}
		}
		r, changed := update(r)
		if r.unavailable || !released && !changed || k.writeRecord(r) {
			break
		}
	}
	k.lease = time.Time{}
}
