package clerk

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// FuzzEntitlements: plans and features are those that the claim names, in their
// scopes, and none of a claim with a part that has no scope.
func FuzzEntitlements(f *testing.F) {
	for _, claim := range []string{"", "o:gold", "u:a,o:b,ou:c,uo:d,x:e", " o:a ,\tu:b", "o:", ",", "o:a,b", "o:a:b", "\ufeffo:a\u3000"} {
		f.Add(claim)
	}
	f.Fuzz(func(t *testing.T, claim string) {
		got, _ := entitlements(claim, make([]string, 3*parts(claim)))
		var want session.Entitlements
		for _, part := range strings.Split(claim, ",") {
			scope, name, scoped := strings.Cut(strings.TrimFunc(part, isScriptSpace), ":")
			if claim == "" || !scoped {
				want = session.Entitlements{}
				break
			}
			if slices.Contains([]string{"o", "ou", "uo"}, scope) {
				want.Org = append(want.Org, name)
			}
			if slices.Contains([]string{"u", "ou", "uo"}, scope) {
				want.User = append(want.User, name)
			}
			if slices.Contains([]string{"o", "u", "ou", "uo"}, scope) {
				want.All = append(want.All, name)
			}
		}
		if !slices.Equal(got.Org, want.Org) || !slices.Equal(got.User, want.User) || !slices.Equal(got.All, want.All) {
			t.Errorf("%q: %q, want %q", claim, got, want)
		}
	})
}

// FuzzFactors: ages are two numbers of JSON, as another reader of JSON sees them.
func FuzzFactors(f *testing.F) {
	for _, claim := range []string{"[0,-1]", "[-1,-1]", "[0]", "[0,0,0]", `["0",0]`, "[1e999,0]", "[-0.0,9.99]", "[-2,0]", "null", "{}", "[[0],0]", "[0,-1.0]", " [0,0]"} {
		f.Add(claim)
	}
	f.Fuzz(func(t *testing.T, claim string) {
		value, wrong := strictjson.Document(claim)
		if wrong != nil {
			return // no such token gets here
		}
		claim = value.Raw // a claim comes without the spaces around it
		var ages []any
		known := json.Unmarshal([]byte(claim), &ages) == nil && len(ages) == 2
		numbers := [2]float64{}
		for i := 0; i < len(ages) && known; i++ {
			n, isNumber := ages[i].(float64)
			known = isNumber && (n >= 0 || n == -1)
			numbers[i] = n
		}
		got := factorsOf(claim)
		if got.Known != known || known && (got.First != numbers[0] || got.Second != numbers[1]) {
			t.Errorf("%s: %+v, want %v %v", claim, got, known, numbers)
		}
		for _, level := range Reverifier.Levels {
			id := session.Identity{Factors: got}
			met, said := reverified(&id, session.Reverification{Level: level, AfterMinutes: 10})
			if said != known || met && !known || met && got.First == -1 && got.Second == -1 {
				t.Errorf("%s: %v %v at %s", claim, met, said, level)
			}
		}
	})
}
