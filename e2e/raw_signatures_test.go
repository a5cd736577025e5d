package e2e

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// rawSignature is a line of raw_sig.jsonl.
type rawSignature struct {
	ID, Alg, Result, Comment string
	JWK                      json.RawMessage
	Message                  string `json:"msg_hex"`
	Signature                string `json:"sig_hex"`
	Flags                    []string
}

// TestRawSignatures has the proxy verify published signatures, right and
// wrong, by way of the filter's verifier. Package jwt runs the same through Go.
// Neither PS* nor EdDSA is ever verified by the proxy.
func TestRawSignatures(t *testing.T) {
	cases := rawSignatures(t)
	findEnvoy(t)
	e := startEnvoy(t, bootstrap{module: verifyModule(t), configs: map[string]string{"raw": ""}}, envoy.Options{Concurrency: 2})

	const connections = 8
	client := &http.Client{Timeout: clientTimeout, Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	t.Cleanup(client.CloseIdleConnections)
	var mu sync.Mutex
	tallies := map[string]*rawTally{}
	waiting := make(chan rawSignature)
	var all sync.WaitGroup
	start := time.Now()
	for range connections {
		all.Go(func() {
			for c := range waiting {
				got, err := c.ask(client, e.addrs["raw"])
				mu.Lock()
				if err != nil {
					t.Errorf("%s: %v", c.ID, err)
				} else {
					if tallies[c.Alg] == nil {
						tallies[c.Alg] = &rawTally{}
					}
					tallies[c.Alg].add(t, c, got)
				}
				mu.Unlock()
			}
		})
	}
	for _, c := range cases {
		waiting <- c
	}
	close(waiting)
	all.Wait()
	took := time.Since(start)

	total := 0
	for _, alg := range slices.Sorted(maps.Keys(tallies)) {
		n := tallies[alg]
		total += n.cases
		report(t, "raw signatures in Envoy: %s: %d cases, %d agree, %d differ; %d verified by the proxy, %d of a wrong length, %d with a key that is refused",
			alg, n.cases, n.agreed, n.cases-n.agreed, n.asked, n.length, n.refused)
	}
	report(t, "raw signatures in Envoy: %d of %d cases in %v", total, len(cases), took.Round(10*time.Millisecond))
	if total != len(cases) {
		t.Errorf("%d of %d cases were answered", total, len(cases))
	}
	for alg := range inProxy {
		if n := tallies[alg]; n == nil || n.asked == 0 {
			t.Errorf("the proxy verified nothing with %s", alg)
		}
	}
	e.checkHealth(t)
}

// inProxy are the algorithms that the proxy verifies, with the length in bytes
// of a signature in the form of JWS where the algorithm alone says it.
var inProxy = map[string]int{"RS256": 0, "RS384": 0, "RS512": 0, "ES256": 64, "ES384": 96, "ES512": 132}

// rawTally counts the answers for one algorithm.
type rawTally struct {
	cases, agreed          int
	asked, length, refused int // how they were answered
}

// add judges an answer. What is "acceptable" may be answered either way. The
// proxy must have been asked, once, unless there was nothing to ask: the key is
// refused, or the signature has a length that no signature of the kind has.
func (n *rawTally) add(t *testing.T, c rawSignature, got *http.Response) {
	t.Helper()
	n.cases++
	right := got.StatusCode == 200
	wrongLength := inProxy[c.Alg] > 0 && len(c.Signature) != 2*inProxy[c.Alg]
	wantAsked := "1"
	switch {
	case got.StatusCode == 400:
		n.refused++
		wantAsked = ""
	case !right && got.StatusCode != 403:
		t.Errorf("%s: answered with %d", c.ID, got.StatusCode)
		return
	case wrongLength:
		n.length++
		wantAsked = "0"
	}
	asked, failed := got.Header.Get("x-asked"), got.Header.Get("x-failed")
	if asked == "1" && failed == "0" {
		n.asked++
	}
	if c.Result != "acceptable" && right != (c.Result == "valid") {
		t.Errorf("%s: %d, expected %s: %s %v", c.ID, got.StatusCode, c.Result, c.Comment, c.Flags)
		return
	}
	if asked != wantAsked || failed != "0" && wantAsked != "" {
		t.Errorf("%s: the proxy was asked %q times, expected %q; it failed %q times", c.ID, asked, wantAsked, failed)
		return
	}
	n.agreed++
}

// ask has the proxy answer the case.
func (c rawSignature) ask(client *http.Client, addr string) (*http.Response, error) {
	r, err := http.NewRequest(http.MethodGet, "http://"+addr+"/", nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("x-alg", c.Alg)
	r.Header.Set("x-jwk", `{"keys":[`+string(c.JWK)+`]}`)
	r.Header.Set("x-message", c.Message)
	r.Header.Set("x-signature", c.Signature)
	answer, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	return answer, answer.Body.Close()
}

// rawSignatures are the cases whose algorithms the proxy verifies. VECTORS
// names their folder; a relative one counts from the project's root.
func rawSignatures(t *testing.T) []rawSignature {
	t.Helper()
	folder := jwttest.Vectors(t, "the signatures from outside were not verified in Envoy")
	var cases []rawSignature
	jwttest.EachLine(t, filepath.Join(folder, "raw_sig.jsonl"), func(c *rawSignature) {
		if _, ok := inProxy[c.Alg]; ok {
			cases = append(cases, *c)
		}
	})
	return cases
}

// verifyModule builds the module that verifies what requests bring.
func verifyModule(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "verifymodule.wasm")
	if err := os.WriteFile(path, compile(t, root, "./e2e/verifymodule"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
