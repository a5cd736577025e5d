package states

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/tokencache"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// yes takes the cost of signatures away, which is not this package's.
type yes struct{}

func (yes) Verify(jwa.Algorithm, *jwks.Key, string, []byte) bool { return true }

// forgetful is a cache in which no token was ever seen.
type forgetful struct{}

func (forgetful) Get(*session.Provider, jwt.Token) *session.Verified { return nil }
func (forgetful) Add(*session.Provider, *session.Verified)           {}
func (forgetful) Grow(*session.Provider, jwt.Token, int)             {}
func (forgetful) Remove(*session.Provider, jwt.Token)                {}

// hot are requests of somebody who is signed in. How many allocations their
// state may take, the request's cookies included: seen, with a token that is in
// the cache, is most requests; unseen is the first one with each token.
var hot = map[string]struct {
	config, request string
	seen, unseen    float64
}{
	"bearer":     {"bearer only", "Authorization: Bearer {clerk}", 0, 5},
	"kinds":      {"kinds", "Authorization: Bearer {" + oauthToken + ` scope:="read\u0020write"}`, 0, 7},
	"one cookie": {"plain", "Cookie: theme=dark; session={plain}; lang=en", 0, 5},
	"clerk, suffixed": {"production",
		"Cookie: theme=dark; __session_{suffix clerk}={clerk}; __client_uat_{suffix clerk}={now-60s}", 0, 5},
	"clerk, not suffixed": {"production", "Cookie: theme=dark; __session={clerk}; __client_uat={now-60s}", 0, 5},
	"clerk, both": {"production",
		"Cookie: __session={clerk}; __client_uat={now-60s}; __session_{suffix clerk}={clerk}; __client_uat_{suffix clerk}={now-60s}", 0, 5},
	// The other instance's token is never verified and so never kept: it is
	// read on every request.
	"clerk, both, of two instances": {"production",
		"Cookie: __session={clerk2}; __client_uat={now-60s}; __session_{suffix clerk}={clerk}; __client_uat_{suffix clerk}={now-60s}", 4, 13},
	"clerk, organisation": {"production",
		`Authorization: Bearer {clerk v:=2 fea=o:teams,o:bills o:={"id":"org_1","rol":"admin","slg":"acme","per":"manage,read","fpm":"3,2"}}`, 0, 12},
	"the last provider of four": {"everybody", "Cookie: theme=dark; session={plain}; lang=en", 0, 5},
}

// stateOf reads a request and has its state named, again and again.
func stateOf(t testing.TB, config, text string, cache session.Cache) func() {
	headers := shapes[0].headersOf(fill(text))
	group := groupOf(policies(t)[config], nil)
	sources := session.Sources(policies(t)[config].Providers, nil, nil)
	checker := &session.Checker{Now: now, Keys: knownKeys, Verifier: yes{}, Cache: cache}
	if state := group.State(request.Read(headers), checker); state.Kind != session.SignedIn {
		t.Fatal(describe(&state, ""))
	}
	reader := request.NewReader(sources)
	return func() {
		group.State(reader.Read(headers), checker)
	}
}

// TestAllocations guards what every request pays for before it is let pass.
func TestAllocations(t *testing.T) {
	for name, row := range hot {
		t.Run(name, func(t *testing.T) {
			if got := testing.AllocsPerRun(200, stateOf(t, row.config, row.request, tokencache.Cache{})); got > row.seen {
				t.Errorf("token seen before: %v allocations, want at most %v", got, row.seen)
			}
			got := testing.AllocsPerRun(200, stateOf(t, row.config, row.request, forgetful{}))
			if got > row.unseen {
				t.Errorf("new token: %v allocations, want at most %v", got, row.unseen)
			}
			t.Logf("new token: %v allocations", got)
		})
	}
}

func BenchmarkState(b *testing.B) {
	for name, row := range hot {
		for which, cache := range map[string]session.Cache{"seen": tokencache.Cache{}, "unseen": forgetful{}} {
			b.Run(name+"/"+which, func(b *testing.B) {
				state := stateOf(b, row.config, row.request, cache)
				b.ReportAllocs()
				for b.Loop() {
					state()
				}
			})
		}
	}
}
