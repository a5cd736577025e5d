package config

import (
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/internal/problem"
)

func (d *decoder) number(path string, f *Field, v gjson.Result) (int64, bool) {
	if v.Type != gjson.Number {
		if _, err := strconv.ParseInt(v.Str, 10, 64); v.Type == gjson.String && err == nil {
			d.fail(path, problem.Quote(v.Str)+" is a string; write "+v.Str)
		} else {
			d.wrongKind(path, f, v)
		}
		return 0, false
	}
	for i := range len(v.Raw) {
		if c := v.Raw[i]; !isDigit(c) && c != '-' {
			d.fail(path, shown(v)+" is not a whole number; write a number from "+bounds(f))
			return 0, false
		}
	}
	n, err := strconv.ParseInt(v.Raw, 10, 64)
	if err != nil || n < f.Min || n > f.Max {
		d.fail(path, shown(v)+" is out of bounds; write a number from "+bounds(f))
		return 0, false
	}
	return n, true
}

func bounds(f *Field) string {
	if f.Kind == Duration {
		return problem.Quote(FormatDuration(time.Duration(f.Min))) + " to " + problem.Quote(FormatDuration(time.Duration(f.Max)))
	}
	return strconv.FormatInt(f.Min, 10) + " to " + strconv.FormatInt(f.Max, 10)
}

func (d *decoder) duration(path string, f *Field, v gjson.Result) (time.Duration, bool) {
	switch v.Type {
	case gjson.String:
	case gjson.Number:
		d.fail(path, shown(v)+" is a number; write "+withUnit(v.Raw))
		return 0, false
	default:
		d.wrongKind(path, f, v)
		return 0, false
	}
	t, err := time.ParseDuration(v.Str)
	switch {
	case err != nil && isNumber(v.Str):
		d.fail(path, problem.Quote(v.Str)+" has no unit; write "+withUnit(v.Str))
	case err != nil && strings.HasSuffix(v.Str, "d") && isNumber(v.Str[:len(v.Str)-1]):
		d.fail(path, problem.Quote(v.Str)+" is not a duration, days have no unit; write hours: "+problem.Quote("24h"))
	case err != nil:
		d.fail(path, problem.Quote(v.Str)+` is not a duration; write a number with a unit (ms, s, m, h) like "5s"`)
	case int64(t) < f.Min || int64(t) > f.Max:
		d.fail(path, problem.Quote(v.Str)+" is out of bounds; write "+bounds(f))
	default:
		return t, true
	}
	return 0, false
}

// withUnit is a number of seconds as a duration, if it looks like one.
func withUnit(number string) string {
	if !isNumber(number) || len(number) > 12 {
		return `a duration like "5s"`
	}
	return problem.Quote(number + "s")
}

func isNumber(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// FormatDuration is a duration as people write it: "5m" rather than "5m0s".
func FormatDuration(t time.Duration) string {
	s := t.String()
	if strings.HasSuffix(s, "m0s") {
		s = s[:len(s)-2]
	}
	if strings.HasSuffix(s, "h0m") {
		s = s[:len(s)-2]
	}
	return s
}
