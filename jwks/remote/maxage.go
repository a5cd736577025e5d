package remote

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// maxAgeOf reads the max-age of a Cache-Control header (RFC 9111 section
// 5.2.2.1). Of several the smallest counts; one that is not a number does not.
// It is cut to 1000 days.
func maxAgeOf(cacheControl string) (age time.Duration, ok bool) {
	const longest = 1000 * 24 * 60 * 60
	for directive := range strings.SplitSeq(cacheControl, ",") {
		name, value, _ := strings.Cut(strings.Trim(directive, " \t"), "=")
		if !strings.EqualFold(name, "max-age") {
			continue
		}
		seconds, err := strconv.ParseUint(strings.TrimSuffix(strings.TrimPrefix(value, `"`), `"`), 10, 64)
		if err != nil && !errors.Is(err, strconv.ErrRange) { // which gives the largest there is
			continue
		}
		if found := time.Duration(min(seconds, longest)) * time.Second; !ok || found < age {
			age, ok = found, true
		}
	}
	return age, ok
}
