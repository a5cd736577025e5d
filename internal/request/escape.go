package request

import (
	"strings"
	"unicode/utf8"
)

// hexDigits are the values of hexadecimal digits; -1: it is none.
var hexDigits = func() (values [256]int8) {
	for i := range values {
		switch c := byte(i); {
		case isDigit(c):
			values[i] = int8(c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			values[i] = int8(c|0x20-'a') + 10
		default:
			values[i] = -1
		}
	}
	return values
}()

// escapeAt is the byte that a percent escape at s[i:] stands for.
func escapeAt(s string, i int) (byte, bool) {
	if i+2 >= len(s) || s[i] != '%' {
		return 0, false
	}
	high, low := hexDigits[s[i+1]], hexDigits[s[i+2]]
	return byte(high<<4 | low), high|low >= 0
}

// Unescape decodes the percent escapes of a path's segment, once. Invalid ones
// stay as they are, and "+" is a plus.
func Unescape(segment string) string {
	escapes := strings.Count(segment, "%")
	if escapes == 0 {
		return segment
	}
	decoded := make([]byte, 0, max(0, len(segment)-2*escapes)) // if all of them are valid
	return string(decodeAll(decoded, segment))
}

// formDecode reads application/x-www-form-urlencoded text: "+" is a space and
// %XX a byte. Invalid escapes stay as they are (WHATWG URL section 5.1).
func formDecode(s string) string { return Unescape(strings.ReplaceAll(s, "+", " ")) }

// formDecodesTo reports whether formDecode(s) is text, without making it.
func formDecodesTo(s, text string) bool {
	for s != "" {
		c, next := escapedByte(s, 0)
		if s[0] == '+' {
			c = ' '
		}
		if text == "" || text[0] != c {
			return false
		}
		s = s[next:]
		text = text[1:]
	}
	return text == ""
}

// escapedByte is the byte at s[i:], which may be an escape, and where the next
// one begins.
func escapedByte(s string, i int) (c byte, next int) {
	if e, ok := escapeAt(s, i); ok {
		return e, i + 3
	}
	return s[i], i + 1
}

// unescaped is the byte that stands at s[i:] after decoding twice, and where
// the next one begins.
func unescaped(s string, i int) (c byte, next int) {
	c, next = escapedByte(s, i)
	if c != '%' || next == len(s) {
		return c, next
	}
	high, low := escapedByte(s, next)
	if low == len(s) {
		return c, next
	}
	last, end := escapedByte(s, low)
	if value := hexDigits[high]<<4 | hexDigits[last]; hexDigits[high]|hexDigits[last] >= 0 {
		return byte(value), end
	}
	return c, next
}

// componentDecode reads %XX as ECMAScript's decodeURIComponent does; what that
// function throws at (an invalid escape, or escapes that are no UTF-8) comes
// back as it is, as a whole.
func componentDecode(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if s[i] != '%' {
			b = append(b, s[i])
			i++
			continue
		}
		run := len(b)
		for i < len(s) && s[i] == '%' {
			c, ok := escapeAt(s, i)
			if !ok {
				return s
			}
			b = append(b, c)
			i += 3
		}
		if !utf8.Valid(b[run:]) {
			return s
		}
	}
	return string(b)
}
