package clerk

import (
	"crypto/sha1"
	"encoding/base64"
	"strings"

	"github.com/sessiongate/sessiongate/internal/session"
)

// parsePublishableKey gives the Frontend API host: pk_live_ or pk_test_, then
// the base64 (padded or not) of the host and one "$".
func parsePublishableKey(key string) (host string, development, ok bool) {
	encoded, live := strings.CutPrefix(key, "pk_live_")
	if !live {
		encoded, development = strings.CutPrefix(key, "pk_test_")
	}
	if !live && !development || len(encoded) > 512 {
		return "", false, false
	}
	base := base64.RawStdEncoding
	if strings.HasSuffix(encoded, "=") {
		base = base64.StdEncoding
	}
	text, err := base.Strict().DecodeString(encoded)
	if err != nil || strings.ContainsAny(encoded, "\r\n") { // which the decoder skips
		return "", false, false
	}
	host, ok = strings.CutSuffix(string(text), "$")
	return host, development, ok && strings.Contains(host, ".") && session.IsHost(host)
}

// cookieSuffix is the end of the names of an instance's cookies: an underscore
// and 8 characters of the base64url of the SHA-1 of the publishable key.
func cookieSuffix(publishableKey string) string {
	sum := sha1.Sum([]byte(publishableKey))
	return "_" + base64.RawURLEncoding.EncodeToString(sum[:])[:8]
}
