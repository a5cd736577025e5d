package jwa

// Set is a set of algorithms. The zero value is empty.
type Set uint16

// SetOf makes a set. What is no algorithm is left out.
func SetOf(algorithms ...Algorithm) Set {
	var s Set
	for _, a := range algorithms {
		s |= 1 << a
	}
	return s & All()
}

// All is the set of all algorithms.
func All() Set { return 1<<count - 1<<1 }

// ForKey is the set of algorithms that a key of that "kty" and "crv" verifies;
// crv is empty for RSA.
func ForKey(kty, crv string) Set {
	var s Set
	for a := range count {
		if table[a].keyType == kty && table[a].curve == crv {
			s |= SetOf(a)
		}
	}
	return s
}

// Has reports whether a is in the set.
func (s Set) Has(a Algorithm) bool { return a > 0 && a < count && s&(1<<a) != 0 }

// List is the set's algorithms in the order of the table.
func (s Set) List() []Algorithm {
	var list []Algorithm
	for a := range count {
		if s.Has(a) {
			list = append(list, a)
		}
	}
	return list
}
