package remote

import (
	"testing"
	"time"
)

func TestMaxAgeOf(t *testing.T) {
	tests := map[string]struct {
		header string
		age    time.Duration
	}{
		"none":             {header: ""},
		"plain":            {header: "max-age=60", age: time.Minute},
		"among others":     {header: "public, max-age=60, stale-while-revalidate=9", age: time.Minute},
		"zero":             {header: "max-age=0", age: time.Second},
		"other case":       {header: "MAX-AGE=1", age: time.Second},
		"quoted":           {header: `max-age="5"`, age: 5 * time.Second},
		"the smallest":     {header: "max-age=60,max-age=7", age: 7 * time.Second},
		"negative":         {header: "max-age=-1"},
		"no number":        {header: "max-age=soon"},
		"empty":            {header: "max-age="},
		"no value":         {header: "max-age"},
		"of another cache": {header: "s-maxage=1"},
		"huge":             {header: "max-age=99999999999999999999999999", age: 1000 * 24 * time.Hour},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if age := maxAgeOf(test.header); age != test.age {
				t.Errorf("maxAgeOf(%q) = %v, want %v", test.header, age, test.age)
			}
		})
	}
}

func FuzzMaxAgeOf(f *testing.F) {
	f.Add("public, max-age=60, max-age=\"5\"")
	f.Add("max-age=99999999999999999999999999")
	f.Fuzz(func(t *testing.T, header string) {
		if age := maxAgeOf(header); age != 0 && age < time.Second || age > 1000*24*time.Hour {
			t.Errorf("maxAgeOf = %v", age)
		}
	})
}
