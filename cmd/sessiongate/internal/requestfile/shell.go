package requestfile

import (
	"errors"
	"strconv"
	"strings"
)

var errQuote = errors.New("curl's command line has a quotation mark that is not closed; copy it for a POSIX shell (bash)")

// shellWords are the words of a command line as a POSIX shell has them, with
// bash's $'…'. Nothing is expanded, and an operator ends the command.
func shellWords(text string) (words []string, err error) {
	var word strings.Builder
	started := false
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			if started {
				words = append(words, word.String())
				word.Reset()
				started = false
			}
			i++
		case c == '|' || c == ';' || c == '&' || c == '>' || c == '<':
			i = len(text)
		case c == '\\' && i+1 < len(text):
			if text[i+1] == '\n' || strings.HasPrefix(text[i+1:], "\r\n") {
				i += strings.IndexByte(text[i:], '\n') + 1
				continue
			}
			word.WriteByte(text[i+1])
			started, i = true, i+2
		case c == '\'' || c == '"' || c == '$' && strings.HasPrefix(text[i+1:], "'"):
			rest, ok := quoted(text[i:], &word)
			if !ok {
				return nil, errQuote
			}
			started, i = true, len(text)-len(rest)
		default:
			word.WriteByte(c)
			started = true
			i++
		}
	}
	if started {
		words = append(words, word.String())
	}
	return words, nil
}

// quoted writes what the quotation at the beginning of text says, and returns
// what follows it.
func quoted(text string, word *strings.Builder) (rest string, ok bool) {
	if text[0] == '\'' {
		inside, rest, ok := strings.Cut(text[1:], "'")
		word.WriteString(inside)
		return rest, ok
	}
	ansi := text[0] == '$'
	mark := text[0]
	if ansi {
		mark, text = '\'', text[1:]
	}
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == mark:
			return text[i+1:], true
		case c == '\\' && i+1 < len(text) && ansi:
			n := unescape(text[i+1:], word)
			i += n
		case c == '\\' && i+1 < len(text) && strings.IndexByte("\\\"$`\n", text[i+1]) >= 0:
			if i++; text[i] != '\n' {
				word.WriteByte(text[i])
			}
		default:
			word.WriteByte(c)
		}
	}
	return "", false
}

// unescape writes what an escape of $'…' says, and returns how many bytes it
// has after the backslash.
func unescape(text string, word *strings.Builder) int {
	if plain := strings.IndexByte(`abefnrtv\'"?`, text[0]); plain >= 0 {
		word.WriteByte("\a\b\x1b\f\n\r\t\v\\'\"?"[plain])
		return 1
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[text[0]]
	n := 0
	for n < digits && 1+n < len(text) && strings.IndexByte("0123456789abcdefABCDEF", text[1+n]) >= 0 {
		n++
	}
	if n == 0 {
		word.WriteByte('\\')
		return 0
	}
	code, _ := strconv.ParseUint(text[1:1+n], 16, 32)
	if digits == 2 {
		word.WriteByte(byte(code))
	} else {
		word.WriteRune(rune(code))
	}
	return 1 + n
}
