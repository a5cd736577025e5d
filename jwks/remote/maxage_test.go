package remote

import (
	"testing"
	"time"
)

func TestMaxAgeOf(t *testing.T) {
	tests := map[string]struct {
		header string
		age    time.Duration
		ok     bool
	}{
		"none":             {header: ""},
		"plain":            {header: "max-age=60", age: time.Minute, ok: true},
		"among others":     {header: "public, max-age=60, stale-while-revalidate=9", age: time.Minute, ok: true},
		"zero":             {header: "max-age=0", ok: true},
		"other case":       {header: "MAX-AGE=1", age: time.Second, ok: true},
		"quoted":           {header: `max-age="5"`, age: 5 * time.Second, ok: true},
		"the smallest":     {header: "max-age=60,max-age=7", age: 7 * time.Second, ok: true},
		"negative":         {header: "max-age=-1"},
		"no number":        {header: "max-age=soon"},
		"empty":            {header: "max-age="},
		"no value":         {header: "max-age"},
		"of another cache": {header: "s-maxage=1"},
		"huge":             {header: "max-age=99999999999999999999999999", age: 1000 * 24 * time.Hour, ok: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			age, ok := maxAgeOf(test.header)
			if age != test.age || ok != test.ok {
				t.Errorf("maxAgeOf(%q) = %v, %v, want %v, %v", test.header, age, ok, test.age, test.ok)
			}
		})
	}
}

func FuzzMaxAgeOf(f *testing.F) {
	f.Add("public, max-age=60, max-age=\"5\"")
	f.Add("max-age=99999999999999999999999999")
	f.Fuzz(func(t *testing.T, header string) {
		if age, ok := maxAgeOf(header); age < 0 || age > 1000*24*time.Hour || !ok && age != 0 {
			t.Errorf("maxAgeOf = %v, %v", age, ok)
		}
	})
}
