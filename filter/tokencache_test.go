package filter_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// verified counts how a request's token was verified.
func cachedAndNot(p *filtertest.Process) (cached, not int64) {
	host, inGo := verifications(p)
	return p.Metric("sessiongate.verifications.by.cache"), host + inGo
}

// TestTokenCache is a table of requests in a row and how often the last one's
// token had to be verified.
func TestTokenCache(t *testing.T) {
	tests := map[string]struct {
		top    object
		more   []object // providers
		before func(*filtertest.Process, *filtertest.Plugin, string)
		want   string
		cached bool
	}{
		"seen before":                           {want: "signed-in", cached: true},
		"seen before, where two providers read": {more: []object{{"name": "other", "issuer": "https://other.example.com", "jwks": jwttest.JWKSet(keyB)}}, want: "signed-in", cached: true},
		"cache off":                             {top: object{"tokenCacheSize": 0}, want: "signed-in"},
		"seen long ago": {
			top: object{"tokenCacheSize": 2},
			before: func(p *filtertest.Process, plugin *filtertest.Plugin, _ string) {
				for i := range 2 {
					plugin.Do(bearer(token(p, keyA, object{"sid": "s" + strconv.Itoa(i)})))
				}
			},
			want: "signed-in",
		},
		"bad tokens take no room": {
			top: object{"tokenCacheSize": 2},
			before: func(p *filtertest.Process, plugin *filtertest.Plugin, _ string) {
				for i := range 50 {
					plugin.Do(bearer(jwttest.Tamper(token(p, keyA, object{"sid": "s" + strconv.Itoa(i)}))))
					plugin.Do(bearer(token(p, keyA, object{"sid": "s" + strconv.Itoa(i), "exp": 1})))
				}
			},
			want: "signed-in", cached: true,
		},
		"another payload under the same signature": {
			before: func(p *filtertest.Process, plugin *filtertest.Plugin, good string) {
				other := strings.Split(token(p, keyA, object{"sub": "user_other"}), ".")
				parts := strings.Split(good, ".")
				wantStatus(t, plugin.Do(bearer(parts[0]+"."+other[1]+"."+parts[2])), "401")
			},
			want: "signed-in", cached: true,
		},
		"bytes are bounded": {
			top: object{"tokenCacheSize": 65536, "maxTokenBytes": 65536},
			before: func(p *filtertest.Process, plugin *filtertest.Plugin, _ string) {
				for i := range 40 {
					plugin.Do(bearer(token(p, keyA, object{"sid": "s" + strconv.Itoa(i), "filler": strings.Repeat("x", 45000)})))
				}
			},
			want: "signed-in",
		},
		"bytes are bounded, with assertions": {
			top: object{
				"tokenCacheSize": 65536, "assertion": object{"issuer": "gate", "audience": "backend"},
				"rules": []object{{"paths": []string{"/a"}, "assertionAudience": "a"}, {"paths": []string{"/b"}, "assertionAudience": "b"}},
			},
			before: func(p *filtertest.Process, plugin *filtertest.Plugin, _ string) {
				for i := range 700 { // without assertions there is room for more than 1,000
					text := token(p, keyA, object{"sid": "s" + strconv.Itoa(i)})
					for _, path := range []string{"/", "/a", "/b"} {
						wantStatus(t, plugin.Do(filtertest.Get(path, [2]string{"authorization", "Bearer " + text})), "signed-in")
					}
				}
			},
			want: "signed-in",
		},
		"expired meanwhile": {
			before: func(p *filtertest.Process, _ *filtertest.Plugin, _ string) { p.Advance(2 * time.Hour) },
			want:   "401", cached: true,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			p.Environment = map[string]string{signingEnv: jwttest.PrivatePEM(signingKey)}
			plugin := start(t, p, configuration(t, test.top, append([]object{inline(keyA)}, test.more...)...))
			good := token(p, keyA, nil)
			wantStatus(t, plugin.Do(bearer(good)), "signed-in")
			if test.before != nil {
				test.before(p, plugin, good)
			}
			cached, not := cachedAndNot(p)
			wantStatus(t, plugin.Do(bearer(good)), test.want)
			cachedAfter, notAfter := cachedAndNot(p)
			if test.cached && (cachedAfter != cached+1 || notAfter != not) || !test.cached && (cachedAfter != cached || notAfter != not+1) {
				t.Errorf("verified %d times by the cache and %d otherwise", cachedAfter-cached, notAfter-not)
			}
			correct(t, p)
		})
	}
}

// TestRemovedKey: a key that is no longer published stops verifying with the
// next set, tokens from the cache included.
func TestRemovedKey(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA, keyB)
	plugins := startAsEnvoy(t, p, configuration(t, nil, provider(object{"jwksRefreshInterval": "30s"})), 2, 2)
	p.Advance(time.Second)
	good := token(p, keyA, nil)
	for _, plugin := range plugins {
		wantStatus(t, plugin.Do(bearer(good)), "signed-in")
	}
	p.OnDispatch = answering(keyB)
	p.Advance(30*time.Second + 100*time.Millisecond)
	for _, plugin := range plugins {
		// The first of them has it looked for once more.
		wantStatus(t, after(p, 20*time.Millisecond, plugin, bearer(good)), "401")
	}
	if n := len(p.Calls()); n != 3 {
		t.Errorf("%d fetches, want 3", n)
	}
	correct(t, p)
}
