package request

import (
	"slices"
	"strings"
)

// WithoutParams is Target without the query parameters that are to be taken
// away (see [Request.Sources]), every other byte kept; changed is false if none
// was there. A parameter that is read as keep stays. Names are compared
// form-decoded, and also as laxer servers read them: after ";" as after "&",
// with whitespace around them, as PHP rewrites them, or with an index
// ("token[]"). A query of which nothing is left loses its "?".
func (r *Request) WithoutParams(keep string) (target string, changed bool) {
	if r.Sources == nil || !r.Sources.Params.takes() {
		return r.Target, false
	}
	r.findParams(r.Sources.Params)
	if !r.params.tooMany && !slices.ContainsFunc(r.params.all, func(p param) bool { return p.taken }) {
		return r.Target, false
	}
	return withoutParams(r.Target, r.Sources.Params, keep)
}

func withoutParams(target string, names *Names, keep string) (string, bool) {
	s := newParamScanner(target, names)
	var w *queryWriter
	rest := s.query // where the piece between "&" begins that was not looked at
	for s.next() {
		if !s.goes(keep) {
			continue
		}
		begin := rest + strings.LastIndexByte(target[rest:s.begin], '&') + 1
		after, _, _ := strings.Cut(target[s.end:], "&")
		end := s.end + len(after)
		if w == nil {
			w = newQueryWriter(target[:s.query-1], len(target)-(s.end-s.begin))
		}
		if begin > rest {
			w.pieces(target[rest : begin-1])
		}
		// The value of a piece's first parameter goes up to the "&".
		if whole := s.begin == begin && (s.equals < s.end || s.end == end); !whole {
			w.parts(s.within(begin, end), keep)
		} else if w.enough() {
			return w.String(), true
		}
		rest, s.at = end+1, end+1
	}
	if w == nil {
		return target, false
	}
	if rest <= len(target) {
		w.pieces(target[rest:])
	}
	return w.String(), true
}

// goes reports whether the present parameter is taken away.
func (s *paramScanner) goes(keep string) bool {
	return s.taken && !(keep != "" && s.strict && s.names.is(s.target[s.begin:s.equals], keep))
}

// within is a scanner of one piece between "&".
func (s *paramScanner) within(begin, end int) paramScanner {
	return paramScanner{target: s.target[:end], names: s.names, query: begin, fragment: s.fragment, at: begin}
}

// queryWriter writes a target whose query has lost something.
type queryWriter struct {
	text  strings.Builder
	path  int  // how long it is
	joint byte // what comes before the next piece
	gone  int  // how many parameters were taken away
}

// enough counts what is taken away. With more than any honest request has, the
// rest of the query goes as well, so that it need not be looked at.
func (w *queryWriter) enough() bool {
	w.gone++
	return w.gone > maxParams
}

// newQueryWriter has written the path, and has memory for all of the target.
func newQueryWriter(path string, memory int) *queryWriter {
	w := &queryWriter{path: len(path), joint: '?'}
	w.text.Grow(memory)
	w.text.WriteString(path)
	return w
}

// pieces writes one or more pieces between "&", which may be empty.
func (w *queryWriter) pieces(text string) {
	w.text.WriteByte(w.joint)
	w.joint = '&'
	w.text.WriteString(text)
}

// parts writes what is left of one piece: the parameters that stay, with the
// separators before them. The first one needs none, but "#" stays. If nothing is
// left, the piece is gone.
func (w *queryWriter) parts(s paramScanner, keep string) {
	var left []byte
	from := s.query - 1 // the separator before what was not looked at
	for s.next() {
		if !s.goes(keep) {
			continue
		}
		left = append(left, s.target[from:s.begin-1]...)
		if from = s.end; w.enough() {
			from = len(s.target)
			break
		}
	}
	left = append(left, s.target[from:]...)
	if len(left) > 0 && left[0] != '#' {
		left = left[1:]
	}
	if len(left) > 0 {
		w.pieces(string(left))
	}
}

// String is the target.
func (w *queryWriter) String() string {
	if w.text.Len() == w.path+1 {
		return w.text.String()[:w.path]
	}
	return w.text.String()
}
