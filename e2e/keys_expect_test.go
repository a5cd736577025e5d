package e2e

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sessiongate/sessiongate/internal/testkit/requesttext"
)

// expected is what a request must get.
type expected struct {
	status int
	reason string // of a refusal
}

func (want expected) check(r response) error {
	problem := ""
	switch {
	case r.Status != want.status:
		problem = fmt.Sprintf("status %d, want %d", r.Status, want.status)
	case want.reason != "" && !strings.Contains(r.Body, `"reason":"`+want.reason+`"`):
		problem = "want the reason " + want.reason
	case want == noKeys && len(values(r.Headers, "retry-after")) == 0:
		problem = "no Retry-After"
	case want.status == http.StatusOK && len(values(r.Headers, "x-echo")) == 0:
		problem = "not from the backend"
	default:
		return nil
	}
	return fmt.Errorf("%s: %.300s", problem, r.Body)
}

func (k *keyTrial) request(token string) sent {
	s := sent{Request: requesttext.Must("GET /")}
	if token != "" {
		s.Headers = [][2]string{{"authorization", "Bearer " + token}}
	}
	return s
}

// ask makes one request.
func (k *keyTrial) ask(token string) (response, error) {
	return send(k.e.addrs[k.listener], k.request(token))
}

// expect makes requests at the same time, each on a connection of its own, so
// that they meet all workers.
func (k *keyTrial) expect(n int, token string, want expected) {
	var wait sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		wait.Go(func() {
			r, err := k.ask(token)
			if err == nil {
				err = want.check(r)
			}
			errs[i] = err
		})
	}
	wait.Wait()
	if failed := slices.DeleteFunc(errs, func(err error) bool { return err == nil }); len(failed) > 0 {
		k.errorf("%d of %d requests: %v", len(failed), n, failed[0])
	}
}

// eventually makes requests until they get what they should, a few in a row;
// every answer before that is held to one of the others.
func (k *keyTrial) eventually(within time.Duration, token func() string, want expected, before ...expected) {
	inRow, start := 0, time.Now()
	var err error
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var r response
		if r, err = k.ask(token()); err != nil {
			break
		}
		if err = want.check(r); err == nil {
			if inRow++; inRow == 8 {
				return
			}
			continue
		}
		inRow = 0
		if !slices.ContainsFunc(before, func(e expected) bool { return e.check(r) == nil }) {
			break
		}
	}
	k.errorf("after %v: %v", time.Since(start).Round(time.Millisecond), err)
}

// until waits for something that happens without requests.
func (k *keyTrial) until(within time.Duration, what string, happened func() bool) {
	for deadline := time.Now().Add(within); !happened(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			k.errorf("after %v: not %s", within, what)
			return
		}
	}
}

// fetched makes sure of the number of fetches so far.
func (k *keyTrial) fetched(want int64) {
	if n := k.Fetches.Load(); n != want {
		k.errorf("%d fetches so far, want %d", n, want)
	}
}

// waiting is how many requests wait, as the filter counts them.
func (k *keyTrial) waiting() int64 { return k.metric("waiting.provider." + k.name) }

func (k *keyTrial) metric(name string) int64 {
	name = "wasmcustom.sessiongate." + name
	stats, err := k.e.Stats(context.Background(), "^"+regexp.QuoteMeta(name)+"$")
	if err != nil {
		k.errorf("%v", err)
	}
	return stats[name]
}

var (
	signedIn       = expected{status: http.StatusOK}
	unknownKey     = expected{http.StatusUnauthorized, "jwk-kid-mismatch"}
	noKeys         = expected{http.StatusServiceUnavailable, "keys-unavailable"}
	withoutSession = expected{http.StatusUnauthorized, "token-missing"}
)
