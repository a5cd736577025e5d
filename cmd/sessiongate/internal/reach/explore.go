package reach

import (
	"encoding/binary"
	"slices"
)

// language are the texts that there can be.
type language interface {
	// start is the state before the first letter.
	start() int
	// letters are those that may follow, given those that machines tell apart:
	// all of those, and one for all the others.
	letters(state int, apart []rune) []rune
	// step reads a letter; it is not ok if no text goes on so.
	step(state int, r rune) (next int, ok bool)
	// accepts reports whether what was read is a text.
	accepts(state int) bool
}

// word is a text of a language, for all those that the same machines accept.
type word struct {
	text    string
	matches []bool
}

// Bounds of what explore does.
const (
	maxStates = 40_000
	maxSteps  = 8_000_000
)

// position is what all machines together have read: the state of the language,
// and of each machine that can still match.
type position struct {
	state  int
	active []active
	text   string
}

type active struct {
	machine int
	state   state
}

// explorer goes through all positions, short texts first.
type explorer struct {
	machines []machine
	language language
	queue    []position
	seen     map[string]bool
	words    []word
	known    map[string]bool
	steps    int
}

// explore finds a word for each set of machines that accept the same text. It
// is not ok where that would take too long.
func explore(machines []machine, l language) (words []word, ok bool) {
	e := explorer{machines: machines, language: l, seen: map[string]bool{}, known: map[string]bool{}}
	begin := position{state: l.start()}
	for i := range machines {
		begin.active = append(begin.active, active{i, machines[i].start()})
	}
	e.visit(begin)
	for i := 0; i < len(e.queue); i++ {
		if len(e.seen) > maxStates || e.steps > maxSteps {
			return nil, false
		}
		p := e.queue[i]
		e.queue[i] = position{}
		for _, r := range l.letters(p.state, e.apart(p.active)) {
			if next, ok := e.step(p, r); ok {
				e.visit(next)
			}
		}
	}
	return e.words, true
}

// apart are the letters that the machines of a position tell apart.
func (e *explorer) apart(all []active) []rune {
	letters := map[rune]bool{}
	for _, a := range all {
		e.machines[a.machine].letters(a.state, func(r rune) { letters[r] = true })
	}
	sorted := make([]rune, 0, len(letters))
	for r := range letters {
		sorted = append(sorted, r)
	}
	slices.Sort(sorted)
	return sorted
}

func (e *explorer) step(p position, r rune) (next position, ok bool) {
	if next.state, ok = e.language.step(p.state, r); !ok {
		return next, false
	}
	e.steps += len(p.active) + 1
	for _, a := range p.active {
		if s, ok := e.machines[a.machine].step(a.state, r); ok {
			next.active = append(next.active, active{a.machine, s})
		}
	}
	next.text = p.text + string(r)
	return next, true
}

// visit notes a position that is new.
func (e *explorer) visit(p position) {
	key := binary.AppendUvarint(nil, uint64(p.state))
	for _, a := range p.active {
		for _, n := range [...]int{a.machine, a.state.part, a.state.at, int(a.state.in)} {
			key = binary.AppendUvarint(key, uint64(n))
		}
	}
	if e.seen[string(key)] {
		return
	}
	e.seen[string(key)] = true
	e.queue = append(e.queue, p)
	if !e.language.accepts(p.state) {
		return
	}
	matches := make([]bool, len(e.machines))
	var accepted []byte
	for _, a := range p.active {
		if e.machines[a.machine].accepts(a.state) {
			matches[a.machine] = true
			accepted = binary.AppendUvarint(accepted, uint64(a.machine))
		}
	}
	if !e.known[string(accepted)] {
		e.known[string(accepted)] = true
		e.words = append(e.words, word{p.text, matches})
	}
}
