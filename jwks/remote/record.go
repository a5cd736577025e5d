package remote

import (
	"bytes"
	"cmp"
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/jwks"
)

// Status is what the VMs of a process tell each other about the keys of one
// URL. Times are whole milliseconds; a zero time means never.
type Status struct {
	Fetched  time.Time     // when the published set came
	MaxAge   time.Duration // how long the answer said that it may be kept; zero if it did not
	Asked    time.Time     // when the latest set came that was fetched for an unknown key id
	Failures int           // attempts that have failed since
	Failed   time.Time     // the last of them
	Retry    time.Time     // when the next attempt may start
	Lease    time.Time     // until when a VM is fetching
}

// sensible leaves out what cannot be true now, or would keep others from
// fetching for too long.
func (s Status) sensible(now time.Time, source *Source) Status {
	if s.Fetched.After(now) {
		s.Fetched = time.Time{}
	}
	if s.Asked.After(s.Fetched) {
		s.Asked = time.Time{}
	}
	if s.Failures < 0 || s.Failed.After(now) || !s.Failed.After(s.Fetched) || s.Retry.After(now.Add(longestBackoff)) {
		s.Failures, s.Failed, s.Retry = 0, time.Time{}, time.Time{}
	}
	if !s.Lease.After(now) || s.Lease.After(now.Add(source.leaseTime())) {
		s.Lease = time.Time{}
	}
	return s
}

// statusFields is how many numbers a record begins with.
const statusFields = 7

// AppendRecord appends the record that is shared: the status as a line of
// decimal numbers, then the key set as it was fetched.
func AppendRecord(record []byte, s Status, set []byte) []byte {
	maxAge := cmp.Or(s.MaxAge.Milliseconds(), -1)
	for i, n := range [statusFields]int64{milliseconds(s.Fetched), maxAge, milliseconds(s.Asked),
		int64(s.Failures), milliseconds(s.Failed), milliseconds(s.Retry), milliseconds(s.Lease)} {
		if i > 0 {
			record = append(record, ' ')
		}
		record = strconv.AppendInt(record, n, 10)
	}
	record = append(record, '\n')
	return append(record, set...)
}

// parseRecord reads what AppendRecord wrote. A record that is not one, or
// whose set is longer than jwks.MaxBytes, is as good as none: ok is false. The set
// is part of record, and not looked at.
func parseRecord(record []byte) (s Status, set []byte, ok bool) {
	end := bytes.IndexByte(record[:min(len(record), statusFields*21)], '\n')
	if end < 0 || len(record)-end-1 > jwks.MaxBytes {
		return Status{}, nil, false
	}
	line, set := record[:end], record[end+1:]
	var numbers [statusFields]int64
	for i := range numbers {
		field, rest, more := bytes.Cut(line, []byte{' '})
		n, err := strconv.ParseInt(string(field), 10, 64)
		if err != nil || more != (i < statusFields-1) {
			return Status{}, nil, false
		}
		numbers[i], line = n, rest
	}
	const day = 24 * 60 * 60 * 1000
	if numbers[1] > 1000*day || numbers[3] < 0 || numbers[3] > 1<<30 {
		return Status{}, nil, false
	}
	s = Status{
		Fetched:  at(numbers[0]),
		Asked:    at(numbers[2]),
		Failures: int(numbers[3]),
		Failed:   at(numbers[4]),
		Retry:    at(numbers[5]),
		Lease:    at(numbers[6]),
	}
	if numbers[1] >= 0 {
		s.MaxAge = max(time.Duration(numbers[1])*time.Millisecond, minInterval)
	}
	return s, set, true
}

// milliseconds are 0 for the zero time, which was long before 1970.
func milliseconds(t time.Time) int64 { return max(t.UnixMilli(), 0) }

func at(milliseconds int64) time.Time {
	if milliseconds <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(milliseconds)
}
