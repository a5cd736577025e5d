package request

import (
	"slices"
	"strings"
)

// Sources are the cookies, query parameters and headers that matter to a
// configuration. Of a request no other cookies and parameters are remembered.
type Sources struct {
	Cookies, Params *Names
	// Mark marks a header by its name, in lower case; nil: none is marked. It
	// must depend on nothing else.
	Mark func(name string) Mark
}

// Names are the names of cookies, or of query parameters: those that are read,
// and among them those that are taken away, in whatever way a server may read
// them. They are made by [CookieNames] and [ParamNames], and read-only.
type Names struct {
	form  bool // names come form-encoded
	all   []name
	taken looseNames // those that are taken away, without regard to case

	// What any of them has, so that most others are told apart at once.
	shortest   int
	lengths    [64]bool // modulo 64
	first      [256]bool
	beginnings []beginning
}

// beginning is how names begin, in eight letters or fewer.
type beginning struct {
	text     string
	shortest int // of the names
}

type name struct {
	text  string     // as it is configured
	alone looseNames // it, with regard to case
	taken bool
}

// CookieNames are names of cookies.
func CookieNames(read, taken []string) *Names { return newNames(false, read, taken) }

// ParamNames are names of query parameters.
func ParamNames(read, taken []string) *Names { return newNames(true, read, taken) }

func newNames(form bool, read, taken []string) *Names {
	n := &Names{form: form}
	n.add(taken, true)
	n.add(read, false)
	n.taken = newLooseNames(folded, taken...)
	for _, text := range newLooseNames(folded, slices.Concat(taken, read)...).all {
		n.mark(text)
	}
	return n
}

// mark notes the length of a loose name, and how it begins. Names come in order.
func (n *Names) mark(loose string) {
	if n.shortest == 0 || len(loose) < n.shortest {
		n.shortest = max(len(loose), 1)
	}
	n.lengths[len(loose)%len(n.lengths)] = true
	for c := range n.first {
		n.first[c] = n.first[c] || c == '%' || kinds[c] != 0 || strings.HasPrefix(loose, string(folded.table[c:c+1]))
	}
	text := loose[:min(8, len(loose))]
	if last := len(n.beginnings) - 1; last >= 0 && n.beginnings[last].text == text {
		n.beginnings[last].shortest = min(n.beginnings[last].shortest, len(loose))
		return
	}
	n.beginnings = append(n.beginnings, beginning{text, len(loose)})
}

func (n *Names) add(names []string, taken bool) {
	for _, text := range names {
		if !n.has(text) {
			n.all = append(n.all, name{text: text, alone: newLooseNames(strict, text), taken: taken})
		}
	}
}

// has reports whether a name is one of those that are read.
func (n *Names) has(text string) bool { return n.named(text) != nil }

// named is the name of this text; nil if it is none of the names.
func (n *Names) named(text string) *name {
	if n == nil {
		return nil
	}
	for i := range n.all {
		if n.all[i].text == text {
			return &n.all[i]
		}
	}
	return nil
}

// empty reports whether there are no names.
func (n *Names) empty() bool { return n == nil || len(n.all) == 0 }

// takes reports whether some name is to be taken away. Those stand first.
func (n *Names) takes() bool { return !n.empty() && n.all[0].taken }

// is reports whether raw is read as a name.
func (n *Names) is(raw, text string) bool {
	if n.form {
		return formDecodesTo(raw, text)
	}
	return raw == text
}
