package remote

import (
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/jwks"
)

func seconds(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
}

// describe lists the keys of a set for the log.
func describe(set *jwks.Set) string {
	const most = 8
	text, separator := strconv.Itoa(len(set.Keys)), ": "
	for i, key := range set.Keys {
		if i == most {
			return text + ", …"
		}
		text += separator + printable(key.ID)
		separator = ", "
	}
	if set.Skipped > 0 {
		text += "; " + strconv.Itoa(set.Skipped) + " more cannot be used"
	}
	return text
}

// printable is a key id as it may stand in a log: at most 64 characters, those
// that are not of [A-Za-z0-9_.-] as "?".
func printable(keyID string) string {
	text := []byte(keyID[:min(len(keyID), 64)])
	for i, c := range text {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_', c == '.', c == '-':
		default:
			text[i] = '?'
		}
	}
	return string(text)
}
