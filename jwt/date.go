package jwt

import (
	"math"
	"time"

	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// Date is a NumericDate (RFC 7519 section 2): seconds since the epoch.
type Date struct {
	Present bool // the claim is there
	Valid   bool // ... and is a number from 0 to the end of the year 9999
	Seconds float64
}

// maxSeconds is the end of the year 9999, the last that RFC 3339 can write. A
// date in milliseconds lies beyond, and so fails instead of lasting for ever.
const maxSeconds = 253402300799

// read takes the claim's value; of several the first.
func (d *Date) read(raw string) {
	if !d.Present {
		*d = DateOf(strictjson.Value{Raw: raw})
	}
}

// DateOf reads a claim that is a date. It is not there if v is not.
func DateOf(v strictjson.Value) Date {
	seconds, ok := v.Number()
	if !ok || seconds < 0 || seconds > maxSeconds {
		return Date{Present: v.Exists()}
	}
	return Date{Present: true, Valid: true, Seconds: seconds}
}

// Time is the date as a time, to the microsecond: finer than that a float64
// does not hold today's dates exactly.
func (d Date) Time() time.Time {
	whole := math.Floor(d.Seconds)
	micro := math.Round((d.Seconds - whole) * 1e6)
	return time.Unix(int64(whole), int64(micro)*1000)
}
