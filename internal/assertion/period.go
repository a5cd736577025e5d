package assertion

import "time"

// Grace is how long an assertion may hold after the session token that it was
// made of: whoever gets it has so much time to look at it.
const Grace = 30 * time.Second

// period is when an assertion holds.
type period struct {
	issued, expires int64     // seconds since the epoch
	renew           time.Time // when it is to be made anew
}

// period is that of an assertion that is made now and expires at latest, if
// that is not zero. It is made anew once less than half of it is left, or
// Grace, whichever is less. If it ends with its session token, to make it anew
// would gain nothing: the token is refused Grace before.
func (s *Settings) period(now, latest time.Time) period {
	issued := now.Unix()
	expires := issued + int64(s.Lifetime/time.Second)
	if !latest.IsZero() && latest.Unix() <= expires {
		expires = latest.Unix()
		return period{issued, expires, time.Unix(expires, 0)}
	}
	left := min(s.Lifetime/2, Grace)
	return period{issued, expires, time.Unix(expires, 0).Add(-left)}
}
