package jwt_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// vectorCase is a line of cases_*.jsonl.
type vectorCase struct {
	ID       string
	Source   string
	Level    string
	Expect   string `json:"expect_jwt"`
	Alg      []string
	Now      *int64
	Requires []string
	Why      string
	JWKS     json.RawMessage
	Raw      *string `json:"jwks_raw"`
	Token    string
}

// keySet is the text of the case's key set.
func (c *vectorCase) keySet() []byte {
	if c.Raw != nil {
		return []byte(*c.Raw)
	}
	return c.JWKS
}

// verdict is how a case was answered.
type verdict struct {
	accepted bool
	why      string
}

// judge answers the case as a provider would that takes what the case allows
// and demands no issuer, no subject and no expiry of its own, because most of
// the cases have none. A claim that is there is checked as always.
func (c *vectorCase) judge() verdict {
	p, r := jwt.Parse(jwt.Token(c.Token), 65536)
	if r != reason.None {
		return verdict{why: r.String()}
	}
	set, err := jwks.Parse(c.keySet(), jwks.Inline)
	if err != nil {
		return verdict{why: err.Error()}
	}
	r = c.verify(p, set)
	return verdict{accepted: r == reason.None, why: r.String()}
}

func (c *vectorCase) verify(p *jwt.Parsed, set *jwks.Set) reason.Reason {
	e := jwt.Expect{Algorithms: jwa.All(), Types: []string{"jwt", "at+jwt"}, ClockSkew: 5 * time.Second}
	if c.Alg != nil {
		e.Algorithms = 0
		for _, name := range c.Alg {
			if alg, ok := jwa.ByName(name); ok {
				e.Algorithms |= jwa.SetOf(alg)
			}
		}
	}
	if _, _, r := e.Authentic(p, jwks.Snapshot{Set: set}, jwt.Go{}, func() reason.Reason { return reason.None }); r != reason.None {
		return r
	}
	claims := p.Claims
	if !jwt.Member(p.Payload, "iss").Exists() {
		claims.Issuer = "absent"
	}
	if !jwt.Member(p.Payload, "sub").Exists() {
		claims.Subject = "absent"
	}
	if claims.Issuer != "" {
		e.Issuers = []string{claims.Issuer}
	}
	at := now
	if c.Now != nil {
		at = time.Unix(*c.Now, 0)
	}
	return e.Claims(&jwt.Parsed{Claims: claims}, at)
}

// tally counts answers by source, and remembers the slowest case.
type tally struct {
	sources   []string
	counts    map[string]*[2]int // by answer
	slowest   time.Duration
	slowestID string
}

// The answers that are counted.
const (
	agreed   = iota
	differed // with a reason in the table
)

func (c *tally) add(source, id string, answer int, took time.Duration) {
	if c.counts == nil {
		c.counts = make(map[string]*[2]int)
	}
	if !slices.Contains(c.sources, source) {
		c.sources = append(c.sources, source)
		c.counts[source] = new([2]int)
	}
	c.counts[source][answer]++
	if took > c.slowest {
		c.slowest, c.slowestID = took, id
	}
}

func (c *tally) log(t *testing.T) {
	var all [2]int
	line := func(source string, counts *[2]int) {
		t.Logf("report: vectors: %-60s agreed %5d  differed with a reason %3d", source, counts[agreed], counts[differed])
	}
	for _, source := range c.sources {
		line(source, c.counts[source])
		for i, n := range c.counts[source] {
			all[i] += n
		}
	}
	line("all", &all)
	t.Logf("report: vectors: slowest: %s, %v", c.slowestID, c.slowest.Round(time.Microsecond))
}

// TestVectors runs the cases from outside.
func TestVectors(t *testing.T) {
	folder := jwttest.Vectors(t, "the verification cases from outside were not run")
	runCases(t, filepath.Join(folder, "cases_own.jsonl"), filepath.Join(folder, "cases_rfc.jsonl"), filepath.Join(folder, "cases_public.jsonl"))
}

// runCases judges every case of the files. A difference fails, unless it is of
// a should or a policy and has its reason in the table; so does an entry of
// the table that no longer differs.
func runCases(t *testing.T, files ...string) {
	var count tally
	seen, different := make(map[string]bool), make(map[string]bool)
	for _, file := range files {
		jwttest.EachLine(t, file, func(c *vectorCase) {
			seen[c.ID] = true
			start := time.Now()
			got := c.judge()
			took := time.Since(start)
			want := c.Expect == "accept"
			if slices.Contains(c.Requires, "hmac") {
				want = false // HMAC is never accepted, by design
			}
			if got.accepted == want {
				count.add(c.Source, c.ID, agreed, took)
				return
			}
			count.add(c.Source, c.ID, differed, took)
			different[c.ID] = true
			switch why := differences[c.ID]; {
			case c.Level == "must":
				t.Errorf("%s: accepted=%v (%s), but it must be %s: %s", c.ID, got.accepted, got.why, c.Expect, c.Why)
			case why == "":
				t.Errorf("%s: accepted=%v (%s), expected %s (%s): this difference has no reason: %s", c.ID, got.accepted, got.why, c.Expect, c.Level, c.Why)
			}
		})
	}
	for id := range differences {
		if seen[id] && !different[id] {
			t.Errorf("%s no longer differs: take it out of the table", id)
		}
	}
	count.log(t)
}
