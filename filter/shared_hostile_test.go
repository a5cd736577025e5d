package filter_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// TestHostileSharedData is a table of what another plugin with the same vm_id
// may have written there, before the start and again every second. Whatever it
// is, keys are fetched, and nothing but a key set is believed.
func TestHostileSharedData(t *testing.T) {
	record := func(s remote.Status, set string) func(time.Time) []byte {
		return func(time.Time) []byte { return remote.AppendRecord(nil, s, []byte(set)) }
	}
	hour := time.Hour
	tests := map[string]func(now time.Time) []byte{
		"nothing":            func(time.Time) []byte { return nil },
		"garbage":            func(time.Time) []byte { return []byte(strings.Repeat("\x00\xff", 1000)) },
		"a very long line":   func(time.Time) []byte { return []byte(strings.Repeat("1 ", 1<<20)) },
		"fetched in future":  record(remote.Status{Fetched: filtertest.Epoch.Add(hour)}, jwttest.JWKSet(keyB)),
		"a lease in future":  record(remote.Status{Lease: filtertest.Epoch.Add(hour)}, ""),
		"a retry in future":  record(remote.Status{Failures: 1, Failed: filtertest.Epoch, Retry: filtertest.Epoch.Add(hour)}, ""),
		"a set that is none": func(now time.Time) []byte { return remote.AppendRecord(nil, remote.Status{Fetched: now}, []byte("{")) },
		"a set too large":    record(remote.Status{Fetched: filtertest.Epoch}, jwttest.JWKSet(keyB)+strings.Repeat(" ", jwks.MaxBytes)),
		"leases without end": func(now time.Time) []byte {
			return remote.AppendRecord(nil, remote.Status{Lease: now.Add(9 * time.Second)}, nil)
		},
		"an unusable key":      record(remote.Status{Fetched: filtertest.Epoch}, `{"keys":[{"kty":"oct","k":"AA"}]}`),
		"an unusable deep set": record(remote.Status{Fetched: filtertest.Epoch}, strings.Repeat(`{"keys":[`, 10000)),
	}
	for name, hostile := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			conf := configuration(t, nil, provider(nil))
			if !p.Try(conf) {
				t.Fatal("refused")
			}
			name := p.SharedKeys()[0]
			if !strings.HasPrefix(name, "sessiongate/1/") || len(name) != len("sessiongate/1/")+64 {
				t.Errorf("the record is called %q", name)
			}
			p.SetShared(name, hostile(p.Now()))
			p.OnDispatch = answering(keyA)
			plugins := startAsEnvoy(t, p, conf, 2, 1)
			for range 25 {
				p.Advance(time.Second)
				p.SetShared(name, hostile(p.Now()))
			}
			// Who has no keys can at least fetch them, now and then.
			p.Advance(10 * time.Second)
			for _, plugin := range plugins {
				wantStatus(t, plugin.Do(bearer(token(p, keyA, nil))), "signed-in")
				if got := status(plugin.Do(bearer(token(p, keyB, nil)))); got == "signed-in" {
					t.Error("a key that was not to be believed signed somebody in")
				}
			}
			correct(t, p)
		})
	}
}

// TestSharingIsBound: only plugins that fetch the same thing share it.
func TestSharingIsBound(t *testing.T) {
	p := filtertest.NewProcess()
	p.OnDispatch = answering(keyA)
	vm := p.NewVM()
	for i, changes := range []object{
		nil,
		{"name": "other", "jwksRefreshInterval": "1m"}, // the same thing
		{"jwksUri": "https://keys.example.com/jwks.jso"},
		{"jwksUri": "https://keys.example.com/jwks.jsonk", "jwksCluster": "eys"},
		{"jwksCluster": "keys2"},
		{"jwksHeaders": object{"x-project": "a"}},
		{"jwksHeaders": object{"x-project": "ab"}},
		{"jwksHeaders": object{"x-projecta": "b"}},
	} {
		if !vm.Start(configuration(t, nil, provider(changes))).Started {
			t.Fatalf("%d was refused:\n%s", i, p.LogText())
		}
	}
	p.Advance(time.Second)
	if n := len(p.Calls()); n != 7 {
		t.Errorf("%d fetches, want 7", n)
	}
	correct(t, p)
}
