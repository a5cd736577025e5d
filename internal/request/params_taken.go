package request

import "strings"

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
	some := r.params.tooMany
	for i := range r.params.all {
		some = some || r.params.all[i].taken
	}
	if !some {
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
		end := len(target)
		if length := strings.IndexByte(target[s.end:], '&'); length >= 0 {
			end = s.end + length
		}
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
	return s.taken && !(keep != "" && s.strict() && s.names.is(s.target[s.begin:s.equals], keep))
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
// separators before them. If nothing is left, the piece is gone.
func (w *queryWriter) parts(s paramScanner, keep string) {
	any, written := false, false
	write := func(from, to int) {
		if joint := s.target[from-1 : from]; from > s.query && (any || joint == "#") {
			from--
		}
		any = true
		if text := s.target[from:to]; text != "" && !written {
			written = true
			w.pieces(text)
		} else {
			w.text.WriteString(text)
		}
	}
	from := s.query
	for s.next() {
		if !s.goes(keep) {
			continue
		}
		if s.begin > from {
			write(from, s.begin-1)
		}
		if from = s.end + 1; w.enough() {
			return
		}
	}
	if from <= len(s.target) {
		write(from, len(s.target))
	}
}

// String is the target.
func (w *queryWriter) String() string {
	if w.text.Len() == w.path+1 {
		return w.text.String()[:w.path]
	}
	return w.text.String()
}
