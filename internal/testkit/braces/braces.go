// Package braces reads words in braces, with which the rows of tests name what
// cannot be written down: tokens, keys, times, and texts too long to read.
package braces

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Fill puts what word says in the place of each {…} in text. Braces within
// braces are filled in first. Words are parted by white space, but not inside
// of braces. Where word knows nothing, the braces stay as they are.
func Fill(text string, word func(words []string) (string, bool)) string {
	var out strings.Builder
	for {
		start := strings.IndexByte(text, '{')
		if start < 0 {
			return out.String() + text
		}
		end := closing(text, start)
		if end < 0 {
			return out.String() + text
		}
		if words := split(Fill(text[start+1:end], word)); len(words) > 0 {
			if value, known := word(words); known {
				out.WriteString(text[:start])
				out.WriteString(value)
				text = text[end+1:]
				continue
			}
		}
		out.WriteString(text[:start+1])
		text = text[start+1:]
	}
}

// closing is the index of the brace that closes the one at start, or -1.
func closing(text string, start int) int {
	depth := 0
	for i := start; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func split(text string) []string {
	depth := 0
	return strings.FieldsFunc(text, func(r rune) bool {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		return depth == 0 && unicode.IsSpace(r)
	})
}

// Common are the words that need nothing but a clock:
//
//	{now} {now-60s}     seconds since the epoch
//	{repeat abc 1000}   a text many times
//	{hex 0d0a}          bytes
//	{base64 text}       base64 of a text
//
// A word that is known, and wrong, panics.
func Common(now time.Time, words []string) (string, bool) {
	switch verb := words[0]; {
	case verb == "now":
		return strconv.FormatInt(now.Unix(), 10), true
	case strings.HasPrefix(verb, "now+"), strings.HasPrefix(verb, "now-"):
		return strconv.FormatInt(now.Add(must(time.ParseDuration(verb[len("now"):]))).Unix(), 10), true
	case verb == "repeat" && len(words) == 3:
		return strings.Repeat(words[1], must(strconv.Atoi(words[2]))), true
	case verb == "hex" && len(words) == 2:
		return string(must(hex.DecodeString(words[1]))), true
	case verb == "base64":
		return base64.StdEncoding.EncodeToString([]byte(strings.Join(words[1:], " "))), true
	}
	return "", false
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
