package strictjson

import "strconv"

// Value is a value of a text that was read. It is empty where there is none.
type Value struct {
	Raw  string // as it stands, without white space around it
	Text string // what it says, if it is a string
}

// Exists reports whether there is a value; null is one.
func (v Value) Exists() bool { return v.Raw != "" }

// IsObject reports whether v is an object.
func (v Value) IsObject() bool { return v.begins('{') }

// IsList reports whether v is a list.
func (v Value) IsList() bool { return v.begins('[') }

// IsString reports whether v is a string.
func (v Value) IsString() bool { return v.begins('"') }

// IsBool reports whether v is true or false.
func (v Value) IsBool() bool { return v.begins('t') || v.begins('f') }

// IsNull reports whether v is null.
func (v Value) IsNull() bool { return v.begins('n') }

// IsNumber reports whether v is a number. A string of digits is none.
func (v Value) IsNumber() bool {
	return v.Raw != "" && (v.Raw[0] == '-' || v.Raw[0] >= '0' && v.Raw[0] <= '9')
}

func (v Value) begins(with byte) bool { return v.Raw != "" && v.Raw[0] == with }

// Number is v as a number. ok is false if it is none, or beyond a float64, as
// 1e999 is.
func (v Value) Number() (number float64, ok bool) {
	if !v.IsNumber() {
		return 0, false
	}
	number, err := strconv.ParseFloat(v.Raw, 64)
	return number, err == nil
}
