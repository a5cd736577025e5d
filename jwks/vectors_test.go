package jwks_test

import (
	"path/filepath"
	"testing"

	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

// differences are the key sets that we answer otherwise than Envoy's parser,
// and why.
var differences = map[string]string{
	"jvl-jwks-GoodEC":                       "one of the four keys has a P-521 coordinate without its leading zero; RFC 7518 section 6.2.1.2 demands the full size",
	"jvl-jwks-JwksECMatchAlgES512CrvP521":   "the only key has a P-521 coordinate without its leading zero; RFC 7518 section 6.2.1.2 demands the full size",
	"jvl-jwks-JwksECMissingBothAlgCrvES256": "an EC key without crv; RFC 7518 section 6.2.1.1 requires it, and a default would be a guess",
	"jvl-jwks-JwkECMissingCrv":              "an EC key without crv; RFC 7518 section 6.2.1.1 requires it, and alg does not replace it",
	"jvl-jwks-JwksECUnspecifiedCrv":         "EC keys without crv; RFC 7518 section 6.2.1.1 requires it",
}

// TestVectors compares with Envoy's parser on its own test cases: whether a
// text is a key set, and with how many usable keys.
func TestVectors(t *testing.T) {
	folder := jwttest.Vectors(t, "the key sets from outside were not read")
	agreed, differed := 0, make(map[string]bool)
	jwttest.EachLine(t, filepath.Join(folder, "jwks_parse.jsonl"), func(c *parseCase) {
		got, usable := "ok", 0
		if set, err := jwks.Parse([]byte(c.Raw), jwks.Remote); err != nil {
			got = "error"
		} else {
			usable = len(set.Keys)
		}
		if got == c.Expect && (c.Usable == nil || *c.Usable == usable) {
			agreed++
			return
		}
		differed[c.ID] = true
		if differences[c.ID] == "" {
			t.Errorf("%s: %s with %d keys, Envoy says %s; this difference has no reason", c.ID, got, usable, c.Status)
		}
	})
	for id := range differences {
		if !differed[id] {
			t.Errorf("%s no longer differs: take it out of the table", id)
		}
	}
	t.Logf("report: vectors: key sets of jwt_verify_lib: agreed %d, differed with a reason %d", agreed, len(differed))
}

type parseCase struct {
	ID, Expect string
	Raw        string `json:"jwks_raw"`
	Status     string `json:"envoy_status"`
	Usable     *int   `json:"usable_keys"`
}
