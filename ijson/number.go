package ijson

import (
	"math"

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
