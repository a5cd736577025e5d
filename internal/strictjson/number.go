package strictjson

import (
	"math"
	"strconv"

	"github.com/tidwall/gjson"
)

// Number is a member's value as a number. ok is false if it is no number (a
// string of digits is none) or beyond a float64, as 1e999 is. gjson's own Float
// reads strings and booleans too.
func Number(value gjson.Result) (number float64, ok bool) {
	if value.Type != gjson.Number {
		return 0, false
	}
	return value.Num, !math.IsInf(value.Num, 0) && !math.IsNaN(value.Num)
}

// Value is what gjson.Parse makes of a member's raw value, without reading it
// once more: text is what it says if it is a string.
func Value(raw, text string) gjson.Result {
	value := gjson.Result{Raw: raw}
	switch raw[0] {
	case '"':
		value.Type, value.Str = gjson.String, text
	case '{', '[':
		value.Type = gjson.JSON
	case 't':
		value.Type = gjson.True
	case 'f':
		value.Type = gjson.False
	case 'n':
		value.Type = gjson.Null
	default:
		value.Type, value.Num = gjson.Number, float(raw)
	}
	return value
}

// float is the value of a number, infinite beyond a float64.
func float(raw string) float64 {
	if len(raw) > 15 { // longer ones may not be exact
		return parseFloat(raw)
	}
	n := int64(0)
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c < '0' || c > '9' {
			return parseFloat(raw)
		}
		n = n*10 + int64(c-'0')
	}
	return float64(n)
}

func parseFloat(raw string) float64 {
	f, _ := strconv.ParseFloat(raw, 64)
	return f
}

// number reads a number as RFC 8259 section 6 writes it.
func (r *reader) number() bool {
	r.take('-', '-')
	if !r.take('0', '0') && !r.digits() {
		return false
	}
	if r.take('.', '.') && !r.digits() {
		return false
	}
	if r.take('e', 'E') {
		r.take('+', '-')
		return r.digits()
	}
	return true
}

// take takes one of two bytes.
func (r *reader) take(a, b byte) bool {
	if r.at < len(r.text) && (r.text[r.at] == a || r.text[r.at] == b) {
		r.at++
		return true
	}
	return false
}

func (r *reader) digits() bool {
	begin := r.at
	for r.at < len(r.text) && r.text[r.at] >= '0' && r.text[r.at] <= '9' {
		r.at++
	}
	return r.at > begin
}
