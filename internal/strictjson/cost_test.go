package strictjson_test

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// vendor is a payload of the size and shape that session vendors issue.
var vendor = []byte(`{"azp":"https://app.example","exp":1800000060,"fva":[0,-1],"iat":1800000000,"iss":"https://clerk.example.com",` +
	`"jti":"0123456789abcdef","nbf":1799999990,"o":{"fpm":"3,2","id":"org_2b3c4d5e6f7g8h9i0j","per":"manage,read","rol":"admin","slg":"acme"},` +
	`"sid":"sess_2b3c4d5e6f7g8h9i0j","sts":"active","sub":"user_2b3c4d5e6f7g8h9i0j","email":"ada@example.com","name":"Ada Lovelace","v":2}`)

// slashes is the payload as encoders write it that escape them.
var slashes = []byte(strings.ReplaceAll(string(vendor), "/", `\/`))

// A token's payload is read for every token not seen before, its members for
// every request with rules about claims. Text is only put together anew if it
// has escapes.
func TestReadingAPayloadAllocatesNothing(t *testing.T) {
	object, ok := strictjson.Object(vendor)
	if !ok {
		t.Fatal("not read")
	}
	bytes := 0
	each := func(name, raw, text string) { bytes += len(name) + len(raw) + len(text) }
	for name, row := range map[string]struct {
		allocations float64
		do          func() bool
	}{
		"Members":          {0, func() bool { return strictjson.Members(vendor, each) }},
		"Members, escapes": {2, func() bool { return strictjson.Members(slashes, each) }},
		"MembersOf":        {0, func() bool { strictjson.MembersOf(object, each); return true }},
		"Object":           {0, func() bool { _, ok := strictjson.Object(vendor); return ok }},
		"Outline":          {0, func() bool { _, ok := strictjson.Outline(vendor); return ok }},
		"HasDuplicates":    {0, func() bool { return !strictjson.HasDuplicates(object) }},
		"Member":           {0, func() bool { return strictjson.Member(object, "o", "slg").Text == "acme" }},
		"Member, missing":  {0, func() bool { return !strictjson.Member(object, "o", "name").Exists() }},
	} {
		t.Run(name, func(t *testing.T) {
			ok := false
			if got := testing.AllocsPerRun(100, func() { ok = row.do() }); got > row.allocations {
				t.Errorf("%v allocations, want at most %v", got, row.allocations)
			}
			if !ok {
				t.Error("not read")
			}
		})
	}
}

func BenchmarkMembers(b *testing.B) {
	for name, payload := range map[string][]byte{"plain": vendor, "escapes": slashes} {
		b.Run(name, func(b *testing.B) {
			n := 0
			b.SetBytes(int64(len(payload)))
			b.ReportAllocs()
			for b.Loop() {
				if !strictjson.Members(payload, func(_, _, _ string) { n++ }) {
					b.Fatal("not read")
				}
			}
		})
	}
}

func BenchmarkObject(b *testing.B) {
	b.SetBytes(int64(len(vendor)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := strictjson.Object(vendor); !ok {
			b.Fatal("not read")
		}
	}
}

func BenchmarkMember(b *testing.B) {
	object := strictjson.Parse(vendor)
	b.ReportAllocs()
	for b.Loop() {
		if strictjson.Member(object, "o", "slg").Text != "acme" {
			b.Fatal("not found")
		}
	}
}
