package e2e

import (
	"net/http"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// brokenKeyServers are the ways for a key server to fail of which no user may
// notice more than he must.
var brokenKeyServers = map[string]func() idp.Fault{
	"slow":            func() idp.Fault { return idp.Slow(time.Minute) },
	"down":            idp.Down,
	"error":           func() idp.Fault { return idp.Status(http.StatusInternalServerError) },
	"not-found":       func() idp.Fault { return idp.Status(http.StatusNotFound) },
	"redirect":        func() idp.Fault { return idp.Status(http.StatusFound) },
	"no-content":      func() idp.Fault { return idp.Status(http.StatusNoContent) },
	"html":            idp.HTML,
	"not-json":        func() idp.Fault { return idp.Body(200, "application/json", `{"keys":[`) },
	"no-usable-key":   func() idp.Fault { return idp.Body(200, "application/json", `{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}`) },
	"error-as-json":   func() idp.Fault { return idp.Body(200, "application/json", `{"error":"try later"}`) },
	"over-a-megabyte": func() idp.Fault { return idp.Huge(3 << 20) },
	"hostile":         idp.Hostile,
}

// longestBackoff is what may lie between two attempts, and a little more: a
// key server that has been down for long is not asked again at once.
const longestBackoff = 25 * time.Second

// outageTests are about key servers that are broken from the start until they
// are mended, and about those that break, for longer than keys are trusted.
func outageTests() []keyTest {
	var tests []keyTest
	for name, fault := range brokenKeyServers {
		tests = append(tests, keyTest{
			name:   "at-start-" + name,
			fault:  fault(),
			fields: object{"jwksTimeout": "400ms"},
			run:    (*keyTrial).brokenAtStart,
		}, keyTest{
			name:   "outage-" + name,
			fields: object{"jwksTimeout": "400ms", "jwksRefreshInterval": "1s", "jwksMaxStale": "5s", "jwksUnknownKeyInterval": "1s"},
			run:    func(k *keyTrial) { k.outage(fault()) },
		})
	}
	return append(tests, keyTest{
		name:   "flapping",
		fields: object{"jwksRefreshInterval": "1s"},
		run: func(k *keyTrial) {
			k.expect(8, k.good(), signedIn)
			k.Break(idp.Flapping(2, idp.Down()))
			for end := time.Now().Add(6 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
				k.expect(1, k.good(), signedIn)
			}
			if n := k.Fetches.Load(); n < 4 {
				k.errorf("%d fetches in 6 s", n)
			}
		},
	})
}

// brokenAtStart: without keys there is no answer, which is not a refusal.
func (k *keyTrial) brokenAtStart() {
	k.expect(1, "", withoutSession)
	k.expect(8, k.good(), noKeys)
	k.Break(nil)
	k.eventually(longestBackoff, k.good, signedIn, noKeys)
}

// outage: as long as keys are trusted, it is noticed by nobody whose key is
// known; after that there is no answer.
func (k *keyTrial) outage(fault idp.Fault) {
	stray := k.signed(newKey("stray"))
	k.expect(8, k.good(), signedIn)
	k.Break(fault)
	attempts := k.Fetches.Load()
	for deadline := time.Now().Add(4 * time.Second); k.Fetches.Load() < attempts+2 && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		k.expect(1, k.good(), signedIn)
	}
	// Of an unknown key nobody can say that it is none.
	k.expect(4, stray, noKeys)
	k.expect(1, k.good(), signedIn)

	// In the end the keys are too old.
	k.eventually(15*time.Second, k.good, noKeys, signedIn)
	k.expect(1, "", withoutSession)
	k.expect(4, stray, noKeys)
	k.Break(nil)
	k.eventually(longestBackoff, k.good, signedIn, noKeys)
	k.expect(4, stray, unknownKey)
}
