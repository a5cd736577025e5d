package jwt

import "fmt"

// Token is a compact JWS as it came. It prints as [token] under the verbs of
// package fmt and in every text encoding, so that it cannot end up in a log by
// accident; string(t) is the deliberate way to its text. Two things no type
// made of a string can prevent: %p and %w, which go vet refuses for it, and
// printing a struct that has it in an unexported field.
type Token string

const hidden = "[token]"

// Format implements fmt.Formatter. A String method alone would not do: under
// verbs that do not fit strings, such as %d, fmt prints the value itself. It
// costs the module nothing: fmt is in it already, by way of math/big.
func (Token) Format(state fmt.State, _ rune) { _, _ = state.Write([]byte(hidden)) }

// String hides the token from what concatenates strings.
func (Token) String() string { return hidden }

// GoString hides the token from debuggers' printers.
func (Token) GoString() string { return hidden }

// MarshalText hides the token from encoders: JSON, XML, structured logs.
func (Token) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// Format hides the token inside a parsed one, and its payload with it.
func (Parsed) Format(state fmt.State, _ rune) { _, _ = state.Write([]byte(hidden)) }
