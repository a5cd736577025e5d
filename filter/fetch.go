package filter

import (
	"strconv"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
)

// fetchHeaders are those of the request for a key set. What the configuration
// gives comes in place of ours, but for where the request goes.
func fetchHeaders(remote *session.Remote) [][2]string {
	scheme, rest, _ := strings.Cut(remote.URL, "://")
	rest, _, _ = strings.Cut(rest, "#")
	authority, path := rest, "/"
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		authority, path = rest[:i], rest[i:]
		if path[0] == '?' {
			path = "/" + path
		}
	}
	headers := [][2]string{
		{":method", "GET"},
		{":scheme", scheme},
		{":authority", authority},
		{":path", path},
	}
	for _, ours := range [][2]string{{"accept", "application/json"}, {"user-agent", "sessiongate"}} {
		given := false
		for _, header := range remote.Headers {
			given = given || strings.EqualFold(header[0], ours[0])
		}
		if !given {
			headers = append(headers, ours)
		}
	}
	for _, header := range remote.Headers {
		headers = append(headers, [2]string{strings.ToLower(header[0]), header[1]})
	}
	return headers
}

// fetchResult is how an attempt to fetch keys ended, as it is counted.
type fetchResult uint8

const (
	fetchOK       fetchResult = iota
	fetchNotSent              // the proxy refused the call: no such cluster, no healthy endpoint
	fetchReset                // the connection broke
	fetchTimeout              // no answer in time, or a 504
	fetchStatus               // any other status than 200
	fetchTooLarge             // more than 1 MiB
	fetchUnusable             // not a key set, or no usable key in it
	fetchResults
)

var fetchResultNames = [fetchResults]string{"ok", "not-sent", "reset", "timeout", "status", "too-large", "unusable"}

// answer is what came of an attempt; set is nil if it failed, why tells people.
type answer struct {
	result    fetchResult
	why       string
	set       *jwks.Set
	body      []byte
	maxAge    time.Duration
	hasMaxAge bool
}

// readAnswer reads the answer of a dispatched call. It is believed only if it
// is a 200 with a key set of at most 1 MiB in which there is a usable key, or
// no key at all.
func readAnswer(host Host, headers, bodySize int) answer {
	if headers == 0 {
		return answer{result: fetchReset, why: "the connection to the key server failed"}
	}
	lines, err := host.CallHeaders()
	if err != nil {
		return answer{result: fetchReset, why: "the proxy does not hand out the answer"}
	}
	status, cacheControl := "", ""
	for _, line := range lines {
		switch line[0] {
		case ":status":
			status = line[1]
		case "cache-control":
			cacheControl += line[1] + ","
		}
	}
	switch {
	case status == "504":
		return answer{result: fetchTimeout, why: "no answer within jwksTimeout"}
	case status == "503":
		return answer{result: fetchStatus, why: "the answer has the status 503, which is also what the proxy says where it cannot connect"}
	case status != "200":
		code, _ := strconv.ParseUint(status, 10, 16)
		return answer{result: fetchStatus, why: "the answer has the status " + strconv.FormatUint(code, 10)}
	case bodySize > jwks.MaxBytes:
		return answer{result: fetchTooLarge, why: jwks.ErrTooLarge.Error()}
	}
	var body []byte
	if bodySize > 0 {
		if body, err = host.CallBody(bodySize); err != nil {
			return answer{result: fetchReset, why: "the proxy does not hand out the answer"}
		}
	}
	set, err := jwks.Parse(body, jwks.Remote)
	if err != nil {
		return answer{result: fetchUnusable, why: err.Error()}
	}
	a := answer{set: set, body: body}
	a.maxAge, a.hasMaxAge = jwks.MaxAge(cacheControl)
	return a
}
