// Package explain is the command that says what the filter would do with a
// request, and why.
package explain

import (
	"errors"
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/spf13/cobra"
)

// Command explains a decision.
func Command() *cobra.Command {
	var e explanation
	var at string
	cmd := &cobra.Command{
		Use:   "explain FILE URL",
		Short: "Explain what the filter would do with a request",
		Long: `Explain reads a configuration (see check) and prints the decision about one
request: what the upstream would see, or what the client would be told, and why.

The URL is absolute, or a path; it is taken as it stands, without decoding.
Nothing is fetched: the keys of a provider that fetches its own are given as a
file, a JWK Set or a PEM public key. Neither tokens nor their payloads are
printed.

It exits with 0 if the request passes, with 1 if it does not, and with 2 if
there is no telling.`,
		Example: `  sessiongate explain config.yaml https://app.example.com/admin \
    -H 'Cookie: session=...' --keys mine=jwks.json --at 2026-05-12T08:00:00Z`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if e.now, err = parseTime(at); err != nil {
				return err
			}
			data, err := configfile.Read(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			rules, err := configfile.Policy(args[0], data, e.plugin, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			return e.explain(cmd.OutOrStdout(), rules, args[1])
		},
	}
	cmd.Flags().StringArrayVarP(&e.headers, "header", "H", nil, "a request `header`, \"name: value\"; may be repeated")
	cmd.Flags().StringVarP(&e.method, "method", "X", "GET", "the `method`")
	cmd.Flags().StringArrayVar(&e.keyFiles, "keys", nil, "keys of a provider that fetches them, `name=file`; may be repeated")
	cmd.Flags().StringVar(&at, "at", "", "the `time` of the request: RFC 3339, or seconds since the epoch (default: now)")
	cmd.Flags().StringVar(&e.plugin, "plugin", "", "the plugin of this `name` (for files with several Wasm filters)")
	return cmd
}

func parseTime(text string) (time.Time, error) {
	if text == "" {
		return time.Now(), nil
	}
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.Unix(seconds, 0), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, errors.New("--at takes a time like 2026-05-12T08:00:00Z, or seconds since the epoch")
	}
	return t, nil
}
