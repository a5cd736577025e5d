package jwt_test

import (
	"fmt"
	"testing"

	"github.com/sessiongate/sessiongate/internal/strictjson/strictjsontest"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwt"
)

// costlyTokens are unsigned tokens whose header or payload is costly JSON, and
// how long header and payload are together.
func costlyTokens(size int) map[string]func() (token jwt.Token, length int) {
	tokens := make(map[string]func() (jwt.Token, int))
	add := func(name, header, payload string) {
		tokens[name] = func() (jwt.Token, int) {
			token := jwttest.Encode([]byte(header)) + "." + jwttest.Encode([]byte(payload)) + "."
			return jwt.Token(token), len(header) + len(payload)
		}
	}
	for name, text := range strictjsontest.Costly(size) {
		add(name+", in the header", text, goodPayload)
		add(name+", in the payload", goodHeader, text)
	}
	return tokens
}

const anyLength = 1 << 24

// TestParseAllocatesInProportion: a token is read before its signature is
// looked at, so whoever sends a request chooses what is read.
func TestParseAllocatesInProportion(t *testing.T) {
	for _, size := range []int{300, 6 << 10, 48 << 10} {
		for name, make := range costlyTokens(size) {
			t.Run(fmt.Sprintf("%s, %d bytes", name, size), func(t *testing.T) {
				token, length := make()
				strictjsontest.CheckAllocated(t, length, func() { _, _ = jwt.Parse(token, anyLength) })
				var reader jwt.Reader
				strictjsontest.CheckAllocated(t, length, func() {
					if p, _ := reader.Parse(token, anyLength); p != nil {
						for range 10 { // of a provider's claims are looked up
							reader.Member(p, "missing", "too")
						}
					}
				})
			})
		}
	}
}

// TestManyMembers: a claim is found wherever it stands, however many there are.
func TestManyMembers(t *testing.T) {
	for _, n := range []int{1, 63, 64, 65, 66, 500} {
		text := "{"
		for i := range n {
			text += fmt.Sprintf(`"n%d":{"v":%d},`, i, i)
		}
		var reader jwt.Reader
		p, why := reader.Parse(jwt.Token(assemble(goodHeader, text+goodPayload[1:])), anyLength)
		if p == nil {
			t.Fatalf("%d members: %v", n, why)
		}
		for i := range n {
			if got, _ := reader.Member(p, fmt.Sprintf("n%d", i), "v").Number(); got != float64(i) {
				t.Errorf("%d members: n%d is %v", n, i, got)
			}
		}
		if reader.Member(p, "none").Exists() || reader.Member(p, "sub").Raw != jwt.Member(p.Payload, "sub").Raw {
			t.Errorf("%d members: others are found", n)
		}
	}
}

// FuzzParseAllocates looks for a header and a payload that allocate out of
// proportion.
func FuzzParseAllocates(f *testing.F) {
	f.Add([]byte(goodHeader), []byte(goodPayload))
	for _, text := range strictjsontest.Costly(500) {
		f.Add([]byte(text), []byte(goodPayload))
		f.Add([]byte(goodHeader), []byte(text))
	}
	f.Fuzz(func(t *testing.T, header, payload []byte) {
		token := jwt.Token(jwttest.Encode(header) + "." + jwttest.Encode(payload) + ".")
		strictjsontest.CheckAllocated(t, len(header)+len(payload), func() { _, _ = jwt.Parse(token, anyLength) })
	})
}
