package monitoring

import (
	"context"
	"io"
	"math"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// traffic is what the dashboard's picture shows: users of three providers, and
// callers that are refused for one reason or another.
type traffic struct {
	url                     string
	clerk, corbado, partner *idp.Issuer
	users                   sync.Map // of an issuer: the token that its users send
}

// startTraffic starts an Envoy for the picture. The partner's keys are soon too
// old, so that an outage of its key server shows within minutes.
func startTraffic(t *testing.T) (*envoy.Process, *traffic) {
	t.Helper()
	clerk, corbado, partner := issuers.Of("clerk"), issuers.Of("corbado"), issuers.Plain("partner.example.com")
	process, url := startEnvoy(t, "", func(c map[string]any) {
		c["signInUrl"] = "https://app.example.com/sign-in"
		c["providers"] = []any{
			map[string]any{"preset": "clerk", "publishableKey": clerk.PublishableKey, "jwksCluster": "clerk",
				"jwksUnknownKeyInterval": "1m", "authorizedParties": []any{clerk.AuthorizedParty}},
			map[string]any{"preset": "corbado", "projectId": corbado.ProjectID, "jwksCluster": "clerk"},
			map[string]any{"name": "partner", "issuer": partner.URL, "jwksUri": partner.URL + "/.well-known/jwks.json", "jwksCluster": "clerk",
				"jwksRefreshInterval": "1m", "jwksMaxStale": "2m"},
		}
		c["rules"] = []any{
			map[string]any{"name": "health", "paths": []any{"/healthz"}, "auth": "skip"},
			map[string]any{"name": "billing-trial", "paths": []any{"/billing"}, "providers": []any{"clerk"}, "onFailure": "log"},
			map[string]any{"name": "admin", "paths": []any{"/admin"}, "providers": []any{"clerk"},
				"require": []any{map[string]any{"claim": "org_role", "values": []any{"org:owner"}}}},
			map[string]any{"name": "partners", "paths": []any{"/partners"}, "providers": []any{"partner"}},
			map[string]any{"name": "api", "paths": []any{"/api"}, "onFailure": "deny"},
		}
	}, clerk, corbado, partner)
	return process, &traffic{url: url, clerk: clerk, corbado: corbado, partner: partner}
}

// run sends requests until the context ends. At given shares of the time Clerk
// signs with a new key while its key server is slow, and then the partner's is
// down.
func (f *traffic) run(ctx context.Context, length time.Duration) {
	at := func(share float64, do func()) {
		timer := time.AfterFunc(time.Duration(share*float64(length)), do)
		context.AfterFunc(ctx, func() { timer.Stop() })
	}
	at(0.25, func() { f.clerk.Break(idp.Slow(4 * time.Second)); f.rotate() })
	at(0.28, func() { f.clerk.Break(nil) })
	at(0.45, func() { f.partner.Break(idp.Status(http.StatusBadGateway)) })
	at(0.60, func() { f.partner.Break(idp.Down()) })
	at(0.75, func() { f.partner.Break(nil) })

	var all sync.WaitGroup
	for _, c := range f.callers() {
		all.Go(func() { f.call(ctx, c, length) })
	}
	all.Wait()
}

// rotate has Clerk sign with another key.
func (f *traffic) rotate() {
	key := issuers.Key("clerk-next", "RS256")
	f.clerk.Publish(key)
	f.clerk.Use(key)
	f.users.Delete(f.clerk)
}

// caller sends requests of one kind.
type caller struct {
	rate    float64 // requests in a second, on average
	wave    float64 // by how much of it the rate rises and falls
	path    string
	headers func() map[string]string
}

func (f *traffic) callers() []caller {
	none := func() map[string]string { return nil }
	bearer := func(token func() string) func() map[string]string {
		return func() map[string]string { return map[string]string{"Authorization": "Bearer " + token()} }
	}
	user := func(i *idp.Issuer) func() map[string]string { return bearer(func() string { return f.user(i) }) }
	expired := func() string { return f.clerk.Session(time.Now().Add(-time.Hour)).Token() }
	unknown := func() string {
		session := f.clerk.Session(time.Now())
		session.Header["kid"] = "made-up"
		return session.Token()
	}
	document := func() map[string]string {
		return map[string]string{"Accept": "text/html", "Sec-Fetch-Dest": "document", "X-Forwarded-Proto": "https"}
	}
	returning := func() map[string]string {
		headers := document()
		headers["Cookie"] = "__client_uat=1700000000"
		return headers
	}
	return []caller{
		{12, 0.4, "/api", user(f.clerk)},
		{5, 0.3, "/api", user(f.corbado)},
		{3, 0.2, "/partners", user(f.partner)},
		{1, 0.5, "/admin", user(f.clerk)},
		{0.7, 0.3, "/billing", none},
		{1, 0, "/healthz", none},
		{2, 0.5, "/api", none},
		{0.8, 0.5, "/api", bearer(expired)},
		{0.3, 0.5, "/api", bearer(unknown)},
		{1.2, 0.6, "/", document},
		{0.6, 0.6, "/", returning},
	}
}

// user is the token of an issuer's user, which a page renews in time.
func (f *traffic) user(i *idp.Issuer) string {
	type token struct {
		text  string
		until time.Time
	}
	if known, ok := f.users.Load(i); ok && time.Now().Before(known.(token).until) {
		return known.(token).text
	}
	fresh := token{i.Session(time.Now()).Token(), time.Now().Add(2 * time.Second)}
	f.users.Store(i, fresh)
	return fresh.text
}

func (f *traffic) call(ctx context.Context, c caller, length time.Duration) {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	begin := time.Now()
	for {
		swing := 1 + c.wave*math.Sin(4*math.Pi*time.Since(begin).Seconds()/length.Seconds()+c.rate)
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Duration(float64(time.Second) / (c.rate * swing))):
		}
		go send(ctx, &client, f.url+c.path, c.headers())
	}
}

// send makes a request; what comes back is for the metrics to say.
func send(ctx context.Context, client *http.Client, url string, headers map[string]string) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	if response, err := client.Do(request); err == nil {
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
	}
}
