package request

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// MaxCookies is how many cookies of a request are looked at; with more, none
// is. What stands between two ";" is one, whatever it is, and so is a name= in
// it that some server may read as one of the names.
const MaxCookies = 1000

// cookie is a part of a cookie line that has a "=". Places are those of bytes
// in the line.
type cookie struct {
	line         int32 // which of the headers
	begin, end   int32 // what stands between ";"
	name, equals int32 // where the name begins, and where the first "=" is
	after        int32 // where the name has ended
	taken        bool  // some server reads a name in it that is taken away
}

// cookieList are the cookies that matter, found in one pass.
type cookieList struct {
	of    *Names // nil: not looked for yet
	all   []cookie
	count int // of those that were looked at
}

// TooManyCookies reports whether there are more than [MaxCookies].
func (r *Request) TooManyCookies() bool {
	if !r.has(slotCookie) || r.Sources == nil || r.Sources.Cookies.empty() {
		return false
	}
	r.findCookies(r.Sources.Cookies)
	return r.cookies.count > MaxCookies
}

// Cookie is the first non-empty value among the cookies of that name (as it
// stands, neither percent-decoded nor unquoted), and whether any cookie of
// that name is there. Names are case-sensitive; all cookie lines are read as
// one; a part without "=" is no cookie. Of too many cookies none is there.
func (r *Request) Cookie(name string) (value string, present bool) {
	names := r.cookieNames(name)
	r.findCookies(names)
	for i := range r.cookies.all {
		c := &r.cookies.all[i]
		line := r.Headers[c.line][1]
		if line[c.name:c.after] != name {
			continue
		}
		present = true
		if value = trimOWS(line[c.equals+1 : c.end]); value != "" {
			return value, true
		}
	}
	return "", present
}

// cookieNames are those to look for, of which name is one.
func (r *Request) cookieNames(name string) *Names {
	if r.Sources != nil && r.Sources.Cookies.has(name) {
		return r.Sources.Cookies
	}
	return CookieNames([]string{name}, nil)
}

// CookieDecoded is Cookie with %XX decoded, the way JavaScript libraries do
// it: a value with an escape that is invalid, or no UTF-8, stays as it is.
func (r *Request) CookieDecoded(name string) (value string, present bool) {
	value, present = r.Cookie(name)
	return componentDecode(value), present
}

// findCookies finds the cookies with these names, unless it has done so.
func (r *Request) findCookies(names *Names) {
	if r.cookies.of == names {
		return
	}
	r.cookies = cookieList{of: names, all: r.cookies.all[:0]}
	first := int(r.layout.first[slotCookie]) - 1
	if first < 0 {
		return
	}
	line := r.Headers[first][1]
	if r.met == nil || r.met.of != names || r.repeated(slotCookie) || len(line) > maxMetLine {
		r.readCookies(first)
		return
	}
	print := linePrint(line)
	known := r.met.find(line, print)
	if known == nil {
		r.readCookies(first)
		r.met.meet(line, print, &r.cookies)
		return
	}
	r.cookies.all, r.cookies.count = append(r.cookies.all, known.cookies...), known.count
	for i := range r.cookies.all {
		r.cookies.all[i].line = int32(first)
	}
}

// readCookies reads all cookie lines, of which this is the first.
func (r *Request) readCookies(first int) {
	for i := first; i < len(r.Headers); i++ {
		if r.Headers[i][0] != "cookie" {
			continue
		}
		line := r.Headers[i][1]
		for begin := 0; begin < len(line); {
			end := len(line)
			if length := strings.IndexByte(line[begin:], ';'); length >= 0 {
				end = begin + length
			}
			r.addCookie(i, begin, end)
			if r.cookies.count > MaxCookies {
				r.cookies.all = r.cookies.all[:0]
				return
			}
			begin = end + 1
		}
	}
}

// addCookie counts a part of a line, and remembers it if it matters.
func (r *Request) addCookie(line, begin, end int) {
	r.cookies.count++
	text := r.Headers[line][1][:end]
	equals := strings.IndexByte(text[begin:], '=')
	if equals < 0 {
		return
	}
	equals += begin
	name, after := begin, equals
	for name < after && isOWS(text[name]) {
		name++
	}
	for name < after && isOWS(text[after-1]) {
		after--
	}
	found, taken := r.cookies.of.find(text, name, after)
	if !taken && bytealg.HasBelow(trimOWS(text[name:]), ' '+1, ',') && r.hides(text[name:]) {
		found, taken = true, true
	}
	if found {
		r.cookies.all = append(r.cookies.all, cookie{
			line: int32(line), begin: int32(begin), end: int32(end),
			name: int32(name), after: int32(after), equals: int32(equals), taken: taken,
		})
	}
}

// hides reports whether some server reads a name that is taken away further on
// in a cookie: a name= after whitespace or a comma (Python's http.cookies ends
// a cookie there). It counts those that it has to look at more closely.
func (r *Request) hides(part string) bool {
	from := 0 // after the last "="
	for i := range len(part) {
		if part[i] != '=' {
			continue
		}
		if i-from > r.cookies.of.shortest && r.hidden(part, from, i) {
			return true
		}
		from = i + 1
	}
	return false
}

// hidden reports whether the last word of part[from:to] is taken away. It has
// to follow a separator, and has none after it but spaces.
func (r *Request) hidden(part string, from, to int) bool {
	if r.cookies.count > MaxCookies {
		return false
	}
	end := to
	for end > from && part[end-1] <= ' ' {
		end--
	}
	begin := end
	for begin > from && part[begin-1] > ' ' && part[begin-1] != ',' {
		begin--
	}
	if begin == from {
		return false
	}
	if r.cookies.of.judge(part, begin, end) == unlike {
		return false
	}
	r.cookies.count++
	_, taken := r.cookies.of.lookUp(part[begin:end])
	return taken
}
