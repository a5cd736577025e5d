package request

import "strings"

// IsOpaque reports whether a credential is one in which no reader could find
// claims: an API key, a random token. Readers split a token at its dots, and
// lenient ones skip what is not base64, take either alphabet, and read UTF-16.
// So every part between dots is looked at, in every such way, and the value
// holds none of the bytes with which a token could be written otherwise: spaces,
// quotes, lists, escapes, JSON.
func IsOpaque(value string) bool {
	for i := range len(value) {
		if c := value[i]; c <= ' ' || c > '~' || c == ',' || c == '"' || c == '%' || c == '{' {
			return false
		}
	}
	if strings.IndexByte(value, '.') < 0 {
		return value != ""
	}
	for part := range strings.SplitSeq(value, ".") {
		if beginsObject(part, eitherAlphabet) || beginsObject(part, standardAlphabet) || beginsObject(part, urlAlphabet) {
			return false
		}
	}
	return true
}

// The alphabets of base64 (RFC 4648 sections 4 and 5) that a reader may know.
const (
	standardAlphabet uint8 = 1 << iota
	urlAlphabet
	eitherAlphabet = standardAlphabet | urlAlphabet
)

// sextet is what a byte stands for in base64, and in which alphabets; 0: in none.
type sextet struct{ value, alphabets uint8 }

var sextets = func() (table [256]sextet) {
	const common = asciiLetters + asciiDigits
	for i := range len(common) {
		table[common[i]] = sextet{uint8(i), eitherAlphabet}
	}
	table['+'], table['/'] = sextet{62, standardAlphabet}, sextet{63, standardAlphabet}
	table['-'], table['_'] = sextet{62, urlAlphabet}, sextet{63, urlAlphabet}
	return table
}()

// beginsObject reports whether what a part decodes to could be a JSON object: it
// begins with "{", and then a name or the end. White space, a byte order mark and
// the zero bytes of UTF-16 and UTF-32 do not count. Padding does not either, so
// that readers which stop there see the beginning of what is seen here.
func beginsObject(part string, alphabet uint8) bool {
	var buffer uint32
	var bits uint
	opened := false
	for i := range len(part) {
		s := sextets[part[i]]
		if s.alphabets&alphabet == 0 {
			continue
		}
		buffer, bits = buffer<<6|uint32(s.value), bits+6
		if bits < 8 {
			continue
		}
		bits -= 8
		switch c := byte(buffer >> bits); {
		case c <= ' ', c == 0xef, c == 0xbb, c == 0xbf, c == 0xfe, c == 0xff:
		case opened:
			return c == '"' || c == '}'
		case c != '{':
			return false
		default:
			opened = true
		}
	}
	return false
}
