package remote

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// maxAgeOf reads the max-age of a Cache-Control header (RFC 9111 section
// 5.2.2.1). Of several the smallest counts; one that is not a number does not.
// It is at least minInterval and at most 1000 days; zero if there is none.
func maxAgeOf(cacheControl string) (age time.Duration) {
	const longest = 1000 * 24 * 60 * 60
	for directive := range strings.SplitSeq(cacheControl, ",") {
		name, value, _ := strings.Cut(strings.Trim(directive, " \t"), "=")
		seconds, err := strconv.ParseUint(strings.TrimSuffix(strings.TrimPrefix(value, `"`), `"`), 10, 64)
		isNumber := err == nil || errors.Is(err, strconv.ErrRange) // which gives the largest there is
		found := max(time.Duration(min(seconds, longest))*time.Second, minInterval)
		if strings.EqualFold(name, "max-age") && isNumber && (age == 0 || found < age) {
			age = found
		}
	}
	return age
}
