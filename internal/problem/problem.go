// Package problem says what is wrong with a configuration, and where: one type
// for what the fields, a provider, a rule and the whole have to say.
package problem

import (
	"slices"
	"strconv"
)

// Problem is one thing to correct in a configuration, or a warning about one.
type Problem struct {
	// Path is where it is: "providers[0].clockSkew" from the top, "clockSkew"
	// from the provider. Empty for what was looked at as a whole.
	Path string
	// Message says what is wrong and what to write instead. It never holds key
	// material, a value of jwksHeaders, or a user name or password of a URL.
	Message string
	// Warning: it is allowed, but perhaps not meant.
	Warning bool
	// Line and Column are where that is in the text, from one; zero where it is
	// not known. A path says it too, and better where a program has written the
	// text on one line.
	Line, Column int
}

// String is path and message in one line; without a path, the place in the text
// too.
func (p Problem) String() string {
	if p.Path == "" {
		return p.Message + p.place()
	}
	return p.Path + ": " + p.Message
}

// WithPlace is String with the place in the text.
func (p Problem) WithPlace() string {
	if p.Path == "" {
		return p.String()
	}
	return p.String() + p.place()
}

func (p Problem) place() string {
	if p.Line == 0 {
		return ""
	}
	return " (line " + strconv.Itoa(p.Line) + ", column " + strconv.Itoa(p.Column) + ")"
}

// List collects problems in the order in which they were found.
type List []Problem

// Fail adds an error.
func (l *List) Fail(path, message string) { *l = append(*l, Problem{Path: path, Message: message}) }

// Warn adds a warning.
func (l *List) Warn(path, message string) {
	*l = append(*l, Problem{Path: path, Message: message, Warning: true})
}

// Fatal reports whether any of the problems is more than a warning.
func (l List) Fatal() bool {
	return slices.ContainsFunc(l, func(p Problem) bool { return !p.Warning })
}
