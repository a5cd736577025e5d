package decisions

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/tokencache"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestForeignTokensAreReadOnce: to see whose a token is costs no second reading
// of it. A forged one is not remembered, so each costs as much as the first.
func TestForeignTokensAreReadOnce(t *testing.T) {
	cost := func(config string) float64 {
		b := newBench(t, config)
		headers := b.read("GET /\nAuthorization: Bearer {mine tamper=signature}").Headers
		checker := session.Checker{Now: now, Verifier: jwt.Go{}, Cache: tokencache.Cache{}}
		reader := b.policy.NewReader()
		return testing.AllocsPerRun(100, func() {
			b.policy.Decide(reader.Read(headers), &checker)
		})
	}
	without := cost(`{"providers": [{MINE}]}`)
	with := cost(`{"providers": [{MINE, "foreignTokens": {"opaque": true, "issuers": ["https://other.example"]}}]}`)
	if with > without {
		t.Errorf("%v allocations where other parties' tokens may be, %v where not", with, without)
	}
}

// FuzzForeignTokens: of what a client writes into the headers that a provider
// reads, only what is opaque reaches an upstream unverified.
func FuzzForeignTokens(f *testing.F) {
	b := newBench(f, `{"providers": [{MINE, "fromHeaders": [{"name": "Authorization", "prefix": "Bearer"}, {"name": "x-token"}, {"name": "x-other", "prefix": "v1:"}],
		"foreignTokens": {"opaque": true}}], "rules": [{"auth": "optional"}]}`)
	line, _ := b.read("GET /\nAuthorization: Bearer {mine tamper=signature}").Header("authorization")
	own := strings.TrimPrefix(line, "Bearer ")
	for _, value := range []string{"sk_live_1", "a.b.c", own, "." + own, own + ".x", strings.ReplaceAll(own, ".", "%2E"), `"` + own + `"`, "x," + own, " " + own + "\t", ""} {
		f.Add("Bearer "+value, value, "v1:"+value)
		f.Add("bearer\t"+value, "Bearer "+value, value)
	}
	f.Fuzz(func(t *testing.T, authorization, token, other string) {
		d := b.decide(request.Read([][2]string{{":method", "GET"}, {":path", "/"}, {":authority", "app.example.com"},
			{"authorization", authorization}, {"x-token", token}, {"x-other", other}}))
		if d.Outcome != policy.Forward {
			return
		}
		stays := map[string]bool{"authorization": true, "x-token": true, "x-other": true}
		for _, e := range d.Changes() {
			delete(stays, e.Name)
		}
		trim := func(s string) string { return strings.Trim(s, " \t") }
		check := func(name, value string) {
			if stays[name] && value != "" && !request.IsOpaque(value) {
				t.Errorf("%s stays: %q", name, value)
			}
		}
		check("x-token", trim(token))
		if value, is := strings.CutPrefix(trim(other), "v1:"); is {
			check("x-other", trim(value))
		}
		if value := trim(authorization); len(value) > 7 && strings.EqualFold(value[:6], "bearer") && (value[6] == ' ' || value[6] == '\t') {
			check("authorization", trim(value[7:]))
		}
	})
}
