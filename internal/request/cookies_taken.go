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
	changed, left := false, r.cookieBytes()
	for i := range r.cookies.all {
		if c := &r.cookies.all[i]; !r.stays(c, keep) {
			changed, left = true, left-int(c.end-c.begin)
		}
	}
	if !changed {
		return "", false
	}
	w := cookieWriter{memory: left}
	next := 0
	for i := range r.Headers {
		if r.Headers[i][0] != "cookie" {
			continue
		}
		line := r.Headers[i][1]
		from := 0
		w.inLine = false
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

// cookieBytes is how long all cookie lines are when they are joined.
func (r *Request) cookieBytes() int {
	n := 0
	for i := range r.Headers {
		if r.Headers[i][0] == "cookie" {
			n += len(r.Headers[i][1]) + len("; ")
		}
	}
	return n
}

// cookieWriter puts cookie lines together.
type cookieWriter struct {
	text   strings.Builder
	memory int  // that what stays needs
	inLine bool // something of the present line is there
}

// add adds a piece of a line, which begins and ends at a ";" or with the line,
// without the empty parts at its ends.
func (w *cookieWriter) add(piece string) {
	piece = trimEmptyParts(piece)
	if piece == "" {
		return
	}
	switch {
	case w.text.Len() == 0:
		w.text.Grow(w.memory)
		piece = strings.TrimLeft(piece, " \t")
	case w.inLine:
		w.text.WriteByte(';')
	default:
		w.text.WriteString("; ")
		piece = strings.TrimLeft(piece, " \t")
	}
	w.text.WriteString(piece)
	w.inLine = true
}

// trimEmptyParts is piece without the parts at either end in which nothing
// stands; the others keep their bytes.
func trimEmptyParts(piece string) string {
	for {
		end := strings.LastIndexByte(piece, ';')
		if trimOWS(piece[end+1:]) != "" {
			break
		}
		if end < 0 {
			return ""
		}
		piece = piece[:end]
	}
	for {
		begin := strings.IndexByte(piece, ';')
		if begin < 0 || trimOWS(piece[:begin]) != "" {
			return piece
		}
		piece = piece[begin+1:]
	}
}
