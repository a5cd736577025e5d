package requestfile

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// curlValues are options of curl that have a value, by what becomes of it.
var curlValues = map[string]func(*curl, string) error{
	"request":    func(c *curl, v string) error { c.method = v; return nil },
	"header":     (*curl).header,
	"cookie":     (*curl).cookie,
	"user-agent": func(c *curl, v string) error { return c.header("User-Agent: " + v) },
	"referer":    func(c *curl, v string) error { return c.header("Referer: " + v) },
	"user": func(c *curl, v string) error {
		return c.header("Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(v)))
	},
	"oauth2-bearer": func(c *curl, v string) error { return c.header("Authorization: Bearer " + v) },
	"url":           func(c *curl, v string) error { c.urls = append(c.urls, v); return nil },
	"json":          (*curl).json,
	"data":          (*curl).data, "data-raw": (*curl).data, "data-binary": (*curl).data,
	"data-ascii": (*curl).data, "data-urlencode": (*curl).data, "form": (*curl).data, "form-string": (*curl).data,
	"upload-file": func(c *curl, _ string) error { c.method, c.body = or(c.method, "PUT"), true; return nil },
}

// curlIgnored are options with a value that do not change the request's
// headers.
var curlIgnored = []string{
	"output", "max-time", "connect-timeout", "resolve", "connect-to", "cacert", "capath", "cert", "key", "proxy", "retry",
	"write-out", "cookie-jar", "interface", "dump-header", "range", "max-redirs", "tls-max", "ciphers", "unix-socket",
}

// curlShort are the letters of options.
var curlShort = map[byte]string{
	'X': "request", 'H': "header", 'b': "cookie", 'A': "user-agent", 'e': "referer", 'u': "user", 'd': "data", 'F': "form",
	'T': "upload-file", 'o': "output", 'm': "max-time", 'E': "cert", 'x': "proxy", 'w': "write-out", 'c': "cookie-jar",
	'D': "dump-header", 'r': "range", 'I': "head", 'G': "get",
}

// curl is a command line of curl, as far as it was read.
type curl struct {
	method    string
	urls      []string
	headers   []string
	cookies   []string
	body      bool
	head, get bool
}

func parseCurl(text string) (Request, error) {
	words, err := shellWords(text)
	if err != nil {
		return Request{}, err
	}
	var c curl
	for i := 1; i < len(words); i++ {
		option, value, joined := cutOption(words[i])
		if option == "" {
			c.urls = append(c.urls, words[i])
			continue
		}
		set, takes := curlValues[option]
		if takes = takes || slices.Contains(curlIgnored, option); !takes {
			c.head, c.get = c.head || option == "head", c.get || option == "get"
			continue
		}
		if !joined {
			if i++; i == len(words) {
				return Request{}, fmt.Errorf("curl's option --%s has no value", option)
			}
			value = words[i]
		}
		if set != nil {
			if err := set(&c, value); err != nil {
				return Request{}, err
			}
		}
	}
	return c.request()
}

// cutOption is the long name of a word that is an option, and its value where
// that is joined to it; no name: the word is none. Of letters that stand
// together only the last may have a value.
func cutOption(word string) (name, value string, joined bool) {
	if long, is := strings.CutPrefix(word, "--"); is {
		return strings.Cut(long, "=")
	}
	if len(word) < 2 || word[0] != '-' {
		return "", "", false
	}
	for i := 1; i < len(word); i++ {
		name = curlShort[word[i]]
		if _, takes := curlValues[name]; takes || slices.Contains(curlIgnored, name) {
			return name, word[i+1:], i+1 < len(word)
		}
	}
	return or(name, "other"), "", false
}

func (c *curl) header(line string) error {
	if name, is := strings.CutSuffix(line, ";"); is && !strings.Contains(line, ":") {
		line = name + ":" // curl's way to send an empty one
	} else if strings.HasSuffix(line, ":") {
		return nil // curl's way to leave one out
	}
	c.headers = append(c.headers, line)
	return nil
}

func (c *curl) cookie(value string) error {
	if !strings.Contains(value, "=") {
		return fmt.Errorf("curl would read the cookies of a file; write -b 'name=value'")
	}
	c.cookies = append(c.cookies, value)
	return nil
}

func (c *curl) data(string) error { c.body = true; return nil }

func (c *curl) json(string) error {
	c.body = true
	c.headers = append(c.headers, "Content-Type: application/json", "Accept: application/json")
	return nil
}

func (c *curl) request() (Request, error) {
	if len(c.urls) != 1 {
		return Request{}, fmt.Errorf("curl's command line has %d URLs; one is explained", len(c.urls))
	}
	b := builder{method: c.method, hasBody: c.body && !c.get}
	if b.method == "" {
		switch {
		case c.head:
			b.method = "HEAD"
		case b.hasBody:
			b.method = "POST"
		}
	}
	url := c.urls[0]
	if !strings.Contains(url, "://") {
		url = "http://" + url
	}
	b.url(url)
	b.target, _, _ = strings.Cut(b.target, "#")
	for _, line := range c.headers {
		if err := b.line(line); err != nil {
			return Request{}, err
		}
	}
	if len(c.cookies) > 0 {
		b.header("cookie", strings.Join(c.cookies, "; "))
	}
	// curl sends it by itself, and it tells that no document is asked for.
	if !slices.ContainsFunc(b.headers, func(h [2]string) bool { return h[0] == "accept" }) {
		b.header("accept", "*/*")
	}
	return b.request()
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
