package convert

import (
	"slices"
	"strings"
)

// mayOverlap reports whether some request may fall under both. It says yes where
// it cannot tell.
func mayOverlap(a, b match) bool {
	return !disjoint(a.methods, b.methods, exact) && !disjoint(a.hosts, b.hosts, mayShare) && !disjoint(a.paths, b.paths, mayShare) &&
		!excluded(a.paths, b.notPaths) && !excluded(b.paths, a.notPaths) &&
		!excluded(a.methods, b.notMethods) && !excluded(b.methods, a.notMethods) &&
		!excluded(a.hosts, b.notHosts) && !excluded(b.hosts, a.notHosts)
}

// disjoint reports whether no pattern of one list shares anything with one of
// the other; nil is everything.
func disjoint(a, b []string, share func(a, b string) bool) bool {
	if a == nil || b == nil {
		return false
	}
	for _, one := range a {
		if slices.ContainsFunc(b, func(other string) bool { return share(one, other) }) {
			return false
		}
	}
	return true
}

func exact(a, b string) bool { return a == b }

// excluded reports whether every pattern stands in the list of exceptions.
func excluded(patterns, exceptions []string) bool {
	return patterns != nil && !slices.ContainsFunc(patterns, func(p string) bool { return !slices.Contains(exceptions, p) })
}

// mayShare compares what two patterns begin with.
func mayShare(a, b string) bool {
	a, openA := beginning(a)
	b, openB := beginning(b)
	switch {
	case openA && openB:
		return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	case openA:
		return strings.HasPrefix(b, a)
	case openB:
		return strings.HasPrefix(a, b)
	}
	return a == b
}

// beginning is the text in front of the first operator; open: something may
// follow.
func beginning(pattern string) (text string, open bool) {
	if end := strings.IndexAny(pattern, "*{"); end >= 0 {
		return pattern[:end], true
	}
	return pattern, false
}
