package request

import (
	"bytes"
	"strings"
)

// cutSegmentParams is path without ";…" in each segment (RFC 3986 section 3.3;
// Java's servers do it before anything else).
func cutSegmentParams(path string) string {
	if strings.IndexByte(path, ';') < 0 {
		return path
	}
	b := make([]byte, 0, len(path))
	cutting := false
	for i := 0; i < len(path); i++ {
		switch path[i] {
		case ';':
			cutting = true
		case '/':
			cutting = false
		}
		if !cutting {
			b = append(b, path[i])
		}
	}
	return string(b)
}

// backslashes is path with "/" for "\", as the WHATWG parser and Windows have it.
func backslashes(path string) string {
	if strings.IndexByte(path, '\\') < 0 {
		return path
	}
	return strings.ReplaceAll(path, `\`, "/")
}

// mergeSlashes is path with one "/" for each run of them.
func mergeSlashes(path string) string {
	if !strings.Contains(path, "//") {
		return path
	}
	b := make([]byte, 0, len(path))
	for i := 0; i < len(path); i++ {
		if i == 0 || path[i] != '/' || path[i-1] != '/' {
			b = append(b, path[i])
		}
	}
	return string(b)
}

// resolveDots is path without "." and ".." segments (RFC 3986 section 5.2.4),
// where encoded says whether "%2e" is a dot as well (WHATWG URL section 4.1);
// ended tells whether one of them was the last, so that the slash at the end
// is not the client's.
func resolveDots(path string, encoded bool) (resolved string, ended bool) {
	if !strings.Contains(path, "/.") && !(encoded && strings.Contains(path, "/%2")) {
		return path, false
	}
	b := make([]byte, 0, len(path))
	changed := false
	for rest := path; rest != ""; {
		segment := rest // from one slash to the next
		if next := strings.IndexByte(rest[1:], '/'); next >= 0 {
			segment = rest[:next+1]
		}
		rest = rest[len(segment):]
		dots := 0
		if segment[0] == '/' {
			dots = dotSegment(segment[1:], encoded)
		}
		if dots == 0 {
			b = append(b, segment...)
			continue
		}
		changed = true
		if dots == 2 {
			b = b[:max(0, bytes.LastIndexByte(b, '/'))]
		}
		if rest == "" {
			b, ended = append(b, '/'), true
		}
	}
	if !changed {
		return path, false
	}
	return string(b), ended
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
func dropAuthority(path string) string {
	if len(path) < 2 || !isSlash(path[0]) || !isSlash(path[1]) {
		return path
	}
	i := 2
	for i < len(path) && isSlash(path[i]) {
		i++
	}
	for i < len(path) && !isSlash(path[i]) {
		i++
	}
	if i == len(path) {
		return "/"
	}
	return path[i:]
}

func isSlash(c byte) bool { return c == '/' || c == '\\' }
