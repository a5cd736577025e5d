package request

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeaders(t *testing.T) {
	r := get("/", "Accept", "a", "x-empty", "", "ACCEPT", "b")
	if got := r.Values("accept"); !cmp.Equal(got, []string{"a", "b"}) {
		t.Errorf("Values: %q", got)
	}
	if got := r.Values("x-none"); got != nil {
		t.Errorf("Values of none: %q", got)
	}
	if v, n := r.Header("accept"); v != "a" || n != 2 {
		t.Errorf("Header: %q, %d lines", v, n)
	}
	if v, n := r.Header("x-empty"); v != "" || n != 1 {
		t.Errorf("Header of an empty one: %q, %d lines", v, n)
	}
	if v, n := r.Header("x-none"); v != "" || n != 0 {
		t.Errorf("Header of none: %q, %d lines", v, n)
	}
	if v, n := get("/", "x-a", "1", "X-A", "2").Header("x-a"); v != "1" || n != 2 {
		t.Errorf("Header of a name that is not often asked for: %q, %d lines", v, n)
	}
}

func TestFoldedNames(t *testing.T) {
	tests := map[string]struct {
		name, prefix  string
		begins, equal bool
	}{
		"same":               {"x-identity-user-id", "x-identity-user-id", true, true},
		"prefix":             {"x-identity-user-id", "x-identity-", true, false},
		"underscores":        {"x_identity_user_id", "x-identity-user-id", true, true},
		"dots":               {"x.identity.user-id", "x-identity-", true, false},
		"capitals":           {"X-Identity-User-ID", "x-identity-user-id", true, true},
		"spaces and tildes":  {"x identity~user", "x-identity-", true, false},
		"not ASCII":          {"x\xffidentity\x80user", "x-identity-user", true, true},
		"folded on the left": {"x-identity-a", "X_Identity_", true, false},
		"shorter":            {"x-identity", "x-identity-", false, false},
		"no separator":       {"xidentity-user", "x-identity-", false, false},
		"other letter":       {"x-identify-", "x-identity-", false, false},
		"empty prefix":       {"x", "", true, false},
		"digits":             {"x-1", "x_1", true, true},
		"digit for a letter": {"x-0", "x-o", false, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := FoldedHasPrefix(test.name, test.prefix); got != test.begins {
				t.Errorf("FoldedHasPrefix is %v", got)
			}
			if got := FoldedEqual(test.name, test.prefix); got != test.equal {
				t.Errorf("FoldedEqual is %v", got)
			}
		})
	}
}

func TestFold(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"empty":              {"", ""},
		"lower case":         {"/admin/%2f", "/admin/%2f"},
		"capitals":           {"/ADMIN/x", "/admin/x"},
		"escapes":            {"/a%2Fb", "/a%2fb"},
		"umlauts":            {"/Ä", Fold("/ä")},
		"Kelvin sign":        {"/\u212aey", "/key"},
		"long s":             {"/\u017fe\u017f\u017fion", "/session"},
		"sigmas":             {"ς", Fold("Σ")},
		"not UTF-8":          {"/A\xff\xc3", "/a\xff\xc3"},
		"replacement itself": {"\ufffdA", "\ufffda"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Fold(test.text); got != test.want {
				t.Errorf("%q folds to %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"", "/Admin", "\u212a", "\xff", "ß", "İ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		if Fold(folded) != folded {
			t.Errorf("folding %q twice gives %q and then %q", text, folded, Fold(folded))
		}
	})
}
