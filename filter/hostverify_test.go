package filter_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/filter/filtertest"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// TestWhoVerifies is a table of hosts and what they verify. Whoever does it,
// good signatures pass and others do not.
func TestWhoVerifies(t *testing.T) {
	answer := func(result []byte, err error) func(string, []byte) ([]byte, error, bool) {
		return func(string, []byte) ([]byte, error, bool) { return result, err, true }
	}
	tests := map[string]struct {
		prepare func(*filtertest.Process)
		host    bool
		log     string
	}{
		"Envoy":                     {func(*filtertest.Process) {}, true, "the proxy (RS*, ES*)"},
		"a host without":            {func(p *filtertest.Process) { p.VerifySignature = false }, false, "Go"},
		"Go by the environment":     {func(p *filtertest.Process) { p.Environment = map[string]string{"SESSIONGATE_VERIFY": "go"} }, false, "SESSIONGATE_VERIFY"},
		"another environment":       {func(p *filtertest.Process) { p.Environment = map[string]string{"SESSIONGATE_VERIFY": "host"} }, true, "the proxy"},
		"a host that says yes":      {func(p *filtertest.Process) { p.Foreign = answer([]byte{8, 1}, nil) }, false, "Go"},
		"a host that says no":       {func(p *filtertest.Process) { p.Foreign = answer([]byte{8, 0}, nil) }, false, "Go"},
		"a host that says nothing":  {func(p *filtertest.Process) { p.Foreign = answer(nil, nil) }, false, "Go"},
		"a host that says nonsense": {func(p *filtertest.Process) { p.Foreign = answer([]byte{0xff, 0xff, 8, 1}, nil) }, false, "Go"},
		"a host that fails":         {func(p *filtertest.Process) { p.Foreign = answer(nil, errors.New("oh")) }, false, "Go"},
		"a host that fails later": {func(p *filtertest.Process) {
			calls := 0
			p.Foreign = func(string, []byte) ([]byte, error, bool) {
				calls++
				return nil, errors.New("oh"), calls > 4
			}
		}, false, "the proxy (RS*, ES*)"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := filtertest.NewProcess()
			test.prepare(p)
			var keys []*jwttest.Key
			for _, alg := range jwttest.Algorithms() {
				keys = append(keys, jwttest.NewKey(alg, alg.Name()))
			}
			plugin := start(t, p, configuration(t, object{"tokenCacheSize": 0}, inline(keys...)))
			if !strings.Contains(p.LogText(), test.log) {
				t.Errorf("the log does not say %q:\n%s", test.log, p.LogText())
			}
			for _, key := range keys {
				host, inGo := verifications(p)
				good := token(p, key, nil)
				wantStatus(t, plugin.Do(bearer(good)), "signed-in")
				wantStatus(t, plugin.Do(bearer(jwttest.Tamper(good))), "401")
				wantStatus(t, plugin.Do(bearer(token(p, key.Impostor(), nil))), "401")
				hostAfter, goAfter := verifications(p)
				if test.host && (key.Algorithm.IsPKCS1() || key.Algorithm.IsECDSA()) {
					host += 3
				} else {
					inGo += 3
				}
				if hostAfter != host || goAfter != inGo {
					t.Errorf("%s: %d by the host and %d by Go, want %d and %d", key.Algorithm, hostAfter, goAfter, host, inGo)
				}
			}
			correct(t, p)
		})
	}
}

func verifications(p *filtertest.Process) (host, inGo int64) {
	return p.Metric("sessiongate.verifications.by.host"), p.Metric("sessiongate.verifications.by.go")
}

// TestSignatureLengths: signatures of a wrong length are wrong, also where
// leading zeros would make the numbers right.
func TestSignatureLengths(t *testing.T) {
	key := jwttest.NewKey(jwa.ES256, "lengths")
	for _, inHost := range []bool{true, false} {
		p := filtertest.NewProcess()
		p.VerifySignature = inHost
		plugin := start(t, p, configuration(t, nil, inline(key)))
		signed, _, _ := strings.Cut(reverseCut(token(p, key, nil)), "|")
		signature := jwttest.Signature(key, signed)
		pad := make([]byte, 16)
		padded := append(append(append(append([]byte{}, pad...), signature[:32]...), pad...), signature[32:]...)
		for name, s := range map[string][]byte{"padded to that of ES384": padded, "empty": nil, "short": signature[:63], "long": append(signature, 0)} {
			if got := status(plugin.Do(bearer(signed + "." + jwttest.Encode(s)))); got != "401" {
				t.Errorf("in the host %v: a signature that is %s came to %s", inHost, name, got)
			}
		}
		wantStatus(t, plugin.Do(bearer(signed+"."+jwttest.Encode(signature))), "signed-in")
	}
}

// reverseCut marks the last dot of a token.
func reverseCut(token string) string {
	i := strings.LastIndexByte(token, '.')
	return token[:i] + "|" + token[i+1:]
}
