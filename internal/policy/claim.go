package policy

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwt"
)

// eachElement calls f for each element of a claim as text: the claim itself if
// it is a string, number or boolean; the parts of a list; the words of a scope.
// Objects, and lists in lists, have no elements; nor has a claim that is null
// or missing.
func eachElement(v *session.Verified, p *session.Provider, claim session.Claim, f func(string)) {
	if texts, _, uniform := p.Uniform(v, claim); uniform {
		for _, text := range texts {
			f(text)
		}
		return
	}
	value := jwt.Member(v.Parsed.Payload, claim.Names...)
	switch {
	case value.IsList():
		strictjson.ElementsOf(value.Raw, func(raw, text string) {
			if text, ok := scalar(strictjson.Value{Raw: raw, Text: text}); ok {
				f(text)
			}
		})
	case value.IsString() && isWordList(claim):
		for _, word := range wordsOf(value.Text) {
			f(word)
		}
	default:
		if text, ok := scalar(value); ok {
			f(text)
		}
	}
}

// claimValue is a claim as a header value: text as it is, lists of texts
// joined with commas, anything else as its JSON. Empty if it is not there.
func claimValue(v *session.Verified, p *session.Provider, claim session.Claim) string {
	if texts, list, uniform := p.Uniform(v, claim); uniform {
		if list || len(texts) == 0 {
			return encodeList(texts)
		}
		return encode(texts[0])
	}
	value := jwt.Member(v.Parsed.Payload, claim.Names...)
	if value.IsString() && isWordList(claim) {
		return encodeList(wordsOf(value.Text))
	}
	if text, ok := scalar(value); ok {
		return encode(text)
	}
	if value.IsList() {
		var items []string
		texts := true
		strictjson.ElementsOf(value.Raw, func(raw, text string) {
			text, ok := scalar(strictjson.Value{Raw: raw, Text: text})
			texts = texts && ok
			items = append(items, text)
		})
		if texts {
			return encodeList(items)
		}
	}
	if value.IsList() || value.IsObject() {
		return encode(value.Raw)
	}
	return ""
}

// scalar is a string, number or boolean as text.
func scalar(v strictjson.Value) (text string, ok bool) {
	switch {
	case v.IsString():
		return v.Text, true
	case v.IsNumber(), v.IsBool():
		return v.Raw, true
	}
	return "", false
}

// isWordList: the claims that RFC 8693 and others write as one string with
// spaces between the elements.
func isWordList(claim session.Claim) bool {
	switch claim.Names[len(claim.Names)-1] {
	case "scope", "scp", "permission":
		return true
	}
	return false
}

// wordsOf splits at spaces, and at nothing else (RFC 6749 section 3.3).
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return c == ' ' })
}
