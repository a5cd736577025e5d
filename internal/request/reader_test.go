package request

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unsafe"
)

// someSources have marks that depend on every letter of a name.
var someSources = &Sources{
	Cookies: CookieNames([]string{"read"}, []string{"session"}),
	Params:  ParamNames(nil, []string{"token"}),
	Mark: func(name string) (m Mark) {
		for i := range len(name) {
			m = m*31 + Mark(name[i])
		}
		return m
	},
}

// seenOf is everything that a request says, without what it was read into.
func seenOf(r *Request) string {
	text := fmt.Sprintf("%q %q %q %q %q %q %q", r.Method, r.Scheme, r.Authority, r.Target, r.Host, r.port, r.Headers)
	for i := range r.Headers {
		name := r.Headers[i][0]
		value, lines := r.Header(name)
		text += fmt.Sprint(" ", r.MarkOf(i), value, lines, r.Marked(1<<(i%8)))
		c, why := r.Bearer(name, "Bearer")
		text += fmt.Sprint(c.Value, c.Present, why)
	}
	value, present := r.Cookie("session")
	read, there := r.Cookie("read")
	rest, changed := r.WithoutCookies(func(name, value string) bool { return value == "kept" })
	text += fmt.Sprint(" ", value, present, read, there, r.TooManyCookies(), rest, changed, r.IsDocument(), r.IsGRPC(), r.IsUpgrade(), r.IsPreflight(), r.AuthorityValid())
	valid := r.Methods(func(method string) { text += " " + method })
	return fmt.Sprint(text, valid)
}

// TestReaderRemembers sends random requests through one reader, whose names come
// back in the same order, in another one, twice, in capitals, and changed by a
// letter. Each must read as it does alone.
func TestReaderRemembers(t *testing.T) {
	names := []string{
		":method", ":scheme", ":authority", ":path", "host", "cookie", "authorization", "accept", "content-type",
		"sec-fetch-dest", "upgrade", "connection", "origin", "x-http-method-override", "x_http_method", "x-request-id",
		"access-control-request-method", "content-length", "Cookie", "AUTHORIZATION", "X-Request-Id", "", ":", "x-request-ie",
	}
	values := []string{"", "GET", "OPTIONS", "post", "/a?token=1", "app.example.com", "Other.example.com:8080", "session=x; read=y",
		"Bearer abc", "Bearer a, Bearer b", "text/html", "application/grpc", "document", "websocket", "0"}
	random := rand.New(rand.NewPCG(1, 2))
	shapes := make([][]string, 40)
	for i := range shapes {
		for range random.IntN(12) {
			shapes[i] = append(shapes[i], names[random.IntN(len(names))])
		}
	}
	reader := NewReader(someSources)
	remembered := 0
	for range 50_000 {
		shape := shapes[random.IntN(1+random.IntN(len(shapes)))]
		lent, own := make([][2]string, len(shape)), make([][2]string, len(shape))
		for i, name := range shape {
			value := values[random.IntN(len(values))]
			lent[i], own[i] = [2]string{strings.Clone(name), value}, [2]string{name, value}
		}
		alone := Read(own)
		alone.For(someSources)
		if got, want := seenOf(reader.Read(lent)), seenOf(alone); got != want {
			t.Fatalf("%q\nreads as %s\nand alone as %s", own, got, want)
		}
		if reader.request.layout != &reader.passing {
			remembered++
		}
	}
	if remembered < 25_000 {
		t.Errorf("only %d of 50000 layouts were remembered", remembered)
	}
}

// FuzzReader reads two requests in turn, three times, with one reader.
func FuzzReader(f *testing.F) {
	f.Add(":method=GET\n:path=/\ncookie=a", ":method=GET\n:path=/\ncookie=b")
	f.Add("A=1\nb=2", "a=1\nb=2")
	f.Add("=\n=", "")
	f.Add("cookie=a=b; session=x;read=y", "x=1\ncookie=session=kept; session=z, session=y")
	f.Add("cookie=a=b; session=x\ncookie=session=y", "cookie=a=b; session=x")
	f.Fuzz(func(t *testing.T, first, second string) {
		reader := NewReader(someSources)
		for i := range 6 {
			text := first
			if i%2 == 1 {
				text = second
			}
			var headers [][2]string
			for line := range strings.SplitSeq(text, "\n") {
				name, value, _ := strings.Cut(line, "=")
				headers = append(headers, [2]string{name, value})
			}
			alone := Read(headers)
			alone.For(someSources)
			if got, want := seenOf(reader.Read(headers)), seenOf(alone); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q reads as %s, and alone as %s", headers, got, want)
			}
		}
	})
}

// TestReaderRemembersCookies sends cookie lines through one reader, most of which
// come again, some with another byte somewhere, or beside another line. Each must
// read as it does alone, also in memory that is used again.
func TestReaderRemembersCookies(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	parts := []string{"session=a", "session=kept", "session=", "read=1", " session =x", "other=2", "theme=dark, session=y", "session", "=", "sess%69on=z", ""}
	lines := make([]string, 60)
	for i := range lines {
		some := make([]string, 1+random.IntN(6))
		for j := range some {
			some[j] = parts[random.IntN(len(parts))]
		}
		lines[i] = strings.Join(some, ";") + strings.Repeat("; pad="+strings.Repeat("p", 300), random.IntN(20)*(i%2))
	}
	reader := NewReader(someSources)
	memory := make([]byte, 64<<10)
	for n := range 50_000 {
		line := lines[random.IntN(1+random.IntN(len(lines)))]
		if n%5 == 0 {
			at := random.IntN(len(line) + 1)
			line = line[:at] + string("=; ,x%"[random.IntN(6)]) + line[min(at+random.IntN(2), len(line)):]
		}
		own := [][2]string{{":path", "/"}, {"cookie", line}}
		switch n % 7 {
		case 0:
			own = append(own, [2]string{"cookie", lines[random.IntN(len(lines))]})
		case 1:
			own = append([][2]string{{"accept", "*/*"}}, own...)
		}
		alone := Read(own)
		alone.For(someSources)
		want := seenOf(alone)
		lent, at := make([][2]string, len(own)), 0
		for i, h := range own {
			from := at
			at += copy(memory[at:], h[1])
			lent[i] = [2]string{h[0], unsafe.String(unsafe.SliceData(memory[from:]), at-from)}
		}
		if got := seenOf(reader.Read(lent)); got != want {
			t.Fatalf("%q\nreads as %s\nand alone as %s", own, got, want)
		}
	}
	known := 0
	for i := range reader.cookies.lines {
		if reader.cookies.lines[i].known.text != "" {
			known++
		}
	}
	if known < 10 {
		t.Errorf("only %d lines are remembered", known)
	}
}
