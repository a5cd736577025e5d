package reach

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/request"
)

// classes are what some patterns tell apart: for each class, which of the
// patterns match it. Paths have two spellings of each pattern.
type classes struct {
	patterns map[string]int
	matches  [][]bool // by class, then by pattern
}

// matched are the classes that some pattern of yes matches, or all if yes is
// nil, and no pattern of no.
func (c *classes) matched(yes, no []string) []bool {
	is := make([]bool, len(c.matches))
	for class, matches := range c.matches {
		matching := func(text string) bool { return matches[c.patterns[text]] }
		is[class] = (yes == nil || slices.ContainsFunc(yes, matching)) && !slices.ContainsFunc(no, matching)
	}
	return is
}

// number gives each pattern a number.
func number(lists ...[]string) (patterns map[string]int, texts []string) {
	patterns = map[string]int{}
	for _, list := range lists {
		for _, text := range list {
			if _, known := patterns[text]; !known {
				patterns[text] = len(texts)
				texts = append(texts, text)
			}
		}
	}
	return patterns, texts
}

// hostClasses are the classes of hosts. Where no rule asks for hosts there is one.
func (m *Map) hostClasses(rules []Rule) (*classes, bool) {
	var lists [][]string
	for i := range rules {
		lists = append(lists, rules[i].Hosts, rules[i].NotHosts)
	}
	patterns, texts := number(lists...)
	c := &classes{patterns: patterns}
	if len(texts) == 0 {
		m.Hosts, c.matches = []string{""}, [][]bool{nil}
		return c, true
	}
	quads := slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, "[") && strings.Contains(text, ".") })
	words, ok := explore(compileAll(texts, '.'), hostLanguage{quads})
	for _, w := range words {
		m.Hosts, c.matches = append(m.Hosts, w.text), append(c.matches, w.matches)
	}
	return c, ok
}

// pathClasses are the classes of paths as they stand, and after them of those
// without regard to case. They also tell apart what the patterns of more match.
func (m *Map) pathClasses(rules []Rule, more []string) (*classes, bool) {
	lists := [][]string{more}
	for i := range rules {
		lists = append(lists, rules[i].Paths, rules[i].NotPaths)
	}
	patterns, texts := number(lists...)
	c := &classes{patterns: patterns}
	folded := make([]string, len(texts))
	for i := range texts {
		folded[i] = request.Fold(texts[i])
	}
	for _, fold := range []bool{false, true} {
		if fold && slices.Equal(texts, folded) {
			break // the same classes once more
		}
		if fold {
			texts = folded
		}
		words, ok := explore(compileAll(texts, '/'), pathLanguage{})
		if !ok {
			return nil, false
		}
		for _, w := range words {
			m.Paths = append(m.Paths, Path{w.text, fold})
			c.matches = append(c.matches, w.matches)
		}
	}
	return c, true
}

// PathsOf are the classes that a pattern matches, of paths as they stand: one
// that a rule has, or that New was given.
func (m *Map) PathsOf(pattern string) []int {
	var all []int
	for class, is := range m.paths.matched([]string{pattern}, nil) {
		if is && !m.Paths[class].Folded {
			all = append(all, class)
		}
	}
	return all
}

// methodClasses are the methods that rules name, and one that they do not.
func methodClasses(rules []Rule) []string {
	var names []string
	for i := range rules {
		for _, name := range slices.Concat(rules[i].Methods, rules[i].NotMethods) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	other := "PATCH"
	for i := 0; slices.Contains(names, other); i++ {
		other = "X-" + strconv.Itoa(i)
	}
	return append(names, other)
}

// Method is the class of a method.
func (m *Map) Method(name string) int {
	if i := slices.Index(m.Methods, name); i >= 0 {
		return i
	}
	return len(m.Methods) - 1
}

func (m *Map) methodsOf(rule *Rule) []bool {
	is := make([]bool, len(m.Methods))
	for i, name := range m.Methods {
		is[i] = (rule.Methods == nil || slices.Contains(rule.Methods, name)) && !slices.Contains(rule.NotMethods, name)
	}
	return is
}
