package e2e

import (
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// unknownKeyTests are about keys that come and go.
func unknownKeyTests() []keyTest {
	return []keyTest{
		{name: "unknown-key", run: (*keyTrial).unknownKey},
		{name: "unknown-key-of-no-use", run: (*keyTrial).implausible,
			fields: object{"audiences": list{"api"}, "authorizedParties": list{"https://app.example.com"}}},
		{name: "unknown-key-failure", run: (*keyTrial).unknownKeyFailure},
		{name: "removed-key", run: (*keyTrial).removedKey, fields: object{"jwksRefreshInterval": "1s"}},
		{name: "no-keys-at-all", run: (*keyTrial).noKeysAtAll, fields: object{"jwksRefreshInterval": "1s"}},
		{name: "slow-and-unknown", run: (*keyTrial).slowAndUnknown},
	}
}

// unknownKey: a new key works on its first use, right after the start as well.
func (k *keyTrial) unknownKey() {
	old := k.good()
	k.expect(8, old, signedIn)
	k.fetched(1)
	k.Publish(newKey("second"))
	third := newKey("third")
	k.Publish(third)
	k.Use(third)
	k.expect(50, k.good(), signedIn)
	k.fetched(2)
	k.expect(8, old, signedIn)

	// Within jwksUnknownKeyInterval the answer is no.
	start := time.Now()
	k.expect(50, k.signed(newKey("stray")), unknownKey)
	late := newKey("late")
	k.Publish(late)
	k.expect(8, k.signed(late), unknownKey)
	if took := time.Since(start); took > 4*time.Second {
		k.errorf("refused after %v", took)
	}
	k.fetched(2)
	// After it, yes again.
	k.eventually(15*time.Second, func() string { return k.signed(late) }, signedIn, unknownKey)
	k.fetched(3)
}

// implausible: who could not sign in with a known key causes no fetch and does
// not wait.
func (k *keyTrial) implausible() {
	key := newKey("stray")
	right := func(s *idp.Session) {
		s.Key = key
		s.Header["alg"], s.Header["kid"] = key.Algorithm, key.ID
		s.Claims["aud"], s.Claims["azp"] = "api", "https://app.example.com"
	}
	known := k.token(func(s *idp.Session) { s.Claims["aud"], s.Claims["azp"] = "api", "https://app.example.com" })
	k.expect(8, known, signedIn)
	k.fetched(1)
	now := time.Now()
	for reason, change := range map[string]func(*idp.Session){
		"token-invalid-issuer":             func(s *idp.Session) { s.Claims["iss"] = "https://other.example.com" },
		"token-verification-failed":        func(s *idp.Session) { s.Claims["aud"] = "other" },
		"token-invalid-authorized-parties": func(s *idp.Session) { s.Claims["azp"] = "https://other.example.com" },
		"token-expired":                    func(s *idp.Session) { s.Claims["exp"] = now.Add(-time.Minute).Unix() },
		"token-not-active-yet":             func(s *idp.Session) { s.Claims["nbf"] = now.Add(time.Minute).Unix() },
		"token-invalid-algorithm":          func(s *idp.Session) { s.Header["alg"] = "HS256" },
	} {
		k.expect(4, k.token(func(s *idp.Session) { right(s); change(s) }), expected{401, reason})
	}
	k.expect(4, k.token(func(s *idp.Session) { right(s); delete(s.Header, "kid") }), expected{401, "token-verification-failed"})
	time.Sleep(200 * time.Millisecond)
	k.fetched(1)
	k.expect(4, k.token(right), unknownKey)
	k.fetched(2)
}

// unknownKeyFailure: what could not be looked for is not refused.
func (k *keyTrial) unknownKeyFailure() {
	old := k.good()
	k.expect(8, old, signedIn)
	k.Break(idp.Status(500))
	next := newKey("next")
	k.Publish(next)
	k.Use(next)
	k.expect(20, k.good(), noKeys)
	k.fetched(2)
	k.expect(20, k.good(), noKeys) // no attempt before the backoff is over
	k.fetched(2)
	k.expect(8, old, signedIn)
	k.Break(nil)
	k.eventually(10*time.Second, k.good, signedIn, noKeys)
	k.fetched(3)
}

// removedKey: a withdrawn key verifies nothing any more after one interval,
// not even tokens that are in the cache of verified ones.
func (k *keyTrial) removedKey() {
	first := k.Key()
	second := newKey("second")
	k.Publish(second)
	old := k.signed(first)
	k.expect(40, old, signedIn)
	k.expect(40, old, signedIn)
	k.Withdraw(first)
	k.Use(second)
	withdrawn := time.Now()
	k.eventually(10*time.Second, func() string { return old }, unknownKey, signedIn)
	k.expect(40, old, unknownKey)
	k.reportf("a withdrawn key verified for %v, with jwksRefreshInterval 1s", time.Since(withdrawn).Round(10*time.Millisecond))
	k.expect(8, k.good(), signedIn)
}

// noKeysAtAll: an empty list is an answer.
func (k *keyTrial) noKeysAtAll() {
	old := k.good()
	k.expect(20, old, signedIn)
	key := k.Key()
	k.Withdraw(key)
	k.eventually(10*time.Second, func() string { return old }, unknownKey, signedIn)
	k.expect(20, old, unknownKey)
	k.Publish(key)
	k.eventually(10*time.Second, func() string { return old }, signedIn, unknownKey)
}

// slowAndUnknown: waiting for an unknown key delays nobody else.
func (k *keyTrial) slowAndUnknown() {
	good := k.good()
	k.expect(8, good, signedIn)
	k.Break(idp.Slow(1500 * time.Millisecond))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 4 {
			k.expect(8, k.signed(newKey("stray-"+strconv.Itoa(i))), unknownKey)
		}
	}()
	time.Sleep(100 * time.Millisecond)
	k.until(5*time.Second, "waiting for the key server", func() bool { return k.waiting() > 0 })
	start := time.Now()
	k.expect(20, good, signedIn)
	if k.waiting() == 0 {
		k.errorf("those with a known key were answered after %v, when nobody waited any more", time.Since(start))
	}
	<-done
	k.fetched(2)
}
