package strictjson

import "slices"

// few is up to how many names of an object are compared one by one.
const few = 32

// names finds two members of one name in an object. It holds the names of all
// objects that are open, the inmost's at the end, and takes no memory but for
// them, whatever objects come one after the other or inside one another. Who
// makes the JSON up also chooses the names, so there is no hash table whose
// entries they could make collide: many names are sorted.
type names struct {
	some  [3 * few]string // those of objects with few members
	count int
	many  []string // those of other objects, and of those that find no room in some
}

// scope is where the names of an object begin: in many if there are any, else
// in some.
type scope struct{ some, many int }

func (n *names) open() scope { return scope{n.count, len(n.many)} }

// add notes a name of the inmost object, whose scope is given. It is false if
// the name is there, and may be true though it is there: see close.
func (n *names) add(name string, s scope) bool {
	if len(n.many) == s.many {
		mine := n.some[s.some:n.count]
		if slices.Contains(mine, name) {
			return false
		}
		if len(mine) < few && n.count < len(n.some) {
			n.some[n.count] = name
			n.count++
			return true
		}
		n.many = append(n.many, mine...)
		n.count = s.some
	}
	n.many = append(n.many, name)
	return true
}

// close forgets the names of the inmost object, and reports whether they all
// differ.
func (n *names) close(s scope) bool {
	n.count = s.some
	return len(n.many) == s.many || n.closeMany(s.many)
}

func (n *names) closeMany(begin int) bool {
	mine := n.many[begin:]
	n.many = n.many[:begin]
	slices.Sort(mine)
	return len(slices.Compact(mine)) == len(mine)
}
