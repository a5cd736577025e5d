package strictjson_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/internal/strictjson"
)

func nested(depth int, open, close string) string {
	return strings.Repeat(open, depth) + strings.Repeat(close, depth)
}

func manyNames(n int, last string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"n%d":%d,`, i, i)
	}
	return "{" + b.String() + `"` + last + `":0}`
}

var objects = map[string]struct {
	text string
	ok   bool
}{
	"empty object":                   {`{}`, true},
	"white space around":             {" {\"a\" :\t1}\r\n", true},
	"every kind of value":            {`{"a":1,"b":"x","c":null,"d":true,"e":[1,{"f":2}],"g":{}}`, true},
	"one name at two depths":         {`{"a":{"a":{"a":1}}}`, true},
	"a string of brackets":           {`{"a":"` + nested(99, "[", "") + `"}`, true},
	"a string of escaped quotes":     {`{"a":"\"` + nested(99, "{", "") + `\\"}`, true},
	"depth 32":                       {`{"a":` + nested(31, "[", "]") + `}`, true},
	"a surrogate pair":               {`{"a":"\uD83D\uDE00"}`, true},
	"an escape after a backslash":    {`{"a":"\\uD800"}`, true},
	"names that differ in case":      {`{"exp":1,"EXP":2,"Exp":3}`, true},
	"32 names":                       {manyNames(31, "z"), true},
	"33 names":                       {manyNames(32, "z"), true},
	"100 names":                      {manyNames(99, "z"), true},
	"nothing":                        {``, false},
	"white space":                    {"  ", false},
	"a list":                         {`[1]`, false},
	"a string":                       {`"a"`, false},
	"null":                           {`null`, false},
	"two values":                     {`{}{}`, false},
	"text after":                     {`{}x`, false},
	"a byte order mark":              {"\ufeff{}", false},
	"cut off":                        {`{"a":1`, false},
	"a comma at the end":             {`{"a":1,}`, false},
	"a comment":                      {`{"a":1/**/}`, false},
	"single quotes":                  {`{'a':1}`, false},
	"a name without quotes":          {`{a:1}`, false},
	"NaN":                            {`{"a":NaN}`, false},
	"a number with a leading zero":   {`{"a":01}`, false},
	"a number with a plus sign":      {`{"a":+1}`, false},
	"a control character":            {"{\"a\":\"\n\"}", false},
	"NUL at the end":                 {"{}\x00", false},
	"an unknown escape":              {`{"a":"\x41"}`, false},
	"an unfinished escape":           {`{"a":"\u00"}`, false},
	"not UTF-8":                      {"{\"a\":\"\xff\"}", false},
	"an overlong NUL":                {"{\"a\":\"\xc0\x80\"}", false},
	"a surrogate in UTF-8":           {"{\"a\":\"\xed\xa0\x80\"}", false},
	"a high surrogate alone":         {`{"a":"\uD800"}`, false},
	"a high surrogate and text":      {`{"a":"\uD800x"}`, false},
	"two high surrogates":            {`{"a":"\uD800\uD800"}`, false},
	"a low surrogate alone":          {`{"a":"\udc00"}`, false},
	"a surrogate alone, in a name":   {`{"\ud800":1}`, false},
	"a high surrogate at the end":    {`{"a":"\uD800`, false},
	"depth 33":                       {`{"a":` + nested(32, "[", "]") + `}`, false},
	"depth 100,000, lists":           {nested(100_000, "[", "]"), false},
	"depth 100,000, objects, cut":    {nested(100_000, `{"a":`, ""), false},
	"a name twice":                   {`{"a":1,"a":1}`, false},
	"a name twice, once escaped":     {`{"exp":1,"\u0065xp":2}`, false},
	"a name twice, deep":             {`{"a":[{"b":{"c":1,"c":2}}]}`, false},
	"a name twice, in a brace":       {`{"b":["{",{"c":1,"c":2}]}`, false},
	"a name twice, of 32":            {manyNames(31, "n30"), false},
	"a name twice, of 33":            {manyNames(32, "n3"), false},
	"a name twice, of 99, the first": {manyNames(99, "n0"), false},
	"a name twice, of 99, the last":  {manyNames(99, "n98"), false},
	"the empty name twice":           {`{"":1,"":2}`, false},
}

func TestObject(t *testing.T) {
	for name, row := range objects {
		t.Run(name, func(t *testing.T) {
			object, ok := strictjson.Object([]byte(row.text))
			if ok != row.ok {
				t.Fatalf("ok = %v", ok)
			}
			if ok != object.Exists() {
				t.Errorf("a result where there is none, or none where there is one")
			}
			n := 0
			if strictjson.Members([]byte(row.text), func(name, raw, text string) {
				n++
				agrees(t, name, strictjson.Value{Raw: raw, Text: text})
			}) != ok {
				t.Error("Members says otherwise")
			}
			if ok && n != len(gjson.Parse(row.text).Map()) {
				t.Errorf("%d members", n)
			}
		})
	}
}

// agrees holds a value to what gjson makes of its text.
func agrees(t *testing.T, name string, got strictjson.Value) {
	t.Helper()
	want := gjson.Parse(got.Raw)
	number, _ := got.Number()
	if got.Raw != want.Raw || got.Text != want.Str || got.IsNumber() && number != want.Num ||
		got.IsString() != (want.Type == gjson.String) || got.IsNumber() != (want.Type == gjson.Number) ||
		got.IsNull() != (want.Type == gjson.Null) || got.IsBool() != want.IsBool() ||
		got.IsList() != want.IsArray() || got.IsObject() != want.IsObject() {
		t.Errorf("%s: %+v, want %+v", name, got, want)
	}
}

func TestMember(t *testing.T) {
	const text = `{"a.b":1,"a":{"b":2,"*":3,"#":[4],"":5},"@this":6,"list":[{"x":7}],"z":null,"\u0061c":8,"org":{"id":"o"}}`
	object, ok := strictjson.Object([]byte(text))
	if !ok {
		t.Fatal("not read")
	}
	for name, row := range map[string]struct {
		path []string
		want string // of Raw
	}{
		"a dot in a name":           {[]string{"a.b"}, "1"},
		"two levels":                {[]string{"a", "b"}, "2"},
		"a star":                    {[]string{"a", "*"}, "3"},
		"a star matches no others":  {[]string{"*"}, ""},
		"a question mark":           {[]string{"?"}, ""},
		"a hash":                    {[]string{"a", "#"}, "[4]"},
		"the empty name":            {[]string{"a", ""}, "5"},
		"an at sign":                {[]string{"@this"}, "6"},
		"a modifier":                {[]string{"@pretty"}, ""},
		"into a list":               {[]string{"list", "0"}, ""},
		"into a list, by name":      {[]string{"list", "x"}, ""},
		"into a string":             {[]string{"org", "id", "o"}, ""},
		"null is there":             {[]string{"z"}, "null"},
		"into null":                 {[]string{"z", "a"}, ""},
		"a name with an escape":     {[]string{"ac"}, "8"},
		"the raw text of an escape": {[]string{`\u0061c`}, ""},
		"missing":                   {[]string{"nope"}, ""},
		"missing below":             {[]string{"org", "nope", "deeper"}, ""},
		"names are case-sensitive":  {[]string{"Org"}, ""},
		"no path: the object":       {nil, text},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strictjson.Member(object, row.path...); got.Raw != row.want || got.Exists() != (row.want != "") {
				t.Errorf("got %q", got.Raw)
			}
		})
	}
}

func TestNumber(t *testing.T) {
	for text, want := range map[string]struct {
		number float64
		ok     bool
	}{
		"0":                   {0, true},
		"-1":                  {-1, true},
		"1.8e9":               {1.8e9, true},
		"1800000000.25":       {1800000000.25, true},
		"1e400":               {0, false},
		"-1e400":              {0, false},
		"1e-400":              {0, true},
		`"1"`:                 {0, false},
		"true":                {0, false},
		"null":                {0, false},
		"[1]":                 {0, false},
		`{"a":1}`:             {0, false},
		"9223372036854775808": {9223372036854775808, true},
	} {
		number, ok := (strictjson.Value{Raw: text}).Number()
		if ok != want.ok || ok && number != want.number {
			t.Errorf("%s: %v, %v", text, number, ok)
		}
	}
}

func TestMemberDoesNotAllocate(t *testing.T) {
	data := []byte(`{"iss":"x","act":{"sub":"user_1"}}`)
	got := testing.AllocsPerRun(100, func() {
		if strictjson.Member(strictjson.Parse(data), "act", "sub").Text != "user_1" {
			t.Fatal("not found")
		}
	})
	if got != 0 {
		t.Errorf("%v allocations", got)
	}
}

// FuzzObject holds what is accepted against encoding/json: it must accept it
// too, and read the same members and values.
func FuzzObject(f *testing.F) {
	for _, row := range objects {
		if len(row.text) < 10_000 { // long seeds slow the fuzzer down
			f.Add([]byte(row.text))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		object, ok := strictjson.Object(data)
		if !ok {
			return
		}
		if !utf8.Valid(data) {
			t.Fatal("accepted what is not UTF-8")
		}
		var other map[string]any
		if err := json.Unmarshal(data, &other); err != nil {
			if strings.Contains(err.Error(), "cannot unmarshal number") {
				return // out of float64's range: Number's business
			}
			t.Fatalf("encoding/json: %v", err)
		}
		members := 0
		strictjson.MembersOf(object, func(name, raw, text string) {
			members++
			value := strictjson.Value{Raw: raw, Text: text}
			agrees(t, name, value)
			if got := strictjson.Member(object, name); got != value {
				t.Errorf("%q: Member finds %+v", name, got)
			}
			theirs, known := other[name]
			if !known {
				t.Errorf("%q is not there for encoding/json", name)
			}
			if s, isString := theirs.(string); isString != value.IsString() || isString && s != text {
				t.Errorf("%q reads %q and %q", name, text, s)
			}
			if n, isNumber := theirs.(float64); isNumber {
				if ours, ok := value.Number(); !ok || ours != n {
					t.Errorf("%q reads %v and %v", name, ours, n)
				}
			}
		})
		if members != len(other) {
			t.Errorf("%d members, encoding/json has %d", members, len(other))
		}
	})
}
