// Package strictjsontest has JSON that is made to cost a reader much, and bounds for
// what reading may cost: for the tests of every package that reads JSON of
// clients and key servers.
package strictjsontest

import (
	"fmt"
	"strings"
)

// Ordinary is an object of about size bytes, made of what tokens hold.
func Ordinary(size int) string {
	return list(size, `{"iss":"https://issuer.example","sub":"user_2b3c4d5e6f7g8h9i0j","exp":1800000060,"fva":[0,-1],"o":{"id":"org_1","rol":"admin"},"v":2}`)
}

// Costly are objects of about size bytes, by what is costly about them. Some
// have a name twice.
func Costly(size int) map[string]string {
	escaped := func(i int) string { return fmt.Sprintf(`\u0041%d`, i) }
	rows := map[string]string{
		"objects of one member":            list(size, `{"":0}`),
		"empty objects":                    list(size, `{}`),
		"empty lists":                      list(size, `[]`),
		"numbers":                          list(size, `0`),
		"numbers below a float64":          list(size, `1e-320`),
		"numbers beyond a float64":         list(size, `1e999`),
		"halves between two numbers":       list(size, `1.00000000000000011102230246251565404236316680908203125`),
		"white space":                      "{" + strings.Repeat(" ", size) + "}",
		"a long number":                    `{"a":` + strings.Repeat("1", size) + "}",
		"a long string":                    `{"a":"` + strings.Repeat("a", size) + `"}`,
		"a long string, escape at the end": `{"a":"` + strings.Repeat("a", size) + `\u0041"}`,
		"a long string of escapes":         `{"a":"` + strings.Repeat(`\u0041`, size/6) + `"}`,
		"a long string of short escapes":   `{"a":"` + strings.Repeat(`\n`, size/2) + `"}`,
		"a long string of backslashes":     `{"a":"` + strings.Repeat(`\\`, size/2) + `"}`,
		"a long string of quotes":          `{"a":"` + strings.Repeat(`\"`, size/2) + `"}`,
		"a long name of escapes":           `{"` + strings.Repeat(`\u0041`, size/6) + `":0}`,
		"strings with an escape":           list(size, `"\u0041"`),
		"strings with two escapes":         list(size, `"\n\n"`),
		"names with an escape":             list(size, `{"\u0041":0}`),
		"lists, 30 deep":                   list(size, strings.Repeat("[", 30)+strings.Repeat("]", 30)),
		"objects, 30 deep":                 list(size, strings.Repeat(`{"":`, 29)+"{}"+strings.Repeat("}", 29)),
		"lists and objects by turns":       list(size, strings.Repeat(`[{"":`, 14)+"[]"+strings.Repeat("}]", 14)),
		"lists, 100,000 deep":              `{"a":` + strings.Repeat("[", size),
		"objects of 32 members":            list(size, "{"+members(32, short)+"}"),
		"objects of 33 members":            list(size, "{"+members(33, short)+"}"),
		"objects of 129 members":           list(size, "{"+members(129, short)+"}"),
		"33 members at every depth":        list(size, pile(29, members(33, short))),
		"32 members, then small objects":   "{" + members(32, short) + `,"z":` + array(size, `{"":0}`) + "}",
		"96 members open, small objects":   "{" + members(32, short) + `,"z":{` + members(32, short) + `,"z":{` + members(32, short) + `,"z":` + array(size, `{"":0}`) + "}}}",
		"960 members open, small objects":  "{" + members(32, short) + `,"z":` + pile(28, members(32, short)+`,"y":`+array(size/28, `{"":0}`)) + "}",
		"many members":                     "{" + upTo(size, short) + "}",
		"many members, backwards":          "{" + upTo(size, func(i int) string { return short(1<<24 - i) }) + "}",
		"many long names, one beginning":   "{" + upTo(size, func(i int) string { return strings.Repeat("a", 200) + fmt.Sprintf("%07d", i) }) + "}",
		"many names that grow":             "{" + upTo(size, func(i int) string { return strings.Repeat("a", i) }) + "}",
		"many names with an escape":        "{" + upTo(size, escaped) + "}",
		"many members, a duplicate last":   "{" + upTo(size, short) + `,"` + short(0) + `":0}`,
		"many members, of one name":        "{" + upTo(size, func(int) string { return "a" }) + "}",
		"33 members, the rest duplicates":  "{" + members(33, short) + "," + upTo(size, func(int) string { return "a" }) + "}",
		"two names by turns":               "{" + members(33, short) + "," + upTo(size, func(i int) string { return "ab"[i%2 : i%2+1] }) + "}",
	}
	for name, row := range claims(size) {
		rows[name] = row
	}
	return rows
}

// claims are those rows in which the names mean something in a token.
func claims(size int) map[string]string {
	again := func(member string) string {
		return "{" + members(33, short) + strings.Repeat(","+member, size/(len(member)+1)+1) + "}"
	}
	return map[string]string{
		"many audiences":                  `{"aud":` + array(size, `""`) + "}",
		"many audiences with an escape":   `{"aud":` + array(size, `"\u0041"`) + "}",
		"33 members, then audiences":      again(`"aud":["","",0]`),
		"dates that are hard to read":     `{"exp":1e-320,"nbf":1e-320,"iat":1e-320,"list":` + array(size, "0") + "}",
		"33 members, then dates":          again(`"exp":1e-320`),
		"33 members, then key ids":        again(`"kid":"\u0041\u0041"`),
		"33 members, then key operations": again(`"key_ops":["verify",""]`),
	}
}

// array is about size bytes of that element.
func array(size int, element string) string {
	elements := strings.Repeat(element+",", size/(len(element)+1)+1)
	return "[" + elements[:len(elements)-1] + "]"
}

// list is an object with one member "list", an array.
func list(size int, element string) string { return `{"list":` + array(size, element) + "}" }

// pile is objects in objects, each with those members.
func pile(depth int, members string) string {
	return strings.Repeat("{"+members+`,"z":`, depth) + "{}" + strings.Repeat("}", depth)
}

// members are n of them.
func members(n int, name func(int) string) string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = `"` + name(i) + `":0`
	}
	return strings.Join(texts, ",")
}

// upTo are members of about size bytes.
func upTo(size int, name func(int) string) string {
	var b strings.Builder
	for i := 0; b.Len() == 0 || b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + name(i) + `":0`)
	}
	return b.String()
}

// short is the i-th of the shortest names there are, without "a", "y" and "z",
// which the table has other uses for.
func short(i int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789bcdefghijklmnopqrstuvwx!#$%&'()*+-./:;<=>?@[]^_{|}~"
	name := letters[i%len(letters) : i%len(letters)+1]
	for i /= len(letters); i > 0; i /= len(letters) {
		name += letters[i%len(letters) : i%len(letters)+1]
	}
	return name
}
