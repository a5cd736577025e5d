package request

import "encoding/binary"

// maxPathWork bounds what it costs to find the readings of a path, however few
// there turn out to be. A path costs one for each byte, and placeCost for each
// place with a trait, which steps look at by itself. That is paid when a path is
// new, and again before each step that begins with it. One takes V8 about 2 ns,
// so that no path costs more than ten ordinary requests do.
const (
	maxPathWork = 96 << 10
	placeCost   = 10
)

// paths is a set of paths in the order in which they were found.
type paths struct {
	found   []string
	known   []knownPath // the same
	made    []byte      // what a step has made
	work    int
	invalid bool
}

// knownPath is what is known about a path of the set.
type knownPath struct {
	sum     uint64
	cost    int
	traits  pathTraits
	decoded bool // what it decodes to is in the set
}

// newPaths is a set of one path.
func newPaths(path string, traits pathTraits, places int) *paths {
	s := &paths{found: make([]string, 0, 8), known: make([]knownPath, 0, 8)}
	if s.invalid = len(path) > maxReadingLength; !s.invalid {
		s.made = append(s.made, path...)
		s.insert(path, sumOf(s.made), traits, places)
	}
	return s
}

// add adds a path.
func (s *paths) add(path string) {
	if s.invalid = s.invalid || len(path) > maxReadingLength; !s.invalid {
		s.addMade(append(s.made[:0], path...))
	}
}

// addMade adds a path that a step has made. Most of them are in the set, so
// that is found out first.
func (s *paths) addMade(made []byte) {
	s.made = made
	sum := sumOf(made)
	for i := range s.known {
		if s.known[i].sum != sum {
			continue
		}
		if s.found[i] == string(made) {
			return
		}
		if !s.pay(len(made)) {
			return
		}
	}
	if s.invalid = s.invalid || len(s.found) == maxReadings; s.invalid {
		return
	}
	path := string(made)
	traits, places := traitsOf(path)
	s.insert(path, sum, traits, places)
}

func (s *paths) insert(path string, sum uint64, traits pathTraits, places int) {
	cost := len(path) + placeCost*places
	if s.invalid = traits&hasControls != 0 || !s.pay(cost); s.invalid {
		return
	}
	s.found = append(s.found, path)
	s.known = append(s.known, knownPath{sum: sum, cost: cost, traits: traits})
}

// pay adds to the work, and reports whether the bound allows it.
func (s *paths) pay(cost int) bool {
	s.work += cost
	s.invalid = s.invalid || s.work > maxPathWork
	return !s.invalid
}

// steps are those that a path with one of these traits may change.
var steps = []struct {
	traits pathTraits
	makeOf func(b []byte, path string) []byte
}{{hasParams, cutSegmentParams}, {hasBackslashes, backslashes}, {hasSlashRuns, mergeSlashes}}

// step adds what a step makes of the path at index i.
func (s *paths) step(i int, makeOf func(b []byte, path string) []byte) {
	if s.pay(s.known[i].cost) {
		s.addMade(makeOf(s.made[:0], s.found[i]))
	}
}

// normalize adds what comes out of the paths from index level on, in any order
// of the steps that do not decode.
func (s *paths) normalize(level int) {
	for i := level; i < len(s.found) && !s.invalid; i++ {
		traits := s.known[i].traits
		for _, step := range steps {
			if traits&step.traits != 0 {
				s.step(i, step.makeOf)
			}
		}
		if traits&hasDotSegments != 0 {
			s.resolve(i, false)
		}
		if traits&hasDotEscapes != 0 {
			s.resolve(i, true)
		}
		if beginsWithSlashes(s.found[i]) {
			s.step(i, dropAuthority)
		}
	}
}

// resolve adds the path at index i without dot segments, with and without the
// slash that is left of one at the end.
func (s *paths) resolve(i int, encoded bool) {
	if !s.pay(2 * s.known[i].cost) { // this step takes about twice as long as others
		return
	}
	resolved, ended := resolveDots(s.made[:0], s.found[i], encoded)
	s.addMade(resolved)
	if ended && len(resolved) > 1 {
		s.addMade(resolved[:len(resolved)-1])
	}
}

// decode adds what comes out of decoding the paths from index level on, and
// returns the index of the first that it added.
func (s *paths) decode(level int) int {
	end := len(s.found)
	for i := level; i < end && !s.invalid; i++ {
		known := s.known[i]
		slashes, others := known.traits&hasSlashEscapes != 0, known.traits&hasEscapes != 0
		if known.decoded || !slashes && !others {
			continue
		}
		s.step(i, decodeAll)
		if !slashes || !others {
			continue
		}
		first := len(s.found)
		s.step(i, decodeButSlashes)
		s.step(i, decodeSlashes)
		for ; first < len(s.found); first++ {
			// Decoding the rest makes no other path than decodeAll did, unless
			// there are new escapes.
			s.known[first].decoded = known.traits&hasPercents == 0
		}
	}
	return end
}

// sumOf is a number by which two paths are told apart at little cost.
func sumOf(path []byte) uint64 {
	const odd = 0x9e3779b97f4a7c15
	sum := uint64(len(path))
	for ; len(path) >= 8; path = path[8:] {
		sum = (sum ^ binary.LittleEndian.Uint64(path)) * odd
	}
	for _, c := range path {
		sum = (sum ^ uint64(c)) * odd
	}
	return sum
}
