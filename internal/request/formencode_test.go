package request

import "testing"

func TestFormEncode(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"empty":         {"", ""},
		"stays":         {"azAZ09*-._", "azAZ09*-._"},
		"space":         {"a b", "a+b"},
		"plus":          {"a+b", "a%2Bb"},
		"tilde":         {"~", "%7E"},
		"quotes":        {"'()!", "%27%28%29%21"},
		"URL":           {"https://a.example/?b=c&d", "https%3A%2F%2Fa.example%2F%3Fb%3Dc%26d"},
		"percent":       {"%20", "%2520"},
		"UTF-8":         {"é", "%C3%A9"},
		"not UTF-8":     {"\xff\x00", "%FF%00"},
		"line break":    {"\r\n", "%0D%0A"},
		"hash and semi": {"#;", "%23%3B"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := FormEncode(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func FuzzFormEncode(f *testing.F) {
	for _, seed := range []string{"", "a b+c", "%zz", "é\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := formDecode(FormEncode(text)); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	})
}
