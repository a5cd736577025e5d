package remote

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/jwks"
)

func TestDescribe(t *testing.T) {
	many := &jwks.Set{}
	for range 9 {
		many.Keys = append(many.Keys, &jwks.Key{ID: "k"})
	}
	tests := map[string]struct {
		set  *jwks.Set
		want string
	}{
		"none":       {&jwks.Set{}, "0"},
		"one":        {&jwks.Set{Keys: []*jwks.Key{{ID: "ins_2.A-b"}}}, "1: ins_2.A-b"},
		"skipped":    {&jwks.Set{Keys: []*jwks.Key{{ID: "a"}, {ID: "b"}}, Skipped: 3}, "2: a, b; 3 more cannot be used"},
		"many":       {many, "9: k, k, k, k, k, k, k, k, …"},
		"odd bytes":  {&jwks.Set{Keys: []*jwks.Key{{ID: "a\nb: \x1b[1m\"ü"}}}, "1: a?b????1m???"},
		"a long one": {&jwks.Set{Keys: []*jwks.Key{{ID: strings.Repeat("x", 65)}}}, "1: " + strings.Repeat("x", 64)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := describe(test.set); got != test.want {
				t.Errorf("described as %q, want %q", got, test.want)
			}
		})
	}
}
