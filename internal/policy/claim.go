package policy

import (
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwt"
)

// claimValue is a claim as a header value: text as it is, lists of texts
// joined with commas, anything else as its JSON. Empty if it is not there.
func claimValue(v *session.Verified, p *session.Provider, claim session.Claim) string {
	if texts, list, uniform := p.Uniform(v, claim); uniform {
		if list || len(texts) == 0 {
			return encodeList(texts)
		}
		return encode(texts[0])
	}
	value := jwt.Member(v.Payload, claim.Names...)
	if value.IsString() && claim.IsWordList() {
		return encodeList(session.Words(value.Text))
	}
	if text, ok := session.Scalar(value); ok {
		return encode(text)
	}
	if value.IsList() {
		var items []string
		texts := true
		strictjson.ElementsOf(value.Raw, func(raw, text string) {
			text, ok := session.Scalar(strictjson.Value{Raw: raw, Text: text})
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
