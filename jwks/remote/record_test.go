package remote

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/jwks"
)

func TestRecord(t *testing.T) {
	tests := map[string]struct {
		status Status
		set    string
	}{
		"empty":   {},
		"fetched": {Status{Fetched: clock(0), MaxAge: time.Minute}, `{"keys":[]}`},
		"asked":   {Status{Fetched: clock(time.Second), Asked: clock(0)}, `{"keys":[]}`},
		"failing": {Status{Fetched: clock(0), Failures: 3, Failed: clock(1 * time.Second), Retry: clock(5 * time.Second)}, "a\nb"},
		"leased":  {Status{Lease: clock(10 * time.Second)}, ""},
		"largest": {Status{Fetched: clock(0)}, strings.Repeat("x", jwks.MaxBytes)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, set, ok := parseRecord(AppendRecord(nil, test.status, []byte(test.set)))
			if !ok || !same(status, test.status) || string(set) != test.set {
				t.Errorf("read back: %+v, %d bytes, %v", status, len(set), ok)
			}
		})
	}
}

func TestParseRecordRefuses(t *testing.T) {
	tests := map[string]string{
		"nothing":             "",
		"no line":             "0 -1 0 0 0 0 0",
		"too few numbers":     "0 -1 0 0 0 0\n",
		"too many numbers":    "0 -1 0 0 0 0 0 0\n",
		"no number":           "0 -1 0 x 0 0 0\n",
		"empty number":        "0 -1 0  0 0 0\n",
		"out of range":        "99999999999999999999 -1 0 0 0 0 0\n",
		"negative failures":   "0 -1 0 -1 0 0 0\n",
		"endless failures":    "0 -1 0 99999999999 0 0 0\n",
		"huge max-age":        "0 999999999999999 0 0 0 0 0\n",
		"line without an end": strings.Repeat("0", 1<<21),
		"set too large":       "0 -1 0 0 0 0 0\n" + strings.Repeat("x", jwks.MaxBytes+1),
		"JSON":                `{"keys":[]}`,
	}
	for name, record := range tests {
		t.Run(name, func(t *testing.T) {
			if status, set, ok := parseRecord([]byte(record)); ok || set != nil || !same(status, Status{}) {
				t.Errorf("read as %+v, %q", status, set)
			}
		})
	}
}

// FuzzParseRecord: no record panics, none of them keeps a schedule from acting
// for longer than a lease or a backoff, and what is read is written the same.
func FuzzParseRecord(f *testing.F) {
	f.Add([]byte("0 -1 0 0 0 0 0\n"))
	f.Add([]byte("1800000000000 60000 1799999999000 2 1800000000001 1800000002001 1800000009000\n{\"keys\":[]}"))
	f.Add([]byte("-5 -1 -7 0 -9 9223372036854775807 9223372036854775807\nx"))
	f.Fuzz(func(t *testing.T, record []byte) {
		status, set, ok := parseRecord(record)
		if !ok {
			return
		}
		again, setAgain, ok := parseRecord(AppendRecord(nil, status, set))
		if !ok || !same(again, status) || !bytes.Equal(set, setAgain) {
			t.Errorf("%+v is written and read as %+v", status, again)
		}
		k := &Keys{source: testSource}
		if _, until := k.next(clock(0), status); until.After(clock(longestBackoff)) {
			t.Errorf("waits until %v", until)
		}
	})
}

func same(a, b Status) bool {
	return a.Fetched.Equal(b.Fetched) && a.MaxAge == b.MaxAge && a.Asked.Equal(b.Asked) && a.Failures == b.Failures &&
		a.Failed.Equal(b.Failed) && a.Retry.Equal(b.Retry) && a.Lease.Equal(b.Lease)
}
