package config

import "strings"

// Problem is one thing to correct in a configuration, or a warning about one.
type Problem struct {
	// Path is where it is, from the top: "providers[0].clockSkew". Empty for
	// the configuration as a whole.
	Path string
	// Message says what is wrong and what to write instead. It never holds key
	// material, a value of jwksHeaders, or a user name or password of a URL.
	Message string
}

// String is path and message in one line.
func (p Problem) String() string {
	if p.Path == "" {
		return p.Message
	}
	return p.Path + ": " + p.Message
}

// Invalid is the error of Load: everything that is wrong, in the order of the
// configuration as far as that can be told.
type Invalid []Problem

// Error lists the problems, one a line.
func (e Invalid) Error() string {
	var b strings.Builder
	for i, p := range e {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.String())
	}
	if len(e) >= maxErrors {
		b.WriteString("\nthere may be more; correct these first")
	}
	return b.String()
}

// member is the path of a member of the object at path.
func member(path, name string) string {
	if !plainName(name) {
		return path + "[" + quote(name) + "]"
	}
	if path == "" {
		return name
	}
	return path + "." + name
}

// element is the path of an element of the list at path.
func element(path string, i int) string { return path + "[" + itoa(i) + "]" }

func plainName(name string) bool {
	if name == "" || len(name) > maxQuoted {
		return false
	}
	for i := range len(name) {
		if c := name[i]; !isAlnum(c) && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

const maxQuoted = 64

// quote shows a text of the configuration in a message: as JSON, in ASCII, and
// not longer than a line can bear.
func quote(s string) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		if i >= maxQuoted {
			b.WriteString("...")
			break
		}
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7f:
			b.WriteString(`\u00`)
			b.WriteByte(hex[r>>4])
			b.WriteByte(hex[r&15])
		case r > 0x7e:
			b.WriteByte('?')
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
