package request

import (
	"math/bits"
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// maxUnclear is how many parameters are looked at closely, because servers may
// read their names in several ways and they begin as one that matters does.
// Further ones count as names that are taken away. Hardly any honest request
// has one of them.
const maxUnclear = 512

// paramScanner goes through a query, from one parameter that matters to the
// next. Parameters end at "&", at ";" (some servers), and at "#" (those that
// are handed a fragment).
type paramScanner struct {
	target   string
	names    *Names
	query    int // where the query begins
	fragment int // where the first "#" is, or the end
	at       int // where the next parameter begins

	begin, end, equals int // of the present one
	taken              bool
	unclear            int // so many were looked at closely
}

func newParamScanner(target string, names *Names) paramScanner {
	s := paramScanner{target: target, names: names, at: len(target) + 1, fragment: len(target)}
	if names.empty() {
		return s
	}
	if mark := strings.IndexByte(target, '?'); mark >= 0 {
		s.query, s.at = mark+1, mark+1
		if length := strings.IndexByte(target[s.query:], '#'); length >= 0 {
			s.fragment = s.query + length
		}
	}
	return s
}

// next goes to the next parameter that matters, if there is one.
func (s *paramScanner) next() bool {
	target, begin := s.target, s.at
	shortest, first := s.names.shortest, &s.names.first // as judge asks; calls are dear
	for i := begin; i < len(target); i += 8 {
		var word uint64
		if i+8 <= len(target) {
			word = bytealg.Word(target[i:])
		} else {
			word = bytealg.At(target, i)
		}
		marks := bytealg.Marks(word, '&') | bytealg.Marks(word, ';') | bytealg.Marks(word, '#')
		if marks == bytealg.Everywhere && begin == i {
			begin += 8
			continue
		}
		for ; marks != 0; marks &= marks - 1 {
			end := i + bits.TrailingZeros64(marks)/8
			if end-begin >= shortest && first[target[begin]] && s.matters(begin, end) {
				return true
			}
			begin = end + 1
		}
	}
	s.at = len(target) + 1
	return len(target)-begin >= shortest && first[target[begin]] && s.matters(begin, len(target))
}

// matters looks at what stands between two separators, and goes there if its
// name matters.
func (s *paramScanner) matters(begin, end int) bool {
	is := s.names.judge(s.target, begin, end)
	if is == unlike {
		return false
	}
	equals := end
	if length := strings.IndexByte(s.target[begin:end], '='); length >= 0 {
		equals = begin + length
	}
	found, taken := true, true
	if is == unclear {
		s.unclear++
	}
	if is == likely || s.unclear <= maxUnclear {
		found, taken = s.names.lookUp(s.target[begin:equals])
	}
	if found {
		s.begin, s.end, s.equals, s.taken, s.at = begin, end, equals, taken, end+1
	}
	return found
}

// strict reports whether the present parameter is one also to servers that
// know only "&".
func (s *paramScanner) strict() bool {
	return s.begin <= s.fragment && (s.begin == s.query || s.target[s.begin-1] == '&') &&
		(s.equals < s.end || s.end == len(s.target) || s.target[s.end] != ';')
}

func (s *paramScanner) param() param {
	return param{
		begin: int32(s.begin), end: int32(s.end), equals: int32(s.equals),
		strict: s.strict(), taken: s.taken,
	}
}
