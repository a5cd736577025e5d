package e2e

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

const (
	loadRequests = 10_000
	loadWarm     = 2_000
	// maxGrowthKiB is how much Envoy may grow between the two.
	maxGrowthKiB = 4 << 10
)

// visitor is a kind of request under load, and what it gets.
type visitor struct {
	config string
	header string
	value  func(i int) string
	status int
	user   string // at the upstream
}

// TestLoad sends good and bad requests of all presets, mixed, on a few
// connections: every answer is right, and Envoy does not grow.
func TestLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	b := bootstrap{configs: map[string]string{}}
	mint := &Mint{Now: time.Now()}
	for _, name := range []string{"clerk", "oneauxilia", "corbado"} {
		b.configs[name] = mint.fill(configs[name].JSON)
	}
	e := startEnvoy(t, b, envoy.Options{Concurrency: 2, Components: "wasm:debug"})
	visitors := loadVisitors(mint)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}, Timeout: clientTimeout}
	defer client.CloseIdleConnections()

	load := func(from, to int) {
		next := make(chan int)
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				for i := range next {
					v := visitors[i%len(visitors)]
					if err := v.visit(client, e.addrs[v.config], i); err != nil {
						t.Errorf("request %d: %v", i, err)
					}
				}
			})
		}
		for i := from; i < to && !t.Failed(); i++ {
			next <- i
		}
		close(next)
		wait.Wait()
	}
	load(0, loadWarm)
	before, err := e.ResidentKiB()
	load(loadWarm, loadRequests)
	after, errAfter := e.ResidentKiB()
	if err != nil || errAfter != nil {
		report(t, "load: %d requests; memory not measured: %v", loadRequests, err)
	} else {
		report(t, "load: %d requests; Envoy had %d KiB after %d of them, and %d KiB at the end", loadRequests, before, loadWarm, after)
		if after > before+maxGrowthKiB {
			t.Errorf("Envoy grew by %d KiB", after-before)
		}
	}
	e.checkHealth(t)
	e.checkLogs(t)
}

// loadVisitors are good and bad requests: for each preset some tokens that come
// again and again, and bad ones of which no two are alike.
func loadVisitors(mint *Mint) []visitor {
	cookies := map[string]string{"clerk": "__client_uat={now-600s}; __session=", "oneauxilia": "__session=", "corbado": "cbo_session_token="}
	users := map[string]string{"clerk": "user_clerk", "oneauxilia": "user_oneauxilia", "corbado": "usr-corbado"}
	var all []visitor
	for _, name := range []string{"clerk", "oneauxilia", "corbado"} {
		var tokens []string
		for i := range 50 {
			// Long-lived, so that a slow machine does not see them expire.
			tokens = append(tokens, mint.note(mint.Token(name, "exp=1h", fmt.Sprintf("jti=%d", i))))
		}
		expired := mint.note(mint.Token(name, "exp=-60s", "iat=-120s"))
		none := mint.note(mint.Token(name, "header.alg=none"))
		hmac := mint.note(mint.Token(name, "header.alg=HS256"))
		good := func(i int) string { return tokens[i%len(tokens)] }
		bad := func(i int) string { return changed(tokens[i%len(tokens)], i) }
		bearer := func(token func(int) string) func(int) string {
			return func(i int) string { return "Bearer " + token(i) }
		}
		cookie := func(token func(int) string) func(int) string {
			prefix := mint.fill(cookies[name])
			return func(i int) string { return prefix + token(i) }
		}
		always := func(s string) func(int) string { return func(int) string { return s } }
		all = append(all,
			visitor{name, "Authorization", bearer(good), 200, users[name]},
			visitor{name, "Cookie", cookie(good), 200, users[name]},
			visitor{name, "Authorization", bearer(bad), 401, ""},
			visitor{name, "Cookie", cookie(bad), 401, ""},
			visitor{name, "Authorization", bearer(always(expired)), 401, ""},
			visitor{name, "Authorization", bearer(always(none)), 401, ""},
			visitor{name, "Authorization", bearer(always(hmac)), 401, ""},
			visitor{name, "Cookie", func(i int) string { return strings.Repeat("a=b; ", i%200) }, 401, ""},
			visitor{name, "X-Identity-User-Id", always("mallory"), 401, ""},
		)
	}
	return all
}

// changed is a token with a signature that is wrong in a way of its own.
func changed(token string, i int) string {
	dot := strings.LastIndexByte(token, '.')
	mark := fmt.Sprintf("%06d", i)
	return token[:dot+1] + mark + token[dot+1+len(mark):]
}

func (v visitor) visit(client *http.Client, addr string, i int) error {
	request, err := http.NewRequest(http.MethodGet, fmt.Sprintf("http://%s/%d", addr, i), nil)
	if err != nil {
		return err
	}
	request.Header.Set(v.header, v.value(i))
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	got := throughEnvoy(response{answer.StatusCode, lines(answer.Header), string(body), nil})
	user := first(got.Upstream, "x-identity-user-id")
	if got.Status != v.status || user != v.user {
		return fmt.Errorf("%s by %s: status %d, user %q; want %d, %q", v.config, v.header, got.Status, user, v.status, v.user)
	}
	return nil
}
