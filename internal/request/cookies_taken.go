package request

import "strings"

// WithoutCookies is the cookie header without the cookies that are to be taken
// away (see [Request.Sources]), but for those of which keep says, by their name
// and value as they stand, that they stay. A cookie is taken away also under
// the names that laxer servers read: with whitespace or quotes around them,
// percent-encoded or as PHP rewrites them, and if a second name= stands inside
// of it, after whitespace or a comma.
//
// Cookies that stay keep their bytes and the separators between them; several
// lines are joined with "; ". changed is false if all stay, when there is no
// header; an empty one means that nothing is left.
func (r *Request) WithoutCookies(keep func(name, value string) bool) (header string, changed bool) {
	if !r.has(slotCookie) || r.Sources == nil || !r.Sources.Cookies.takes() {
		return "", false
	}
	r.findCookies(r.Sources.Cookies)
	cut := 0
	for i := range r.cookies.all {
		if c := &r.cookies.all[i]; !r.stays(c, keep) {
			cut += int(c.end - c.begin)
		}
	}
	if cut == 0 {
		return "", false
	}
	var w cookieWriter
	first := r.first(slotCookie)
	w.text.Grow(max(len(first)-cut, 0)) // mostly there is one line
	next := 0
	for i := range r.Headers {
		if r.Headers[i][0] != "cookie" {
			continue
		}
		line := r.Headers[i][1]
		from := 0
		w.joint = "; "
		for ; next < len(r.cookies.all) && int(r.cookies.all[next].line) == i; next++ {
			if c := &r.cookies.all[next]; !r.stays(c, keep) {
				w.add(line[from:c.begin])
				from = int(c.end)
			}
		}
		w.add(line[from:])
	}
	return trimOWS(w.text.String()), true
}

// stays reports whether a cookie is not taken away.
func (r *Request) stays(c *cookie, keep func(name, value string) bool) bool {
	line := r.Headers[c.line][1]
	return !c.taken || keep(line[c.name:c.after], trimOWS(line[c.equals+1:c.end]))
}

// cookieWriter puts cookie lines together.
type cookieWriter struct {
	text  strings.Builder
	joint string // what comes before the next piece
}

// add adds a piece of a line, which begins and ends at a ";" or with the line,
// without the empty parts at its ends.
func (w *cookieWriter) add(piece string) {
	piece = trimEmptyParts(piece)
	if piece == "" {
		return
	}
	if w.joint != ";" {
		piece = strings.TrimLeft(piece, " \t")
	}
	if w.text.Len() > 0 {
		w.text.WriteString(w.joint)
	}
	w.text.WriteString(piece)
	w.joint = ";"
}

// trimEmptyParts is piece without the parts at either end in which nothing
// stands; the others keep their bytes.
func trimEmptyParts(piece string) string {
	const nothing = "; \t"
	last := strings.TrimRight(piece, nothing)
	if last == "" {
		return ""
	}
	after, _, _ := strings.Cut(piece[len(last):], ";")
	before := len(piece) - len(strings.TrimLeft(piece, nothing))
	begin := strings.LastIndexByte(piece[:before], ';') + 1
	return piece[begin : len(last)+len(after)]
}
