package request

import (
	"strings"
	"testing"
	"time"
)

// lines is a request with these cookie lines.
func lines(cookies ...string) *Request {
	var headers []string
	for _, c := range cookies {
		headers = append(headers, "cookie", c, "x-between", "1")
	}
	return get("/", headers...)
}

// taking has a request's cookies of these names taken away.
func (r *Request) taking(names ...string) *Request {
	r.Sources = &Sources{Cookies: CookieNames(nil, names), Params: ParamNames(nil, names)}
	return r
}

// never keeps no cookie.
func never(string, string) bool { return false }

func TestCookie(t *testing.T) {
	tests := map[string]struct {
		lines   []string
		value   string
		present bool
	}{
		"no header":             {nil, "", false},
		"empty header":          {[]string{""}, "", false},
		"alone":                 {[]string{"s=1"}, "1", true},
		"among others":          {[]string{"a=0; s=1; b=2"}, "1", true},
		"no space":              {[]string{"a=0;s=1;b=2"}, "1", true},
		"tabs and spaces":       {[]string{"a=0;\t  s=1 \t; b=2"}, "1", true},
		"spaces around the =":   {[]string{"s = 1"}, "1", true},
		"second line":           {[]string{"a=0", "s=1"}, "1", true},
		"first of several":      {[]string{"s=1; s=2"}, "1", true},
		"first line first":      {[]string{"s=1", "s=2"}, "1", true},
		"first that is filled":  {[]string{"s=; s = ; s=2"}, "2", true},
		"filled in the second":  {[]string{"s=", "s=2"}, "2", true},
		"only empty ones":       {[]string{"s=; s="}, "", true},
		"without =":             {[]string{"s; t=1"}, "", false},
		"other case":            {[]string{"S=1"}, "", false},
		"longer name":           {[]string{"ss=1; s_2=1"}, "", false},
		"equals in the value":   {[]string{"s=a=b=="}, "a=b==", true},
		"quotes stay":           {[]string{`s="1"`}, `"1"`, true},
		"escapes stay":          {[]string{"s=%20"}, "%20", true},
		"escaped name":          {[]string{"%73=1"}, "", false},
		"spaces in the value":   {[]string{"s=a b"}, "a b", true},
		"comma is no separator": {[]string{"a=0, s=1"}, "", false},
		"empty parts":           {[]string{";; ;s=1;;"}, "1", true},
		"nameless":              {[]string{"=1; s=2"}, "2", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for which, r := range map[string]*Request{
				"among the sources": lines(test.lines...).taking("s"), "not among them": lines(test.lines...).taking("u"), "without sources": lines(test.lines...),
			} {
				value, present := r.Cookie("s")
				if value != test.value || present != test.present {
					t.Errorf("%s: got %q, %v; want %q, %v", which, value, present, test.value, test.present)
				}
			}
		})
	}
}

func TestCookieDecoded(t *testing.T) {
	tests := map[string]struct{ value, want string }{
		"plain":                    {"a.b.c", "a.b.c"},
		"escapes":                  {"a%2Eb%3d", "a.b="},
		"UTF-8":                    {"%C3%A9", "é"},
		"plus stays":               {"a+b", "a+b"},
		"once":                     {"%252E", "%2E"},
		"invalid escape":           {"%2Ea%zz", "%2Ea%zz"},
		"cut escape":               {"%2E%2", "%2E%2"},
		"lone percent":             {"100%", "100%"},
		"not UTF-8":                {"%2E%FF", "%2E%FF"},
		"UTF-8 cut in two":         {"%C3x%A9", "%C3x%A9"},
		"surrogate":                {"%ED%A0%80", "%ED%A0%80"},
		"overlong":                 {"%C0%AE", "%C0%AE"},
		"semicolon after decoding": {"a%3Bb", "a;b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, _ := lines("s=" + test.value).CookieDecoded("s"); got != test.want {
				t.Errorf("%q gives %q, want %q", test.value, got, test.want)
			}
		})
	}
}

func TestWithoutCookies(t *testing.T) {
	tests := map[string]struct {
		lines   []string
		want    string
		changed bool
	}{
		"no header":             {nil, "", false},
		"not there":             {[]string{"a=1; b=2"}, "", false},
		"alone":                 {[]string{"s=1"}, "", true},
		"only empty parts":      {[]string{"; s=1;; "}, "", true},
		"first":                 {[]string{"s=1; a=1; b=2"}, "a=1; b=2", true},
		"middle":                {[]string{"a=1; s=1; b=2"}, "a=1; b=2", true},
		"last":                  {[]string{"a=1; b=2; s=1"}, "a=1; b=2", true},
		"all of them":           {[]string{"s=1; a=1; s=2", "s=3", "b=2; s="}, "a=1; b=2", true},
		"separators stay":       {[]string{"a=1;b=2;  c=3;\td=4; s=1;e=5"}, "a=1;b=2;  c=3;\td=4;e=5", true},
		"bytes stay":            {[]string{"a=\"x;y\" ;b=\xff%20; s=1;c"}, "a=\"x;y\" ;b=\xff%20;c", true},
		"lines joined":          {[]string{"a=1", "b=2; s=1", " c=3 "}, "a=1; b=2; c=3", true},
		"empty line left out":   {[]string{"a=1", "s=1", ";", "b=2"}, "a=1; b=2", true},
		"without = stays":       {[]string{"s; a=1; s=1"}, "s; a=1", true},
		"other case":            {[]string{"S=1; a=1; s=1"}, "a=1", true},
		"only other case":       {[]string{"a=1; S=1"}, "a=1", true},
		"beyond ASCII":          {[]string{"a=1; \u017f=1; %c5%bf=2"}, "a=1", true},
		"other name stays":      {[]string{"ss=1; s2=2; s=1"}, "ss=1; s2=2", true},
		"named in a value":      {[]string{"a=/x?s=1; b={\"s\":1}"}, "", false},
		"empty one":             {[]string{"a=1; s="}, "a=1", true},
		"spaces around name":    {[]string{"a=1;  s =1"}, "a=1", true},
		"other spaces":          {[]string{"a=1; \v\u00a0s\xa0=1"}, "a=1", true},
		"quoted name":           {[]string{`a=1; "s"=1`}, "a=1", true},
		"escaped name":          {[]string{"a=1; %73=1"}, "a=1", true},
		"indexed name":          {[]string{"a=1; s[]=1; s[0]=2"}, "a=1", true},
		"after a space":         {[]string{"a=1 s=1; b=2"}, "b=2", true},
		"after a comma":         {[]string{"a=1,s=1; b=2"}, "b=2", true},
		"after comma and space": {[]string{"a=1, s = 1; b=2"}, "b=2", true},
		"after a tab":           {[]string{"a=1\ts=1; b=2"}, "b=2", true},
		"words before the name": {[]string{"x s=1; b=2"}, "b=2", true},
		"words that are none":   {[]string{"a=1 s, b=2, as=1, s; s2=1"}, "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			header, changed := lines(test.lines...).taking("s").WithoutCookies(never)
			if header != test.want || changed != test.changed {
				t.Errorf("got %q, %v; want %q, %v", header, changed, test.want, test.changed)
			}
		})
	}
}

func TestWithoutCookiesAsPHPReadsThem(t *testing.T) {
	r := lines("__session=1; _.session=2; _ session=3; _[session=4; a.b=5; __session.x=6")
	header, _ := r.taking("__session").WithoutCookies(never)
	if want := "a.b=5; __session.x=6"; header != want {
		t.Errorf("got %q, want %q", header, want)
	}
}

func TestWithoutCookiesKeeps(t *testing.T) {
	tests := map[string]struct {
		lines   []string
		want    string
		changed bool
	}{
		"the one":          {[]string{"s=good; a=1"}, "", false},
		"among others":     {[]string{"s=bad; a=1; s=good; s=", "s=worse; b=1"}, "a=1; s=good; b=1", true},
		"spaces around it": {[]string{"s=bad; s = good ;a=1"}, "s = good ;a=1", true},
		"hidden in others": {[]string{"a=1 s=good; b=1,s=good; s=good"}, "s=good", true},
		"none of them":     {[]string{"s=bad; a=1", "%73=bad"}, "a=1", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			header, changed := lines(test.lines...).taking("s").WithoutCookies(func(name, value string) bool {
				return name == "s" && value == "good"
			})
			if header != test.want || changed != test.changed {
				t.Errorf("got %q, %v; want %q, %v", header, changed, test.want, test.changed)
			}
		})
	}
}

// 100 KB of cookies, of any kind, take time in proportion to their length: a
// quadratic reader would take minutes.
func TestCookiesAreLinear(t *testing.T) {
	const size = 100_000
	for name, unit := range map[string]string{
		"semicolons": ";", "names": "a=b;", "spaces": " ", "words": "a ", "commas": ",", "equals": "=",
		"tokens": "s=;", "words with values": "a=b ", "quotes": `"`, "brackets": "[", "escapes": "%73",
		"dots": ".", "not ASCII": "\xa0", "named words": "=x ",
	} {
		t.Run(name, func(t *testing.T) {
			r := lines(strings.Repeat(unit, size/len(unit)), "x"+strings.Repeat(unit, size/len(unit))+"=1")
			start := time.Now()
			r.Cookie("s")
			r.taking("s").WithoutCookies(never)
			if took := time.Since(start); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func FuzzCookies(f *testing.F) {
	for _, seed := range []string{"", "s=1", "a=1; s=2;b=3", ";;s = 1 ; t", "a=1, s=2", "a=b s=1", `"s"=1; a="x;y"`, "%73=1", "s[]=1", "s"} {
		f.Add(seed, "")
		f.Add("x=1; "+seed, seed+";y=2")
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		r := lines(first, second).taking("s")
		_, present := r.Cookie("s")
		header, changed := r.WithoutCookies(never)
		if present && !changed {
			t.Fatal("a cookie that is read is not removed")
		}
		if !changed {
			return
		}
		left := lines(header).taking("s")
		if _, present := left.Cookie("s"); present {
			t.Errorf("still there in %q", header)
		}
		if again, changed := left.WithoutCookies(never); changed {
			t.Errorf("%q changes again to %q", header, again)
		}
		// What stays are the parts of the lines that were not dropped, in order.
		var want []string
		for _, part := range append(strings.Split(first, ";"), strings.Split(second, ";")...) {
			if trimOWS(part) == "" {
				continue
			}
			if _, gone := lines(part).taking("s").WithoutCookies(never); !gone {
				want = append(want, trimOWS(part))
			}
		}
		var got []string
		for _, part := range strings.Split(header, ";") {
			if trimOWS(part) != "" {
				got = append(got, trimOWS(part))
			}
		}
		if strings.Join(got, "\x00") != strings.Join(want, "\x00") {
			t.Errorf("left are %q, want %q", got, want)
		}
	})
}
