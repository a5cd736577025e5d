package filter

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"time"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
)

// recordFormat is part of the records' names; to be raised when they change.
const recordFormat = "1"

// sharedKeys is the record through which the VMs of a process share the keys
// of one URL and fetch them once: the set as it came, when, and who is
// fetching. It lies in shared data, where every plugin with the same vm_id can
// read and write it; what is read there is checked like an answer of the net.
//
// The proxy's compare-and-swap has a gap: a value of 0, which creates a record,
// also overwrites. So a record is created when a plugin starts, which Envoy
// does in one VM first, and a lease is only ever taken on a record that is there.
type sharedKeys struct {
	host  Host
	name  string
	lease time.Time // the own one, as it was written
}

// sharedRecord is the record as it was read.
type sharedRecord struct {
	status jwks.Status
	set    []byte
	cas    uint32
	there  bool
	broken bool // the proxy has no shared data
}

func newSharedKeys(host Host, remote *session.Remote) *sharedKeys {
	return &sharedKeys{host: host, name: recordName(remote)}
}

// recordName binds a record to what decides about the answer: URL, cluster and
// headers, each with its length before it.
func recordName(remote *session.Remote) string {
	hash := sha256.New()
	add := func(part string) {
		hash.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		hash.Write([]byte(part))
	}
	add(remote.URL)
	add(remote.Cluster)
	for _, header := range remote.Headers {
		add(header[0])
		add(header[1])
	}
	return "sessiongate/" + recordFormat + "/" + hex.EncodeToString(hash.Sum(nil))
}

func (s *sharedKeys) read() sharedRecord {
	data, cas, err := s.host.SharedData(s.name)
	if err != nil {
		return sharedRecord{broken: !errors.Is(err, ErrNotFound)}
	}
	// What is no record reads as an empty one, and is overwritten.
	status, set, _ := jwks.ParseRecord(data)
	return sharedRecord{status: status, set: set, cas: cas, there: true}
}

func (s *sharedKeys) create() {
	_ = s.host.SetSharedData(s.name, jwks.AppendRecord(nil, jwks.Status{}, nil), 0)
}

// take takes the lease on the record as it was read. Without shared data there
// is nobody to share with, and the lease is free.
func (s *sharedKeys) take(r sharedRecord, lease time.Time) bool {
	if r.broken {
		return true
	}
	if !r.there {
		s.create()
		return false
	}
	r.status.Lease = lease
	if !s.write(r) {
		return false
	}
	s.lease = lease
	return true
}

// publish hands a fetched set to the other VMs, unless they have a newer one.
func (s *sharedKeys) publish(status jwks.Status, set []byte) {
	s.change(func(r *sharedRecord) bool {
		if r.status.Fetched.After(status.Fetched) && !r.status.Fetched.After(s.host.Now()) {
			return s.released(r)
		}
		s.released(r)
		status.Lease = r.status.Lease // of somebody who took the own one for void
		r.status, r.set = status, set
		return true
	})
}

// fail tells the other VMs that an attempt failed.
func (s *sharedKeys) fail(status jwks.Status) {
	s.change(func(r *sharedRecord) bool {
		r.status.Failures, r.status.Failed, r.status.Retry = status.Failures, status.Failed, status.Retry
		s.released(r)
		return true
	})
}

// release gives the lease back without a result.
func (s *sharedKeys) release() { s.change(s.released) }

// released takes the own lease out of the record, and tells whether it was there.
func (s *sharedKeys) released(r *sharedRecord) bool {
	if s.lease.IsZero() || !r.status.Lease.Equal(s.lease) {
		return false
	}
	r.status.Lease = time.Time{}
	return true
}

// change rewrites the record, again if another VM was faster. Giving up leaves
// a lease behind, which ends by itself.
func (s *sharedKeys) change(edit func(*sharedRecord) bool) {
	for range 5 {
		r := s.read()
		if r.broken || !edit(&r) || s.write(r) {
			break
		}
	}
	s.lease = time.Time{}
}

func (s *sharedKeys) write(r sharedRecord) bool {
	return s.host.SetSharedData(s.name, jwks.AppendRecord(nil, r.status, r.set), r.cas) == nil
}
