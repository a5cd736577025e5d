package e2e

import (
	"net/http"
	"sync"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// fetchTests are about the fetch itself: how it is made, by whom, how often.
func fetchTests() []keyTest {
	var sent sync.Map // header lines of fetches
	return []keyTest{
		{
			name:   "headers",
			fields: object{"jwksHeaders": object{"X-Project": "pro-1", "Accept": "application/jwk-set+json"}},
			fault: func(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
				sent.Store("fetch", r.Header.Clone())
				next(w, r)
			},
			run: func(k *keyTrial) {
				k.expect(4, k.good(), signedIn)
				header, _ := sent.Load("fetch")
				for name, want := range map[string]string{
					"X-Project": "pro-1", "Accept": "application/jwk-set+json", "User-Agent": "sessiongate",
				} {
					if got := header.(http.Header).Values(name); len(got) != 1 || got[0] != want {
						k.errorf("%s is %q, want %q", name, got, want)
					}
				}
			},
		},
		{
			name: "max-age-shortens", fault: cacheControl("public, max-age=1"),
			run: func(k *keyTrial) { k.expect(4, k.good(), signedIn); k.refreshes(3, 4500*time.Millisecond) },
		},
		{
			name: "max-age-does-not-lengthen", fault: cacheControl("max-age=86400"),
			fields: object{"jwksRefreshInterval": "1s"},
			run:    func(k *keyTrial) { k.expect(4, k.good(), signedIn); k.refreshes(3, 4500*time.Millisecond) },
		},
		{
			name: "not-shared", alone: object{"shareKeys": false},
			run: func(k *keyTrial) {
				k.expect(40, k.good(), signedIn)
				k.until(10*time.Second, "a fetch by each of four workers and the main thread", func() bool { return k.Fetches.Load() >= 5 })
				time.Sleep(300 * time.Millisecond)
				k.fetched(5)
			},
		},
	}
}

func cacheControl(value string) idp.Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
		w.Header().Set("Cache-Control", value)
		next(w, r)
	}
}

// refreshes makes sure that the keys are fetched so often in that time, about
// once a second.
func (k *keyTrial) refreshes(least int64, in time.Duration) {
	before := k.Fetches.Load()
	time.Sleep(in)
	if n := k.Fetches.Load() - before; n < least || n > int64(in/time.Second)+1 {
		k.errorf("%d fetches in %v", n, in)
	}
}
