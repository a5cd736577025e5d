package states

import (
	"slices"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/tokencache"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestCacheChangesNothing: a request gets the same state with an empty cache,
// and again with what that has left in it.
func TestCacheChangesNothing(t *testing.T) {
	for _, r := range table() {
		if r.config == "" {
			r.config = "production"
		}
		cache := tokencache.Cache{}
		for _, s := range r.shapes() {
			read := request.Read(s.headersOf(r.fill(r.request)))
			policy := policies(t)[r.config]
			group := groupOf(policy, r.providers)
			want := group.State(read, r.checker(policy))
			for range 2 {
				checker := r.checker(policy)
				checker.Cache = cache
				got := group.State(read, checker)
				if describe(&got, "") != describe(&want, "") || got.Exchanged().Location != want.Exchanged().Location || got.Source != want.Source || !slices.Equal(got.Exchanged().SetCookies, want.Exchanged().SetCookies) {
					t.Errorf("%s: %s with a cache, %s without", r.name, describe(&got, ""), describe(&want, ""))
				}
			}
		}
	}
}

// TestCacheForgets: what was verified counts only while its times hold and its
// key is published.
func TestCacheForgets(t *testing.T) {
	policy := policies(t)["production"]
	read := func(text string) *request.Request {
		return request.Read(shapes[0].headersOf(fill(text)))
	}
	other, err := jwks.Parse([]byte(fill("{jwks clerk2}")), jwks.Remote)
	if err != nil {
		t.Fatal(err)
	}
	both := read("Cookie: __session={clerk}; __client_uat=1; __session_{suffix clerk}={clerk}; __client_uat_{suffix clerk}=1")
	for _, test := range []struct {
		name string
		at   time.Duration
		keys func(*session.Provider) jwks.Snapshot
		want string
		left int // in the cache
	}{
		{"at once", 0, knownKeys, "signed-in user_one", 1},
		{"before it expires", 34 * time.Second, knownKeys, "signed-in user_one", 1},
		{"when it has expired", 35 * time.Second, knownKeys, "handshake session-token-expired", 0},
		{"when the clock was put back", -36 * time.Second, knownKeys, "handshake session-token-nbf", 0},
		{"when its key is no longer published", 0, func(*session.Provider) jwks.Snapshot { return jwks.Snapshot{Set: other} }, "signed-out jwk-kid-mismatch", 0},
		{"when its key may have been replaced", 0, func(*session.Provider) jwks.Snapshot {
			return jwks.Snapshot{Set: other, OnMissing: jwks.OnMissingFetch}
		}, "needs-keys keys-unavailable", 0},
		{"when the keys are too old", 0, downKeys, "signed-out keys-unavailable", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			cache := tokencache.Cache{}
			checker := &session.Checker{Now: now, Keys: knownKeys, Verifier: jwt.Go{}, Cache: cache}
			if state := groupOf(policy, nil).State(both, checker); state.Kind != session.SignedIn || len(cache) != 1 {
				t.Fatalf("%s, %d tokens kept", describe(&state, ""), len(cache))
			}
			checker.Now, checker.Keys = now.Add(test.at), test.keys
			state := groupOf(policy, nil).State(both, checker)
			if got := describe(&state, ""); got != test.want || len(cache) != test.left {
				t.Errorf("%s, %d tokens kept; want %s, %d", got, len(cache), test.want, test.left)
			}
		})
	}
}

// TestCacheKeepsNothingLenient: a session token that counts only for a
// development machine's clock is not kept.
func TestCacheKeepsNothingLenient(t *testing.T) {
	r := &row{handshake: "clerkdev", lines: []string{"__session={clerkdev exp=-1h}"}}
	read := request.Read(shapes[0].headersOf(r.fill("/?__clerk_handshake={handshake}")))
	checker := &session.Checker{Now: now, Keys: knownKeys, Verifier: jwt.Go{}, Cache: tokencache.Cache{}}
	if state := groupOf(policies(t)["development"], nil).State(read, checker); !state.Exchanged().Returned || len(checker.Cache.(tokencache.Cache)) != 0 {
		t.Errorf("returned: %v, kept: %d", state.Exchanged().Returned, len(checker.Cache.(tokencache.Cache)))
	}
}
