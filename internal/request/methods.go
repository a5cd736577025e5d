package request

import (
	"slices"
	"strings"
)

// methodOverrides are the headers by which frameworks let a request claim
// another method than its own, and methodParam is the query parameter.
var methodOverrides = []string{"x-http-method-override", "x-http-method", "x-method-override"}

var methodParam = ParamNames(nil, []string{"_method"})

// IsMethodOverride reports whether servers take a header for one that names
// another method; name in lower case.
func IsMethodOverride(name string) bool {
	return strings.HasPrefix(name, "x") && slices.ContainsFunc(methodOverrides, func(override string) bool { return FoldedEqual(name, override) })
}

// Methods calls visit with every method that a server could read in the
// request: the method as sent and in upper case, and in upper case what headers
// and the query parameter _method name in its place. One may come several
// times. It reports whether all of them are tokens (RFC 9110 section 5.6.2);
// where one is not, or the query names more than anybody needs,
// it stops there. Forms in bodies are not read.
func (r *Request) Methods(visit func(method string)) (valid bool) {
	if !isToken(r.Method) {
		return false
	}
	visit(r.Method)
	visit(strings.ToUpper(r.Method))
	for i := 0; r.layout.overrides && i < len(r.Headers); i++ {
		if !IsMethodOverride(r.Headers[i][0]) {
			continue
		}
		method := trimOWS(r.Headers[i][1])
		if !isToken(method) {
			return false
		}
		visit(strings.ToUpper(method))
	}
	return r.methodParams(visit)
}

// methodParams is Methods for the query.
func (r *Request) methodParams(visit func(method string)) (valid bool) {
	for s, n := newParamScanner(r.Target, methodParam), 0; s.next(); n++ {
		if n == maxParams {
			return false
		}
		method := formDecode(strings.TrimPrefix(r.Target[s.equals:s.end], "="))
		if !isToken(method) {
			return false
		}
		visit(strings.ToUpper(method))
	}
	return true
}

// inToken are the bytes of tokens.
var inToken = setOf(asciiLetters + asciiDigits + "!#$%&'*+-.^_`|~")

// isToken reports whether s is a token (RFC 9110 section 5.6.2).
func isToken(s string) bool { return s != "" && inToken.hasAll(s) }
