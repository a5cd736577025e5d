package gate

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/session"
)

const hexDigits = "0123456789ABCDEF"

// encode makes a text a header value that can be read back: bytes outside
// 0x20-0x7E, "%", and leading and trailing spaces are percent-encoded.
func encode(s string) string { return escape(s, false) }

// encodeList joins texts with commas; a comma within one is encoded, too.
func encodeList(list []string) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return escape(list[0], true)
	}
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(escape(s, true))
	}
	return b.String()
}

func escape(s string, commas bool) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if mustEscape(s, i, commas) {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); i++ {
		if mustEscape(s, i, commas) {
			b.WriteByte('%')
			b.WriteByte(hexDigits[s[i]>>4])
			b.WriteByte(hexDigits[s[i]&15])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func mustEscape(s string, i int, commas bool) bool {
	c := s[i]
	return c < 0x20 || c > 0x7e || c == '%' || c == ',' && commas ||
		c == ' ' && (strings.TrimLeft(s[:i], " ") == "" || strings.TrimRight(s[i:], " ") == "")
}

// claimValue is a claim as a header value: text as it is, lists of texts
// joined with commas, anything else as its JSON. Empty if it is not there.
func claimValue(v *session.Verified, p *session.Provider, claim session.Claim) string {
	if p.Vendor.Organisations && len(claim.Names) == 1 {
		switch id := &v.Identity; claim.Names[0] {
		case "org_id":
			return encode(id.OrgID)
		case "org_role":
			return encode(id.OrgRole)
		case "org_slug":
			return encode(id.OrgSlug)
		case "org_permissions":
			return encodeList(id.OrgPermissions)
		}
	}
	value := jwt.Member(v.Parsed.Payload, claim.Names...)
	if value.Type == gjson.String && isWordList(claim) {
		return encodeList(strings.Fields(value.String()))
	}
	if text, ok := scalar(value); ok {
		return encode(text)
	}
	if value.IsArray() {
		var items []string
		for _, item := range value.Array() {
			text, ok := scalar(item)
			if !ok {
				return encode(value.Raw)
			}
			items = append(items, text)
		}
		return encodeList(items)
	}
	if value.IsObject() {
		return encode(value.Raw)
	}
	return ""
}
