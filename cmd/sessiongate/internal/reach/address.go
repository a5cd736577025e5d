package reach

// address is how far an IPv6 address was read (RFC 4291 section 2.2).
type address struct {
	groups     int // that were begun
	digits     int // of the last of them
	colons     int // behind it
	compressed bool
}

func (a address) pack() int {
	n := ((a.groups*5+a.digits)*3 + a.colons) * 2
	if a.compressed {
		n++
	}
	return hostIPv6 + n
}

func unpack(state int) address {
	n := state - hostIPv6
	return address{n / 30, n / 6 % 5, n / 2 % 3, n%2 == 1}
}

// step reads a letter inside of the brackets, or the one that closes them.
func (a address) step(r rune) (state int, ok bool) {
	switch {
	case r == ':':
		a.colons++
		if a.colons == 2 {
			ok, a.compressed = !a.compressed, true
			return a.pack(), ok
		}
		// A single colon comes behind a group, or is half of a pair at the begin.
		return a.pack(), a.colons == 1 && (a.digits > 0 || a.groups == 0)
	case r >= '0' && r <= '9' || r >= 'a' && r <= 'f':
		if a.groups == 0 && a.colons == 1 {
			return 0, false
		}
		if a.colons > 0 || a.groups == 0 {
			a.groups, a.digits, a.colons = a.groups+1, 0, 0
		}
		a.digits++
		return a.pack(), a.digits <= 4 && (a.groups <= 7 || a.groups == 8 && !a.compressed)
	case r == ']':
		return hostEnd, a.colons != 1 && (a.groups == 8) != a.compressed
	}
	return 0, false
}
