package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	kit "github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// keyTest is one test about keys, with a provider whose key server no other
// test uses. All providers stand in one configuration, so that each test is
// also one of what other providers' faults change: nothing.
type keyTest struct {
	name   string
	fields object    // of the provider, in place of the defaults or beside them
	alone  object    // of a configuration of its own, beside providers
	before object    // a filter before ours, on a listener of its own
	fault  idp.Fault // of the key server, from the start
	run    func(*keyTrial)
}

// keyTrial is a keyTest under way, in a goroutine of its own: such tests do
// little but wait, so all of them run at once however few processors there
// are.
type keyTrial struct {
	*idp.Issuer
	name     string
	listener string
	e        *running
	done     chan struct{}

	mu      sync.Mutex
	errors  []string
	reports []string
}

// runKeyTests runs the tests in one Envoy.
func runKeyTests(t *testing.T, tests []keyTest, o envoy.Options) {
	t.Helper()
	const together = "together"
	findEnvoy(t)
	b := bootstrap{module: module(t), configs: map[string]string{}, manager: map[string]map[string]any{}}
	var issuers []*idp.Issuer
	var providers []object
	trials := map[string]*keyTrial{}
	for _, test := range tests {
		k := newKeyTrial(t, test)
		k.listener = together
		if test.alone != nil || test.before != nil {
			k.listener = test.name
			b.configs[test.name] = keyConfig(test.alone, k.provider(test.fields))
		} else {
			providers = append(providers, k.provider(test.fields))
		}
		trials[test.name] = k
		issuers = append(issuers, k.Issuer)
	}
	b.configs[together] = keyConfig(nil, providers...)
	for listener := range b.configs {
		b.manager[listener] = object{"access_log": list{}}
	}
	for _, test := range tests {
		if test.before != nil {
			b.manager[test.name]["http_filters"] = append(list{test.before}, b.filters(test.name)...)
		}
	}
	b.keys = startKeyServer(t, issuers...)
	e := startEnvoy(t, b, o)
	for _, test := range tests {
		k := trials[test.name]
		k.e = e
		go func() {
			defer close(k.done)
			test.run(k)
		}()
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { trials[test.name].conclude(t) })
	}
	for _, k := range trials {
		<-k.done
	}
	e.checkHealth(t)
	e.checkLogs(t)
}

func newKeyTrial(t *testing.T, test keyTest) *keyTrial {
	t.Helper()
	issuer := kit.Plain(test.name + ".keys.example.com")
	issuer.Break(test.fault)
	return &keyTrial{Issuer: issuer, name: test.name, done: make(chan struct{})}
}

func startKeyServer(t *testing.T, issuers ...*idp.Issuer) (addr string) {
	t.Helper()
	addr, stop, err := idp.NewServer(issuers...).Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return addr
}

// provider is the trial's, with some fields changed.
func (k *keyTrial) provider(fields object) object {
	p := object{
		"name": k.name, "issuer": k.URL, "jwksCluster": "idp", "jwksUri": k.URL + k.Vendor.KeysPath(),
	}
	maps.Copy(p, fields)
	return p
}

func keyConfig(top object, providers ...object) string {
	all := object{"providers": providers}
	maps.Copy(all, top)
	text, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// conclude waits for the trial to end, and says how it went.
func (k *keyTrial) conclude(t *testing.T) {
	t.Helper()
	<-k.done
	for _, text := range k.reports {
		report(t, "%s", text)
	}
	for _, text := range k.errors {
		t.Error(text)
	}
}

func (k *keyTrial) errorf(format string, args ...any) {
	_, file, line, _ := runtime.Caller(2)
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.errors) < 20 {
		k.errors = append(k.errors, fmt.Sprintf("%s:%d: ", file[strings.LastIndexByte(file, '/')+1:], line)+fmt.Sprintf(format, args...))
	}
}

func (k *keyTrial) reportf(format string, args ...any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.reports = append(k.reports, "keys, "+k.name+": "+fmt.Sprintf(format, args...))
}

// newKey makes a key that is not published yet.
func newKey(id string) *idp.Key { return kit.Key(id, "ES256") }

// good is a token that is right in everything, by the key that signs now.
func (k *keyTrial) good() string { return k.signed(k.Key()) }

// signed is a token that is right in everything but perhaps its key.
func (k *keyTrial) signed(key *idp.Key) string {
	return k.token(func(s *idp.Session) {
		s.Key = key
		s.Header["alg"], s.Header["kid"] = key.Algorithm, key.ID
	})
}

func (k *keyTrial) token(change func(*idp.Session)) string {
	s := k.Session(time.Now())
	change(s)
	return (&Mint{}).note(s.Token())
}
