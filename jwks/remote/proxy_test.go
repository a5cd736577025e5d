package remote_test

import (
	"errors"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

var source = remote.Source{
	URL: "https://keys.example.com/jwks.json", Cluster: "keys",
	RefreshInterval: 5 * time.Minute, Timeout: 5 * time.Second, MaxStale: time.Hour, UnknownKeyInterval: 10 * time.Second,
}

var keySet = jwttest.JWKSet(jwttest.NewKey(jwa.ES256, "a"))

// proxy is a process in which VMs share data: a map, and a queue of the answers
// that are awaited.
type proxy struct {
	now     time.Time
	shared  map[string]stored
	calls   []func(remote.Answer)
	down    bool // calls cannot be sent
	alone   bool // data cannot be shared
	random  float64
	reports []remote.Report
}

type stored struct {
	value []byte
	cas   uint32
}

func newProxy() *proxy {
	return &proxy{now: time.UnixMilli(1_800_000_000_000), shared: map[string]stored{}}
}

func (p *proxy) Dispatch(_ string, _ [][2]string, _ time.Duration, done func(remote.Answer)) error {
	if p.down {
		return errors.New("no such cluster")
	}
	p.calls = append(p.calls, done)
	return nil
}

func (p *proxy) SharedData(name string) ([]byte, uint32, error) {
	s, exists := p.shared[name]
	switch {
	case p.alone:
		return nil, 0, errors.New("not implemented")
	case !exists:
		return nil, 0, remote.ErrNotFound
	}
	return s.value, s.cas, nil
}

func (p *proxy) SetSharedData(name string, value []byte, cas uint32) error {
	s := p.shared[name]
	if p.alone || cas != 0 && cas != s.cas {
		return errors.New("refused")
	}
	p.shared[name] = stored{value, s.cas + 1}
	return nil
}

func (p *proxy) Now() time.Time { return p.now }

func (p *proxy) Random() float64 { return p.random }

// vm is what one VM knows of the keys.
func (p *proxy) vm() *remote.Keys {
	return remote.New(source, p, func(r remote.Report) { p.reports = append(p.reports, r) })
}

// answer answers the oldest call.
func (p *proxy) answer(a answer) {
	done := p.calls[0]
	p.calls = p.calls[1:]
	done(a)
}

// answer is one of a key server; the empty one is that of a broken connection.
type answer struct {
	status, body string
	unreadable   bool // reading it is an error of the proxy
	panics       bool // reading it panics
}

func (a answer) Headers() ([][2]string, error) {
	switch {
	case a.panics:
		panic("oh")
	case a.unreadable:
		return nil, errors.New("internal failure")
	case a.status == "":
		return nil, nil
	}
	return [][2]string{{":status", a.status}, {"cache-control", "max-age=60"}}, nil
}

func (a answer) Body(most int) ([]byte, error) { return []byte(a.body[:min(len(a.body), most)]), nil }

// want checks what a VM has.
func want(t *testing.T, p *proxy, k *remote.Keys, keys int, missing jwks.OnMissing) {
	t.Helper()
	s := k.Snapshot(p.now)
	has := 0
	if s.Set != nil {
		has = len(s.Set.Keys)
	}
	if has != keys || s.OnMissing != missing {
		t.Errorf("%d keys, on missing %d; want %d, on missing %d", has, s.OnMissing, keys, missing)
	}
}

// wantDue checks when Tick is due next.
func wantDue(t *testing.T, p *proxy, k *remote.Keys, want time.Duration) {
	t.Helper()
	if due := k.Tick(); due.Sub(p.now) != want {
		t.Errorf("due in %v, want %v", due.Sub(p.now), want)
	}
}
