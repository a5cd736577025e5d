package session

import "strings"

// Pattern is a value of a condition on a claim: exact, "prefix*", "*suffix", "*".
type Pattern struct {
	text           string
	prefix, suffix bool
}

// NewPattern reads a value as a configuration has it.
func NewPattern(s string) Pattern {
	switch {
	case strings.HasSuffix(s, "*"): // also "*" alone, with an empty prefix
		return Pattern{text: s[:len(s)-1], prefix: true}
	case strings.HasPrefix(s, "*"):
		return Pattern{text: s[1:], suffix: true}
	}
	return Pattern{text: s}
}

// Matches reports whether the pattern covers an element of a claim.
func (p *Pattern) Matches(s string) bool {
	switch {
	case p.prefix:
		return strings.HasPrefix(s, p.text)
	case p.suffix:
		return strings.HasSuffix(s, p.text)
	}
	return s == p.text
}
