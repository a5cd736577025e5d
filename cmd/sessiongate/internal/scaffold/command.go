// Package scaffold is the command that writes the files with which the filter
// starts: for Envoy, Istio and Envoy Gateway.
package scaffold

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
)

// options are the flags that all vendors have.
type options struct {
	identity
	target, namespace, label, gateway, image, digest, backend, module, name, output string
	origins                                                                         []string
	force                                                                           bool
}

// zeros are a digest that no image has.
const zeros = "0000000000000000000000000000000000000000000000000000000000000000"

// Command writes files.
func Command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write the files that run the filter",
		Long: `Init writes complete, commented files for one vendor and one place where the
filter runs, with tests of the policy in them. The key server's host, the name in
the TLS handshake, the name that the certificate must have and the cluster all
come from the URL of the key set, so that they agree.`,
		Example: vendors[0].example,
	}
	for _, v := range vendors {
		cmd.AddCommand(vendorCommand(v, &options{}))
	}
	return cmd
}

func vendorCommand(v vendor, o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   v.ID + " --target TARGET",
		Short: v.short,
		Long: v.short + `. The targets are ` + targetNames() + `.

The policy in the files asks for a session everywhere but on a few public paths;
change it with docs/reference.md, and change the tests with it.`,
		Example: v.example,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd, v) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.target, "target", "", "where the filter runs: "+targetNames())
	flags.StringArrayVar(&o.origins, "origin", nil, "the `origin` of your pages, such as https://app.example.com; may be repeated")
	flags.StringVarP(&o.output, "output", "o", ".", "the `folder` to write into")
	flags.StringVar(&o.name, "name", "", "the `name` of the files, without extension (default: envoy or sessiongate)")
	flags.BoolVar(&o.force, "force", false, "overwrite existing files")
	flags.StringVar(&o.namespace, "namespace", "", "Kubernetes: the `namespace` (default: istio-ingress at the ingress, else default)")
	flags.StringVar(&o.label, "label", "", "Istio: a `name=value` of the pods' labels (default at the ingress: istio=ingress)")
	flags.StringVar(&o.gateway, "gateway", "public", "Envoy Gateway: the `name` of the Gateway")
	flags.StringVar(&o.image, "image", "registry.example.com/sessiongate:1.0.0", "Kubernetes: the `name` of the image")
	flags.StringVar(&o.digest, "sha256", zeros, "Kubernetes: the `digest` of the image")
	flags.StringVar(&o.backend, "backend", "", "Envoy: the backend's `host:port`")
	flags.StringVar(&o.module, "module", "", "Envoy: the `path` of the module (default: ./sessiongate.wasm)")
	_ = cmd.MarkFlagRequired("target")
	_ = cmd.MarkFlagRequired("origin")
	_ = cmd.RegisterFlagCompletionFunc("target", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return strings.Split(targetNames(), ", "), cobra.ShellCompDirectiveNoFileComp
	})
	v.flags(cmd, &o.identity)
	return cmd
}

func (o *options) run(cmd *cobra.Command, v vendor) error {
	s, err := o.settings(cmd, v)
	if err != nil {
		return err
	}
	written, err := s.files()
	if err != nil {
		return err
	}
	for _, f := range written {
		if err := o.write(f); err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), "wrote", filepath.Join(o.output, f.name))
	}
	next(cmd.OutOrStdout(), o.output, s)
	return nil
}

// settings are what the flags say.
func (o *options) settings(cmd *cobra.Command, v vendor) (s settings, err error) {
	s.vendor, s.Origins = v, o.origins
	if s.target, err = findTarget(o.target); err != nil {
		return s, err
	}
	if err := checkOrigins(o.origins); err != nil {
		return s, err
	}
	if s.CommandLine, err = commandLine(cmd); err != nil {
		return s, err
	}
	if err := s.place(o); err != nil {
		return s, err
	}
	if s.Fields, err = v.provider(cmd, &o.identity); err != nil {
		return s, err
	}
	if v.ChecksOrigins {
		s.Fields = append(s.Fields, field{"authorizedParties", o.origins})
	}
	return s, s.locate()
}

// commandLine is the command that was given, as comment lines.
func commandLine(cmd *cobra.Command) (string, error) {
	line := "#   sessiongate init " + cmd.Name()
	var lines []string
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Name == "output" || f.Name == "force" {
			return
		}
		values := []string{f.Value.String()}
		if several, is := f.Value.(pflag.SliceValue); is {
			values = several.GetSlice()
		}
		for _, value := range values {
			if !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl) {
				err = errors.New("--" + f.Name + ": has a control character, or is not UTF-8")
				return
			}
			flag := " --" + f.Name + " " + value
			if len(line)+len(flag) > 98 {
				lines = append(lines, line+` \`)
				line = "#    "
			}
			line += flag
		}
	})
	return strings.Join(append(lines, line), "\n"), err
}

// output is a file to write.
type output struct{ name, text string }

// files are what is written. They are read back as the filter will read them.
func (s settings) files() ([]output, error) {
	var all []output
	names := [][2]string{{s.File, s.template}}
	if s.Compose {
		names = append(names, [2]string{"compose.yaml", "compose.yaml.tmpl"})
	}
	for _, name := range append(names, [2]string{s.TestFile, "tests.yaml.tmpl"}) {
		text, err := render(name[1], s)
		if err != nil {
			return nil, err
		}
		all = append(all, output{name[0], text})
	}
	var findings strings.Builder
	if _, err := configfile.Policy(s.File, []byte(all[0].text), "", &findings); err != nil {
		return nil, errors.New(or(strings.TrimSpace(findings.String()), err.Error()))
	}
	return all, nil
}

func (o *options) write(f output) error {
	path := filepath.Join(o.output, filepath.FromSlash(f.name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	mode := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if o.force {
		mode = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(path, mode, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already; write --force to overwrite it", path)
	}
	if err != nil {
		return err
	}
	_, err = file.WriteString(f.text)
	return errors.Join(err, file.Close())
}

// next says what to do with the files.
func next(out io.Writer, folder string, s settings) {
	fmt.Fprintf(out, "\nNext:\n  sessiongate check --strict %s\n  sessiongate test %s\n", filepath.Join(folder, s.File), filepath.Join(folder, s.TestFile))
}
