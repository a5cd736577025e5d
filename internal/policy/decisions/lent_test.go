package decisions

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// lentConfigs are configurations in which nothing but headers is kept of a token,
// and one in which claims are.
var lentConfigs = []string{
	`{"providers": [{CLERK, "forwardOriginalToken": true}]}`,
	`{"providers": [{MINE, "fromCookies": ["session"]}, {OTHER, "fromCookies": ["session", "second"]}, {CLERK}]}`,
	`{"providers": [{MINE, "fromCookies": ["session"], "outputPayloadToHeader": "x-payload", "foreignTokens": {"opaque": true, "issuers": ["https://third.example"]}},
		{OTHER, "foreignTokens": {"opaque": true, "issuers": ["https://third.example"]}}]}`,
	`{"providers": [{MINE, "fromCookies": ["session"]}, {DOWN, "fromCookies": ["second"]}]}`,
	`{"providers": [{CLERK}], "filterState": true, "rules": [{"require": [{"claim": "org_permissions", "values": ["org:teams:*"]}]}, {"paths": ["/x"]}]}`,
}

// lentTokens are tokens by what is in braces; N differs from one to the next.
var lentTokens = []string{
	`{mine {"sid":"N"}}`, `{mine {"sid":"N","name":"é N","aud":["a","b"]}}`, `{mine {"sid":"N"} tamper=signature}`, `{mine {"exp":1,"sid":"N"}}`,
	`{mine {"iss":"https://third.example","sid":"N"}}`, `{other {"sid":"N"}}`, `{down {"sid":"N"}}`,
	`{clerk {"sid":"N","v":2,"o":{"id":"org_N","slg":"s N","rol":"admin","per":"read,manage","fpm":"3,1"},"fea":"o:teams,u:N","pla":"o:gold"}}`,
	`{clerk {"sid":"N","org_id":"org_N","org_permissions":["org:teams:N","b"]}}`, `{clerk {"sid":"N"} tamper=signature}`, "sk_live_N", "not.a.token",
}

// lentShapes are requests; each @ is a token.
var lentShapes = []string{
	"GET /\nAuthorization: Bearer @", "GET /\nCookie: session=@; a=b", "GET /\nCookie: session=@; second=@",
	"GET /x\nSec-Fetch-Dest: document\nCookie: __session=@; __client_uat=1799999000", "POST /\nAuthorization: Bearer @\nCookie: session=@; second=@",
	"GET /\nCookie: __session=@; __session_naoXFJnI=@; __client_uat=1799999000; __client_uat_naoXFJnI=1799999000",
}

// TestLentMemory sends requests through one checker with a cache, in memory that is
// written over after each: as the proxy's is. Each is decided about as by a checker
// of its own without a cache, in memory of its own.
func TestLentMemory(t *testing.T) {
	for i, config := range lentConfigs {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(i), 1))
			b := newBench(t, config)
			checker := newLentChecker()
			checker.Cache = &ring{}
			reader := b.policy.NewReader()
			signedIn := 0
			for n := range 1000 {
				if n%100 == 0 {
					clear(b.Minted)
				}
				headers := b.read(lentRequest(random)).Headers
				alone := newLentChecker()
				want := b.policy.Decide(request.Read(headers), &alone)
				lent, memory := inOneMemory(headers)
				got := b.policy.Decide(reader.Read(lent), &checker)
				if g, w := printed(&got), printed(&want); g != w {
					t.Fatalf("request %d: %q\n%s\nwant\n%s", n, headers, g, w)
				}
				if got.Label == policy.LabelSignedIn {
					signedIn++
				}
				for i := range memory {
					memory[i] = 'X'
				}
			}
			if signedIn < 100 {
				t.Errorf("only %d of 1000 requests were signed in", signedIn)
			}
		})
	}
}

func newLentChecker() session.Checker {
	return session.Checker{Now: now, Verifier: jwt.Go{}, Keys: func(*session.Provider) jwks.Snapshot {
		return jwks.Snapshot{OnMissing: jwks.OnMissingRefuse}
	}}
}

// lentRequest is a request with tokens of few kinds, so that many are met again.
func lentRequest(random *rand.Rand) string {
	text := lentShapes[random.IntN(len(lentShapes))]
	for strings.Contains(text, "@") {
		token := lentTokens[random.IntN(len(lentTokens))]
		text = strings.Replace(text, "@", strings.ReplaceAll(token, "N", strconv.Itoa(random.IntN(8))), 1)
	}
	return text
}

// inOneMemory is a copy of header lines whose texts lie in one piece of memory.
func inOneMemory(headers [][2]string) (lines [][2]string, memory []byte) {
	for _, h := range headers {
		memory = append(append(memory, h[0]...), h[1]...)
	}
	at := 0
	take := func(n int) string {
		at += n
		return unsafe.String(unsafe.SliceData(memory[at-n:]), n)
	}
	for _, h := range headers {
		lines = append(lines, [2]string{take(len(h[0])), take(len(h[1]))})
	}
	return lines, memory
}

// printed is all that a decision says.
func printed(d *policy.Decision) string {
	var b strings.Builder
	fmt.Fprintln(&b, d.Outcome, d.Label, d.Reason, d.Enforced, d.Rule, d.PayloadHeader, d.SetCookies, d.FilterState)
	for _, p := range []*session.Provider{d.Provider, d.Demand} {
		if p != nil {
			fmt.Fprintln(&b, p.Name)
		}
	}
	for _, e := range d.Changes() {
		fmt.Fprintln(&b, e.Op, e.Name, e.Value, e.Payload, e.Sensitive)
	}
	a := &d.Answer
	fmt.Fprintln(&b, a.Status, a.Headers, a.Body, a.Details, a.GRPCStatus)
	return b.String()
}

// ring keeps the last verified tokens.
type ring struct {
	kept [16]*session.Verified
	by   [16]*session.Provider
	next int
}

func (r *ring) Get(p *session.Provider, t jwt.Token) *session.Verified {
	for i, v := range r.kept {
		if v != nil && r.by[i] == p && v.Token == t {
			return v
		}
	}
	return nil
}

func (r *ring) Add(p *session.Provider, v *session.Verified) {
	r.kept[r.next], r.by[r.next] = v, p
	r.next = (r.next + 1) % len(r.kept)
}

func (r *ring) Remove(p *session.Provider, t jwt.Token) {
	for i, v := range r.kept {
		if v != nil && r.by[i] == p && v.Token == t {
			r.kept[i] = nil
		}
	}
}

func (*ring) Grow(*session.Provider, jwt.Token, int) {}
