package policy

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

const hexDigits = "0123456789ABCDEF"

// encode makes a text a header value that can be read back: bytes outside
// 0x20-0x7E, "%", and leading and trailing spaces are percent-encoded.
func encode(s string) string { return escape(s, '%') }

// encodeList joins texts with commas; a comma within one is encoded, too.
func encodeList(list []string) string {
	encoded := make([]string, 0, 16)
	for _, s := range list {
		encoded = append(encoded, escape(s, ','))
	}
	return strings.Join(encoded, ",")
}

// escape is encode, and encodes one more character.
func escape(s string, also byte) string {
	// Between first and last there are no spaces that a server would trim.
	first := len(s) - len(strings.TrimLeft(s, " "))
	last := len(strings.TrimRight(s, " "))
	if first == 0 && last == len(s) && bytealg.IsPrintable(s, '%', also) {
		return s
	}
	escaped := make([]byte, 0, 3*len(s))
	for i := range len(s) {
		if c := s[i]; i < first || i >= last || !bytealg.IsPrintable(s[i:i+1], '%', also) {
			escaped = append(escaped, '%', hexDigits[c>>4], hexDigits[c&15])
		} else {
			escaped = append(escaped, c)
		}
	}
	return string(escaped)
}
