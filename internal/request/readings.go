package request

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// Bounds of a path with more than one reading. Servers take 8 KiB for a whole
// request line at most by default; paths of people and programs have fewer
// than ten readings.
const (
	maxReadings      = 64
	maxReadingLength = 8 << 10   // bytes of one of them
	maxReadingsTotal = 128 << 10 // bytes of all together
)

// Readings are the paths that servers could read in Target, without
// duplicates, the first being Path. The reason is reason.PathInvalid for a
// path that decodes to a control character, for a target that is none, and
// beyond the bounds.
//
// A reading is what comes out of any order of the steps that servers do, with
// at most two that decode: everything, everything but slashes (as servers do
// that split first), or slashes only (as proxies do); cutting ";…" off each
// segment; reading "\" as "/"; merging slashes; resolving dot segments, with
// "%2e" as a dot or not, with and without a slash left at the end; and taking what follows "//" for an
// authority (RFC 3986 section 4.2). Escapes that are invalid stay.
//
// Readings without regard to case are left to who compares them with patterns,
// because both have to be folded: see [Fold].
func (r *Request) Readings() ([]string, reason.Reason) {
	target, form := splitTarget(r.Method, r.Target)
	if form == wrongForm {
		return nil, reason.PathInvalid
	}
	path, end := cutPath(target)
	fragment := end < len(target) && target[end] == '#'
	if plain(path) && !fragment {
		r.single[0] = path
		return r.single[:], reason.None
	}
	all := paths{found: make([]string, 0, 8)}
	all.add(path)
	if fragment {
		// Envoy cuts fragments. Go's servers, were they to get one, would not.
		whole, _, _ := strings.Cut(target, "?")
		all.add(whole)
	}
	if end == len(target) {
		// The WHATWG parser cuts spaces at the end of a target.
		all.add(strings.TrimRight(path, " "))
	}
	level := 0
	for decodes := 0; ; decodes++ {
		all.normalize(level)
		if decodes == 2 || all.invalid {
			break
		}
		end := len(all.found)
		for _, p := range all.found[level:end] {
			all.add(decode(p, decodeAll))
			all.add(decode(p, decodeButSlashes))
			all.add(decode(p, decodeSlashes))
		}
		level = end
	}
	if all.invalid {
		return nil, reason.PathInvalid
	}
	return all.found, reason.None
}

// plain tells whether a path has one reading only. A path with a raw control
// character is not plain, so that it gets to where it is refused.
func plain(path string) bool {
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case c == '%' || c == '\\' || c == ';' || c <= ' ' || c == 0x7f:
			return false
		case c == '/' && i+1 < len(path):
			if path[i+1] == '/' || path[i+1] == '.' && startsWithDots(path[i+1:]) {
				return false
			}
		}
	}
	return true
}

func startsWithDots(rest string) bool {
	segment, _, _ := strings.Cut(rest, "/")
	return dotSegment(segment, false) > 0
}

// paths is a set of paths in the order in which they were found.
type paths struct {
	found   []string
	total   int // bytes
	invalid bool
}

func (s *paths) add(path string) {
	if s.invalid {
		return
	}
	for _, p := range s.found {
		if p == path {
			return
		}
	}
	if s.total += len(path); len(s.found) == maxReadings || len(path) > maxReadingLength || s.total > maxReadingsTotal {
		s.invalid = true
		return
	}
	for i := 0; i < len(path); i++ {
		if isControl(path[i]) {
			s.invalid = true
			return
		}
	}
	s.found = append(s.found, path)
}

// normalize adds what comes out of the paths from index level on, in any order
// of the steps that do not decode.
func (s *paths) normalize(level int) {
	for i := level; i < len(s.found) && !s.invalid; i++ {
		p := s.found[i]
		s.add(cutSegmentParams(p))
		s.add(backslashes(p))
		s.add(mergeSlashes(p))
		s.resolve(p, false)
		s.resolve(p, true)
		s.add(dropAuthority(p))
	}
}

func (s *paths) resolve(path string, encoded bool) {
	resolved, ended := resolveDots(path, encoded)
	s.add(resolved)
	if ended && len(resolved) > 1 {
		s.add(strings.TrimSuffix(resolved, "/"))
	}
}

// decode is path with the escapes decoded that stand for certain bytes.
func decode(path string, which func(byte) bool) string {
	if strings.IndexByte(path, '%') < 0 {
		return path
	}
	b := make([]byte, 0, len(path))
	for i := 0; i < len(path); i++ {
		c := path[i]
		if e, ok := escapeAt(path, i); ok && which(e) {
			c = e
			i += 2
		}
		b = append(b, c)
	}
	return string(b)
}

func decodeAll(byte) bool          { return true }
func decodeSlashes(c byte) bool    { return c == '/' || c == '\\' }
func decodeButSlashes(c byte) bool { return !decodeSlashes(c) }
