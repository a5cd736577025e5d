package filter_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// TestRotation: keys change every second, the server fails every third time,
// and no answer is wrong. Each key is published 3 s before its first use and
// kept for 10 s after.
func TestRotation(t *testing.T) {
	p := filtertest.NewProcess()
	var published []*jwttest.Key
	fetches := 0
	p.OnDispatch = func(c *filtertest.Call) {
		fetches++
		if fetches%3 == 0 {
			c.Answer(500, nil, "")
			return
		}
		c.Answer(200, nil, jwttest.JWKSet(published...))
	}
	publish := func(second int) {
		published = append(published, keyNumber(second))
		published = published[max(0, len(published)-14):]
	}
	for i := range 4 {
		publish(i)
	}
	conf := configuration(t, nil, provider(object{"jwksRefreshInterval": "1s", "jwksUnknownKeyInterval": "1s"}))
	var workers []*filtertest.Plugin
	for range 5 {
		workers = append(workers, start(t, p, conf))
	}
	p.Advance(2 * time.Second)
	for second := range 60 {
		publish(second + 4)
		for range 10 {
			p.Advance(100 * time.Millisecond)
			for _, worker := range workers {
				s := worker.Begin(bearer(token(p, keyNumber(second), nil)))
				if s.Result().Waiting {
					p.Advance(50 * time.Millisecond)
				}
				if got := status(s.Result()); got != "signed-in" {
					t.Fatalf("second %d: %s: %s", second, got, s.Result().Response.Body)
				}
			}
		}
	}
	if fetches > 100 {
		t.Errorf("%d fetches by 5 workers in 62 s", fetches)
	}
	correct(t, p)
}

func keyNumber(n int) *jwttest.Key { return rotating[n%len(rotating)].numbered(n) }

// rotating keeps the test from making a key for each second: kids count on,
// keys come back after 16.
var rotating = func() (keys [16]rotatingKey) {
	for i := range keys {
		keys[i].key = jwttest.NewKey(keyA.Algorithm, "rotating"+strconv.Itoa(i))
	}
	return keys
}()

type rotatingKey struct{ key *jwttest.Key }

func (r rotatingKey) numbered(n int) *jwttest.Key {
	k := *r.key
	k.ID = "r" + strconv.Itoa(n)
	return &k
}
