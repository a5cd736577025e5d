package ijson

// scan tells whether the nesting stays within MaxDepth and every surrogate
// escape is half of a pair. It does not recurse. On text that is not JSON its
// answer means nothing, but the depth it bounds is also that of any prefix
// that is JSON, and so of a recursive validator.
func scan(data []byte) bool {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			if depth++; depth > MaxDepth {
				return false
			}
		case '}', ']':
			depth--
		case '"':
			end, ok := scanString(data, i+1)
			if !ok {
				return false
			}
			i = end
		}
	}
	return true
}

// scanString returns the place of the closing quote of a string that begins at
// i, or the end of the data.
func scanString(data []byte, i int) (end int, ok bool) {
	for ; i < len(data); i++ {
		switch data[i] {
		case '"':
			return i, true
		case '\\':
			unit, isEscape := escapedUnit(data, i)
			switch {
			case !isEscape:
				i++ // whatever is escaped, it does not end the string
			case unit < 0xD800 || unit > 0xDFFF:
				i += 5
			default:
				low, _ := escapedUnit(data, i+6)
				if unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF {
					return i, false
				}
				i += 11
			}
		}
	}
	return len(data), true
}

// escapedUnit is the UTF-16 code unit of an escape \uXXXX at i.
func escapedUnit(data []byte, i int) (unit int, ok bool) {
	if i+6 > len(data) || data[i] != '\\' || data[i+1] != 'u' {
		return 0, false
	}
	for _, c := range data[i+2 : i+6] {
		unit <<= 4
		switch {
		case c >= '0' && c <= '9':
			unit |= int(c - '0')
		case c >= 'a' && c <= 'f':
			unit |= int(c-'a') + 10
		case c >= 'A' && c <= 'F':
			unit |= int(c-'A') + 10
		default:
			return 0, false
		}
	}
	return unit, true
}
