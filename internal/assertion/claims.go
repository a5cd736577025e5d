package assertion

import "strconv"

// Claims are what an assertion says, apart from its issuer and times. What is
// empty is left out.
type Claims struct {
	Audience string
	Provider string
	ID       string // of the user or machine: see Settings.Subject

	SessionID, Kind         string
	OrgID, OrgRole, OrgSlug string
	OrgPermissions          []string
	Actor, Name, Email      string
}

// appendClaims appends the claims as a JSON object.
func (s *Settings) appendClaims(b []byte, c *Claims, p period) []byte {
	subject := c.ID
	if c.ID != "" && s.Subject == ProviderAndID {
		subject = c.Provider + "|" + c.ID
	}
	b = strconv.AppendInt(append(b, `{"iat":`...), p.issued, 10)
	b = strconv.AppendInt(append(b, `,"exp":`...), p.expires, 10)
	for _, member := range [...][2]string{
		{"iss", s.Issuer}, {"aud", c.Audience}, {"sub", subject},
		{"sid", c.SessionID}, {"provider", c.Provider}, {"kind", c.Kind},
		{"org_id", c.OrgID}, {"org_role", c.OrgRole}, {"org_slug", c.OrgSlug},
		{"actor", c.Actor}, {"name", c.Name}, {"email", c.Email},
	} {
		b = appendMember(b, member[0], member[1])
	}
	return append(appendList(b, "org_permissions", c.OrgPermissions), '}')
}

// appendMember appends a member that is not the first one; of an empty value,
// nothing.
func appendMember(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return appendString(appendName(b, name), value)
}

// appendList appends a member that is a list; of an empty one, nothing.
func appendList(b []byte, name string, list []string) []byte {
	if len(list) == 0 {
		return b
	}
	before := byte('[')
	b = appendName(b, name)
	for _, text := range list {
		b = appendString(append(b, before), text)
		before = ','
	}
	return append(b, ']')
}

func appendName(b []byte, name string) []byte {
	return append(append(append(b, `,"`...), name...), `":`...)
}

const hexadecimal = "0123456789abcdef"

// appendString appends a JSON string (RFC 8259 section 7). The text is valid
// UTF-8: it comes out of the configuration, or out of a token that strictjson
// has read. It is escaped as little as can be, so that it is hardly longer than
// in the token.
func appendString(b []byte, text string) []byte {
	b = append(b, '"')
	done := 0
	for i := range len(text) {
		c := text[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, text[done:i]...)
		done = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			b = append(b, '\\', 'u', '0', '0', hexadecimal[c>>4], hexadecimal[c&15])
		}
	}
	return append(append(b, text[done:]...), '"')
}
