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

	param       // the present one
	unclear int // so many were looked at closely
}

func newParamScanner(target string, names *Names) paramScanner {
	path, query, asks := strings.Cut(target, "?")
	strict, _, _ := strings.Cut(query, "#")
	s := paramScanner{target: target, names: names, query: len(path) + 1, at: len(target) + 1}
	s.fragment = s.query + len(strict)
	if asks && !names.empty() {
		s.at = s.query
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
	name, _, _ := strings.Cut(s.target[begin:end], "=")
	found, taken := true, true
	if is == unclear {
		s.unclear++
	}
	if is == likely || s.unclear <= maxUnclear {
		found, taken = s.names.lookUp(name)
	}
	if found {
		s.param = param{begin: begin, end: end, equals: begin + len(name), taken: taken}
		s.strict = begin <= s.fragment && (begin == s.query || s.target[begin-1] == '&') &&
			(s.equals < end || end == len(s.target) || s.target[end] != ';')
		s.at = end + 1
	}
	return found
}
