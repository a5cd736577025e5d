// Package reach says which requests fall under which rule of a configuration:
// for every request that there can be, not for examples.
//
// # Guarantees
//
// All that rules can tell apart in a host, in a path and in a method is put into
// classes, each with one of its members; within a class every pattern matches
// all or none. So what holds for the classes holds for all requests: a rule of
// which a Map says that it is never reached has none, and for any other there
// is a request. The tests hold both to package policy.
//
// # Limits
//
// New gives up on configurations that would take it too long, and says nothing
// about them. Lengths are not looked at: a host of more than 253 letters counts
// as one. Neither is an IPv4 address inside of one of IPv6. So a rule for nothing
// but such hosts counts as reached.
package reach

// Rule are the conditions of a rule as they are written; nil matches all.
type Rule struct {
	Hosts, NotHosts     []string
	Paths, NotPaths     []string
	Methods, NotMethods []string
}

// None is the owner of requests that no rule matches.
const None = -1

// Map says which rule each class of requests falls under.
type Map struct {
	Hosts   []string // one of each class; "" alone where no rule asks for hosts
	Methods []string // those that rules name, and last one that none names
	Paths   []Path   // one of each class

	rules  []compiled
	owners []int // by host, method and path
	paths  *classes
}

// Path is a path as a server reads it.
type Path struct {
	Text string
	// Folded paths are compared without regard to case, and Text is folded.
	Folded bool
}

// Cell is a class of requests, by its host, method and path in a Map.
type Cell struct{ Host, Method, Path int }

// compiled are the classes that each condition of a rule matches.
type compiled struct{ hosts, methods, paths []bool }

// maxWork bounds the cells that are looked at, over all rules.
const maxWork = 400_000_000

// New makes the map of some rules, in which also paths are told apart that the
// patterns of more match and do not match. ok is false where that would take too
// long.
func New(rules []Rule, more ...string) (m *Map, ok bool) {
	m = &Map{}
	hosts, ok := m.hostClasses(rules)
	if !ok {
		return nil, false
	}
	paths, ok := m.pathClasses(rules, more)
	if !ok {
		return nil, false
	}
	m.paths = paths
	m.Methods = methodClasses(rules)
	cells := len(m.Hosts) * len(m.Methods) * len(m.Paths)
	if cells*(len(rules)+1) > maxWork {
		return nil, false
	}
	m.owners = make([]int, cells)
	for i := range m.owners {
		m.owners[i] = None
	}
	for i := range rules {
		rule := compiled{
			hosts:   hosts.matched(rules[i].Hosts, rules[i].NotHosts),
			methods: m.methodsOf(&rules[i]),
			paths:   paths.matched(rules[i].Paths, rules[i].NotPaths),
		}
		m.rules = append(m.rules, rule)
		m.each(i, func(c Cell) {
			if owner := m.owner(c); *owner == None {
				*owner = i
			}
		})
	}
	return m, true
}

func (m *Map) owner(c Cell) *int {
	return &m.owners[(c.Host*len(m.Methods)+c.Method)*len(m.Paths)+c.Path]
}

// Owner is the rule that a class falls under, or None.
func (m *Map) Owner(c Cell) int { return *m.owner(c) }

// each calls visit with every class that a rule matches.
func (m *Map) each(rule int, visit func(Cell)) {
	r := &m.rules[rule]
	for h, host := range r.hosts {
		for t, method := range r.methods {
			if !host || !method {
				continue
			}
			for p, path := range r.paths {
				if path {
					visit(Cell{h, t, p})
				}
			}
		}
	}
}

// Owned are the classes that fall under a rule, or under None.
func (m *Map) Owned(rule int) []Cell {
	var cells []Cell
	for h := range m.Hosts {
		for t := range m.Methods {
			for p := range m.Paths {
				if c := (Cell{h, t, p}); m.Owner(c) == rule {
					cells = append(cells, c)
				}
			}
		}
	}
	return cells
}

// Reached reports whether some request falls under a rule. If none does, by are
// the rules before it that take those that it matches; there are none if it
// matches no request.
func (m *Map) Reached(rule int) (reached bool, by []int) {
	taken := make([]bool, rule)
	m.each(rule, func(c Cell) {
		if owner := m.Owner(c); owner == rule {
			reached = true
		} else {
			taken[owner] = true
		}
	})
	if reached {
		return true, nil
	}
	for i, is := range taken {
		if is {
			by = append(by, i)
		}
	}
	return false, by
}
