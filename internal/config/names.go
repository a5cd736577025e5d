package config

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/request"
)

// The checks of names and other short texts: each returns the normal form, or
// what is wrong.

// plain makes the check of texts that have one form only.
func plain(fits func(string) bool, wrong string) func(string) (string, string) {
	return func(s string) (string, string) {
		if !fits(s) {
			return "", problem.Quote(s) + wrong
		}
		return s, ""
	}
}

var providerName = ownName("provider")

func ruleName(s string) (string, string) {
	if s == policy.NoRule {
		return "", problem.Quote(s) + " stands for requests without a rule; write another name"
	}
	return ownName("rule")(s)
}

// ownNamePattern is what the schema says about names that a configuration gives.
const ownNamePattern = "^[a-z0-9_-]{1,64}$"

// ownName takes a name that the configuration gives to a thing.
func ownName(thing string) func(string) (string, string) {
	return plain(
		func(s string) bool { return len(s) <= 64 && consistsOf(s, nameBytes) },
		" is not a valid name of a "+thing+"; write 1 to 64 of a-z, 0-9, _ and -")
}

// headerName takes a header that a request may carry beside those that frame
// or route it.
func headerName(s string) (string, string) {
	name := strings.ToLower(s)
	switch {
	case strings.HasPrefix(s, ":"):
		return "", problem.Quote(s) + " is a pseudo header; write the name of an ordinary header"
	case !isToken(s):
		return "", problem.Quote(s) + " is not a valid name of a header; write letters, digits and -"
	case len(s) > 128:
		return "", "longer than 128 bytes; write a shorter name"
	case slices.Contains(framing, name):
		return "", problem.Quote(s) + " belongs to the connection, not to the request; write another header"
	}
	return name, ""
}

// framing are the headers that say where a request goes and where it ends
// (RFC 9110 section 7.6.1, RFC 9112 section 6): no filter may read a token
// from them, or write them.
var framing = []string{
	"host", "connection", "content-length", "expect", "http2-settings", "keep-alive", "proxy-connection",
	"te", "trailer", "transfer-encoding", "upgrade",
}

// sourceHeader takes a header that a token may stand in.
func sourceHeader(s string) (string, string) {
	name, wrong := headerName(s)
	if name == "cookie" {
		return "", `cookies are read by name; write "fromCookies": ["..."]`
	}
	return name, wrong
}

// headerBut makes the check of headers that are not of some.
func headerBut(some func(name string) bool, because string) func(string) (string, string) {
	return func(s string) (string, string) {
		name, wrong := headerName(s)
		if wrong == "" && some(name) {
			return "", problem.Quote(s) + because
		}
		return name, wrong
	}
}

// outputHeader takes a header that is taken away from the client and written
// by the filter.
var outputHeader = headerBut(
	func(name string) bool { return readByFilter(name) || isOneOf(knownHeaders, name) },
	" already means something to HTTP, Envoy or this filter; write a name of your own like \"x-...\"")

// tokenHeader takes a header that a verified token may be written to.
func tokenHeader(s string) (string, string) {
	if strings.EqualFold(s, "authorization") {
		return "authorization", ""
	}
	return outputHeader(s)
}

// strippedHeader takes a header that clients may not set.
var strippedHeader = headerBut(readByFilter, " is needed to decide about requests, so the filter cannot strip it; remove it")

// readByFilter reports whether the filter, Envoy or every HTTP server needs the
// header as the client or the proxy before wrote it.
func readByFilter(name string) bool {
	return isOneOf(neededHeaders, name) || request.FoldedHasPrefix(name, "sec-") || request.FoldedHasPrefix(name, "x-envoy-")
}

// isOneOf reports whether some server takes a header for one of these: many have
// "_" where others have "-".
func isOneOf(headers []string, name string) bool {
	return slices.ContainsFunc(headers, func(header string) bool { return request.FoldedEqual(header, name) })
}

var neededHeaders = []string{
	"authorization", "cookie", "origin", "referer", "accept", "content-type", "user-agent",
	"x-forwarded-proto", "x-forwarded-host", "x-forwarded-for", "cloudfront-forwarded-proto",
	"access-control-request-method", "access-control-request-headers", "forwarded", "date", "via",
}

// identityPrefix takes a prefix that no header of HTTP, Envoy or this filter
// begins with, because all headers that begin with it are removed.
func identityPrefix(s string) (string, string) {
	switch {
	case strings.Contains(s, "_") || !consistsOf(s, nameBytes):
		return "", problem.Quote(s) + " holds more than a-z, 0-9 and -; write a prefix like \"x-identity-\""
	case len(s) < 4:
		return "", problem.Quote(s) + " is shorter than four characters; write a prefix like \"x-identity-\""
	case len(s) > 64:
		return "", "longer than 64 characters; write a prefix like \"x-identity-\""
	case !strings.HasSuffix(s, "-"):
		return "", problem.Quote(s) + " does not end in -; write " + problem.Quote(s+"-")
	case !consistsOf(s[:1], lower):
		return "", problem.Quote(s) + " does not begin with a letter; write a prefix like \"x-identity-\""
	case strings.HasPrefix(s, "x-envoy-"), strings.HasPrefix(s, "sec-"):
		return "", problem.Quote(s) + " is used by Envoy or by browsers; write a prefix of your own"
	}
	for _, name := range knownHeaders {
		if strings.HasPrefix(name, s) {
			return "", problem.Quote(s) + " is the beginning of " + problem.Quote(name) + ", which would be removed; write a prefix of your own"
		}
	}
	return s, ""
}

// knownHeaders are request headers that HTTP, browsers, Envoy, Istio, tracing
// or this filter use.
var knownHeaders = []string{
	"b3", "dnt", "from", "pragma", "priority", "range", "traceparent", "tracestate", "warning",
	"accept-charset", "accept-encoding", "accept-language", "accept-datetime", "access-control-request-headers",
	"access-control-request-method", "alt-used", "b3-sampled", "cache-control", "cdn-loop", "client-cert",
	"client-cert-chain", "cloudfront-forwarded-proto", "content-digest", "content-disposition", "content-encoding",
	"content-language", "content-length", "content-location", "content-range", "content-type", "device-memory",
	"early-data", "grpc-accept-encoding", "grpc-encoding", "grpc-status", "grpc-timeout", "http2-settings",
	"if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "keep-alive", "last-event-id",
	"last-modified", "max-forwards", "proxy-authorization", "proxy-connection", "save-data", "sec-ch-ua", "sec-fetch-dest", "sec-websocket-key",
	"service-worker", "set-cookie", "transfer-encoding", "upgrade-insecure-requests", "user-agent", "viewport-width",
	"want-content-digest", "www-authenticate", "x-amzn-trace-id", "x-b3-traceid", "x-clerk-auth-status",
	"x-client-trace-id", "x-cloud-trace-context", "x-datadog-trace-id", "x-envoy-attempt-count",
	"x-forwarded-client-cert", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto",
	"x-http-method-override", "x-istio-attributes", "x-original-url", "x-ot-span-context", "x-real-ip", "x-request-id",
	"x-requested-with", "x-rewrite-url",
}

var cookieName = plain(
	func(s string) bool { return isToken(s) && len(s) <= 256 },
	" is not a valid name of a cookie; write it without = ; , quotes and spaces")

func paramName(s string) (string, string) {
	if len(s) > 256 {
		return "", "longer than 256 bytes; write a shorter name"
	}
	return s, ""
}

// headerPrefix takes what stands before a token in a header. A scheme is
// written in one way, so that two providers that read the same place can be
// told to do so.
func headerPrefix(s string) (string, string) {
	bare := strings.TrimRight(s, " ")
	switch {
	case len(s) > 64 || !isFieldValue(bare):
		return "", problem.Quote(s) + ` is not the beginning of a header's value; write printable ASCII like "Bearer"`
	case !consistsOf(bare, letters):
		return s, ""
	}
	return strings.ToUpper(bare[:1]) + strings.ToLower(bare[1:]), ""
}

// algorithm refuses what is no signature of a public key.
func algorithm(s string) (string, string) {
	if strings.HasPrefix(s, "HS") || strings.EqualFold(s, "none") {
		return "", problem.Quote(s) + " cannot be verified with a public key, so the filter never accepts it; write algorithms of public keys like \"RS256\""
	}
	return s, ""
}

// tokenType takes a "typ"; application/ may be left out (RFC 7515 section
// 4.1.9), and case does not count.
func tokenType(s string) (string, string) {
	s = strings.TrimPrefix(strings.ToLower(s), "application/")
	for part := range strings.SplitSeq(s, "/") {
		if !isToken(part) {
			return "", problem.Quote(s) + ` is not a media type; write it like "JWT" or "at+jwt"`
		}
	}
	return s, ""
}

// clusterName takes the name of an Envoy cluster.
var clusterName = plain(
	func(s string) bool { return consistsOf(s, printable) && !strings.Contains(s, " ") },
	" is not a valid name of a cluster; write it without spaces")
