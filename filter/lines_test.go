package filter

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// written are lines as proxy-wasm hosts write them.
func written(lines ...[2]string) string {
	text := binary.LittleEndian.AppendUint32(nil, uint32(len(lines)))
	for _, line := range lines {
		text = binary.LittleEndian.AppendUint32(text, uint32(len(line[0])))
		text = binary.LittleEndian.AppendUint32(text, uint32(len(line[1])))
	}
	for _, line := range lines {
		text = append(append(text, line[0]...), 0)
		text = append(append(text, line[1]...), 0)
	}
	return string(text)
}

// ordinary are lines as a browser's request has them.
var ordinary = [][2]string{
	{":method", "GET"}, {":scheme", "https"}, {":authority", "app.example.com"}, {":path", "/orders/42?page=2&sort=date"},
	{"accept", "application/json"}, {"user-agent", "test"}, {"sec-fetch-dest", "empty"}, {"dnt", ""},
	{"cookie", "theme=dark; __client_uat=1700000000; __session=" + strings.Repeat("x", 800) + "; lang=en"},
}

func TestReadLines(t *testing.T) {
	const most = "\xff\xff\xff\xff"
	tests := map[string]struct {
		text string
		want [][2]string
		ok   bool
	}{
		"ordinary lines":               {written(ordinary...), ordinary, true},
		"no lines":                     {written(), nil, true},
		"one line":                     {written([2]string{"a", "b"}), [][2]string{{"a", "b"}}, true},
		"an empty value":               {written([2]string{"a", ""}), [][2]string{{"a", ""}}, true},
		"an empty name":                {written([2]string{"", "b"}), [][2]string{{"", "b"}}, true},
		"nothing in it":                {written([2]string{}, [2]string{}), [][2]string{{}, {}}, true},
		"zero bytes in it":             {written([2]string{"a\x00", "\x00b"}), [][2]string{{"a\x00", "\x00b"}}, true},
		"text after the lines":         {written([2]string{"a", "b"}) + "more", [][2]string{{"a", "b"}}, true},
		"empty text":                   {"", nil, false},
		"half a number":                {"\x00\x00\x00", nil, false},
		"a count and no lines":         {"\x01\x00\x00\x00", nil, false},
		"a count that is one too high": {"\x02" + written([2]string{"abcd", "ef"})[1:], nil, false},
		"the highest count":            {most + written([2]string{"a", "b"})[4:], nil, false},
		"a name that is one too long":  {"\x01\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00a\x00b\x00", nil, false},
		"a value that is one too long": {"\x01\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00a\x00b\x00", nil, false},
		"the longest name":             {"\x01\x00\x00\x00" + most + "\x01\x00\x00\x00a\x00b\x00", nil, false},
		"the longest value":            {"\x01\x00\x00\x00\x01\x00\x00\x00" + most + "a\x00b\x00", nil, false},
		// In 32 bits, the two and their zero bytes add up to nothing.
		"both the longest": {"\x01\x00\x00\x00" + most + most + "a\x00b\x00", nil, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := [2]string{"before", "them"}
			got, ok := readLines([][2]string{before}, test.text)
			if ok != test.ok || ok && !slices.Equal(got, append([][2]string{before}, test.want...)) {
				t.Errorf("%q, %v", got, ok)
			}
		})
	}
}

// TestReadLinesCutOff: what is missing is still there in memory, behind the
// text, as it may be in memory that is used again. It must not be read.
func TestReadLinesCutOff(t *testing.T) {
	whole := written(ordinary...)
	for length := range len(whole) {
		lines, ok := readLines(nil, whole[:length])
		if ok {
			t.Errorf("%d of %d bytes are taken for all", length, len(whole))
		}
		if len(lines) == len(ordinary) || !slices.Equal(lines, ordinary[:len(lines)]) {
			t.Errorf("%d of %d bytes are read as %q", length, len(whole), lines)
		}
	}
}

func TestWriteLines(t *testing.T) {
	for _, lines := range [][][2]string{nil, {{"a", "b"}}, {{}, {"a\x00", ""}}, ordinary} {
		if got := string(writeLines(lines)); got != written(lines...) {
			t.Errorf("%q is written as %q", lines, got)
		}
	}
}
