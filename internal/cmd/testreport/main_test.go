package main

import (
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	const passing = `{"Action":"output","Package":"x.example/a","Test":"TestOne","Output":"    a_test.go:5: report: three rows\n"}
{"Action":"pass","Package":"x.example/a","Test":"TestOne","Elapsed":0.1}
{"Action":"output","Package":"x.example/a","Test":"TestTwo","Output":"=== RUN   TestTwo\n"}
{"Action":"output","Package":"x.example/a","Test":"TestTwo","Output":"    a_test.go:9: no Envoy\n"}
{"Action":"output","Package":"x.example/a","Test":"TestTwo","Output":"--- SKIP: TestTwo (0.00s)\n"}
{"Action":"skip","Package":"x.example/a","Test":"TestTwo"}
{"Action":"pass","Package":"x.example/a","Elapsed":1.5}
`
	const failing = `{"Action":"output","Package":"x.example/b","Test":"TestBad","Output":"    b_test.go:9: wrong\n"}
{"Action":"fail","Package":"x.example/b","Test":"TestBad","Elapsed":0}
{"Action":"fail","Package":"x.example/b","Elapsed":0}
`
	for _, test := range []struct {
		name, in string
		exit     int
		want     []string
	}{
		{"passing", passing, 0, []string{"ok    x.example/a", "\nthree rows\n", "no Envoy: a TestTwo", "1 tests passed"}},
		{"failing", passing + failing, 1, []string{"FAIL  x.example/b TestBad", "b_test.go:9: wrong", "failed:\n  b TestBad"}},
		{"a build that fails", "# x.example/c\nc.go:1: no\n" + `{"Action":"fail","Package":"x.example/c"}`, 1, []string{"c.go:1: no"}},
		{"nothing", "", 2, []string{"no tests"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			r := newReport(&out)
			if err := r.read(strings.NewReader(test.in)); err != nil {
				t.Fatal(err)
			}
			if exit := r.finish(); exit != test.exit {
				t.Errorf("exit status %d, want %d", exit, test.exit)
			}
			for _, want := range test.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is not in\n%s", want, out.String())
				}
			}
		})
	}
}
