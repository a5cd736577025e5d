package tree

import (
	"encoding/json"
	"errors"
	"strings"
)

// words says what is wrong with JSON, as its author would.
func (r *jsonReader) words(err error) *Error {
	var own *Error
	if errors.As(err, &own) {
		return &Error{r.place(min(r.next(), len(r.text))), own.Message}
	}
	at := r.next()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && int(syntax.Offset) > at {
		at = int(syntax.Offset) - 1
	}
	at = min(at, len(r.text))
	if comma := lastComma(r.text[:at]); comma >= 0 && at < len(r.text) && strings.IndexByte("}]", r.text[at]) >= 0 {
		return &Error{r.place(comma), "not valid JSON: a comma before " + string(r.text[at]) + "; remove it"}
	}
	return &Error{r.place(at), "not valid JSON: " + r.reason(at, err)}
}

// reason is what is wrong at an offset.
func (r *jsonReader) reason(at int, err error) string {
	rest := r.text[at:]
	before := strings.TrimRight(r.text[:at], " \t\r\n")
	switch {
	case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"), strings.HasPrefix(rest, "#"):
		return "it has no comments; remove this one, or write the file as YAML"
	case rest == "":
		return "it ends before everything is closed; a }, ] or quote is missing"
	case errors.Is(err, errMore):
		return "more text follows after its end; remove it"
	case rest[0] == '\'':
		return "quotes are double; write \" instead of '"
	case rest[0] == '\n' || rest[0] == '\r' || rest[0] == '\t':
		return "a string ends on its own line, without tabs; write \\n and \\t, or close it"
	case strings.HasSuffix(before, "\"") || strings.HasSuffix(before, "}") || strings.HasSuffix(before, "]"):
		return "a comma, a colon or a closing bracket is expected here"
	case strings.HasSuffix(before, "{") || strings.HasSuffix(before, ","):
		return "a name or a value in double quotes is expected here"
	}
	return "a value is expected here"
}

// lastComma is the offset of the comma that a text ends with, but for white
// space; -1 if it ends with anything else.
func lastComma(text string) int {
	text = strings.TrimRight(text, " \t\r\n")
	if !strings.HasSuffix(text, ",") {
		return -1
	}
	return len(text) - 1
}
