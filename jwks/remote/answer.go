package remote

import (
	"errors"
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/jwks"
)

// fetched is what came of an attempt; set is nil if it failed, why tells people.
type fetched struct {
	outcome Outcome
	why     string
	set     *jwks.Set
	body    []byte
	maxAge  time.Duration
}

// readAnswer reads the answer. It is believed only if it is a 200 with a key
// set of at most 1 MiB in which there is a usable key, or no key at all.
func readAnswer(a Answer) fetched {
	lines, err := a.Headers()
	switch {
	case err != nil:
		return fetched{outcome: FetchReset, why: "the proxy does not hand out the answer: " + err.Error()}
	case len(lines) == 0:
		return fetched{outcome: FetchReset, why: "the connection to the key server failed"}
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
	switch status {
	case "200":
	case "504":
		return fetched{outcome: FetchTimeout, why: "no answer within jwksTimeout"}
	case "503":
		return fetched{outcome: FetchBadStatus, why: "the answer has the status 503, which the proxy also answers when it cannot connect"}
	default:
		code, _ := strconv.ParseUint(status, 10, 16)
		return fetched{outcome: FetchBadStatus, why: "the answer has the status " + strconv.FormatUint(code, 10)}
	}
	body, err := a.Body(jwks.MaxBytes + 1)
	if err != nil {
		return fetched{outcome: FetchReset, why: "the proxy does not hand out the answer: " + err.Error()}
	}
	set, err := jwks.Parse(body, jwks.Remote)
	switch {
	case errors.Is(err, jwks.ErrTooLarge):
		return fetched{outcome: FetchTooLarge, why: err.Error()}
	case err != nil:
		return fetched{outcome: FetchUnusable, why: err.Error()}
	}
	return fetched{outcome: FetchOK, set: set, body: body, maxAge: maxAgeOf(cacheControl)}
}
