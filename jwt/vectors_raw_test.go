package jwt_test

import (
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestVectorsRaw checks raw signatures, without a token around them, through
// the Go path. What is "acceptable" may be answered either way.
func TestVectorsRaw(t *testing.T) {
	folder := jwttest.Vectors(t, "the verification cases from outside were not run")
	type rawCase struct {
		ID, Alg, Result, Comment string
		JWK                      json.RawMessage
		Msg                      string `json:"msg_hex"`
		Sig                      string `json:"sig_hex"`
		Flags                    []string
	}
	var count tally
	sets := make(map[string]*jwks.Set)
	jwttest.EachLine(t, filepath.Join(folder, "raw_sig.jsonl"), func(c *rawCase) {
		set, known := sets[string(c.JWK)]
		if !known {
			set, _ = jwks.Parse([]byte(`{"keys":[`+string(c.JWK)+`]}`), jwks.Inline)
			sets[string(c.JWK)] = set
		}
		message, err1 := hex.DecodeString(c.Msg)
		signature, err2 := hex.DecodeString(c.Sig)
		alg, ok := jwa.ByName(c.Alg)
		if err1 != nil || err2 != nil || !ok {
			t.Fatalf("%s: cannot be read", c.ID)
		}
		start := time.Now()
		valid := set != nil && len(set.Keys) == 1 && (jwt.Go{}).Verify(alg, set.Keys[0], string(message), signature)
		took := time.Since(start)
		if c.Result == "acceptable" || valid == (c.Result == "valid") {
			count.add(c.Alg, c.ID, agreed, took)
		} else {
			count.add(c.Alg, c.ID, differed, took)
			t.Errorf("%s: valid=%v, expected %s: %s %v", c.ID, valid, c.Result, c.Comment, c.Flags)
		}
	})
	count.log(t)
}
