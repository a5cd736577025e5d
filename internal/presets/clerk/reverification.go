package clerk

import (
	"strconv"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// The levels of reverification.
const (
	firstFactor  = "first_factor"
	secondFactor = "second_factor"
	multiFactor  = "multi_factor"
)

// Reverifier answers as checkReverificationAuthorization in authorization.mjs of
// @clerk/shared 4.41.0 does, which is behind has() of @clerk/backend 3.25.0.
var Reverifier = session.Reverifier{
	Named: []session.Reverification{
		{Name: "strict_mfa", Level: multiFactor, AfterMinutes: 10},
		{Name: "strict", Level: secondFactor, AfterMinutes: 10},
		{Name: "moderate", Level: secondFactor, AfterMinutes: 60},
		{Name: "lax", Level: secondFactor, AfterMinutes: 1440},
	},
	Levels: []string{firstFactor, secondFactor, multiFactor},
	Met:    reverified,
	Body:   reverificationBody,
}

// factorsOf reads "fva": two numbers, each -1 or not negative.
func factorsOf(fva string) session.Factors {
	var ages [2]float64
	n := 0
	strictjson.ElementsOf(fva, func(raw, _ string) {
		age, ok := strictjson.Value{Raw: raw}.Number()
		if n < 0 || n == len(ages) || !ok || age < 0 && age != -1 {
			n = -1 // and stays so: the claim is malformed
			return
		}
		ages[n] = age
		n++
	})
	return session.Factors{Known: n == len(ages), First: ages[0], Second: ages[1]}
}

// reverified: a user without one of the two factors is judged by the other, but
// for one who never confirmed the first and is to have confirmed both.
func reverified(id *session.Identity, r session.Reverification) (met, known bool) {
	f := id.Factors
	first, second := isFresh(f.First, r), isFresh(f.Second, r)
	switch {
	case f.Second == -1 || r.Level == firstFactor:
		met = first
	case r.Level == multiFactor:
		met = first && second
	default:
		met = second
	}
	return met && f.Known, f.Known
}

func isFresh(age float64, r session.Reverification) bool {
	return age != -1 && float64(r.AfterMinutes) > age
}

// reverificationBody is that of reverificationErrorResponse in
// authorization-errors.mjs of the same package.
func reverificationBody(r session.Reverification) string {
	asked := `"` + r.Name + `"`
	if r.Name == "" {
		asked = `{"level":"` + r.Level + `","afterMinutes":` + strconv.Itoa(r.AfterMinutes) + `}`
	}
	return `{"clerk_error":{"type":"forbidden","reason":"reverification-error","metadata":{"reverification":` + asked + `}}}`
}
