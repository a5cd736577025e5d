package config

import (
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// Duration is a Go duration like "5s", from Min to Max nanoseconds.
var Duration Kind = duration{}

type duration struct{}

func (duration) example(*Field) string { return `write a duration like "5s"` }

func (duration) read(g given) {
	t, err := time.ParseDuration(g.Text)
	days, isDays := strings.CutSuffix(g.Text, "d")
	quoted := problem.Quote(g.Text)
	switch {
	case g.IsNumber():
		g.fail(shown(g.Value) + " is a number; write " + withUnit(g.Raw))
	case !g.IsString():
		g.failKind()
	case err != nil && isNumber(g.Text):
		g.fail(quoted + " has no unit; write " + withUnit(g.Text))
	case err != nil && isDays && isNumber(days):
		g.fail(quoted + ` is not a duration, days have no unit; write hours: "24h"`)
	case err != nil:
		g.fail(quoted + ` is not a duration; write a number with a unit (ms, s, m, h) like "5s"`)
	case int64(t) < g.Min || int64(t) > g.Max:
		g.fail(quoted + " is out of bounds; write " + problem.Quote(FormatDuration(time.Duration(g.Min))) + " to " + problem.Quote(FormatDuration(time.Duration(g.Max))))
	default:
		assign(g.at, t)
	}
}

func (duration) show(f *Field) any {
	if t, ok := assigned[time.Duration](f.at, false).(time.Duration); ok {
		return FormatDuration(t)
	}
	return nil
}

// withUnit is a number of seconds as a duration, if it looks like one.
func withUnit(number string) string {
	if !isNumber(number) || len(number) > 12 {
		return `a duration like "5s"`
	}
	return problem.Quote(number + "s")
}

func isNumber(s string) bool { return s != "" && consistsOf(s, digits) }

// FormatDuration is a duration as people write it: "5m" rather than "5m0s".
func FormatDuration(t time.Duration) string {
	s := t.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(s, zero) {
			s = s[:len(s)-2]
		}
	}
	return s
}
