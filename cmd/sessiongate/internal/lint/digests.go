package lint

import (
	"regexp"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

var digest = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)

// digests finds a module that is fetched without a digest, so that whoever can
// write to the registry chooses what runs, and digests that are none.
func digests(s *subject) {
	switch s.Holder {
	case configfile.WasmPlugin:
		s.digest(s.Settings.Get("url").Str(), s.Settings.Get("sha256"), "url", "sha256")
	case configfile.ExtensionPolicy:
		for _, source := range []string{"image", "http"} {
			if code := s.Settings.Path("code", source); code.Exists() {
				url := code.Get("url").Str()
				if source == "image" && !strings.Contains(url, "://") {
					url = "oci://" + url
				}
				s.digest(url, code.Get("sha256"), "code", source, "url", "sha256")
			}
		}
	case configfile.EnvoyFilter:
		if remote := s.Settings.Path("vm_config|vmConfig", "code", "remote"); remote.Exists() {
			url := remote.Path("http_uri|httpUri", "uri").Str()
			s.digest(url, remote.Get("sha256"), "vm_config|vmConfig", "code", "remote", "http_uri|httpUri", "sha256")
		}
	}
}

// digest looks at one URL and its digest; the last two names are theirs, and
// those before lead to both.
func (s *subject) digest(url string, sum *tree.Node, names ...string) {
	last := len(names) - 1
	at := s.around(append(append([]string{}, names[:last-1]...), names[last])...)
	_, inURL, pinned := strings.Cut(url, "@sha256:")
	switch {
	case sum.Exists() && !digest.MatchString(sum.Text):
		s.warn(at, "digests", problem.Quote(sum.Text)+" is not a SHA-256; write 64 characters of 0-9 and a-f"+withoutPrefix(sum.Text))
	case pinned && !digest.MatchString(inURL):
		s.warn(s.around(names[:last]...), "digests", problem.Quote("@sha256:"+inURL)+" is not a SHA-256; write 64 characters of 0-9 and a-f behind @sha256:")
	case !sum.Exists() && !pinned && url != "" && !strings.HasPrefix(url, "file://") && strings.Contains(url, "://"):
		s.warn(s.around(names[:last]...), "digests", "without a digest, anyone who can write to the registry can replace the filter; write sha256, as \"make push\" prints it")
	}
}

func withoutPrefix(sum string) string {
	if strings.HasPrefix(sum, "sha256:") {
		return ", without \"sha256:\" in front"
	}
	return ""
}
