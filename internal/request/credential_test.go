package request

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/reason"
)

func TestBearer(t *testing.T) {
	const auth = "authorization"
	ambiguous := reason.AuthorizationAmbiguous
	tests := map[string]struct {
		header, prefix string
		lines          []string
		token          string // empty: not present
		bad            reason.Reason
	}{
		"no header":               {auth, "Bearer", nil, "", reason.None},
		"empty header":            {auth, "Bearer", []string{""}, "", reason.None},
		"bearer":                  {auth, "Bearer", []string{"Bearer x.y.z"}, "x.y.z", reason.None},
		"prefix with its space":   {auth, "Bearer ", []string{"Bearer x"}, "x", reason.None},
		"lower case":              {auth, "Bearer", []string{"bearer x"}, "x", reason.None},
		"prefix in lower case":    {auth, "bearer", []string{"BEARER x"}, "x", reason.None},
		"several spaces":          {auth, "Bearer", []string{"Bearer   x"}, "x", reason.None},
		"a tab":                   {auth, "Bearer", []string{"Bearer\tx"}, "x", reason.None},
		"spaces around":           {auth, "Bearer", []string{" Bearer x \t"}, "x", reason.None},
		"spaces inside":           {auth, "Bearer", []string{"Bearer x y"}, "x y", reason.None},
		"no space":                {auth, "Bearer", []string{"Bearerx"}, "", reason.None},
		"a colon":                 {auth, "Bearer", []string{"Bearer: x"}, "", reason.None},
		"scheme alone":            {auth, "Bearer", []string{"Bearer"}, "", reason.None},
		"scheme and space":        {auth, "Bearer", []string{"Bearer  "}, "", reason.None},
		"other scheme":            {auth, "Bearer", []string{"Basic eDp5"}, "", reason.None},
		"other header":            {"x-token", "Bearer", []string{"Bearer x"}, "x", reason.None},
		"digest":                  {auth, "Bearer", []string{`Digest username="a", realm="b", nonce="c"`}, "", reason.None},
		"signature version 4":     {auth, "Bearer", []string{"AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c"}, "", reason.None},
		"two, joined":             {auth, "Bearer", []string{"Bearer x,Bearer y"}, "", ambiguous},
		"two, joined with space":  {auth, "Bearer", []string{"Bearer x, bearer y"}, "", ambiguous},
		"another scheme first":    {auth, "Bearer", []string{"Basic eDp5, Bearer x"}, "", ambiguous},
		"another scheme second":   {auth, "Bearer", []string{"Bearer x,Basic eDp5"}, "", ambiguous},
		"comma in the token":      {auth, "Bearer", []string{"Bearer x,y"}, "", ambiguous},
		"comma at the end":        {auth, "Bearer", []string{"Bearer x,"}, "", ambiguous},
		"scheme alone in a part":  {auth, "Bearer", []string{"Bearer ,x"}, "", ambiguous},
		"part that begins alike":  {auth, "Bearer", []string{"Basic x, Bearers y"}, "", reason.None},
		"two lines":               {auth, "Bearer", []string{"Bearer x", "Bearer y"}, "", ambiguous},
		"two equal lines":         {auth, "Bearer", []string{"Bearer x", "Bearer x"}, "", ambiguous},
		"two lines, one bearer":   {auth, "Bearer", []string{"Basic eDp5", "Bearer x"}, "", ambiguous},
		"two lines, no bearer":    {auth, "Bearer", []string{"Basic eDp5", "Digest a"}, "", reason.None},
		"other header, two lines": {"x-token", "", []string{"x", "x"}, "", ambiguous},
		"other header, comma":     {"x-token", "", []string{"x,y"}, "x,y", reason.None},
		"another scheme's reader": {auth, "Token", []string{"Token x"}, "x", reason.None},
		"its comma":               {auth, "Token", []string{"Bearer x, Token y"}, "", ambiguous},
		"no prefix":               {"x-token", "", []string{"x.y.z"}, "x.y.z", reason.None},
		"no prefix, empty":        {"x-token", "", []string{" "}, "", reason.None},
		"no prefix, any comma":    {auth, "", []string{"x,y"}, "", ambiguous},
		"text as prefix":          {"x-token", "jwt=", []string{"jwt=x"}, "x", reason.None},
		"text in other case":      {"x-token", "jwt=", []string{"JWT=x"}, "", reason.None},
		"text with its space":     {"x-token", "v1 ", []string{"v1 x"}, "x", reason.None},
		"text without its space":  {"x-token", "v1 ", []string{"v1x"}, "", reason.None},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var headers []string
			for _, line := range test.lines {
				headers = append(headers, test.header, line)
			}
			got, bad := get("/", headers...).Bearer(test.header, test.prefix)
			want := Credential{Value: test.token, Present: test.token != ""}
			if got != want || bad != test.bad {
				t.Errorf("got %q, %v, %q; want %q, %v, %q", got.Value, got.Present, bad, want.Value, want.Present, test.bad)
			}
		})
	}
}

func TestCredentialIsNotPrinted(t *testing.T) {
	c := Credential{Value: "x.y.z", Present: true}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if text := fmt.Sprintf(verb, c); strings.Contains(text, "x.y.z") {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}

func FuzzBearer(f *testing.F) {
	for _, seed := range []string{"", "Bearer x", "bearer\tx", "Basic a, Bearer b", "Bearer x,y", "Bearer", "Digest a=\"Bearer b, Bearer c\""} {
		f.Add(seed, "Bearer", seed)
		f.Add(seed, "", "")
	}
	f.Fuzz(func(t *testing.T, value, prefix, second string) {
		headers := []string{"authorization", value}
		if second != "" {
			headers = append(headers, "authorization", second)
		}
		r := get("/", headers...)
		got, bad := r.Bearer("authorization", prefix)
		if bad != reason.None && bad != reason.AuthorizationAmbiguous {
			t.Errorf("reason %q", bad)
		}
		if got.Present != (got.Value != "") || bad != reason.None && got.Present {
			t.Errorf("%q, %v, %q", got.Value, got.Present, bad)
		}
		if !got.Present {
			return
		}
		if !strings.HasSuffix(trimOWS(value), got.Value) || strings.Contains(value, ",") || second != "" {
			t.Errorf("%q in %q", got.Value, value)
		}
		if got.Value != trimOWS(got.Value) {
			t.Errorf("%q is not trimmed", got.Value)
		}
		// Envoy joins lines: what is read alone must not be read joined to another.
		if _, bad := get("/", "authorization", value+","+second).Bearer("authorization", prefix); bad == reason.None {
			t.Errorf("%q joined with %q is not ambiguous", value, second)
		}
	})
}
