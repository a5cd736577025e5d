package policy

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

const hexDigits = "0123456789ABCDEF"

// encode makes a text a header value that can be read back: bytes outside
// 0x20-0x7E, "%", and leading and trailing spaces are percent-encoded.
func encode(s string) string { return escape(s, false) }

// encodeList joins texts with commas; a comma within one is encoded, too.
func encodeList(list []string) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return escape(list[0], true)
	}
	size := len(list)
	for i := range list {
		size += len(list[i])
	}
	var b strings.Builder
	b.Grow(size)
	for i, s := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(escape(s, true))
	}
	return b.String()
}

func escape(s string, commas bool) string {
	comma := byte('%')
	if commas {
		comma = ','
	}
	if s == "" || s[0] != ' ' && s[len(s)-1] != ' ' && bytealg.IsPrintable(s, '%', comma) {
		return s
	}
	// Between first and last there are no spaces that a server would trim.
	first, last := 0, len(s)
	for first < last && s[first] == ' ' {
		first++
	}
	for last > first && s[last-1] == ' ' {
		last--
	}
	escaped := first + len(s) - last
	for i := first; i < last; i++ {
		if mustEscape(s[i], commas) {
			escaped++
		}
	}
	if escaped == 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 2*escaped)
	for i := range len(s) {
		if i < first || i >= last || mustEscape(s[i], commas) {
			b.WriteByte('%')
			b.WriteByte(hexDigits[s[i]>>4])
			b.WriteByte(hexDigits[s[i]&15])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func mustEscape(c byte, commas bool) bool {
	return c < 0x20 || c > 0x7e || c == '%' || c == ',' && commas
}
