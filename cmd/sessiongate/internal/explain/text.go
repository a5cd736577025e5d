package explain

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// when is a time, and how far it is from that of the request.
func (e *Explanation) when(t time.Time) string {
	distance := e.now.Sub(t)
	text := t.UTC().Format(time.RFC3339) + ", "
	switch {
	case distance >= 0:
		return text + roughly(distance) + " ago"
	default:
		return text + "in " + roughly(-distance)
	}
}

func roughly(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return strconv.Itoa(int(d.Seconds())) + " s"
	case d < 2*time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " min"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Hours())) + " h"
	}
	return strconv.Itoa(int(d.Hours()/24)) + " days"
}

// show is what a request says, for people: quoted, and not too long.
func show(text string) string {
	const most = 120
	if len(text) > most {
		return strconv.Quote(text[:most]) + "..."
	}
	return strconv.Quote(text)
}

func shown(texts []string) string {
	quoted := make([]string, 0, len(texts))
	for _, text := range texts[:min(len(texts), 20)] {
		quoted = append(quoted, show(text))
	}
	if len(quoted) == 0 {
		return "none"
	}
	return strings.Join(quoted, " or ")
}

func count(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}

func isBase64(part string) bool {
	_, err := base64.RawURLEncoding.Strict().DecodeString(part)
	return err == nil
}
