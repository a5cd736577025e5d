package remote

import (
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
		value = strings.TrimSuffix(strings.TrimPrefix(value, `"`), `"`)
		seconds, valid := 0, value != ""
		for i := range len(value) {
			if value[i] < '0' || value[i] > '9' {
				valid = false
				break
			}
			seconds = min(seconds*10+int(value[i]-'0'), longest)
		}
		if found := time.Duration(seconds) * time.Second; valid && (!ok || found < age) {
			age, ok = found, true
		}
	}
	return age, ok
}
