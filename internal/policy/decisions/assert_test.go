package decisions

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/assertionkeys"
	"github.com/sessiongate/sessiongate/internal/testkit/tokencache"
	"github.com/sessiongate/sessiongate/jwt"
)

// counting signs nothing, and counts how often; it fails with the error.
type counting struct {
	signed int
	err    error
}

func (c *counting) Sign(string) ([]byte, error) {
	c.signed++
	return make([]byte, 64), c.err
}

// maker makes the assertions of a policy; nil if it has none.
func maker(t testing.TB, p *policy.Policy, signer assertion.Signer) *assertion.Maker {
	t.Helper()
	if p.Assertion == nil {
		return nil
	}
	return assertion.New(*p.Assertion, signer, assertionkeys.Parsed(assertionkeys.New("assertion")), nil)
}

const asserts = `"assertion": {"issuer": "https://gate.example.com", "audience": "backend"}`

// audienced is a configuration with rules for different backends.
const audienced = `{"providers": [{MINE}], ` + asserts + `, "rules": [
	{"paths": ["/open/*"], "auth": "skip"},
	{"paths": ["/maybe/*"], "auth": "optional"},
	{"paths": ["/a/*"], "assertionAudience": "a"},
	{"paths": ["/same/*"], "assertionAudience": "backend"},
	{"paths": ["/log/*"], "onFailure": "log"},
	{"paths": ["/log-a/*"], "onFailure": "log", "assertionAudience": "a"}]}`

// TestAudiences is a table of paths and the audience of the assertion that a
// request for them gets.
func TestAudiences(t *testing.T) {
	for request, want := range map[string]string{
		bearer("GET /"):                              "backend",
		bearer("GET /a/x"):                           "a",
		bearer("GET /a%2Fx"):                         "path-invalid",
		bearer("GET /a/x%2Fy"):                       "a",
		bearer("GET /a/../x"):                        "path-invalid",
		bearer("GET /x/..;/a/x"):                     "path-invalid",
		bearer("GET /A/x"):                           "path-invalid",
		"GET /A/x":                                   "path-invalid",
		bearer("GET /same/../x"):                     "backend",
		bearer("GET /open/../a/x"):                   "a",
		bearer("GET /open/x"):                        "none",
		"GET /maybe/x":                               "none, token-missing",
		bearer("GET /maybe/x"):                       "backend",
		bearer("GET /log/x"):                         "backend",
		bearer("GET /log-a/x"):                       "a",
		bearer("GET /log/../log-a/x"):                "none, path-invalid",
		bearer("GET /log/../a/x"):                    "path-invalid",
		"GET /log/x":                                 "none, token-missing",
		"GET /":                                      "token-missing",
		"OPTIONS /a/../x\nOrigin: https://x.example": "path-invalid",
		"OPTIONS /a/../x\nOrigin: https://x.example\nAccess-Control-Request-Method: GET": "none, cors-preflight",
	} {
		t.Run(request, func(t *testing.T) {
			b := newBench(t, audienced)
			b.maker = maker(t, b.policy, &counting{})
			d := b.decide(b.read(request))
			got := "none"
			for _, line := range d.Identity {
				if line[0] != "x-sessiongate-assertion" {
					continue
				}
				got = audienceIn(t, line[1])
				if d.AssertionHeader != line[0] || strings.Contains(changes(d), line[1]) {
					t.Error("the decision shows the assertion")
				}
			}
			switch {
			case d.Outcome == policy.Respond:
				got = d.Reason.String()
			case d.Reason != reason.None:
				got += ", " + d.Reason.String()
			}
			if got != want {
				t.Errorf("got %s, want %s: %v", got, want, d)
			}
		})
	}
}

func changes(d policy.Decision) (text string) {
	for _, edit := range d.Changes() {
		text += edit.String() + "\n"
	}
	return text
}

func audienceIn(t *testing.T, text string) string {
	t.Helper()
	payload := unbase64URL(t, strings.Split(text, ".")[1])
	_, rest, _ := strings.Cut(payload, `"aud":"`)
	audience, _, _ := strings.Cut(rest, `"`)
	return audience
}

// TestNoAssertion: a request that is to carry an assertion and cannot is
// answered with 500, also where rules only log. Others go on.
func TestNoAssertion(t *testing.T) {
	for request, want := range map[string]string{
		bearer("GET /"):      "500",
		bearer("GET /log/x"): "500",
		"GET /":              "401",
		"GET /log/x":         "forward",
		"GET /maybe/x":       "forward",
	} {
		for name, signer := range map[string]assertion.Signer{"that fails": &counting{err: errors.New("no")}, "none": nil} {
			b := newBench(t, audienced)
			if signer != nil {
				b.maker = maker(t, b.policy, signer)
			}
			d := b.decide(b.read(request + "\nX-Sessiongate-Assertion: mine"))
			got := d.Outcome.String()
			if d.Outcome == policy.Respond {
				got = strconv.Itoa(d.Answer.Status)
			}
			if got != want {
				t.Errorf("%s, signer %s: %s, want %s", request, name, got, want)
			}
			if !strings.Contains(changes(d), "-x-sessiongate-assertion") {
				t.Errorf("%s: the client's own is not removed", request)
			}
		}
	}
}

// TestManyAudiences: of one token the assertions for some audiences are kept,
// and those count in the cache.
func TestManyAudiences(t *testing.T) {
	var rules []string
	for i := range 20 {
		name := strconv.Itoa(i)
		rules = append(rules, `{"paths": ["/`+name+`/*"], "assertionAudience": "backend-`+name+`"}`)
	}
	b := newBench(t, `{"providers": [{MINE}], `+asserts+`, "rules": [`+strings.Join(rules, ", ")+`]}`)
	signer, cache := &counting{}, &growing{Cache: tokencache.Cache{}}
	b.maker, b.cache = maker(t, b.policy, signer), cache
	request := func(i int) {
		t.Helper()
		d := b.decide(b.read(bearer("GET /" + strconv.Itoa(i) + "/x")))
		if got := audienceIn(t, d.Identity[len(d.Identity)-1][1]); got != "backend-"+strconv.Itoa(i) {
			t.Fatalf("the assertion is for %s", got)
		}
	}
	for i := range 8 {
		request(i)
		request(i)
	}
	if signer.signed != 8 || cache.grown < 8*300 {
		t.Errorf("%d were signed, the cache has grown by %d", signer.signed, cache.grown)
	}
	grown := cache.grown
	for i := range 20 {
		request(i)
	}
	if cache.grown > grown+100 {
		t.Errorf("the cache has grown by %d more", cache.grown-grown)
	}
	if signer.signed < 20 {
		t.Errorf("%d were signed", signer.signed)
	}
}

// growing is a cache that adds up what its entries have grown by.
type growing struct {
	tokencache.Cache
	grown int
}

func (c *growing) Grow(_ *session.Provider, _ jwt.Token, bytes int) { c.grown += bytes }

// TestAssertionEnds: it ends soon after the session token.
func TestAssertionEnds(t *testing.T) {
	b := newBench(t, `{"providers": [{MINE, "clockSkew": "10s"}], "assertion": {"issuer": "g", "audience": "b", "lifetime": "10m"}}`)
	b.maker = maker(t, b.policy, &counting{})
	for expression, want := range map[string]time.Duration{
		`{mine {"exp":1800000020}}`:   60 * time.Second,
		`{mine {"exp":1799999991}}`:   31 * time.Second,
		`{mine {"exp":1800000020.9}}`: 60 * time.Second,
		`{mine {"exp":1800009999}}`:   600 * time.Second,
	} {
		d := b.decide(b.read("GET /\nAuthorization: Bearer " + expression))
		payload := unbase64URL(t, strings.Split(d.Identity[len(d.Identity)-1][1], ".")[1])
		if expires := strconv.FormatInt(now.Add(want).Unix(), 10); !strings.Contains(payload, `"exp":`+expires+`,`) {
			t.Errorf("%s: %s, want %s", expression, payload, expires)
		}
	}
}

func unbase64URL(t *testing.T, text string) string {
	t.Helper()
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
