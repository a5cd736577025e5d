package request

import (
	"strings"
	"unicode/utf8"
)

// unhex is the value of a hexadecimal digit, or -1.
func unhex(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// escapeAt is the byte that a percent escape at s[i:] stands for.
func escapeAt(s string, i int) (byte, bool) {
	if i+2 >= len(s) || s[i] != '%' {
		return 0, false
	}
	hi, lo := unhex(s[i+1]), unhex(s[i+2])
	if hi < 0 || lo < 0 {
		return 0, false
	}
	return byte(hi<<4 | lo), true
}

// formDecode reads application/x-www-form-urlencoded text: "+" is a space and
// %XX a byte. Invalid escapes stay as they are (WHATWG URL section 5.1).
func formDecode(s string) string {
	if strings.IndexByte(s, '%') < 0 && strings.IndexByte(s, '+') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '+' {
			c = ' '
		} else if e, ok := escapeAt(s, i); ok {
			c = e
			i += 2
		}
		b = append(b, c)
	}
	return string(b)
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
