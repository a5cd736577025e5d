// Package jsonout writes JSON (RFC 8259): members of objects whose values are
// strings, or lists of strings.
//
// # Guarantees
//
// What it appends is valid JSON whatever the text says, if that is valid UTF-8.
//
// # Limits
//
// Names of members are written as they are: they are constants without anything
// to escape.
package jsonout

// AppendMember appends a member that is not the first one; of an empty value,
// nothing.
func AppendMember(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return AppendString(appendName(b, name), value)
}

// AppendList appends a member that is a list, and not the first member; of an
// empty one, nothing.
func AppendList(b []byte, name string, list []string) []byte {
	if len(list) == 0 {
		return b
	}
	before := byte('[')
	b = appendName(b, name)
	for _, text := range list {
		b = AppendString(append(b, before), text)
		before = ','
	}
	return append(b, ']')
}

func appendName(b []byte, name string) []byte {
	return append(append(append(b, `,"`...), name...), `":`...)
}

const hexadecimal = "0123456789abcdef"

// AppendString appends a JSON string (RFC 8259 section 7). It is escaped as little
// as can be, so that what a token says is hardly longer here than there.
func AppendString(b []byte, text string) []byte {
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
