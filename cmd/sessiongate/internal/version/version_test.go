package version

import (
	"runtime/debug"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
)

func TestOf(t *testing.T) {
	revision := []debug.BuildSetting{{Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: "abc"}}
	cases := map[string]struct {
		release string
		info    *debug.BuildInfo
		want    string
	}{
		"a released binary": {"1.2.3", &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "1.2.3"},
		"go install":        {"", &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}}, "1.2.3"},
		"a work tree":       {"", &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: revision}, "commit abc"},
		"without git":       {"", &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "unknown"},
		"no information":    {"", nil, "unknown"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := of(c.release, c.info); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestCommand(t *testing.T) {
	status, out, _ := commandtest.Run(t, Command(), nil)
	if status != 0 || !strings.HasPrefix(out, "sessiongate ") || strings.Count(out, "\n") != 2 {
		t.Errorf("exit status %d:\n%s", status, out)
	}
}
