package request

import (
	"bytes"
	"strings"
)

// The steps below append to b what they make of a path. None makes it longer.

// decodeAll decodes all escapes that are valid.
func decodeAll(b []byte, path string) []byte { return decode(b, path, true, true) }

// decodeSlashes decodes "/" and "\" only.
func decodeSlashes(b []byte, path string) []byte { return decode(b, path, true, false) }

// decodeButSlashes decodes what is neither "/" nor "\".
func decodeButSlashes(b []byte, path string) []byte { return decode(b, path, false, true) }

func decode(b []byte, path string, slashes, others bool) []byte {
	for i := 0; i < len(path); {
		if path[i] != '%' {
			plain, _, _ := strings.Cut(path[i:], "%")
			b = append(b, plain...)
			i += len(plain)
			continue
		}
		c, next := escapedByte(path, i)
		if isSlash(c) && !slashes || !isSlash(c) && !others {
			c, next = '%', i+1
		}
		b = append(b, c)
		i = next
	}
	return b
}

// cutSegmentParams leaves out ";…" in each segment (RFC 3986 section 3.3;
// Java's servers do it before anything else).
func cutSegmentParams(b []byte, path string) []byte {
	for {
		at := strings.IndexByte(path, ';')
		if at < 0 {
			return append(b, path...)
		}
		b = append(b, path[:at]...)
		end := strings.IndexByte(path[at:], '/')
		if end < 0 {
			return b
		}
		path = path[at+end:]
	}
}

// backslashes has "/" for "\", as the WHATWG parser and Windows do.
func backslashes(b []byte, path string) []byte {
	b = append(b, path...)
	for i, c := range b {
		if c == '\\' {
			b[i] = '/'
		}
	}
	return b
}

// mergeSlashes has one "/" for each run of them.
func mergeSlashes(b []byte, path string) []byte {
	from := 0
	for i := 1; i < len(path); i++ {
		if path[i] == '/' && path[i-1] == '/' {
			b = append(b, path[from:i]...)
			from = i + 1
		}
	}
	return append(b, path[from:]...)
}

// resolveDots leaves out "." and ".." segments (RFC 3986 section 5.2.4), where
// encoded says whether "%2e" is a dot as well (WHATWG URL section 4.1). ended
// reports whether one of them was the last, so that the slash at the end is
// not the client's. b has to be empty.
func resolveDots(b []byte, path string, encoded bool) (resolved []byte, ended bool) {
	from := 0
	for i := 1; i < len(path); i++ {
		if c := path[i]; c != '.' && c != '%' || path[i-1] != '/' {
			continue
		}
		end := len(path) // of the segment
		if next := strings.IndexByte(path[i:], '/'); next >= 0 {
			end = i + next
		}
		if dots := dotSegment(path[i:end], encoded); dots > 0 {
			b = append(b, path[from:i-1]...)
			if dots == 2 {
				b = b[:max(0, bytes.LastIndexByte(b, '/'))]
			}
			if end == len(path) {
				b, ended = append(b, '/'), true
			}
			from = end
		}
		i = end
	}
	return append(b, path[from:]...), ended
}

// dotSegment is 1 for ".", 2 for "..", else 0.
func dotSegment(segment string, encoded bool) int {
	dots := 0
	for segment != "" {
		switch {
		case segment[0] == '.':
			segment = segment[1:]
		case encoded && hasPrefixFold(segment, "%2e"):
			segment = segment[3:]
		default:
			return 0
		}
		if dots++; dots > 2 {
			return 0
		}
	}
	return dots
}

// dropAuthority is what a server reads that resolves the path as a reference
// (RFC 3986 section 4.2): what follows two or more slashes at the beginning is
// an authority, up to the next slash.
func dropAuthority(b []byte, path string) []byte {
	path = strings.TrimLeft(path, `/\`)
	end := strings.IndexAny(path, `/\`)
	if end < 0 {
		return append(b, '/')
	}
	return append(b, path[end:]...)
}

func beginsWithSlashes(path string) bool {
	return len(path) >= 2 && isSlash(path[0]) && isSlash(path[1])
}

func isSlash(c byte) bool { return c == '/' || c == '\\' }
