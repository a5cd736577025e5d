package ijson

import (
	"math"
	"strconv"

	"github.com/tidwall/gjson"
)

// Number is a member's value as a number. ok is false if it is no number (a
// string of digits is none) or not finite as a float64. gjson's own Float
// reads strings and booleans too, and turns 1e999 into infinity.
func Number(value gjson.Result) (number float64, ok bool) {
	if value.Type != gjson.Number {
		return 0, false
	}
	number, err := strconv.ParseFloat(value.Raw, 64)
	return number, err == nil && !math.IsInf(number, 0) && !math.IsNaN(number)
}
