package request

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sessiongate/sessiongate/internal/reason"
)

func TestPath(t *testing.T) {
	tests := map[string]struct{ method, target, want string }{
		"plain":                   {"GET", "/a/b", "/a/b"},
		"query":                   {"GET", "/a?/b", "/a"},
		"fragment":                {"GET", "/a#/b?c", "/a"},
		"empty":                   {"GET", "", "/"},
		"only a query":            {"GET", "?a", "/"},
		"only a fragment":         {"GET", "#a", "/"},
		"absolute form":           {"GET", "http://h.example/a/b?c", "/a/b"},
		"absolute form, no path":  {"GET", "http://h.example", "/"},
		"absolute form, query":    {"GET", "http://h.example?x/y", "/"},
		"absolute form, scheme":   {"GET", "grpc+tls://h.example/a", "/a"},
		"asterisk":                {"OPTIONS", "*", "*"},
		"CONNECT":                 {"CONNECT", "h.example:443", "*"},
		"CONNECT without target":  {"CONNECT", "", "*"},
		"extended CONNECT":        {"CONNECT", "/chat", "/chat"},
		"two slashes":             {"GET", "//a/b", "//a/b"},
		"URL in the path":         {"GET", "/http://h.example/a", "/http://h.example/a"},
		"spelling stays as it is": {"GET", "/%41/../B;c", "/%41/../B;c"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := with(test.method, test.target).Path(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestReadings(t *testing.T) {
	tests := map[string]struct {
		target string
		want   []string // the first in its place, the others in any order
	}{
		"plain":                    {"/a/b.c/d-e_f~", []string{"/a/b.c/d-e_f~"}},
		"root":                     {"/", []string{"/"}},
		"empty":                    {"", []string{"/"}},
		"query is not read":        {"/a?b=%2e%2e/;//", []string{"/a"}},
		"capitals are not a path":  {"/Admin", []string{"/Admin"}},
		"dots that are names":      {"/.well-known/..a/...", []string{"/.well-known/..a/..."}},
		"not ASCII":                {"/é", []string{"/é"}},
		"absolute form":            {"http://h.example/a", []string{"/a"}},
		"escaped space":            {"/a%20b", []string{"/a%20b", "/a b"}},
		"escaped slash":            {"/a%2Fb", []string{"/a%2Fb", "/a/b"}},
		"escaped twice":            {"/%2561", []string{"/%2561", "/%61", "/a"}},
		"escaped three times":      {"/%252561", []string{"/%252561", "/%2561", "/%61"}},
		"invalid escapes":          {"/%zz%4%", []string{"/%zz%4%"}},
		"invalid and valid":        {"/%zz%61", []string{"/%zz%61", "/%zza"}},
		"escape made of escapes":   {"/%%36%31", []string{"/%%36%31", "/%61", "/a"}},
		"plus stays":               {"/a+b", []string{"/a+b"}},
		"matrix parameter":         {"/a;v=1/b;c", []string{"/a;v=1/b;c", "/a/b"}},
		"escaped semicolon":        {"/a%3Bb", []string{"/a%3Bb", "/a;b", "/a"}},
		"backslash":                {`/a\b`, []string{`/a\b`, "/a/b"}},
		"escaped backslash":        {"/a%5cb", []string{"/a%5cb", `/a\b`, "/a/b"}},
		"double slash":             {"/a//b", []string{"/a//b", "/a/b"}},
		"double slash first":       {"//a/b", []string{"//a/b", "/a/b", "/b"}},
		"only slashes":             {"///", []string{"///", "/"}},
		"dot":                      {"/a/./b", []string{"/a/./b", "/a/b"}},
		"dot at the end":           {"/a/.", []string{"/a/.", "/a/", "/a"}},
		"two dots":                 {"/a/../b", []string{"/a/../b", "/b"}},
		"two dots at the end":      {"/a/b/..", []string{"/a/b/..", "/a/", "/a"}},
		"above the root":           {"/../../a", []string{"/../../a", "/a"}},
		"two dots, parameter":      {"/a/..;x/b", []string{"/a/..;x/b", "/a/../b", "/b"}},
		"two dots, empty segment":  {"/a//../b", []string{"/a//../b", "/a/../b", "/a/b", "/b"}},
		"escaped dots":             {"/a/%2e%2E/b", []string{"/a/%2e%2E/b", "/a/../b", "/b"}},
		"escaped dot of two":       {"/a/.%2e/b", []string{"/a/.%2e/b", "/a/../b", "/b"}},
		"slash is data, dots not":  {"/a%2Fb/%2e%2e/c", []string{"/a%2Fb/%2e%2e/c", "/c", "/a/b/../c", "/a/c", "/a/b/%2e%2e/c", "/a%2Fb/../c"}},
		"letters but not slashes":  {"/%61%2Fb", []string{"/%61%2Fb", "/a/b", "/a%2Fb", "/%61/b"}},
		"fragment":                 {"/a#/../b", []string{"/a", "/a#/../b", "/b"}},
		"space at the end":         {"/a ", []string{"/a ", "/a"}},
		"space before the query":   {"/a ?b", []string{"/a "}},
		"backslashes for slashes":  {`\\`, nil},
		"no path at all":           {"a", nil},
		"only a query":             {"?a", nil},
		"only a fragment":          {"#/a", nil},
		"absolute form, no path":   {"http://h.example", []string{"/"}},
		"absolute form, query":     {"http://h.example?/a", []string{"/"}},
		"authority, fragment":      {"http://h.example#/a", nil},
		"absolute form, fragment":  {"http://h.example/a#/b", []string{"/a", "/a#/b"}},
		"asterisk of a GET":        {"*", nil},
		"scheme without authority": {"http:///a", nil},
		"authority, backslash":     {`http://h\a`, nil},
		"bad scheme":               {"1://h/a", nil},
		"control character":        {"/a\x01", nil},
		"delete":                   {"/a\x7f", nil},
		"escaped NUL":              {"/a%00", nil},
		"escaped line break":       {"/a%0d%0A", nil},
		"escaped delete":           {"/a%7F", nil},
		"NUL escaped twice":        {"/a%2500", nil},
		"NUL in a parameter":       {"/a;%00", nil},
		"NUL escaped three times":  {"/a%252500", []string{"/a%252500", "/a%2500", "/a%00"}},
		"C1 characters pass":       {"/%C2%85", []string{"/%C2%85", "/\u0085"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, bad := get(test.target).Readings()
			if (bad == reason.PathInvalid) != (test.want == nil) || bad != reason.None && bad != reason.PathInvalid {
				t.Fatalf("reason %q, readings %q", bad, got)
			}
			if test.want == nil {
				return
			}
			if got[0] != test.want[0] {
				t.Errorf("the first is %q", got[0])
			}
			if diff := cmp.Diff(test.want, got, cmpopts.SortSlices(strings.Compare)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadingsOfNoPath(t *testing.T) {
	for name, r := range map[string]*Request{
		"CONNECT": with("CONNECT", ""), "CONNECT with a target": with("CONNECT", "h.example:443"), "OPTIONS *": with("OPTIONS", "*"),
	} {
		if got, bad := r.Readings(); bad != reason.None || !cmp.Equal(got, []string{"*"}) {
			t.Errorf("%s: %q, %q", name, got, bad)
		}
	}
}

func TestReadingsAreBounded(t *testing.T) {
	long := strings.Repeat("a", maxReadingLength)
	tests := map[string]struct {
		target string
		bad    reason.Reason
	}{
		"a long plain path":      {"/" + strings.Repeat(long, 10), reason.None},
		"a long path to read":    {"/%20" + long, reason.PathInvalid},
		"just not too long":      {"/%20" + long[:maxReadingLength-4], reason.None},
		"one of each kind":       {"/%2e%2F%5c;a/..;b//%252e%255c%252f/./c", reason.PathInvalid},
		"authorities in a row":   {strings.Repeat("//a", 100), reason.PathInvalid},
		"many of the same kind":  {"/" + strings.Repeat("%2F", 1000), reason.None},
		"many matrix parameters": {strings.Repeat("/a;b=c", 1000), reason.None},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			got, bad := get(test.target).Readings()
			if bad != test.bad || len(got) > maxReadings {
				t.Errorf("%d readings, reason %q", len(got), bad)
			}
			if took := time.Since(start); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func FuzzReadings(f *testing.F) {
	for _, seed := range []string{
		"", "/", "/a%2Fb", "/%252e%252e/a", "/a/..;/b", `/a\..\b`, "//h/a", "/a/./b/", "/%00", "*", "http://h/a", "/a#b", "/a ", "/é%FF",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, target string) {
		r := get(target)
		got, bad := r.Readings()
		if bad != reason.None {
			if bad != reason.PathInvalid || got != nil {
				t.Fatalf("%q, %q", got, bad)
			}
			return
		}
		if len(got) == 0 || len(got) > maxReadings || got[0] != r.Path() {
			t.Fatalf("%q", got)
		}
		seen := map[string]bool{}
		for _, path := range got {
			if seen[path] {
				t.Errorf("%q twice", path)
			}
			seen[path] = true
			for i := range len(path) {
				if isControl(path[i]) {
					t.Errorf("a control character in %q", path)
				}
			}
		}
		if again, _ := get(target).Readings(); !cmp.Equal(got, again) {
			t.Error("other readings the second time")
		}
		// Whatever a server does first to the path, it is among the readings.
		for _, step := range []func([]byte, string) []byte{cutSegmentParams, backslashes, mergeSlashes} {
			for _, path := range got {
				if made := string(step(nil, path)); !seen[made] {
					t.Errorf("%q is missing", made)
				}
			}
		}
	})
}

// TestPathAsSent: it is the first reading, and refuses control characters as the
// readings do, but for their bounds.
func TestPathAsSent(t *testing.T) {
	for target, want := range map[string]string{
		"/a/../b?x": "/a/../b", "/a%2Fb": "/a%2Fb", "/a%00": "", "/a%2500": "", "/%%30%30": "", "/a\x7f": "", "/a%7F": "",
		"a": "", "?x": "", "": "/", "http://host?x": "/", "/" + strings.Repeat("%2F", 10_000): "/" + strings.Repeat("%2F", 10_000),
	} {
		r := &Request{Method: "GET", Target: target}
		got, bad := r.PathAsSent()
		if (bad == reason.None) != (want != "") || bad == reason.None && got[0] != want {
			t.Errorf("%.40q gives %.40q, %v", target, got, bad)
		}
	}
}
