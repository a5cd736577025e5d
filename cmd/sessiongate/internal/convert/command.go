// Package convert is the command that turns policies of Istio, of Envoy's
// jwt_authn filter and of oauth2-proxy into a configuration of this filter.
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
		Short: "Convert policies of Istio, of Envoy's jwt_authn filter and of oauth2-proxy",
		Long: `Convert reads an Istio RequestAuthentication with its AuthorizationPolicies, or
the configuration of Envoy's jwt_authn filter (alone, in a list of filters or in a
bootstrap), or that of an oauth2-proxy (its file, or a Deployment with its flags),
and prints a configuration of this filter, as YAML. All files together are one
policy; "-" is the standard input.

Where something has no equal, a comment says so, and the result refuses the
requests concerned until you have decided: it is never weaker than the old policy.

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
			d.report(findings, len(files) > 1)
			return write(cmd, d, asFormat(text, format), output, findings)
		},
	}
	cmd.Flags().StringVar(&format, "format", "yaml", "yaml, or json: Envoy's configuration takes JSON, which has no place for comments")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write it into this `file`")
	return cmd
}

// source is a file that has been read.
type source struct {
	file      string
	documents []*tree.Node
	options   settings // of an oauth2-proxy, instead of documents
}

// read converts the documents of all files.
func read(files []string, stdin io.Reader) (*draft, error) {
	var sources []source
	for _, name := range files {
		data, err := configfile.Read(name, stdin)
		if err != nil {
			return nil, err
		}
		if looksLikeCfg(string(data)) {
			options, err := readCfg(string(data))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			sources = append(sources, source{file: name, options: options})
			continue
		}
		documents, wrong := tree.Read(data)
		if wrong != nil {
			return nil, fmt.Errorf("%s: %s", name, wrong.Message)
		}
		sources = append(sources, source{file: name, documents: documents})
	}
	return convert(sources)
}

// report prints what has no equal. Where there are several files it names them.
func (d *draft) report(to io.Writer, several bool) {
	for _, n := range d.all {
		level := "note"
		if n.lost {
			level = "warning"
		}
		at := ""
		if n.at.Line > 0 {
			at = fmt.Sprintf("line %d: ", n.at.Line)
			if several {
				at = n.file + ", " + at
			}
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
var errNothing = errors.New("there is no RequestAuthentication, no jwt_authn filter and no option of an oauth2-proxy; convert AuthorizationPolicies together with their RequestAuthentication")

// convert converts all documents into one policy.
func convert(sources []source) (*draft, error) {
	d := &draft{}
	var a access
	var policies []func()
	for _, source := range sources {
		d.file = source.file
		if source.options != nil {
			if err := d.oauth2Proxy(source.options); err != nil {
				return nil, fmt.Errorf("%s: %w", source.file, err)
			}
		}
		for _, document := range source.documents {
			items := []*tree.Node{document}
			if document.Get("kind").Str() == "List" {
				items = document.Get("items").Items()
			}
			for _, item := range items {
				switch item.Get("kind").Str() {
				case "RequestAuthentication":
					d.requestAuthentication(item)
				case "AuthorizationPolicy": // once all providers are known
					policies = append(policies, func() { d.file = source.file; d.authorizationPolicy(&a, item) })
				default:
					if err := d.findOptions(item); err != nil {
						return nil, fmt.Errorf("%s: %w", source.file, err)
					}
					d.findFilters(item)
				}
			}
		}
	}
	switch {
	case len(d.providers) == 0:
		return nil, errNothing
	case len(d.rules) > 0 && len(policies) > 0:
		return nil, errors.New("there are AuthorizationPolicies and a jwt_authn filter; convert them one after the other")
	case len(d.rules) == 0:
		for _, add := range policies {
			add()
		}
		d.rulesOf(&a)
	}
	return d, nil
}

// findFilters converts the jwt_authn filter in one of Envoy's resources, and
// notes those that decide beside it.
func (d *draft) findFilters(document *tree.Node) {
	var routes []*tree.Node
	document.Walk(func(n *tree.Node) bool {
		switch typ := n.Get("@type").Str(); {
		case strings.HasSuffix(typ, ".jwt_authn.v3.JwtAuthentication"):
			if d.filter {
				d.remark(&d.notes, n.At(), true, "a second jwt_authn filter is left out; convert it by itself")
				return false
			}
			d.filter = true
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
	if d.filter {
		d.perRoute(routes)
	}
}
