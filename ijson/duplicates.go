package ijson

import "github.com/tidwall/gjson"

// few is up to how many members are compared one by one; more go into a map.
const few = 16

// HasDuplicates tells whether an object, or any object inside the value, has
// two members of one name. Names are compared as they read after unescaping.
func HasDuplicates(value gjson.Result) bool { return hasDuplicates(value) }

func hasDuplicates(value gjson.Result) bool {
	var (
		first     [few]string
		n         int
		many      map[string]struct{}
		duplicate bool
	)
	isObject := value.IsObject()
	value.ForEach(func(key, member gjson.Result) bool {
		if isObject {
			name := key.Str
			switch {
			case many != nil:
				_, duplicate = many[name]
				many[name] = struct{}{}
			case n < few:
				for _, other := range first[:n] {
					duplicate = duplicate || other == name
				}
				first[n] = name
				n++
			default:
				many = make(map[string]struct{}, 4*few)
				for _, other := range first {
					many[other] = struct{}{}
				}
				_, duplicate = many[name]
				many[name] = struct{}{}
			}
		}
		if !duplicate && member.Type == gjson.JSON {
			duplicate = hasDuplicates(member)
		}
		return !duplicate
	})
	return duplicate
}
