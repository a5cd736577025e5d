// Package version is the command that says which sessiongate this is.
package version

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// release is the version of a released binary; the linker sets it.
var release string

// Command prints the version.
func Command() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of this command",
		Long: `Version prints the version of this command, and what it was built with and for.
A build from a work tree is named after its commit.`,
		Example: "  sessiongate version",
		Args:    cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) {
			info, _ := debug.ReadBuildInfo()
			fmt.Fprintf(cmd.OutOrStdout(), "sessiongate %s\n%s %s/%s\n", of(release, info), runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
	}
}

// String is the version alone.
func String() string {
	info, _ := debug.ReadBuildInfo()
	return of(release, info)
}

// of is the released version, else that of the module, as go install knows it,
// else the commit.
func of(release string, info *debug.BuildInfo) string {
	if release != "" {
		return release
	}
	if info == nil {
		return "unknown"
	}
	if v, is := strings.CutPrefix(info.Main.Version, "v"); is {
		return v
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return "commit " + setting.Value
		}
	}
	return "unknown"
}
