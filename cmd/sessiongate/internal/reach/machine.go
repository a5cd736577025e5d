package reach

import "strings"

// machine reads a text letter by letter and says whether a pattern matches it.
// Every pattern is a template: literals with operators in between, each one
// segment, the last perhaps any text. So "a*" is "a", any text and nothing; "*a"
// is nothing, any text and "a".
type machine struct {
	literals  [][]rune
	separator rune
	named     []bool // whether the operator behind a literal is a name, which covers an empty segment too
	rest      bool   // the last operator is any text
	fail      []int  // of the last literal: see Knuth, Morris and Pratt
}

// compile makes a machine of a pattern that package policy takes. Segments end
// at the separator.
func compile(text string, separator rune) machine {
	m := machine{separator: separator}
	switch {
	case strings.Contains(text, "{"):
		for before, rest, more := strings.Cut(text, "{"); ; before, rest, more = strings.Cut(rest, "{") {
			m.literals = append(m.literals, []rune(before))
			if !more {
				break
			}
			var name string
			name, rest, _ = strings.Cut(rest, "}")
			m.rest = name == "**"
			m.named = append(m.named, name != "*" && name != "**")
		}
	case strings.HasSuffix(text, "*"):
		m.literals, m.rest = [][]rune{[]rune(text[:len(text)-1]), nil}, true
	case strings.HasPrefix(text, "*"):
		m.literals, m.rest = [][]rune{nil, []rune(text[1:])}, true
	default:
		m.literals = [][]rune{[]rune(text)}
	}
	m.fail = failures(m.literals[len(m.literals)-1])
	return m
}

func compileAll(texts []string, separator rune) []machine {
	machines := make([]machine, len(texts))
	for i := range texts {
		machines[i] = compile(texts[i], separator)
	}
	return machines
}

// failures are, for each beginning of a text, how long its longest proper
// beginning is that it ends with.
func failures(text []rune) []int {
	fail := make([]int, len(text))
	for i, k := 1, 0; i < len(text); i++ {
		for k > 0 && text[i] != text[k] {
			k = fail[k-1]
		}
		if text[i] == text[k] {
			k++
		}
		fail[i] = k
	}
	return fail
}

// state is how far a machine has read.
type state struct {
	part int // the literal that is read, or that comes before what is read
	at   int // how much of it was read
	in   mode
}

type mode uint8

const (
	inLiteral mode = iota
	inSegment      // behind literal part, at least one letter
	inText         // at: how much of the last literal the text so far ends with
)

// start is the state before the first letter.
func (m *machine) start() state { return m.settled(state{}) }

// settled goes on where a literal was read to its end.
func (m *machine) settled(s state) state {
	if last := len(m.literals) - 1; s.in == inLiteral && m.rest && s.part == last-1 && s.at == len(m.literals[s.part]) {
		return state{part: last, in: inText}
	}
	return s
}

// step reads a letter; it is not ok if nothing that begins so can match.
func (m *machine) step(s state, r rune) (next state, ok bool) {
	last := len(m.literals) - 1
	literal := m.literals[s.part]
	switch {
	case s.in == inText:
		return m.stepText(s, r), true
	case s.in == inSegment && r != m.separator:
		return s, true
	case s.in == inSegment:
		return m.behindSegment(s)
	case s.at < len(literal):
		s.at++
		return m.settled(s), literal[s.at-1] == r
	case s.part < last && r != m.separator: // the first letter of a segment
		return state{part: s.part, in: inSegment}, true
	case s.part < last && m.named[s.part]: // the end of an empty one
		return m.behindSegment(s)
	}
	return s, false
}

// behindSegment reads the separator behind a segment: the literal there begins
// with it.
func (m *machine) behindSegment(s state) (next state, ok bool) {
	next = state{part: s.part + 1, at: 1}
	if len(m.literals[next.part]) == 0 {
		return s, false
	}
	return m.settled(next), true
}

func (m *machine) stepText(s state, r rune) state {
	literal := m.literals[s.part]
	k := s.at
	if k == len(literal) && k > 0 {
		k = m.fail[k-1]
	}
	for k > 0 && literal[k] != r {
		k = m.fail[k-1]
	}
	if k < len(literal) && literal[k] == r {
		k++
	}
	return state{part: s.part, at: k, in: inText}
}

// accepts reports whether the pattern matches what was read.
func (m *machine) accepts(s state) bool {
	last := len(m.literals) - 1
	begun := s.in == inLiteral && s.part < last && s.at == len(m.literals[s.part]) && m.named[s.part]
	if s.in == inSegment || begun {
		return s.part == last-1 && len(m.literals[last]) == 0
	}
	return s.part == last && s.at == len(m.literals[last])
}

// letters adds those that lead anywhere else than all others do.
func (m *machine) letters(s state, add func(rune)) {
	switch literal := m.literals[s.part]; {
	case s.in == inText:
		for _, r := range literal {
			add(r)
		}
	case s.in == inLiteral && s.at < len(literal):
		add(literal[s.at])
	default:
		add(m.separator)
	}
}
