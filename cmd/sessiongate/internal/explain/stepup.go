package explain

import (
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/jwt"
)

// stepUp says how long ago the user was verified, and how lately the rule wants
// it.
func (e *Explanation) stepUp() string {
	index := e.rule()
	if index == policy.NoIndex || len(e.verified) == 0 {
		return ""
	}
	v := e.verified[len(e.verified)-1]
	rule := &e.policy.Rules[index]
	var all []string
	for i := range rule.Require {
		if q := &rule.Require[i]; q.MaxAge > 0 {
			date := e.date("claim "+q.Claim.Text, jwt.DateOf(jwt.Member(v.verified.Payload, q.Claim.Names...)))
			all = append(all, date.name+" "+date.found+"; would pass: a time not longer than "+q.MaxAge.String()+" ago (maxAge)")
		}
	}
	if r := rule.Reverification; r.AfterMinutes > 0 {
		f := v.verified.Identity.Factors
		said := "the token does not say when its factors were confirmed"
		if f.Known {
			said = "the first factor was confirmed " + minutes(f.First) + ", the second " + minutes(f.Second)
		}
		all = append(all, said+"; would pass: "+r.Level+" less than "+count(r.AfterMinutes, "minute")+" before the token was made (reverification)")
	}
	return strings.Join(all, ". ")
}

func minutes(age float64) string {
	if age == -1 {
		return "never"
	}
	return strconv.FormatFloat(age, 'g', -1, 64) + " min before the token was made"
}
