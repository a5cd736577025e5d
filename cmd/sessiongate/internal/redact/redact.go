// Package redact keeps tokens out of what people copy into tickets.
//
// # Guarantees
//
// Text that it has seen holds no JSON Web Token: a run of base64url and dots is
// cut where a JSON object begins in it.
//
// # Limits
//
// A token that is not base64url of JSON is no JWT, and is not found: whoever
// knows one, says so with Secrets.
package redact

import (
	"bytes"
	"encoding/base64"
	"io"
	"slices"
	"strings"
)

// Mark stands where a token was.
const Mark = "[token]"

// minSecret is how long what is hidden has to be: of shorter texts, nothing is
// left if they are cut out.
const minSecret = 12

// Secrets are texts that are not printed.
type Secrets []string

// Add adds a credential, and what follows each dot in it.
func (s *Secrets) Add(credential string) {
	for _, part := range append(strings.Split(credential, "."), credential) {
		if len(part) >= minSecret && !slices.Contains(*s, part) {
			*s = append(*s, part)
		}
	}
	// The longest first: it may hold others.
	slices.SortStableFunc(*s, func(a, b string) int { return len(b) - len(a) })
}

// Text is the text without tokens and secrets.
func (s Secrets) Text(text string) string {
	for _, secret := range s {
		text = strings.ReplaceAll(text, secret, Mark)
	}
	return Text(text)
}

// Text is the text without tokens.
func Text(text string) string {
	if !strings.ContainsRune(text, firstLetter) {
		return text
	}
	var out strings.Builder
	for text != "" {
		end := strings.IndexFunc(text, func(c rune) bool { return !inToken(c) })
		if end < 0 {
			end = len(text)
		}
		out.WriteString(run(text[:end]))
		text = text[end:]
		end = strings.IndexFunc(text, inToken)
		if end < 0 {
			end = len(text)
		}
		out.WriteString(text[:end])
		text = text[end:]
	}
	return out.String()
}

func inToken(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.'
}

// firstLetter is what base64 makes of a brace.
const firstLetter = 'e'

// run hides the rest of a run from where an object begins: anywhere in a part
// with a dot after it, or at the beginning of one. (Without a dot, a letter in
// the middle of a key may look like one.)
func run(text string) string {
	last := strings.LastIndexByte(text, '.')
	for i := range len(text) {
		if text[i] != firstLetter || i > last && i > 0 && text[i-1] != '.' {
			continue
		}
		part, _, _ := strings.Cut(text[i:min(len(text), i+64)], ".")
		if isObject(part) {
			return text[:i] + Mark
		}
	}
	return text
}

// isObject reports whether a part is base64url of what begins like an object
// with a member.
func isObject(part string) bool {
	if len(part)%4 == 1 {
		part = part[:len(part)-1]
	}
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil || len(data) == 0 || data[0] != '{' {
		return false
	}
	data = bytes.TrimLeft(data[1:], " \t\r\n")
	return len(data) > 0 && data[0] == '"'
}

// Writer writes lines to To without tokens. It keeps what is not a whole line
// until Flush.
type Writer struct {
	To      io.Writer
	pending []byte
}

// Write implements io.Writer.
func (w *Writer) Write(data []byte) (int, error) {
	w.pending = append(w.pending, data...)
	end := bytes.LastIndexByte(w.pending, '\n') + 1
	if end == 0 {
		return len(data), nil
	}
	lines := w.pending[:end]
	_, err := io.WriteString(w.To, Text(string(lines)))
	w.pending = append(w.pending[:0], w.pending[end:]...)
	return len(data), err
}

// Flush writes what is left.
func (w *Writer) Flush() error {
	_, err := io.WriteString(w.To, Text(string(w.pending)))
	w.pending = nil
	return err
}
