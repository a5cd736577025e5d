package filter_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// TestWhoSigns is a table of hosts and what they sign. Whoever does it, the
// assertion is right.
func TestWhoSigns(t *testing.T) {
	signed := jwttest.Signature(nextKey, "another key's signature")
	der, _ := jwa.ECDSADER(signed)
	answer := func(result []byte, err error) func(string, []byte) ([]byte, error, bool) {
		return func(name string, _ []byte) ([]byte, error, bool) { return result, err, name == "sign" }
	}
	tests := map[string]struct {
		prepare func(*filtertest.Process)
		host    bool
		log     string
	}{
		"Envoy":                        {func(*filtertest.Process) {}, true, "signed by the proxy, with the key "},
		"a host without":               {func(p *filtertest.Process) { p.Sign = false }, false, "Go; the proxy has no function sign"},
		"Go by the environment":        {func(p *filtertest.Process) { p.Environment["SESSIONGATE_SIGN"] = "go" }, false, "SESSIONGATE_SIGN"},
		"another environment":          {func(p *filtertest.Process) { p.Environment["SESSIONGATE_SIGN"] = "host" }, true, "the proxy"},
		"a host that signs nothing":    {func(p *filtertest.Process) { p.Foreign = answer([]byte{8, 1}, nil) }, false, "Go"},
		"a host that says nothing":     {func(p *filtertest.Process) { p.Foreign = answer(nil, nil) }, false, "Go"},
		"a host that says nonsense":    {func(p *filtertest.Process) { p.Foreign = answer([]byte{0xff}, nil) }, false, "Go"},
		"a host that fails":            {func(p *filtertest.Process) { p.Foreign = answer(nil, errors.New("oh")) }, false, "Go"},
		"a host with another key":      {func(p *filtertest.Process) { p.Foreign = answer(append([]byte{8, 1, 18, byte(len(der))}, der...), nil) }, false, "Go"},
		"a host that signs as JWS has": {func(p *filtertest.Process) { p.Foreign = answer(append([]byte{8, 1, 18, 64}, signed...), nil) }, false, "Go"},
		"a host that fails later": {func(p *filtertest.Process) {
			calls := 0
			p.Foreign = func(name string, _ []byte) ([]byte, error, bool) {
				if name != "sign" {
					return nil, nil, false
				}
				calls++
				return nil, errors.New("oh"), calls > 1
			}
		}, false, "the proxy"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, config := asserting(t, nil)
			test.prepare(p)
			plugin := start(t, p, config)
			if !strings.Contains(p.LogText(), test.log) {
				t.Errorf("the log does not say %q:\n%s", test.log, p.LogText())
			}
			r := plugin.Do(bearer(token(p, keyA, nil)))
			wantStatus(t, r, "signed-in")
			if claims := assertion(t, p, r); claims["sub"] != "user_1" || claims["provider"] != "mine" {
				t.Errorf("claims %v", claims)
			}
			host, inGo := signatures(p)
			if test.host != (host == 1) || test.host != (inGo == 0) || host+inGo != 1 {
				t.Errorf("%d by the host, %d by Go", host, inGo)
			}
			noSecret(t, p)
			correct(t, p)
		})
	}
}
