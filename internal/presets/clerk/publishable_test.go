package clerk_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/presets/clerk"
	"github.com/sessiongate/sessiongate/internal/session"
)

// FuzzPublishableKey: whatever is configured, what comes out is a host.
func FuzzPublishableKey(f *testing.F) {
	f.Add("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k")
	f.Add("pk_test_aGFwcHktaGlwcG8tMS5jbGVyay5hY2NvdW50cy5kZXYk")
	f.Add("pk_live_Y2xlcmsuZXhhbXBsZS5jb20kJA==")
	f.Fuzz(func(t *testing.T, key string) {
		p, problems := session.New(session.Presets{&clerk.Preset}, session.Settings{Preset: "clerk", PublishableKey: key})
		if p == nil {
			if len(problems) == 0 {
				t.Error("refused without a word")
			}
			return
		}
		u, err := url.Parse(p.Remote.URL)
		if err != nil || u.Scheme != "https" || !strings.Contains(u.Host, ".") || u.Path != "/.well-known/jwks.json" || u.Port() != "" || u.User != nil {
			t.Errorf("%q gives %q", key, p.Remote.URL)
		}
	})
}
