// Package convert is the command that turns policies of Istio and of Envoy's
// jwt_authn filter into a configuration of this filter.
//
// What comes out never lets a request pass that was refused before: what has no
// equal becomes a rule that refuses, with a comment.
package convert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/redact"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// Command converts policies.
func Command() *cobra.Command {
	var output, format string
	cmd := &cobra.Command{
		Use:   "convert FILE...",
		Short: "Convert policies of Istio and of Envoy's jwt_authn filter",
		Long: `Convert reads an Istio RequestAuthentication with its AuthorizationPolicies, or
the configuration of Envoy's jwt_authn filter (alone, in a list of filters or in a
bootstrap), and prints a configuration of this filter, as YAML. All files together
are one policy; "-" is the standard input.

Where something has no equal, a comment says so, and what it was about is refused
until you have decided: what comes out is never weaker than what went in.

It exits with 0 if everything was converted, with 1 if something was not or the
result has errors, and with 2 if a file cannot be read or holds no policy.`,
		Example: "  sessiongate convert requestauthentication.yaml authorizationpolicy.yaml --output policy.yaml",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			findings := &redact.Writer{To: cmd.ErrOrStderr()}
			defer func() { _ = findings.Flush() }()
			if format != "yaml" && format != "json" {
				return fmt.Errorf("--format %s: write yaml or json", format)
			}
			d, err := read(files, cmd.InOrStdin())
			if err != nil {
				return err
			}
			text := redact.Text(d.yaml(strings.Join(files, ", ")))
			d.report(findings)
			return write(cmd, d, asFormat(text, format), output, findings)
		},
	}
	cmd.Flags().StringVar(&format, "format", "yaml", "yaml, or json: Envoy's configuration takes JSON, which has no place for comments")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write it into this `file`")
	return cmd
}

// read converts the documents of all files.
func read(files []string, stdin io.Reader) (*draft, error) {
	var documents []*tree.Node
	for _, name := range files {
		data, err := configfile.Read(name, stdin)
		if err != nil {
			return nil, err
		}
		read, wrong := tree.Read(data)
		if wrong != nil {
			return nil, fmt.Errorf("%s: %s", name, wrong.Message)
		}
		documents = append(documents, read...)
	}
	return convert(documents)
}

// report prints what has no equal.
func (d *draft) report(to io.Writer) {
	for _, n := range d.all {
		level := "note"
		if n.lost {
			level = "warning"
		}
		at := ""
		if n.at.Line > 0 {
			at = fmt.Sprintf("line %d: ", n.at.Line)
		}
		fmt.Fprintf(to, "%s: %s%s\n", level, at, n.text)
	}
}

// asFormat is a text of YAML as it is, or as JSON. A text that cannot be read
// stays what it is: the check of the result says why.
func asFormat(text, format string) string {
	documents, wrong := tree.Read([]byte(text))
	if format != "json" || wrong != nil || len(documents) != 1 {
		return text
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, tree.Encode(documents[0]).JSON, "", "  "); err != nil {
		return text
	}
	return indented.String() + "\n"
}

// write writes the result, and checks it.
func write(cmd *cobra.Command, d *draft, text, output string, findings io.Writer) error {
	if output == "" {
		fmt.Fprint(cmd.OutOrStdout(), text)
	} else if err := os.WriteFile(output, []byte(text), 0o644); err != nil {
		return err
	}
	if _, err := configfile.Policy("the result", []byte(text), "", findings); err != nil || d.lost() {
		return exit.Refused
	}
	return nil
}

// errNothing says that there is nothing to convert.
var errNothing = errors.New("neither a RequestAuthentication nor a jwt_authn filter is in there; AuthorizationPolicies are converted together with the first")

// convert converts all documents into one policy.
func convert(documents []*tree.Node) (*draft, error) {
	d := &draft{}
	var policies []*tree.Node
	for _, document := range documents {
		items := []*tree.Node{document}
		if document.Get("kind").Str() == "List" {
			items = document.Get("items").Items()
		}
		for _, item := range items {
			switch item.Get("kind").Str() {
			case "RequestAuthentication":
				d.requestAuthentication(item)
			case "AuthorizationPolicy":
				policies = append(policies, item)
			default:
				d.findFilters(item)
			}
		}
	}
	if len(d.providers) == 0 {
		return nil, errNothing
	}
	if len(d.rules) > 0 && len(policies) > 0 {
		return nil, errors.New("there are AuthorizationPolicies and a jwt_authn filter; convert them one after the other")
	}
	if len(d.rules) == 0 {
		var a access
		for _, policy := range policies {
			d.authorizationPolicy(&a, policy)
		}
		d.rulesOf(&a)
	}
	return d, nil
}

// findFilters converts the jwt_authn filter in one of Envoy's resources, and
// notes those that decide beside it.
func (d *draft) findFilters(document *tree.Node) {
	found := false
	var routes []*tree.Node
	document.Walk(func(n *tree.Node) bool {
		switch typ := n.Get("@type").Str(); {
		case strings.HasSuffix(typ, ".jwt_authn.v3.JwtAuthentication"):
			if found {
				d.remark(&d.notes, n.At(), true, "a second jwt_authn filter is left out; convert it by itself")
				return false
			}
			found = true
			d.jwtAuthn(n)
			return false
		case strings.HasSuffix(typ, ".jwt_authn.v3.PerRouteConfig"):
			routes = append(routes, n)
			return false
		case strings.HasSuffix(typ, ".rbac.v3.RBAC"), strings.HasSuffix(typ, ".rbac.v3.RBACPerRoute"):
			d.remark(&d.notes, n.At(), true, "the rbac filter is not converted: write its conditions on claims as require, and keep it until then")
			return false
		}
		return true
	})
	if found {
		d.perRoute(routes)
	}
}
