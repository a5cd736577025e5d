package request

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
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
		value, present := r.Header(name)
		text += fmt.Sprint(" ", r.MarkOf(i), value, present, r.Count(name), r.Marked(1<<(i%8)))
		c, why := r.Bearer(name, "Bearer")
		text += fmt.Sprint(c.Value, c.Present, why)
	}
	value, present := r.Cookie("session")
	text += fmt.Sprint(" ", value, present, r.IsDocument(), r.IsGRPC(), r.IsUpgrade(), r.IsPreflight(), r.AuthorityValid())
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
