package jwt

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// TestWindow compares Window with Time, at random and around every edge.
func TestWindow(t *testing.T) {
	const base = 1_800_000_000
	random := rand.New(rand.NewPCG(1, 2))
	date := func() Date {
		switch random.IntN(8) {
		case 0:
			return Date{}
		case 1:
			return Date{Present: true}
		case 2:
			return Date{Present: true, Valid: true, Seconds: maxSeconds}
		case 3:
			return Date{Present: true, Valid: true}
		}
		return Date{Present: true, Valid: true, Seconds: base + float64(random.IntN(40_000))/1000}
	}
	pick := func(of ...time.Duration) time.Duration { return of[random.IntN(len(of))] }
	for range 20_000 {
		e := Expect{
			RequireExpiration: random.IntN(2) == 0,
			ClockSkew:         pick(0, time.Microsecond, 5*time.Second, time.Minute),
			MaxAge:            pick(0, time.Second, 10*time.Second, time.Hour),
		}
		c := Claims{Expiry: date(), NotBefore: date(), IssuedAt: date()}
		from, until := e.Window(&c)
		times := []time.Time{from, until, time.Unix(base+random.Int64N(60)-10, random.Int64N(1e9)), time.Unix(0, 0)}
		for _, at := range times {
			for _, by := range []time.Duration{-time.Second, -1, 0, 1, time.Second} {
				now := at.Add(by)
				inside := !now.Before(from) && now.Before(until)
				// Window may leave out what Time takes, never the other way round.
				if why := e.Time(&c, now); inside && why != reason.None {
					t.Fatalf("%+v, %+v: %v is inside of %v to %v, and fails with %v", e, c, now, from, until, why)
				} else if !inside && why == reason.None && now.Year() > 1970 && now.Year() < 9999 {
					t.Fatalf("%+v, %+v: %v is outside of %v to %v, and passes", e, c, now, from, until)
				}
			}
		}
	}
}
