package policy

import (
	"net/url"
	"path"
	"strings"
	"unicode/utf8"
)

// The servers below say which paths they serve for a request target. Each
// follows the documentation of that server, takes the options that read most
// into a path, and gives no path where the server refuses the request.

// nginxPaths follows ngx_http_core_module's "location" and "merge_slashes":
// the URI is matched after decoding %XX, resolving "." and "..", and merging
// adjacent slashes, which can be switched off. On Windows "\" is a slash.
func nginxPaths(target string) []string {
	p, _, _ := strings.Cut(target, "?")
	p, _, _ = strings.Cut(p, "#")
	p, ok := unescaped(originForm(p), func(byte) bool { return true })
	if !ok || strings.Contains(p, "\x00") {
		return nil
	}
	windows := strings.ReplaceAll(p, `\`, "/")
	return []string{withoutDots(p), withoutDots(merged(p)), withoutDots(merged(windows))}
}

// envoyPaths follows HttpConnectionManager's path_with_escaped_slashes_action
// (unescapes %2F and %5C), normalize_path (RFC 3986 section 6: unreserved
// characters are decoded, dot segments resolved; "\" becomes "/") and
// merge_slashes, done in this order.
func envoyPaths(target string) (paths []string) {
	p, _, _ := strings.Cut(target, "#")
	p, _, _ = strings.Cut(p, "?")
	for _, slashes := range []bool{false, true} {
		q := originForm(p)
		if slashes {
			q, _ = unescaped(q, func(c byte) bool { return c == '/' || c == '\\' })
		}
		paths = append(paths, q, merged(q))
		q, _ = unescaped(q, isUnreserved)
		q = withoutDots(strings.ReplaceAll(q, `\`, "/"))
		paths = append(paths, q, merged(q))
	}
	return paths
}

// goPaths follows net/http: the server parses the target as a URL (without a
// fragment), and ServeMux cleans the path, keeping a slash at its end. Since Go
// 1.22 it matches patterns segment by segment on the escaped path.
func goPaths(target string) []string {
	u, err := url.ParseRequestURI(target)
	if err != nil {
		return nil
	}
	bySegment, _ := unescaped(muxClean(u.EscapedPath()), func(c byte) bool { return c != '/' })
	return []string{u.Path, muxClean(u.Path), bySegment}
}

func muxClean(p string) string {
	if p == "" {
		return "/"
	}
	cleaned := path.Clean(originForm(p))
	if strings.HasSuffix(p, "/") && cleaned != "/" {
		cleaned += "/"
	}
	return cleaned
}

// nodePaths follows Node.js, where servers read request.url in three ways:
// new URL(request.url, "http://host").pathname (WHATWG URL section 4.4: "\" is
// a slash, "%2e" a dot, what follows two slashes is a host), Express's routes
// (the path as sent) and express.static (decoded once, path.normalize).
func nodePaths(target string) []string {
	sent, _, _ := strings.Cut(target, "?")
	decoded, ok := unescaped(originForm(sent), func(byte) bool { return true })
	if !ok || strings.Contains(decoded, "\x00") || !utf8.ValidString(decoded) {
		decoded = sent
	}
	paths := []string{originForm(sent), posixNormalize(decoded)}

	whatwg, _, _ := strings.Cut(strings.TrimRight(target, " "), "#")
	whatwg, _, _ = strings.Cut(whatwg, "?")
	whatwg = strings.ReplaceAll(whatwg, `\`, "/")
	if rest := strings.TrimLeft(whatwg, "/"); len(whatwg)-len(rest) >= 2 {
		_, after, _ := strings.Cut(rest, "/")
		whatwg = "/" + after
	}
	segments := strings.Split(originForm(whatwg), "/")
	for i, segment := range segments {
		dots := strings.ReplaceAll(strings.ReplaceAll(segment, "%2e", "."), "%2E", ".")
		if dots == "." || dots == ".." {
			segments[i] = dots
		}
	}
	return append(paths, withoutDots(strings.Join(segments, "/")))
}

// posixNormalize is Node's path.posix.normalize for absolute paths.
func posixNormalize(p string) string { return muxClean(p) }

// tomcatPaths follows the HTTP connector (encodedSolidusHandling,
// encodedReverseSolidusHandling: reject, decode or pass through; allowBackslash)
// and the order in which Tomcat works: path parameters are cut off the URI as
// it was sent, then it is decoded, "\" becomes "/", slashes are merged and dot
// segments resolved.
func tomcatPaths(target string) (paths []string) {
	p, _, _ := strings.Cut(target, "?")
	segments := strings.Split(originForm(p), "/")
	for i := range segments {
		segments[i], _, _ = strings.Cut(segments[i], ";")
	}
	p = strings.Join(segments, "/")
	for _, decodes := range []func(byte) bool{
		func(byte) bool { return true },
		func(c byte) bool { return c != '/' && c != '\\' },
	} {
		q, ok := unescaped(p, decodes)
		if !ok || strings.Contains(q, "\x00") {
			continue
		}
		paths = append(paths, withoutDots(merged(q)), withoutDots(merged(strings.ReplaceAll(q, `\`, "/"))))
	}
	return paths
}

// originForm is the path of an absolute-form target.
func originForm(p string) string {
	if !strings.HasPrefix(p, "/") {
		if _, rest, ok := strings.Cut(p, "://"); ok {
			_, p, _ = strings.Cut(rest, "/")
		}
		p = "/" + p
	}
	return p
}

// unescaped decodes the escapes of certain bytes; it is not ok if there are
// invalid ones, which it keeps.
func unescaped(s string, which func(byte) bool) (string, bool) {
	var b strings.Builder
	ok := true
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		c, err := url.PathUnescape(s[i:min(i+3, len(s))])
		switch {
		case err != nil:
			ok = false
			b.WriteByte('%')
		case which(c[0]):
			b.WriteByte(c[0])
			i += 2
		default:
			b.WriteByte('%')
		}
	}
	return b.String(), ok
}

func isUnreserved(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

func merged(p string) string {
	for strings.Contains(p, "//") {
		p = strings.ReplaceAll(p, "//", "/")
	}
	return p
}

// withoutDots is RFC 3986 section 5.2.4, segment by segment.
func withoutDots(p string) string {
	var out []string
	segments := strings.Split(p, "/")[1:]
	for i, segment := range segments {
		switch {
		case segment == ".." && len(out) > 0:
			out = out[:len(out)-1]
		case segment != "." && segment != "..":
			out = append(out, segment)
			continue
		}
		if (segment == "." || segment == "..") && i == len(segments)-1 {
			out = append(out, "")
		}
	}
	return "/" + strings.Join(out, "/")
}

var servers = map[string]func(target string) []string{
	"nginx": nginxPaths, "Envoy": envoyPaths, "Go": goPaths, "Node": nodePaths, "Tomcat": tomcatPaths,
}
