package request_test

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/sessiongate/sessiongate/internal/request"
)

// payload is a JSON object as a token has it.
const payload = `{"sub":"user_1"}`

func part(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func TestIsOpaque(t *testing.T) {
	token := part(`{"alg":"RS256"}`) + "." + part(payload) + ".c2ln"
	for name, test := range map[string]struct {
		value string
		want  bool
	}{
		"an API key":                       {"sk_live_4eC39HqLyjWDarjtT1zdp7dc", true},
		"a key with a prefix and dots":     {"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", true},
		"an access token with a dot":       {"ya29.a0AfH6SMBx7-gZ_1", true},
		"UUID":                             {"6f1c7c0e-2c47-4f2b-8a39-4f6d1a0f3d11", true},
		"base64 with padding":              {"dXNlcjpwYXNzd29yZA==", true},
		"a version and dots":               {"v1.2.3", true},
		"a JWE, whose header is an object": {part(`{"alg":"RSA-OAEP"}`) + ".a.b.c.d", false},
		"a token":                          {token, false},
		"two parts":                        {part(`{"alg":"none"}`) + "." + part(payload), false},
		"two parts, without a header":      {"." + part(payload), false},
		"four parts":                       {token + ".x", false},
		"a fourth part in front":           {"x." + token, false},
		"empty parts":                      {".." + part(payload) + "..", false},
		"a header that is a list":          {part(`["alg"]`) + "." + part(payload) + ".x", false},
		"a header that is a text":          {part(`"alg"`) + "." + part(payload) + ".x", false},
		"an empty header":                  {"." + part(payload) + ".x", false},
		"only the header":                  {part(`{"alg":"RS256"}`) + ".x.x", false},
		"an empty object":                  {"x." + part(`{}`) + ".x", false},
		"an empty object, with a space":    {"x." + part(`{ }`) + ".x", false},
		"white space in front":             {"x." + part("\r\n\t {\n\t\"sub\":1}") + ".x", false},
		"a byte order mark":                {"x." + part("\ufeff"+payload) + ".x", false},
		"white space and a mark":           {"x." + part(" \ufeff "+payload) + ".x", false},
		"UTF-16":                           {"x." + part(utf16Text(payload, binary.LittleEndian, false)) + ".x", false},
		"UTF-16, the other way":            {"x." + part(utf16Text(payload, binary.BigEndian, false)) + ".x", false},
		"UTF-16 with its mark":             {"x." + part(utf16Text(payload, binary.LittleEndian, true)) + ".x", false},
		"padding":                          {"x." + part(payload) + "==.x", false},
		"padding in the middle":            {"x." + part(payload)[:4] + "=" + part(payload)[4:] + ".x", false},
		"padding in front":                 {"x.=" + part(payload) + ".x", false},
		"a byte of no alphabet":            {"x." + part(payload)[:3] + "!*~" + part(payload)[3:] + ".x", false},
		"a dash that PHP skips":            {"x.e-y" + part(payload)[2:] + ".x", false},
		"a slash that another one skips":   {"x.e/y" + part(payload)[2:] + ".x", false},
		"the standard alphabet":            {"x." + base64.StdEncoding.EncodeToString([]byte(`{"a":"???>>>"}`)) + ".x", false},
		"%2E for a dot":                    {strings.ReplaceAll(token, ".", "%2E"), false},
		"spaces":                           {strings.ReplaceAll(token, ".", " . "), false},
		"quotes":                           {`"` + token + `"`, false},
		"a list":                           {"x," + token, false},
		"JSON serialisation":               {`{"payload":"` + part(payload) + `"}`, false},
		"a byte beyond ASCII":              {"sk_é", false},
		"nothing":                          {"", false},
	} {
		if got := request.IsOpaque(test.value); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func utf16Text(s string, order binary.ByteOrder, mark bool) string {
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xfeff}, units...)
	}
	out := make([]byte, 2*len(units))
	for i, unit := range units {
		order.PutUint16(out[2*i:], unit)
	}
	return string(out)
}

// FuzzIsOpaque: what a lenient reader of Python, Node.js or PHP makes a payload
// of is never opaque.
func FuzzIsOpaque(f *testing.F) {
	for _, s := range []string{
		"sk_live_1", "a.b.c", part(payload), "x." + part(payload) + ".x", "x.e-y" + part(payload)[2:] + ".x",
		"x.=" + part(payload) + "==.x", "." + part(utf16Text(payload, binary.BigEndian, true)), "x." + part("\ufeff {}") + ".",
		"x.ew==IiI6MX0.", "x.ICAge30=.x", "x." + part("{\x00\"\x00a"), "e30.", "/+-_.e3_0.e3/0",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if !request.IsOpaque(value) || !strings.Contains(value, ".") {
			return
		}
		for _, part := range strings.Split(value, ".") {
			for reader, decode := range lenientReaders {
				if object, ok := readObject(decode(part)); ok {
					t.Fatalf("%s reads %q in %q", reader, object, value)
				}
			}
		}
	})
}
