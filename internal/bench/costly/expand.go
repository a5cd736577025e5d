package costly

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// maxText is how long a request may become. No proxy lets longer ones in.
const maxText = 1 << 20

var errTooLong = errors.New("the request is longer than a mebibyte")

// expand puts texts in the place of directives.
//
//	directive = "{" word { argument } "}"
//	argument  = number | "a Go string" | `a Go string` | directive
func expand(text string, words Words) (string, error) {
	e := expander{text: text, words: words}
	var out strings.Builder
	for {
		literal, _, more := strings.Cut(e.text[e.at:], "{")
		out.WriteString(literal)
		e.at += len(literal)
		if !more {
			return out.String(), nil
		}
		value, err := e.directive()
		if err != nil {
			return "", err
		}
		if out.WriteString(value); out.Len() > maxText {
			return "", errTooLong
		}
	}
}

// expander reads directives and evaluates them at once.
type expander struct {
	text  string
	at    int
	turn  int // of the innermost repeat
	words Words
}

func (e *expander) fail(what string) error {
	return fmt.Errorf("%s at %.20q", what, e.text[e.at:])
}

// directive evaluates the one that begins here.
func (e *expander) directive() (string, error) {
	e.at++
	word := e.text[e.at:]
	if end := strings.IndexAny(word, " }"); end > 0 {
		word = word[:end]
	} else {
		return "", e.fail("not a directive")
	}
	e.at += len(word)
	if word == "repeat" {
		return e.repeat()
	}
	args, err := e.arguments()
	if err != nil {
		return "", err
	}
	switch own := e.words[word]; {
	case word == "n":
		return strconv.Itoa(e.turn), nil
	case word == "base64":
		return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(args, ""))), nil
	case own != nil:
		return own(args...)
	}
	return "", fmt.Errorf("no directive is called %q", word)
}

// repeat evaluates its arguments as often as the first one says.
func (e *expander) repeat() (string, error) {
	e.space()
	digits := e.at
	for e.at < len(e.text) && '0' <= e.text[e.at] && e.text[e.at] <= '9' {
		e.at++
	}
	times, err := strconv.Atoi(e.text[digits:e.at])
	if err != nil || times < 1 || times > maxText {
		return "", e.fail("how often is missing")
	}
	var out strings.Builder
	outer, first := e.turn, e.at
	for e.turn = 0; e.turn < times; e.turn++ {
		e.at = first
		args, err := e.arguments()
		if err != nil {
			return "", err
		}
		for _, a := range args {
			out.WriteString(a)
		}
		if out.Len() > maxText {
			return "", errTooLong
		}
	}
	e.turn = outer
	return out.String(), nil
}

// arguments evaluates arguments up to the brace that ends a directive.
func (e *expander) arguments() (args []string, err error) {
	for {
		e.space()
		if e.at == len(e.text) {
			return nil, e.fail("a brace is missing")
		}
		var value string
		switch c := e.text[e.at]; c {
		case '}':
			e.at++
			return args, nil
		case '{':
			value, err = e.directive()
		case '"', '`':
			value, err = e.quoted()
		default:
			value = e.text[e.at:]
			if end := strings.IndexAny(value, " }"); end >= 0 {
				value = value[:end]
			}
			e.at += len(value)
		}
		if err != nil {
			return nil, err
		}
		args = append(args, value)
	}
}

func (e *expander) quoted() (string, error) {
	quoted, err := strconv.QuotedPrefix(e.text[e.at:])
	if err != nil {
		return "", e.fail("not a string")
	}
	e.at += len(quoted)
	return strconv.Unquote(quoted)
}

func (e *expander) space() {
	for e.at < len(e.text) && e.text[e.at] == ' ' {
		e.at++
	}
}
