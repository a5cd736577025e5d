package e2e

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// loadTests are about many requests. With SESSIONGATE_LONG they take a minute.
func loadTests() []keyTest {
	return []keyTest{
		{
			name: "rotation", run: (*keyTrial).rotation, fault: idp.Flapping(3, idp.Status(500)),
			fields: object{"jwksRefreshInterval": "1s", "jwksUnknownKeyInterval": "1s"},
		},
		{name: "random-key-ids", run: (*keyTrial).randomKeyIDs, fields: object{"jwksUnknownKeyInterval": "2s"}},
	}
}

// rotation: every second another key signs. Each is published 3 s before its
// first use and kept for 10 s after, and every third fetch fails. Not one
// answer is wrong.
func (k *keyTrial) rotation() {
	seconds, perSecond := 8, 100
	if long() {
		seconds, perSecond = 60, 400
	}
	stray := newKey("stray")
	var keys []*idp.Key
	for i := range seconds + 4 {
		keys = append(keys, newKey("rotating-"+strconv.Itoa(i)))
	}
	for _, key := range keys[:4] {
		k.Publish(key)
	}
	k.Use(keys[0])
	k.eventually(20*time.Second, k.good, signedIn, noKeys) // the first fetches may have failed
	time.Sleep(3 * time.Second)                            // those four have been published for as long
	began := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(seconds)*time.Second)
	defer cancel()
	go func() {
		for second := 1; second < seconds && ctx.Err() == nil; second++ {
			time.Sleep(time.Until(began.Add(time.Duration(second) * time.Second)))
			k.Publish(keys[second+3])
			k.Use(keys[second])
			if second > 10 {
				k.Withdraw(keys[second-11])
			}
		}
	}()
	var signed, refused, unavailable atomic.Int64
	k.load(ctx, perSecond, func(i int) (token string, check func(response) error) {
		second := int(time.Since(began) / time.Second)
		switch {
		case i%20 == 1: // forged: the kid that is in use, another key
			return k.unnoted(stray, k.Key().ID), func(r response) error {
				refused.Add(1)
				return expected{401, "token-invalid-signature"}.check(r)
			}
		case i%20 == 2 && second > 16: // withdrawn long ago: no session, whatever the key server does
			return k.unnoted(keys[second-16], keys[second-16].ID), func(r response) error {
				if noKeys.check(r) == nil { // the latest fetch has failed
					unavailable.Add(1)
					return nil
				}
				refused.Add(1)
				return unknownKey.check(r)
			}
		}
		key := k.Key()
		return k.unnoted(key, key.ID), func(r response) error { signed.Add(1); return signedIn.check(r) }
	})
	k.reportf("%d keys in %d s, %d fetches of which every third failed: %d requests signed in, %d refused, %d of withdrawn keys told to come back",
		seconds, seconds, k.Fetches.Load(), signed.Load(), refused.Load(), unavailable.Load())
	if n := signed.Load(); n < int64(seconds*perSecond/2) {
		k.errorf("only %d requests were made", n)
	}
}

// randomKeyIDs: a flood of tokens with key ids that nobody knows causes a
// fetch in each interval, and those with a good token are signed in.
func (k *keyTrial) randomKeyIDs() {
	seconds := 3
	if long() {
		seconds = 10
	}
	const perSecond = 500
	k.expect(8, k.good(), signedIn)
	before := k.Fetches.Load()
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(seconds)*time.Second)
	defer cancel()
	key := k.Key()
	good := k.unnoted(key, key.ID)
	var both sync.WaitGroup
	var signed, refused atomic.Int64
	var mu sync.Mutex
	var took []time.Duration
	both.Go(func() {
		k.load(ctx, perSecond/5, func(int) (string, func(response) error) {
			start := time.Now()
			return good, func(r response) error {
				mu.Lock()
				took = append(took, time.Since(start))
				mu.Unlock()
				signed.Add(1)
				return signedIn.check(r)
			}
		})
	})
	signer := newKey("any") // cheaper than the issuer's
	both.Go(func() {
		k.load(ctx, perSecond, func(int) (string, func(response) error) {
			return k.unnoted(signer, "random-"+strconv.FormatUint(rand.Uint64(), 36)), func(r response) error {
				refused.Add(1)
				return unknownKey.check(r)
			}
		})
	})
	both.Wait()
	fetches := k.Fetches.Load() - before
	if most := int64(seconds/2 + 1); fetches > most || fetches == 0 {
		k.errorf("%d fetches in %d s, want at most %d", fetches, seconds, most)
	}
	slices.Sort(took)
	if len(took) > 0 {
		k.reportf("%d tokens with random key ids in %d s: %d fetches; %d good ones all signed in, 99 of 100 within %v",
			refused.Load(), seconds, fetches, signed.Load(), took[len(took)*99/100].Round(100*time.Microsecond))
	}
}

// unnoted is a good token but for its key, and is not looked for in logs: there
// are too many of them.
func (k *keyTrial) unnoted(key *idp.Key, id string) string {
	s := k.Session(time.Now())
	s.Key = key
	s.Header["alg"], s.Header["kid"] = key.Algorithm, id
	return s.Token()
}

// load makes so many requests a second on connections that are kept open, until
// ctx is over. Requests that are late are made nevertheless.
func (k *keyTrial) load(ctx context.Context, perSecond int, next func(i int) (token string, check func(response) error)) {
	const connections = 24
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}, Timeout: clientTimeout}
	defer client.CloseIdleConnections()
	began := time.Now()
	var count atomic.Int64
	var all sync.WaitGroup
	for range connections {
		all.Go(func() {
			for {
				i := int(count.Add(1)) - 1
				time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / time.Duration(perSecond))))
				if ctx.Err() != nil {
					return
				}
				token, check := next(i)
				r, err := k.get(client, token)
				if err == nil {
					err = check(r)
				}
				if err != nil {
					k.errorf("request %d, after %v: %v", i, time.Since(began).Round(time.Millisecond), err)
				}
			}
		})
	}
	all.Wait()
}

func (k *keyTrial) get(client *http.Client, token string) (response, error) {
	request, err := http.NewRequest(http.MethodGet, "http://"+k.e.addrs[k.listener]+"/", nil)
	if err != nil {
		return response{}, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := client.Do(request)
	if err != nil {
		return response{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return response{answer.StatusCode, lines(answer.Header), string(body), nil}, err
}
