package session

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwt"
)

// EachElement calls f for each element of a claim as text: the claim itself if
// it is a string, number or boolean; the parts of a list; the words of a scope.
// Objects, and lists in lists, have no elements; nor has a claim that is null
// or missing. nested reports whether there is an object, or a list in a list.
func EachElement(v *Verified, p *Provider, claim Claim, f func(string)) (nested bool) {
	if texts, _, uniform := p.Uniform(v, claim); uniform {
		for _, text := range texts {
			f(text)
		}
		return false
	}
	return claim.eachElement(jwt.Member(v.Payload, claim.Names...), f)
}

// eachElement is EachElement for the value of a claim.
func (c Claim) eachElement(value strictjson.Value, f func(string)) (nested bool) {
	switch {
	case value.IsList():
		strictjson.ElementsOf(value.Raw, func(raw, text string) {
			element := strictjson.Value{Raw: raw, Text: text}
			if text, ok := Scalar(element); ok {
				f(text)
			}
			nested = nested || element.IsObject() || element.IsList()
		})
	case value.IsString() && c.IsWordList():
		for _, word := range Words(value.Text) {
			f(word)
		}
	default:
		if text, ok := Scalar(value); ok {
			f(text)
		}
	}
	return nested || value.IsObject()
}

// Scalar is a string, number or boolean as text.
func Scalar(v strictjson.Value) (text string, ok bool) {
	switch {
	case v.IsString():
		return v.Text, true
	case v.IsNumber(), v.IsBool():
		return v.Raw, true
	}
	return "", false
}

// IsWordList reports whether a claim is one of those that RFC 8693 and others
// write as one string with spaces between the elements.
func (c Claim) IsWordList() bool { return slices.Contains(wordLists, c.Names[len(c.Names)-1]) }

var wordLists = []string{"scope", "scp", "permission"}

// Words splits at spaces, and at nothing else (RFC 6749 section 3.3).
func Words(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return c == ' ' })
}
