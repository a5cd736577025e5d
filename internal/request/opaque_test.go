package request_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
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

// lenientReaders decode a part as the libraries do that backends have at hand
// where they do not verify. Tried with Python 3.11, Node.js 20 and PHP's source.
var lenientReaders = map[string]func(string) []byte{
	"Python, base64.urlsafe_b64decode": func(s string) []byte { return decodePython(strings.NewReplacer("-", "+", "_", "/").Replace(s)) },
	"Python, base64.b64decode":         decodePython,
	"Node.js, Buffer.from":             decodeNode,
	"PHP, base64_decode":               decodePHP,
	"PHP, with strtr":                  func(s string) []byte { return decodePHP(strings.NewReplacer("-", "+", "_", "/").Replace(s)) },
}

// decodePython is binascii.a2b_base64 where it is not strict: other bytes are
// skipped, padding counts where it ends a group, and a group that is not whole is
// an error, which callers mend by adding padding.
func decodePython(s string) []byte {
	var kept []byte
	pads := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '=':
			if pads++; len(kept)%4 >= 2 && len(kept)%4+pads >= 4 {
				return unpadded(kept)
			}
		case isStandard(c):
			kept, pads = append(kept, c), 0
		}
	}
	return unpadded(kept)
}

// decodeNode takes both alphabets, skips other bytes, and stops at padding.
func decodeNode(s string) []byte {
	s, _, _ = strings.Cut(s, "=")
	var kept []byte
	for i := range len(s) {
		switch c := s[i]; {
		case c == '-':
			kept = append(kept, '+')
		case c == '_':
			kept = append(kept, '/')
		case isStandard(c):
			kept = append(kept, c)
		}
	}
	return unpadded(kept)
}

// decodePHP skips other bytes, padding among them.
func decodePHP(s string) []byte {
	var kept []byte
	for i := range len(s) {
		if isStandard(s[i]) {
			kept = append(kept, s[i])
		}
	}
	return unpadded(kept)
}

func isStandard(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '+' || c == '/'
}

// unpadded decodes the standard alphabet; a last letter alone says nothing.
func unpadded(s []byte) []byte {
	if len(s)%4 == 1 {
		s = s[:len(s)-1]
	}
	out, _ := base64.RawStdEncoding.DecodeString(string(s))
	return out
}

// readObject reads a JSON object as the readers do: Python takes UTF-16 and
// UTF-32 too, and every reader some byte order marks.
func readObject(data []byte) (object string, ok bool) {
	for _, text := range [][]byte{data, bytes.TrimPrefix(data, []byte("\ufeff")), fromUnits(data, 2, 0), fromUnits(data, 2, 1), fromUnits(data, 4, 0), fromUnits(data, 4, 3)} {
		text = bytes.TrimLeft(text, " \t\r\n")
		if len(text) > 0 && text[0] == '{' && json.Valid(text) {
			return string(text), true
		}
	}
	return "", false
}

// fromUnits takes the ASCII out of UTF-16 or UTF-32: one byte of each unit.
func fromUnits(data []byte, size, at int) []byte {
	var out []byte
	for i := 0; i+size <= len(data); i += size {
		unit := data[i : i+size]
		if bytes.Count(unit, []byte{0}) == size-1 && unit[at] != 0 {
			out = append(out, unit[at])
		} else if len(out) > 0 {
			out = append(out, 'x') // some letter of a text
		}
	}
	return out
}
