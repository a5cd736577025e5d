package request

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// cookie is a part of a cookie line that has a "=".
type cookie struct {
	part        string // as it stands between ";"
	name, value string // without whitespace around them
	plain       bool   // all servers read it in one way
}

// cookies are those of all lines, taken apart once for a request.
func (r *Request) cookies() []cookie {
	if r.partsKnown {
		return r.parts
	}
	r.partsKnown = true
	for i := range r.Headers {
		if r.Headers[i][0] != "cookie" {
			continue
		}
		for rest, more := r.Headers[i][1], true; more; {
			part := rest
			if end := strings.IndexByte(rest, ';'); end >= 0 {
				part, rest = rest[:end], rest[end+1:]
			} else {
				more = false
			}
			if equals := strings.IndexByte(part, '='); equals >= 0 {
				name := trimOWS(part[:equals])
				r.parts = append(r.parts, cookie{
					part: part, name: name, value: trimOWS(part[equals+1:]),
					plain: isPlainName(name) && !bytealg.HasBelow(trimOWS(part), ' '+1, ','),
				})
			}
		}
	}
	return r.parts
}

// HasCookies tells whether there is any cookie.
func (r *Request) HasCookies() bool { return len(r.cookies()) > 0 }

// Cookie is the first non-empty value among the cookies of that name (as it
// stands, neither percent-decoded nor unquoted), and whether any cookie of
// that name is there. Names are case-sensitive; all cookie lines are read as
// one; a part without "=" is no cookie.
func (r *Request) Cookie(name string) (value string, present bool) {
	all := r.cookies()
	for i := range all {
		if all[i].name != name {
			continue
		}
		present = true
		if all[i].value != "" {
			return all[i].value, true
		}
	}
	return "", present
}

// CookieDecoded is Cookie with %XX decoded, the way JavaScript libraries do
// it: a value with an escape that is invalid, or no UTF-8, stays as it is.
func (r *Request) CookieDecoded(name string) (value string, present bool) {
	value, present = r.Cookie(name)
	return componentDecode(value), present
}

// WithoutCookies is the cookie header without the named cookies, every other
// byte of the others kept; changed is false if none of them was there. An
// empty header means that nothing is left. See [Request.WithoutCookiesFunc].
func (r *Request) WithoutCookies(names func(name string) bool) (header string, changed bool) {
	return r.WithoutCookiesFunc(func(name, _ string) bool { return names(name) })
}

// WithoutCookiesFunc is the cookie header without the cookies that drop picks.
// It is asked in the order of the cookies, with the name as it stands, and
// with every name that a laxer server could read there: names with whitespace
// around them, percent-encoded or as PHP rewrites them, and, with an empty
// value, a second name= after whitespace or a comma inside of one part
// (Python's http.cookies ends a cookie there).
//
// Cookies that stay keep their bytes and the separators between them; several
// lines are joined with "; ". Without a change there is no header.
func (r *Request) WithoutCookiesFunc(drop func(name, value string) bool) (header string, changed bool) {
	if !r.anyDropped(drop) {
		return "", false
	}
	var kept []byte
	for i := range r.Headers {
		if r.Headers[i][0] != "cookie" {
			continue
		}
		line := r.Headers[i][1]
		at, first := 0, true // first: of what stays of this line
		for more := true; more; {
			var part string
			begin := at
			if end := strings.IndexByte(line[at:], ';'); end >= 0 {
				part, at = line[at:at+end], at+end+1
			} else {
				part, more = line[at:], false
			}
			if trimOWS(part) == "" {
				continue
			}
			if dropped(part, drop) {
				if !changed {
					// Until here everything stays as it is.
					changed = true
					kept = r.cookiesBefore(i, line[:begin])
					first = len(kept) == 0 || strings.Trim(line[:begin], "; \t") == ""
				}
				continue
			}
			if changed {
				kept = appendCookie(kept, part, first)
			}
			first = false
		}
	}
	if !changed {
		return "", false
	}
	return trimOWS(string(kept)), true
}

// anyDropped tells whether drop picks any cookie: usually it does not.
func (r *Request) anyDropped(drop func(name, value string) bool) bool {
	all := r.cookies()
	for i := range all {
		if c := &all[i]; drop(c.name, c.value) || !c.plain && dropped(c.part, drop) {
			return true
		}
	}
	return false
}

// cookiesBefore joins the cookie lines before header i, and the beginning of
// that one.
func (r *Request) cookiesBefore(i int, beginning string) []byte {
	var kept []byte
	for j := 0; j <= i; j++ {
		line := beginning
		if j < i {
			if r.Headers[j][0] != "cookie" {
				continue
			}
			line = r.Headers[j][1]
		}
		if line = strings.Trim(line, "; \t"); line != "" {
			kept = appendCookie(kept, line, true)
		}
	}
	return kept
}

// appendCookie adds what stays of a line: the first thing after "; ", the
// others with the bytes that they had in the line.
func appendCookie(kept []byte, part string, first bool) []byte {
	switch {
	case len(kept) == 0:
		return append(kept, strings.TrimLeft(part, " \t")...)
	case first:
		kept = append(kept, "; "...)
		return append(kept, strings.TrimLeft(part, " \t")...)
	}
	kept = append(kept, ';')
	return append(kept, part...)
}

// dropped asks drop about every name that could be read in part.
func dropped(part string, drop func(name, value string) bool) bool {
	equals := strings.IndexByte(part, '=')
	if equals < 0 {
		return false
	}
	name := trimOWS(part[:equals])
	if alikes(name, trimOWS(part[equals+1:]), drop) {
		return true
	}
	if !bytealg.HasBelow(trimOWS(part), ' '+1, ',') {
		return false
	}
	start, end := -1, -1 // the last word that began after a separator
	word := false        // it still goes on
	for i := 0; i < len(part); i++ {
		switch c := part[i]; {
		case c == '=':
			if word {
				end, word = i, false
			}
			if start >= 0 && (i > equals || part[start:end] != name) && alikes(part[start:end], "", drop) {
				return true
			}
			start = -1
		case separates(c):
			if word {
				end, word = i, false
			}
			if c == ',' {
				start = -1
			}
		case !word && (i == 0 || separates(part[i-1])):
			start, word = i, true
		}
	}
	return false
}

// separates tells whether a cookie may begin after c inside of a part: see
// words.HasBelow where all of a text is looked at.
func separates(c byte) bool { return c <= ' ' || c == ',' }
