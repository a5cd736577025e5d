package ijson

import (
	"strings"

	"github.com/tidwall/gjson"
)

// few is up to how many members are compared one by one; more go into a map.
const few = 32

// HasDuplicates tells whether an object, or any object inside the value, has
// two members of one name. Names are compared as they read after unescaping.
func HasDuplicates(value gjson.Result) bool { return !walk(value, nil) }

// walk gives the members of an object to each, if there is one, and tells
// whether no object in the value has two members of one name.
func walk(value gjson.Result, each func(name string, member gjson.Result)) (unique bool) {
	isObject := value.IsObject()
	unique = true
	var seen names
	value.ForEach(func(key, member gjson.Result) bool {
		if isObject {
			unique = seen.add(key.Str)
		}
		// What holds no brace holds no object.
		if unique && member.Type == gjson.JSON && strings.IndexByte(member.Raw, '{') >= 0 {
			unique = walk(member, nil)
		}
		if unique && each != nil {
			each(key.Str, member)
		}
		return unique
	})
	return unique
}

// names is a set of names. It allocates only when there are many.
type names struct {
	first [few]string
	n     int
	many  map[string]struct{}
}

// add adds a name; false if it was there.
func (s *names) add(name string) bool {
	if s.many == nil {
		for _, other := range s.first[:s.n] {
			if other == name {
				return false
			}
		}
		if s.n < few {
			s.first[s.n] = name
			s.n++
			return true
		}
		s.many = make(map[string]struct{}, 4*few)
		for _, other := range s.first {
			s.many[other] = struct{}{}
		}
	}
	if _, there := s.many[name]; there {
		return false
	}
	s.many[name] = struct{}{}
	return true
}
