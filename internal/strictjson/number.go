package strictjson

import (
	"strconv"
)

// float is the value of a number, infinite beyond a float64.
func float(raw string) float64 {
	if len(raw) > 15 { // longer ones may not be exact
		return parseFloat(raw)
	}
	n := int64(0)
	for i := range len(raw) {
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
	begin := r.at
	if !r.digitsAndSigns() {
		if r.at == begin {
			return r.fail(noValue)
		}
		return r.fail("a number is not one of JSON's")
	}
	return true
}

func (r *reader) digitsAndSigns() bool {
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
