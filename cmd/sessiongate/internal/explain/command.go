// Package explain is the command that says what the filter would do with a
// request, and why.
package explain

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/keyfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/redact"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/requestfile"
	"github.com/sessiongate/sessiongate/internal/policy"
)

const long = `Explain reads a configuration (see check) and prints the decision about one
request: the headers that the upstream would get, or the answer that the client
would get; the rule that decided, and why the rules before it did not match; the
value of the request that was wrong, and a value that would pass.

The request is a URL (or a path) with options as curl has them, or comes from a
file or the standard input ("-"): as text, as curl's command line ("Copy as
cURL"), or as an HTTP archive (HAR). The target is taken as it stands, without
decoding.

The keys of a provider that fetches its own are given as a file, a JWK Set or a
PEM public key, or fetched from the issuer with --fetch. Explain never prints
tokens, their payloads or their signatures.

It exits with 0 if the request passes, with 1 if it does not, and with 2 if
the command cannot tell.`

// options are what the command line says.
type options struct {
	method, request, at, plugin string
	headers, keys, without      []string
	entry                       int
	fetch                       bool
}

// Command explains a decision.
func Command() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "explain FILE [URL]",
		Short: "Explain what the filter would do with a request, and why",
		Long:  long,
		Example: `  sessiongate explain config.yaml https://app.example.com/admin \
    -H 'Cookie: session=...' --keys mine=jwks.json --at 2026-05-12T08:00:00Z
  sessiongate explain config.yaml --request curl.txt --fetch`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args) },
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&o.headers, "header", "H", nil, "a request `header`, \"name: value\"; may be repeated")
	flags.StringVarP(&o.method, "method", "X", "GET", "the `method`")
	flags.StringVarP(&o.request, "request", "r", "", "the `file` with the request: text, curl's command line, or HAR")
	flags.IntVar(&o.entry, "entry", 0, "which `entry` of an HTTP archive, counted from 1")
	flags.StringArrayVar(&o.keys, "keys", nil, "keys of a provider that fetches them, `name=file`; may be repeated")
	flags.StringArrayVar(&o.without, "without-keys", nil, "take the keys of the provider of this `name` as unavailable; may be repeated")
	flags.BoolVar(&o.fetch, "fetch", false, "fetch keys that are not given from the issuers")
	flags.StringVar(&o.at, "at", "", "the `time` of the request: RFC 3339, or seconds since the epoch (default: now)")
	flags.StringVar(&o.plugin, "plugin", "", "the plugin of this `name` (for files with several Wasm filters)")
	return cmd
}

func (o *options) run(cmd *cobra.Command, args []string) error {
	out := &redact.Writer{To: cmd.OutOrStdout()}
	defer func() { _ = out.Flush() }()
	now, err := parseTime(o.at)
	if err != nil {
		return err
	}
	rules, err := o.policy(cmd, args[0])
	if err != nil {
		return err
	}
	given, err := o.given(cmd, args)
	if err != nil {
		return err
	}
	keys, err := keyfile.Read(o.keys, rules.Providers)
	if err != nil {
		return err
	}
	if err := keys.Lack(o.without, rules.Providers); err != nil {
		return err
	}
	if o.fetch {
		keys.Fetch(cmd.Context(), rules.Providers)
	}
	e, err := New(rules, given, keys, now)
	if err != nil {
		return err
	}
	e.Print(out)
	if given.Note != "" {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: %s\n", given.Note)
	}
	switch e.Decision.Outcome {
	case policy.Respond:
		return exit.Refused
	case policy.Wait:
		return exit.Failed
	}
	return nil
}

func (o *options) policy(cmd *cobra.Command, file string) (*policy.Policy, error) {
	data, err := configfile.Read(file, cmd.InOrStdin())
	if err != nil {
		return nil, err
	}
	findings := &redact.Writer{To: cmd.ErrOrStderr()}
	defer func() { _ = findings.Flush() }()
	return configfile.Policy(file, data, o.plugin, findings)
}

// given is the request that the command line or a file says.
func (o *options) given(cmd *cobra.Command, args []string) (requestfile.Request, error) {
	switch {
	case (o.request != "") == (len(args) == 2):
		return requestfile.Request{}, errors.New("a request is missing, or given twice; write a URL, or --request FILE")
	case o.request == "":
		return requestfile.New(o.method, args[1], o.headers)
	case len(o.headers) > 0:
		return requestfile.Request{}, errors.New("--header is for a URL; write the header into the file of --request")
	}
	text, err := configfile.Read(o.request, io.LimitReader(cmd.InOrStdin(), 64<<20))
	if err != nil {
		return requestfile.Request{}, err
	}
	return requestfile.Parse(text, o.entry)
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
