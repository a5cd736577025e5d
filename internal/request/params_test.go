package request

import (
	"net/url"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/reason"
)

func TestParam(t *testing.T) {
	tests := map[string]struct {
		target  string
		value   string
		present bool
		bad     reason.Reason
	}{
		"no query":                {"/a", "", false, reason.None},
		"empty query":             {"/a?", "", false, reason.None},
		"alone":                   {"/a?t=1", "1", true, reason.None},
		"among others":            {"/a?x=0&t=1&y=2", "1", true, reason.None},
		"absolute form":           {"https://h.example/a?t=1", "1", true, reason.None},
		"without =":               {"/a?t", "", true, reason.None},
		"empty":                   {"/a?t=", "", true, reason.None},
		"decoded":                 {"/a?t=a%2Eb+c", "a.b c", true, reason.None},
		"invalid escape stays":    {"/a?t=%zz%2", "%zz%2", true, reason.None},
		"encoded name":            {"/a?%74=1", "1", true, reason.None},
		"other case":              {"/a?T=1", "", false, reason.None},
		"in the path":             {"/t=1?x=2", "", false, reason.None},
		"in the fragment":         {"/a?x=1#&t=1", "", false, reason.None},
		"second question mark":    {"/a?t=1?x", "1?x", true, reason.None},
		"equal twice":             {"/a?t=1&t=1", "1", true, reason.None},
		"equal when decoded":      {"/a?t=1&%74=%31", "1", true, reason.None},
		"different":               {"/a?t=1&t=2", "", false, reason.AuthorizationAmbiguous},
		"different, one empty":    {"/a?t=&t=2", "", false, reason.AuthorizationAmbiguous},
		"another after ;":         {"/a?t=1&x=1;t=2", "", false, reason.AuthorizationAmbiguous},
		"the same after ;":        {"/a?t=1&x=1;t=1", "1", true, reason.None},
		"only after ;":            {"/a?x=1;t=2", "", false, reason.None},
		"; in the value":          {"/a?t=1;2", "", false, reason.AuthorizationAmbiguous},
		"another with an index":   {"/a?t=1&t[]=2", "", false, reason.AuthorizationAmbiguous},
		"only with an index":      {"/a?t[]=2", "", false, reason.None},
		"another in the fragment": {"/a?t=1#&t=2", "", false, reason.AuthorizationAmbiguous},
		"another after spaces":    {"/a?t=1&+t=2", "", false, reason.AuthorizationAmbiguous},
		"another in other case":   {"/a?t=1&T=2", "1", true, reason.None},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for which, r := range map[string]*Request{
				"among the sources": get(test.target).taking("t"), "not among them": get(test.target).taking("u"), "without sources": get(test.target),
			} {
				value, present, bad := r.Param("t")
				if value != test.value || present != test.present || bad != test.bad {
					t.Errorf("%s: got %q, %v, %q; want %q, %v, %q", which, value, present, bad, test.value, test.present, test.bad)
				}
			}
		})
	}
}

func TestFirstParam(t *testing.T) {
	for target, want := range map[string]string{
		"/?t=1&t=2": "1", "/?x&t=": "", "/?%74=a+b": "a b", "/?t": "",
	} {
		if got, ok := get(target).FirstParam("t"); got != want || !ok {
			t.Errorf("%s: %q, %v", target, got, ok)
		}
	}
	if _, ok := get("/?x=1").FirstParam("t"); ok {
		t.Error("found one that is not there")
	}
}

func TestWithoutParams(t *testing.T) {
	tests := map[string]struct {
		target, want string
		changed      bool
	}{
		"no query":              {"/a", "/a", false},
		"empty query stays":     {"/a?", "/a?", false},
		"not there":             {"/a?x=1&&y=%20+", "/a?x=1&&y=%20+", false},
		"alone":                 {"/a?t=1", "/a", true},
		"all of them":           {"/a?t=1&t=2&t", "/a", true},
		"first":                 {"/a?t=1&x=1&y=2", "/a?x=1&y=2", true},
		"middle":                {"/a?x=1&t=1&y=2", "/a?x=1&y=2", true},
		"last":                  {"/a?x=1&y=2&t=1", "/a?x=1&y=2", true},
		"bytes stay":            {"/a?%78=+&&t=1&y==;'\xff&", "/a?%78=+&&y==;'\xff&", true},
		"nothing but an &":      {"/a?&t=1", "/a", true},
		"absolute form":         {"https://h.example/a?t=1&x", "https://h.example/a?x", true},
		"absolute form emptied": {"https://h.example?t=1", "https://h.example", true},
		"encoded name":          {"/a?%74=1&x", "/a?x", true},
		"other case":            {"/a?T=1&x&t=1", "/a?x", true},
		"only other case":       {"/a?x&%54=1", "/a?x", true},
		"in a value":            {"/a?x=t=1", "/a?x=t=1", false},
		"in the path":           {"/t=1;t=1?x", "/t=1;t=1?x", false},
		"its ; goes with it":    {"/a?t=1;x=2&y", "/a?y", true},
		"after ;":               {"/a?x=1;t=1;y=2&z", "/a?x=1;y=2&z", true},
		"after ; at the end":    {"/a?x=1;t=1", "/a?x=1", true},
		"after an empty piece":  {"/a?;t=1;x=1", "/a?;x=1", true},
		"in the fragment":       {"/a?x=1#t=1", "/a?x=1", true},
		"fragment stays one":    {"/a?t#x", "/a?#x", true},
		"empty sub-pieces stay": {"/a?;;t;;x;", "/a?;;;x;", true},
		"with an index":         {"/a?t[]=1&t[0]=2&x[t]=3", "/a?x[t]=3", true},
		"after a space":         {"/a?+t=1&%20t=2&x", "/a?x", true},
		"second question mark":  {"/a?x?t=1&t=1", "/a?x?t=1", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, changed := get(test.target).taking("t").WithoutParams("")
			if got != test.want || changed != test.changed {
				t.Errorf("got %q, %v; want %q, %v", got, changed, test.want, test.changed)
			}
		})
	}
}

// TestManyParams: beyond what honest requests have, parameters are not told
// apart any more.
func TestManyParams(t *testing.T) {
	other, token, escaped := "&x=1", "&t=1", "&%75=1"
	tests := map[string]struct {
		target, want string
		changed      bool
		bad          reason.Reason
	}{
		"many others":          {"/a?y" + strings.Repeat(other, 5000), "", false, reason.None},
		"64 of them":           {"/a?y" + strings.Repeat(token+other, 64), "/a?y" + strings.Repeat(other, 64), true, reason.None},
		"one more":             {"/a?y" + strings.Repeat(token+other, 65), "/a?y" + strings.Repeat(other, 64), true, reason.AuthorizationAmbiguous},
		"in one piece":         {"/a?y=1" + strings.Repeat(";t;x", 65) + other, "/a?y=1" + strings.Repeat(";x", 64) + other, true, reason.AuthorizationAmbiguous},
		"look-alikes of one":   {"/a?t=1" + strings.Repeat("&T=2", 63), "/a", true, reason.None},
		"one look-alike more":  {"/a?t=1" + strings.Repeat("&T=2", 64), "/a", true, reason.AuthorizationAmbiguous},
		"512 unclear ones":     {"/a?y" + strings.Repeat(escaped, 512), "", false, reason.None},
		"more unclear ones":    {"/a?y" + strings.Repeat(escaped, 512+64), "/a?y" + strings.Repeat(escaped, 512), true, reason.None},
		"too many unclear":     {"/a?y" + strings.Repeat(escaped, 5000), "/a?y" + strings.Repeat(escaped, 512), true, reason.AuthorizationAmbiguous},
		"escaped, not unclear": {"/a?y" + strings.Repeat("&x%5B%5D=1&a[]", 5000), "", false, reason.None},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := get(test.target).taking("t")
			if _, _, bad := r.Param("t"); bad != test.bad {
				t.Errorf("%q, want %q", bad, test.bad)
			}
			got, changed := r.WithoutParams("")
			if changed != test.changed || changed && got != test.want {
				t.Errorf("%d bytes left, %v; want %d, %v", len(got), changed, len(test.want), test.changed)
			}
		})
	}
}

func FuzzParams(f *testing.F) {
	for _, seed := range []string{"/", "/a?t=1", "/a?x=1;t=2&y", "/?t&t", "/?%74=%31&t=1", "/?t[]=1", "/?a=1#t=1", "https://h/?t", "/?&&t;t#t&", "/?a=b=c+%zz"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, target string) {
		r := get(target).taking("t")
		value, present, bad := r.Param("t")
		left, changed := r.WithoutParams("")
		if !changed && left != target {
			t.Fatalf("unchanged, but %q", left)
		}
		if (present || bad != reason.None) && !changed {
			t.Error("a parameter that is read is not removed")
		}
		again := get(left).taking("t")
		if _, present := again.FirstParam("t"); present {
			t.Errorf("still there in %q", left)
		}
		if more, changed := again.WithoutParams(""); changed {
			t.Errorf("%q changes again to %q", left, more)
		}
		if !strings.HasPrefix(target, strings.SplitN(left, "?", 2)[0]) {
			t.Errorf("the path changed: %q", left)
		}
		// The standard library reads the same where it reads at all.
		_, query, _ := strings.Cut(target, "?")
		if values, err := url.ParseQuery(query); err == nil && !strings.Contains(query, "#") {
			if values.Has("t") != (present || bad != reason.None) {
				t.Errorf("net/url has t: %v", values["t"])
			}
			if present && values.Get("t") != value {
				t.Errorf("net/url reads %q, we %q", values.Get("t"), value)
			}
		}
	})
}
