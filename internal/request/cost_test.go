package request

import (
	"strings"
	"testing"
)

// ordinary is what a signed-in browser sends.
var ordinary = [][2]string{
	{":method", "GET"}, {":scheme", "https"}, {":authority", "app.example.com"}, {":path", "/orders/42?page=2&sort=date"},
	{"accept", "application/json"}, {"user-agent", "test"}, {"sec-fetch-dest", "empty"},
	{"cookie", "theme=dark; __client_uat=1700000000; __session=" + strings.Repeat("x", 800) + "; lang=en"},
	{"x-forwarded-proto", "https"},
}

// Every request pays for these.
func TestReadingAnOrdinaryRequestAllocatesNothing(t *testing.T) {
	r := Read(ordinary).taking("__session", "token")
	reader := NewReader(nil)
	reader.Read(ordinary) // what is met twice is remembered
	tests := map[string]struct {
		allocations float64
		f           func()
	}{
		"Read":                 {0, func() { reader.Read(ordinary) }},
		"Cookie":               {0, func() { r.Cookie("__session") }},
		"CookieDecoded":        {0, func() { r.CookieDecoded("__session") }},
		"WithoutCookies, kept": {0, func() { r.WithoutCookies(func(string, string) bool { return true }) }},
		"Param":                {0, func() { r.Param("token") }},
		"WithoutParams, none":  {0, func() { r.WithoutParams("") }},
		"Bearer":               {0, func() { r.Bearer("authorization", "Bearer") }},
		"Readings":             {0, func() { r.Readings() }},
		"Fold":                 {0, func() { Fold(r.Path()) }},
		"URL":                  {0, func() { r.URL(true) }},
		"kinds":                {0, func() { _ = r.IsDocument() || r.IsGRPC() || r.IsUpgrade() || r.IsPreflight() }},
		"FoldedHasPrefix":      {0, func() { FoldedHasPrefix("x_identity_user", "x-identity-") }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := testing.AllocsPerRun(100, test.f); got > test.allocations {
				t.Errorf("%v allocations, want at most %v", got, test.allocations)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	reader := NewReader(nil)
	b.ReportAllocs()
	for b.Loop() {
		reader.Read(ordinary)
	}
}

func BenchmarkCookie(b *testing.B) {
	r := Read(ordinary).taking("__session")
	b.ReportAllocs()
	for b.Loop() {
		r.Cookie("__session")
	}
}

func BenchmarkWithoutCookies(b *testing.B) {
	r := Read(ordinary).taking("__session")
	b.ReportAllocs()
	for b.Loop() {
		r.WithoutCookies(never)
	}
}

func BenchmarkReadings(b *testing.B) {
	for name, target := range map[string]string{
		"plain":   "/orders/42/items",
		"escaped": "/files/a%20b%2Fc.txt",
		"worst":   strings.Repeat(`/%2e;\.`, maxReadingLength/7),
	} {
		b.Run(name, func(b *testing.B) {
			r := get(target)
			b.ReportAllocs()
			for b.Loop() {
				r.Readings()
			}
		})
	}
}
