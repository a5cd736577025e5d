package request

import (
	"net/url"
	"strings"
	"testing"
)

func TestURL(t *testing.T) {
	tests := map[string]struct {
		authority, target string
		headers           []string
		forwarded         bool
		want              string // empty: not ok
	}{
		"plain":                       {"app.example.com", "/a?b=c", nil, false, "https://app.example.com/a?b=c"},
		"capitals, dot, default port": {"APP.example.com.:443", "/", nil, false, "https://app.example.com/"},
		"port":                        {"app.example.com:8443", "/", nil, false, "https://app.example.com:8443/"},
		"port with zeros":             {"app.example.com:0443", "/", nil, false, "https://app.example.com/"},
		"port 80 with https":          {"app.example.com:80", "/", nil, false, "https://app.example.com:80/"},
		"IPv6":                        {"[::1]:8443", "/", nil, false, "https://[::1]:8443/"},
		"path and query stay":         {"app.example.com", "/%2F/../a;b//c?x=%20+&&y", nil, false, "https://app.example.com/%2F/../a;b//c?x=%20+&&y"},
		"empty path":                  {"app.example.com", "", nil, false, "https://app.example.com/"},
		"only a query":                {"app.example.com", "?a", nil, false, ""},
		"fragment":                    {"app.example.com", "/a#b", nil, false, "https://app.example.com/a"},
		"absolute form":               {"app.example.com", "http://other.example/a?b", nil, false, "https://app.example.com/a?b"},
		"absolute form, no path":      {"app.example.com", "http://other.example?b", nil, false, "https://app.example.com/?b"},
		"double slash":                {"app.example.com", "//evil.example/x", nil, false, "https://app.example.com//evil.example/x"},
		"backslash":                   {"app.example.com", `/\evil.example/x`, nil, false, `https://app.example.com/\evil.example/x`},
		"at sign":                     {"app.example.com", "/@evil.example", nil, false, "https://app.example.com/@evil.example"},
		"no slash":                    {"app.example.com", "@evil.example/", nil, false, ""},
		"only a fragment":             {"app.example.com", "#a", nil, false, ""},
		"no host":                     {"", "/", nil, false, ""},
		"bad host":                    {"app.example.com@evil.example", "/", nil, false, ""},
		"bad port":                    {"app.example.com:99999", "/", nil, false, ""},
		"asterisk":                    {"app.example.com", "*", nil, false, ""},

		"proto":                        {"app.example.com", "/", []string{"x-forwarded-proto", "http"}, false, "http://app.example.com/"},
		"proto, first part":            {"app.example.com", "/", []string{"x-forwarded-proto", " http , https"}, false, "http://app.example.com/"},
		"proto in capitals":            {"app.example.com", "/", []string{"x-forwarded-proto", "HTTP"}, false, "http://app.example.com/"},
		"proto makes the port default": {"app.example.com:80", "/", []string{"x-forwarded-proto", "http"}, false, "http://app.example.com/"},
		"proto that is none":           {"app.example.com", "/", []string{"x-forwarded-proto", "javascript"}, false, "https://app.example.com/"},
		"empty proto":                  {"app.example.com", "/", []string{"x-forwarded-proto", ",http"}, false, "https://app.example.com/"},
		"scheme":                       {"app.example.com", "/", []string{":scheme", "http"}, false, "http://app.example.com/"},
		"scheme that is none":          {"app.example.com", "/", []string{":scheme", "ftp"}, false, "https://app.example.com/"},

		"forwarded host, not trusted":  {"app.example.com", "/", []string{"x-forwarded-host", "evil.example"}, false, "https://app.example.com/"},
		"forwarded host":               {"app.example.com", "/", []string{"x-forwarded-host", "WWW.example.com:8443"}, true, "https://www.example.com:8443/"},
		"forwarded host, first part":   {"app.example.com", "/", []string{"x-forwarded-host", "www.example.com, proxy.example"}, true, "https://www.example.com/"},
		"forwarded host drops port":    {"app.example.com:8080", "/", []string{"x-forwarded-host", "www.example.com"}, true, "https://www.example.com/"},
		"forwarded host that is none":  {"app.example.com", "/", []string{"x-forwarded-host", "evil.example/x"}, true, "https://app.example.com/"},
		"forwarded host, port 0":       {"app.example.com", "/", []string{"x-forwarded-host", "www.example.com:0"}, true, "https://app.example.com/"},
		"forwarded host saves":         {"", "/", []string{"x-forwarded-host", "www.example.com"}, true, "https://www.example.com/"},
		"CloudFront, not trusted":      {"app.example.com", "/", []string{"cloudfront-forwarded-proto", "http"}, false, "https://app.example.com/"},
		"CloudFront":                   {"app.example.com", "/", []string{"cloudfront-forwarded-proto", "http"}, true, "http://app.example.com/"},
		"CloudFront after proto":       {"app.example.com", "/", []string{"cloudfront-forwarded-proto", "http", "x-forwarded-proto", "https"}, true, "https://app.example.com/"},
		"CloudFront after a bad proto": {"app.example.com", "/", []string{"cloudfront-forwarded-proto", "http", "x-forwarded-proto", "x"}, true, "http://app.example.com/"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			headers := [][2]string{{":method", "GET"}, {":authority", test.authority}, {":path", test.target}}
			for i := 0; i < len(test.headers); i += 2 {
				headers = append(headers, [2]string{test.headers[i], test.headers[i+1]})
			}
			u, ok := Read(append(headers, [2]string{":scheme", "https"})).URL(test.forwarded)
			got := ""
			if ok {
				got = u.String()
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestURLOfNoPath(t *testing.T) {
	for name, r := range map[string]*Request{
		"CONNECT": with("CONNECT", ""), "CONNECT with a target": with("CONNECT", "example.com:443"), "OPTIONS *": with("OPTIONS", "*"),
	} {
		if u, ok := r.URL(false); ok {
			t.Errorf("%s: %v", name, u)
		}
	}
}

func TestURLWithoutParams(t *testing.T) {
	u, _ := get("/a?x=%20&t=1&y").URL(false)
	if got, want := u.WithoutParams(ParamNames(nil, []string{"t"})).String(), "https://app.example.com/a?x=%20&y"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := u.WithoutParams(ParamNames(nil, nil)).String(), u.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzURL(f *testing.F) {
	for _, seed := range [][3]string{
		{"app.example.com", "/a?b", "https"}, {"APP.example.com.:80", "//evil.example", "http"}, {"[::1]:1", `/\evil`, "x"},
		{"a@b", "http://evil.example/x", ""}, {"a", "?", ""}, {"a:443", "/#x", "HTTPS"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[0])
	}
	f.Fuzz(func(t *testing.T, authority, target, proto, forwarded string) {
		r := Read([][2]string{{":method", "GET"}, {":authority", authority}, {":path", target},
			{"x-forwarded-proto", proto}, {"x-forwarded-host", forwarded}})
		u, ok := r.URL(false)
		if !ok {
			return
		}
		if u.Scheme != "http" && u.Scheme != "https" || !strings.HasPrefix(u.Target, "/") {
			t.Fatalf("%#v", u)
		}
		if host, _, valid := splitAuthority(u.Host); !valid || host != r.Host {
			t.Fatalf("host %q of %q", u.Host, authority)
		}
		parsed, err := url.Parse(u.Scheme + "://" + u.Host + "/")
		if err != nil || parsed.Host != u.Host || parsed.User != nil {
			t.Errorf("net/url reads %v, %v", parsed, err)
		}
		if parsed, err := url.Parse(u.String()); err == nil && parsed.Host != u.Host {
			t.Errorf("net/url reads the host %q in %q", parsed.Host, u)
		}
		if trusted, ok := r.URL(true); !ok {
			t.Error("trusting a header loses the URL")
		} else if host, _, valid := splitAuthority(trusted.Host); !valid || host != r.Host && !strings.HasPrefix(lowerASCII(trimOWS(forwarded)), host) {
			t.Errorf("host %q", trusted.Host)
		}
	})
}
