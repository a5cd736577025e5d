package request

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// query is what follows the first "?" of target, without a fragment.
func query(target string) string {
	_, q, _ := strings.Cut(target, "?")
	q, _, _ = strings.Cut(q, "#")
	return q
}

// Param is the value of a query parameter, form-decoded. Several equal values
// count as one; different ones are reason.AuthorizationAmbiguous, and so is a
// value beside one that only a laxer server would read (see WithoutParams).
// The value may be empty.
func (r *Request) Param(name string) (value string, present bool, bad reason.Reason) {
	q := query(r.Target)
	for rest, more := q, q != ""; more; {
		var piece string
		piece, rest, more = strings.Cut(rest, "&")
		n, v := param(piece)
		if n != name {
			continue
		}
		if v = formDecode(v); present && v != value {
			return "", false, reason.AuthorizationAmbiguous
		}
		value, present = v, true
	}
	if !present {
		return "", false, reason.None
	}
	other := func(n, v string) bool { return n == name && formDecode(v) != value }
	_, rest, _ := strings.Cut(r.Target, "?")
	for rest != "" {
		var piece string
		piece, rest = cutAny(rest)
		n, v := param(piece)
		if alikes(n, v, other) {
			return "", false, reason.AuthorizationAmbiguous
		}
	}
	return value, true, reason.None
}

// FirstParam is the first value of a query parameter, form-decoded.
func (r *Request) FirstParam(name string) (value string, present bool) {
	q := query(r.Target)
	for rest, more := q, q != ""; more; {
		var piece string
		piece, rest, more = strings.Cut(rest, "&")
		if n, v := param(piece); n == name {
			return formDecode(v), true
		}
	}
	return "", false
}

// WithoutParams is Target without the named query parameters, every other byte
// kept; changed is false if none was there. Names are compared form-decoded,
// and also as laxer servers read them: after ";" as after "&", with whitespace
// around them, as PHP rewrites them, or with an index ("token[]"). A query of
// which nothing is left loses its "?".
func (r *Request) WithoutParams(names func(name string) bool) (target string, changed bool) {
	return withoutParams(r.Target, names)
}

func withoutParams(target string, names func(name string) bool) (string, bool) {
	path, q, found := strings.Cut(target, "?")
	if !found || q == "" || plainQuery(q) && !hasParam(q, names) {
		return target, false
	}
	drop := func(name, _ string) bool { return names(name) }
	var kept []byte
	changed, any := false, false
	for at, more := 0, true; more; {
		begin := at
		var piece string
		if end := strings.IndexByte(q[at:], '&'); end >= 0 {
			piece, at = q[at:at+end], at+end+1
		} else {
			piece, more = q[at:], false
		}
		left, cut := withoutSubParams(piece, drop)
		if cut && !changed {
			changed = true
			if begin > 0 {
				kept, any = append(kept, q[:begin-1]...), true
			}
		}
		if !changed || cut && left == "" {
			continue
		}
		if any {
			kept = append(kept, '&')
		}
		kept, any = append(kept, left...), true
	}
	switch {
	case !changed:
		return target, false
	case len(kept) == 0:
		return path, true
	}
	return path + "?" + string(kept), true
}

// plainQuery tells whether all servers find the same parameters in a query,
// under names that read as they stand.
func plainQuery(q string) bool {
	for i := 0; i < len(q); i++ {
		switch c := q[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case c == '=' || c == '&' || c == '-' || c == '_':
		default:
			return false
		}
	}
	return true
}

// hasParam tells whether a plain query has a parameter of one of these names.
func hasParam(q string, names func(name string) bool) bool {
	for more := true; more; {
		var piece string
		piece, q, more = strings.Cut(q, "&")
		if name, _, _ := strings.Cut(piece, "="); names(name) {
			return true
		}
	}
	return false
}

// withoutSubParams is piece, the text between two "&", without the parameters
// to drop: all of it if it is one of them, otherwise those after ";" (or in a
// fragment), with that byte.
func withoutSubParams(piece string, drop func(name, value string) bool) (left string, changed bool) {
	if n, v := param(piece); alikes(n, v, drop) {
		return "", true
	}
	if !strings.ContainsAny(piece, ";#") {
		return piece, false
	}
	var kept []byte
	any := false
	for at := 0; at <= len(piece); {
		sub, _ := cutAny(piece[at:])
		n, v := param(sub)
		if alikes(n, v, drop) {
			changed = true
		} else {
			if at > 0 && (any || piece[at-1] == '#') {
				kept = append(kept, piece[at-1])
			}
			kept, any = append(kept, sub...), true
		}
		at += len(sub) + 1
	}
	if !changed {
		return piece, false
	}
	return string(kept), true
}

// param splits name=value; the name is form-decoded, the value is not.
func param(piece string) (name, value string) {
	name, value, _ = strings.Cut(piece, "=")
	return formDecode(name), value
}

// cutAny cuts at the first byte that some server takes for the end of a parameter.
func cutAny(s string) (before, after string) {
	if i := strings.IndexAny(s, "&;#"); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// eachLaxParam calls visit with the value, as it stands, of every query
// parameter that a server could take for the named one, without regard to case,
// until it says no.
func eachLaxParam(target, name string, visit func(value string) bool) {
	_, rest, _ := strings.Cut(target, "?")
	for rest != "" {
		var piece string
		piece, rest = cutAny(rest)
		n, v := param(piece)
		same := func(n, _ string) bool { return len(n) == len(name) && hasPrefixFold(n, name) }
		if alikes(n, v, same) && !visit(v) {
			return
		}
	}
}
