package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

func newExplainCommand() *cobra.Command {
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
			data, err := readFile(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			rules, err := onePolicy(args[0], data, e.plugin, cmd.ErrOrStderr())
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

// explanation is one request to explain.
type explanation struct {
	method   string
	headers  []string
	keyFiles []string
	plugin   string
	now      time.Time
}

// onePolicy is the only configuration in a file.
func onePolicy(name string, data []byte, plugin string, findings io.Writer) (*policy.Policy, error) {
	all, err := findConfigurations(data, plugin)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case len(all) == 0:
		return nil, fmt.Errorf("%s: %w", name, errNoConfiguration)
	case len(all) > 1:
		return nil, fmt.Errorf("%s holds %d configurations; choose one with --plugin", name, len(all))
	}
	result, err := config.Load(all[0].JSON)
	if err != nil {
		for _, problem := range all[0].problems(err) {
			fmt.Fprintf(findings, "%s: error: %s\n", name, problem)
		}
		return nil, statusUnread
	}
	return result.Policy, nil
}

func (e *explanation) explain(out io.Writer, rules *policy.Policy, url string) error {
	headers, err := e.request(url)
	if err != nil {
		return err
	}
	keys, err := e.keys(rules)
	if err != nil {
		return err
	}
	checker := &session.Checker{Now: e.now, Verifier: jwt.Go{}, Keys: func(p *session.Provider) jwks.Snapshot {
		if set := keys[p.Name]; set != nil {
			return jwks.Snapshot{Set: set, OnMissing: jwks.OnMissingRefuse}
		}
		return jwks.Snapshot{OnMissing: jwks.OnMissingFetch}
	}}
	d := rules.Decide(request.Read(headers), checker)
	printDecision(out, d)
	switch d.Outcome {
	case policy.Respond:
		return statusInvalid
	case policy.Wait:
		return statusUnread
	}
	return nil
}

// request makes the headers of the request as a proxy sees them.
func (e *explanation) request(url string) ([][2]string, error) {
	scheme, rest, absolute := strings.Cut(url, "://")
	authority, target := "localhost", url
	if absolute {
		authority, target = rest, "/"
		if i := strings.IndexAny(rest, "/?"); i >= 0 {
			authority, target = rest[:i], rest[i:]
		}
	} else {
		scheme = "https"
	}
	headers := [][2]string{{":method", e.method}, {":scheme", scheme}, {":authority", authority}, {":path", target}}
	for _, h := range e.headers {
		name, value, ok := strings.Cut(h, ":")
		if name = strings.ToLower(strings.TrimSpace(name)); !ok || name == "" {
			return nil, errors.New(`a header is written as "name: value"`)
		}
		value = strings.Trim(value, " \t")
		if name == "host" {
			headers[2][1] = value
			continue
		}
		headers = append(headers, [2]string{name, value})
	}
	return headers, nil
}

// keys are the key sets that were given as files, by provider.
func (e *explanation) keys(rules *policy.Policy) (map[string]*jwks.Set, error) {
	sets := map[string]*jwks.Set{}
	for _, given := range e.keyFiles {
		name, file, ok := strings.Cut(given, "=")
		if !ok {
			return nil, errors.New("--keys takes name=file")
		}
		known := false
		for _, p := range rules.Providers {
			known = known || p.Name == name
		}
		if !known {
			return nil, fmt.Errorf("--keys: there is no provider %q", name)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(strings.TrimSpace(string(data)), "-----BEGIN") {
			sets[name], err = jwks.ParsePEM(data)
		} else {
			sets[name], err = jwks.Parse(data, jwks.Remote)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return sets, nil
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

// printDecision prints a decision for people, without tokens or their payloads.
func printDecision(out io.Writer, d policy.Decision) {
	line := func(name, value string) { fmt.Fprintf(out, "%-10s %s\n", name+":", value) }
	switch d.Outcome {
	case policy.Forward:
		line("outcome", "the request passes, "+d.Label.String())
	case policy.Respond:
		line("outcome", fmt.Sprintf("the client gets %d, %s", d.Answer.Status, d.Label))
	case policy.Wait:
		line("outcome", "the request waits for keys of "+d.Demand.Name+"; give them with --keys "+d.Demand.Name+"=FILE")
		return
	}
	if d.Reason != reason.None {
		line("reason", d.Reason.String()+": "+d.Reason.Error())
	}
	if !d.Enforced {
		line("enforced", "no, onFailure is log; the reason is what would have been answered")
	}
	if d.Provider != nil {
		line("provider", d.Provider.Name)
	}
	if changes := d.Changes(); len(changes) > 0 {
		fmt.Fprintln(out, "\nchanges to the request's headers:")
		for _, edit := range changes {
			verb := "set   "
			if edit.Op == policy.Remove {
				verb = "remove"
			}
			fmt.Fprintf(out, "  %s %s\n", verb, strings.TrimPrefix(edit.String(), "-"))
		}
	}
	if d.Outcome == policy.Respond {
		fmt.Fprintln(out, "\nthe answer:")
		for _, h := range d.Answer.Headers {
			fmt.Fprintf(out, "  %s: %s\n", h[0], withoutTokens(h[0], h[1]))
		}
		if d.Answer.GRPCStatus >= 0 {
			fmt.Fprintf(out, "  grpc-status: %d\n", d.Answer.GRPCStatus)
		}
		if d.Answer.Body != "" {
			fmt.Fprintf(out, "\n  %s\n", d.Answer.Body)
		}
	} else if len(d.SetCookies) > 0 {
		fmt.Fprintln(out, "\nadded to the response:")
		for _, c := range d.SetCookies {
			fmt.Fprintf(out, "  set-cookie: %s\n", withoutTokens("set-cookie", c))
		}
	}
}

// withoutTokens is the value of a response header without the tokens that
// Clerk's protocol puts there.
func withoutTokens(name, value string) string {
	switch name {
	case "set-cookie":
		cookie, rest, _ := strings.Cut(value, "=")
		if _, attributes, ok := strings.Cut(rest, ";"); ok {
			return cookie + "=...;" + attributes
		}
		return cookie + "=..."
	case "location":
		const parameter = "__clerk_db_jwt="
		if before, after, ok := strings.Cut(value, parameter); ok {
			_, more, ok := strings.Cut(after, "&")
			if ok {
				more = "&" + more
			}
			return before + parameter + "..." + more
		}
	}
	return value
}
