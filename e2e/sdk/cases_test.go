package sdk

import (
	"encoding/json"
	"fmt"
	"strings"
)

// question is what has() is asked.
type question struct {
	Plan           string
	Feature        string
	Reverification string // JSON
}

// MarshalJSON is the argument of has().
func (q question) MarshalJSON() ([]byte, error) {
	asked := map[string]any{}
	for name, value := range map[string]string{"plan": q.Plan, "feature": q.Feature} {
		if value != "" {
			asked[name] = value
		}
	}
	if q.Reverification != "" {
		asked["reverification"] = json.RawMessage(q.Reverification)
	}
	return json.Marshal(asked)
}

// caseOf is a token, by what its claims have beside those of every session, and
// what is asked about it.
type caseOf struct {
	Name   string            `json:"name"`
	Token  string            `json:"token"` // filled in when it is signed
	Ask    []question        `json:"ask"`
	claims map[string]string // JSON, by name
}

// entitlements are values of pla and fea, as JSON. X stands for the name that is
// asked for.
var entitlements = []string{
	`"o:X"`, `"u:X"`, `"ou:X"`, `"uo:X"`, `"x:X"`, `"org:X"`, `"user:X"`, `"O:X"`, `":X"`, `"oo:X"`, `"o u:X"`,
	`"X"`, `"o:"`, `"u:"`, `":"`, `""`, `" "`, `","`, `"o:X,"`, `",o:X"`, `"o:X,,u:Y"`,
	`"o:Y"`, `"o:XX"`, `"o:X2"`, `"o:x"`, `"o:Y,u:X"`, `"u:Y,o:X"`, `"o:X,u:X"`, `"u:X,o:Y,ou:Z"`, `"o:Y,X"`, `"o:X,Y"`, `"X,o:X"`,
	`" o:X "`, `"o: X"`, `"o :X"`, `"o:X ,u:Y"`, `"o:Y , u:X"`, `"o:Y,\tu:X\n"`, `"o:X\u00a0"`, `"\ufeffo:X"`, `"o:X\u0085"`, `"\u2028u:X\u3000"`, `"o:X\u200b"`, `"o:X\u180e"`,
	`"o:org:X"`, `"o:X:Y"`, `"o:Y:X"`, `"o::X"`, `"o:X\u0000"`, `"o:\u0058"`, `"o:X;u:Y"`, `"o:X|u:Y"`,
	`null`, `true`, `false`, `0`, `1`, `-1`, `1e400`, `9007199254740993`, `["o:X"]`, `[]`, `{}`, `{"o":"X"}`, `["X"]`,
}

// billingCases ask for a plan and for a feature, of either and of each scope.
func billingCases() (all []caseOf) {
	for _, value := range entitlements {
		for claim, name := range map[string]string{"pla": "gold", "fea": "reports"} {
			c := caseOf{Name: claim + " " + value, claims: map[string]string{claim: strings.ReplaceAll(value, "X", name)}}
			for _, scope := range []string{"", "org:", "user:", "o:", "u:", "organization:"} {
				q := question{Plan: scope + name}
				if claim == "fea" {
					q = question{Feature: scope + name}
				}
				c.Ask = append(c.Ask, q)
			}
			all = append(all, c)
		}
	}
	both := []question{{Plan: "gold", Feature: "reports"}, {Plan: "org:gold", Feature: "user:reports"}}
	return append(all,
		caseOf{Name: "both, both there", claims: map[string]string{"pla": `"o:gold"`, "fea": `"u:reports"`}, Ask: both},
		caseOf{Name: "both, one there", claims: map[string]string{"pla": `"o:gold"`, "fea": `"u:other"`}, Ask: both},
		caseOf{Name: "both, one malformed", claims: map[string]string{"pla": `"o:gold"`, "fea": `"reports"`}, Ask: both},
		caseOf{Name: "neither", Ask: both},
		caseOf{Name: "version 2 with an organisation", claims: map[string]string{"v": "2", "o": `{"id":"org_1","rol":"admin"}`, "pla": `"o:gold"`, "fea": `"u:reports"`}, Ask: both},
		caseOf{Name: "version 2 with an organisation, features malformed", claims: map[string]string{"v": "2", "o": `{"id":"org_1","rol":"admin"}`, "pla": `"o:gold"`, "fea": `"reports"`}, Ask: both},
		caseOf{Name: "version 2 without an organisation", claims: map[string]string{"v": "2", "pla": `"o:gold"`, "fea": `"u:reports"`}, Ask: both},
		caseOf{Name: "names of their own", claims: map[string]string{"plan": `"gold"`, "feature": `"reports"`, "plans": `"o:gold"`}, Ask: both},
	)
}

// reverifications are what rules may ask for.
var reverifications = []string{
	`"strict_mfa"`, `"strict"`, `"moderate"`, `"lax"`,
	`{"level":"first_factor","afterMinutes":10}`, `{"level":"second_factor","afterMinutes":10}`, `{"level":"multi_factor","afterMinutes":10}`,
	`{"level":"first_factor","afterMinutes":1}`, `{"level":"second_factor","afterMinutes":60}`, `{"level":"multi_factor","afterMinutes":525600}`,
}

// ages are the minutes that are combined in fva, as JSON.
var ages = []string{"-1", "0", "9", "10", "11", "60", "1439", "1440", "525600"}

// malformed are other values of fva, or ones that readers of numbers could
// disagree about.
var malformed = []string{
	`null`, `true`, `false`, `0`, `-1`, `""`, `"0,0"`, `[]`, `{}`, `[0]`, `[-1]`, `[0,0,0]`, `[0,-1,null]`, `[[0,0]]`, `[[0],[0]]`, `{"0":0,"1":0,"length":2}`,
	`["0","0"]`, `["0",0]`, `[0,"0"]`, `[0,"-1"]`, `[null,null]`, `[0,null]`, `[null,0]`, `[true,false]`, `[0,{}]`, `[{},0]`, `[0,[]]`,
	`[-2,-2]`, `[-2,0]`, `[0,-2]`, `[-0.5,0]`, `[0,-0.5]`, `[-1.5,0]`, `[-1e-300,0]`, `[0,-1e300]`,
	`[1e400,0]`, `[0,1e400]`, `[-1e400,0]`, `[1e308,0]`, `[0,1e308]`, `[9007199254740993,0]`, `[18446744073709551616,18446744073709551616]`,
	`[-0,-0]`, `[-0,-1]`, `[-1.0,0]`, `[0,-1e0]`, `[-10e-1,-1]`, `[0.5,0.5]`, `[9.99,-1]`, `[9.9999999999999999999,-1]`, `[10.0,-1]`, `[1e1,0]`, `[0,0.99e1]`,
	`[ 0 , -1 ]`, `[1E0,-1]`, `[0.000000000000000000000000000000000000001,-1]`, `[5e-324,0]`, `[1e-400,0]`,
}

// reverificationCases ask every token for all of reverifications.
func reverificationCases() (all []caseOf) {
	values := append([]string{""}, malformed...)
	for _, first := range ages {
		for _, second := range ages {
			values = append(values, "["+first+","+second+"]")
		}
	}
	for _, value := range values {
		c := caseOf{Name: "fva " + value, claims: map[string]string{"fva": value}}
		if value == "" {
			c.claims = nil
		}
		for _, asked := range reverifications {
			c.Ask = append(c.Ask, question{Reverification: asked})
		}
		all = append(all, c)
	}
	return all
}

// rule is the fields of a rule that asks the same.
func (q question) rule() string {
	var conditions []string
	for _, asked := range [][2]string{{"plan", q.Plan}, {"feature", q.Feature}} {
		claim, name := asked[0], asked[1]
		if name == "" {
			continue
		}
		switch scope, rest, scoped := strings.Cut(name, ":"); {
		case !scoped:
		case scope[0] == 'o':
			claim, name = "org_"+claim, rest
		default:
			claim, name = "user_"+claim, rest
		}
		conditions = append(conditions, fmt.Sprintf(`{"claim": %q, "values": [%q]}`, claim, name))
	}
	if q.Reverification != "" {
		return `"reverification": ` + q.Reverification
	}
	return `"require": [` + strings.Join(conditions, ", ") + `]`
}

func (q question) String() string {
	text, _ := json.Marshal(q)
	return string(text)
}
