// Package tree reads JSON and YAML into values that know where they stand in
// their file, so that what is said about one names its line and column.
//
// # Guarantees
//
// Reading never panics and is bounded, whatever the text is: aliases of YAML
// are followed up to a fixed number of values, nesting up to a fixed depth.
// An error says in words what is wrong, where, and what to write; it quotes
// nothing of the text but the few characters that it is about.
package tree

import "strings"

// Kind is what a value is.
type Kind uint8

// The kinds of values.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Object
)

// Place is a line and a column, from one; the column in letters. Both are zero
// where a place is not known.
type Place struct{ Line, Column int }

// Node is a value. Methods of a nil Node are those of a value that is not there.
type Node struct {
	Kind     Kind
	Text     string // what a string says; how a number or bool is written in JSON
	Place    Place
	Members  []Member // of an object, in order, with those that are given twice
	Elements []*Node  // of a list

	written *writing // how a string is written, if that is known
}

// Member is a member of an object.
type Member struct {
	Name  string
	Place Place // of the name
	Value *Node
}

// Get is the first member that has one of the names, or nil: a member of a
// protobuf message has two.
func (n *Node) Get(names ...string) *Node {
	if n == nil {
		return nil
	}
	for i := range n.Members {
		for _, name := range names {
			if n.Members[i].Name == name {
				return n.Members[i].Value
			}
		}
	}
	return nil
}

// Path follows names of members, one after the other. A name may be written in
// two ways: "common_tls_context|commonTlsContext".
func (n *Node) Path(names ...string) *Node {
	for _, name := range names {
		n = n.Get(strings.Split(name, "|")...)
	}
	return n
}

// Has reports whether there is a member of one of the names that is not null.
func (n *Node) Has(names ...string) bool { return n.Get(names...).Exists() }

// Exists reports whether there is a value other than null.
func (n *Node) Exists() bool { return n != nil && n.Kind != Null }

// Items are the elements of a list; of anything else there are none.
func (n *Node) Items() []*Node {
	if n == nil || n.Kind != List {
		return nil
	}
	return n.Elements
}

// Item is an element of a list, or nil.
func (n *Node) Item(i int) *Node {
	if items := n.Items(); i >= 0 && i < len(items) {
		return items[i]
	}
	return nil
}

// Str is what a string says; empty if the value is none.
func (n *Node) Str() string {
	if n == nil || n.Kind != String {
		return ""
	}
	return n.Text
}

// IsTrue reports whether the value is true.
func (n *Node) IsTrue() bool { return n != nil && n.Kind == Bool && n.Text == "true" }

// Strings are what the strings in a list say; a string alone is a list of one.
func (n *Node) Strings() []string {
	if s := n.Str(); s != "" {
		return []string{s}
	}
	var all []string
	for _, item := range n.Items() {
		if item.Kind == String {
			all = append(all, item.Text)
		}
	}
	return all
}

// At is where the value stands; where there is none, no place.
func (n *Node) At() Place {
	if n == nil {
		return Place{}
	}
	return n.Place
}

// Walk calls visit with the value and everything in it, until visit says false:
// then it leaves out what is in that value.
func (n *Node) Walk(visit func(*Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for i := range n.Members {
		n.Members[i].Value.Walk(visit)
	}
	for _, item := range n.Items() {
		item.Walk(visit)
	}
}
