package request

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// get is a GET of target with further headers, given as name, value, …
func get(target string, headers ...string) *Request {
	return with("GET", target, headers...)
}

func with(method, target string, headers ...string) *Request {
	all := [][2]string{{":method", method}, {":scheme", "https"}, {":authority", "app.example.com"}, {":path", target}}
	for i := 0; i < len(headers); i += 2 {
		all = append(all, [2]string{headers[i], headers[i+1]})
	}
	return Read(all)
}

func TestRead(t *testing.T) {
	type view struct{ Method, Scheme, Authority, Target, Host string }
	tests := map[string]struct {
		headers [][2]string
		want    view
	}{
		"nothing": {},
		"pseudo headers": {
			[][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "Example.com:443"}, {":path", "/a?b"}},
			view{"GET", "https", "Example.com:443", "/a?b", "example.com"},
		},
		"host where there is no authority": {
			[][2]string{{":method", "GET"}, {"host", "example.com"}, {":path", "/"}},
			view{"GET", "", "example.com", "/", "example.com"},
		},
		"authority before host": {
			[][2]string{{"Host", "other.example"}, {":authority", "example.com"}},
			view{"", "", "example.com", "", "example.com"},
		},
		"first of several": {
			[][2]string{{":path", "/a"}, {":path", "/b"}, {":authority", "a.example"}, {":authority", "b.example"}},
			view{"", "", "a.example", "/a", "a.example"},
		},
		"names in capitals": {
			[][2]string{{":Method", "GET"}, {"HOST", "example.com"}, {"", "x"}},
			view{"GET", "", "example.com", "", "example.com"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := Read(test.headers)
			got := view{r.Method, r.Scheme, r.Authority, r.Target, r.Host}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadLeavesItsArgumentAlone(t *testing.T) {
	headers := [][2]string{{"X-A", "1"}, {"x-b", "2"}}
	r := Read(headers)
	if headers[0][0] != "X-A" {
		t.Error("the caller's headers were changed")
	}
	if v, n := r.Header("x-a"); n != 1 || v != "1" {
		t.Errorf("x-a is %q, %d lines", v, n)
	}
}

func TestHost(t *testing.T) {
	label63 := strings.Repeat("a", 63)
	tests := map[string]struct{ authority, host, port string }{
		"plain":                   {"example.com", "example.com", ""},
		"capitals":                {"ADMIN.Example.com", "admin.example.com", ""},
		"port":                    {"example.com:8080", "example.com", "8080"},
		"empty port":              {"example.com:", "example.com", ""},
		"trailing dot":            {"example.com.", "example.com", ""},
		"capitals, dot and port":  {"ADMIN.Example.com.:80", "admin.example.com", "80"},
		"one label":               {"localhost", "localhost", ""},
		"underscore":              {"my_service.default", "my_service.default", ""},
		"punycode":                {"xn--bcher-kva.example", "xn--bcher-kva.example", ""},
		"IPv4":                    {"127.0.0.1:80", "127.0.0.1", "80"},
		"IPv6":                    {"[2001:DB8::1]:443", "[2001:db8::1]", "443"},
		"IPv6 without port":       {"[::]", "[::]", ""},
		"IPv6 in full":            {"[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]", ""},
		"IPv6 with IPv4":          {"[::ffff:192.0.2.1]", "[::ffff:192.0.2.1]", ""},
		"longest label":           {label63 + ".example", label63 + ".example", ""},
		"empty":                   {"", "", ""},
		"dot":                     {".", "", ""},
		"two dots at the end":     {"example.com..", "", ""},
		"empty label":             {"a..example", "", ""},
		"leading dot":             {".example.com", "", ""},
		"label too long":          {label63 + "a.example", "", ""},
		"name too long":           {strings.Repeat("a.", 127) + "a", "", ""},
		"user information":        {"user@example.com", "", ""},
		"user and password":       {"user:pw@example.com", "", ""},
		"space":                   {"example.com ", "", ""},
		"slash":                   {"example.com/evil", "", ""},
		"backslash":               {`example.com\evil`, "", ""},
		"escape":                  {"example%2ecom", "", ""},
		"question mark":           {"example.com?x", "", ""},
		"hash":                    {"example.com#x", "", ""},
		"comma":                   {"a.example,b.example", "", ""},
		"not ASCII":               {"bücher.example", "", ""},
		"control character":       {"example.com\x00", "", ""},
		"port 0":                  {"example.com:0", "example.com", "0"},
		"port out of range":       {"example.com:65536", "example.com", "65536"},
		"long port":               {"example.com:000080", "example.com", "000080"},
		"port with a sign":        {"example.com:+80", "", ""},
		"port of letters":         {"example.com:http", "", ""},
		"two ports":               {"example.com:80:90", "", ""},
		"IPv6 without brackets":   {"::1", "", ""},
		"IPv6 not closed":         {"[::1", "", ""},
		"IPv6 and more":           {"[::1]x", "", ""},
		"IPv6 with a zone":        {"[fe80::1%25eth0]", "", ""},
		"IPv6 too short":          {"[1:2:3]", "", ""},
		"IPv6 too long":           {"[1:2:3:4:5:6:7:8:9]", "", ""},
		"IPv6 :: for nothing":     {"[1:2:3:4:5:6:7:8::]", "", ""},
		"IPv6 two gaps":           {"[1::2::3]", "", ""},
		"IPv6 three colons":       {"[:::]", "", ""},
		"IPv6 colon at the end":   {"[1:2:3:4:5:6:7:]", "", ""},
		"IPv6 group too long":     {"[12345::]", "", ""},
		"IPv6 with bad IPv4":      {"[::256.0.0.1]", "", ""},
		"IPv6 with octal IPv4":    {"[::01.0.0.1]", "", ""},
		"IPv6 with short IPv4":    {"[::1.2.3]", "", ""},
		"IPv6 with IPv4 first":    {"[1.2.3.4::]", "", ""},
		"empty brackets":          {"[]", "", ""},
		"brackets around a name":  {"[example.com]", "", ""},
		"version for the future":  {"[v1.a]", "", ""},
		"scheme":                  {"https://example.com", "", ""},
		"only a port":             {":80", "", ""},
		"label of a single minus": {"-.example", "-.example", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := Read([][2]string{{":authority", test.authority}})
			if r.Host != test.host || r.port != test.port {
				t.Errorf("%q gives host %q, port %q; want %q, %q", test.authority, r.Host, r.port, test.host, test.port)
			}
		})
	}
}
