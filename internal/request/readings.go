package request

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// Bounds of a path with more than one reading, beside maxPathWork. Servers take
// 8 KiB for a whole request line at most by default; paths of people and
// programs have fewer than ten readings.
const (
	maxReadings      = 64
	maxReadingLength = 8 << 10 // bytes of one of them
)

// Readings are the paths that servers could read in Target, without
// duplicates, the first being Path. The reason is reason.PathInvalid for a
// path that decodes to a control character, for a target that is not a path,
// and beyond the bounds: for a path longer than 8 KiB that has escapes, ";",
// "\", "//", segments that begin with a dot, or bytes beyond ASCII; and for one
// with too much of these.
//
// A reading is what comes out of any order of the steps that servers do, with
// at most two that decode: everything, everything but slashes (as servers do
// that split first), or slashes only (as proxies do); cutting ";…" off each
// segment; reading "\" as "/"; merging slashes; resolving dot segments, with
// "%2e" as a dot or not, with and without a slash left at the end; and taking
// what follows "//" for an authority (RFC 3986 section 4.2). Escapes that are
// invalid stay.
//
// Readings without regard to case are left to who compares them with patterns,
// because both have to be folded: see [Fold].
func (r *Request) Readings() ([]string, reason.Reason) {
	if r.several != nil {
		return r.several, reason.None
	}
	target, form := splitTarget(r.Method, r.Target)
	if form == wrongForm {
		return nil, reason.PathInvalid
	}
	path, end := cutPath(target)
	fragment := end < len(target) && target[end] == '#'
	traits, places := traitsOf(path)
	if !fragment && (traits == 0 || traits&^readOneWay == 0 && len(path) <= maxReadingLength) {
		r.single[0] = path
		return r.single[:], reason.None
	}
	all := newPaths(path, traits, places)
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
	for range 2 {
		all.normalize(level)
		level = all.decode(level)
	}
	all.normalize(level)
	if all.invalid {
		return nil, reason.PathInvalid
	}
	r.several = all.found
	return r.several, reason.None
}

// PathAsSent is the first of Readings alone, for where no rule asks for paths.
// The reason is reason.PathInvalid for a path that decodes, once or twice, to a
// control character, and for a target that is not a path.
func (r *Request) PathAsSent() ([]string, reason.Reason) {
	target, form := splitTarget(r.Method, r.Target)
	if form == wrongForm {
		return nil, reason.PathInvalid
	}
	r.single[0], _ = cutPath(target)
	decoded := r.single[0]
	if strings.IndexByte(decoded, '%') >= 0 {
		decoded = Unescape(Unescape(decoded)) // in which control characters stay
	}
	if bytealg.HasBelow(decoded, ' ', 0x7f) {
		return nil, reason.PathInvalid
	}
	return r.single[:], reason.None
}
