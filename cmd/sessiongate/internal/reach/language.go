package reach

import "slices"

// pathLanguage are the paths that servers read: "/" and any text behind it, or
// "*" for requests that are about no path.
type pathLanguage struct{}

const (
	pathBegin = iota
	pathInside
	pathStar
)

func (pathLanguage) start() int { return pathBegin }

func (pathLanguage) letters(state int, apart []rune) []rune {
	switch state {
	case pathBegin:
		return []rune{'/', '*'}
	case pathStar:
		return nil
	}
	for _, r := range "xyz0123456789abcdefghijklmnopqrstuvw-_~" {
		if !slices.Contains(apart, r) {
			return append(apart, r)
		}
	}
	for r := '一'; ; r++ { // letters without case
		if !slices.Contains(apart, r) {
			return append(apart, r)
		}
	}
}

func (pathLanguage) step(state int, r rune) (int, bool) {
	switch {
	case state == pathStar:
		return 0, false
	case state == pathBegin && r == '*':
		return pathStar, true
	}
	return pathInside, true
}

func (pathLanguage) accepts(state int) bool { return state != pathBegin }

// hostLanguage are names in lower case, IPv4 addresses among them, and IPv6
// addresses in brackets.
type hostLanguage struct {
	quads bool // with an IPv4 address in the end of one of IPv6
}

const (
	hostBegin = iota
	hostLabel
	hostDot
	hostEnd
	hostQuads // that IPv4 address, of which only the letters are looked at
	hostIPv6  // and above: see address
)

func (hostLanguage) start() int { return hostBegin }

func (hostLanguage) letters(int, []rune) []rune {
	return []rune("xyzabcdefghijklmnopqrstuvw0123456789-_.[:]")
}

func (l hostLanguage) step(state int, r rune) (int, bool) {
	digit := r >= '0' && r <= '9'
	label := digit || r >= 'a' && r <= 'z' || r == '-' || r == '_'
	switch {
	case state >= hostIPv6 && r == '.':
		return hostQuads, l.quads && unpack(state).digits > 0
	case state >= hostIPv6:
		return unpack(state).step(r)
	case state == hostQuads && r == ']':
		return hostEnd, true
	case state == hostQuads:
		return hostQuads, digit || r == '.'
	case state == hostEnd:
		return 0, false
	case state == hostBegin && r == '[':
		return address{}.pack(), true
	case state == hostLabel && r == '.':
		return hostDot, true
	}
	return hostLabel, label
}

func (hostLanguage) accepts(state int) bool { return state == hostLabel || state == hostEnd }
