// Package demo starts what it takes to see the filter at work on one machine:
// an identity provider, a backend, a page to watch it with, and Envoy with the
// repository's envoy.yaml.
package demo

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/demo/console"
	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/demo/page"
	"github.com/sessiongate/sessiongate/internal/loopback"
)

// Options say where things are.
type Options struct {
	Bootstrap string // path of envoy.yaml
	Module    string // path of the built module
	Backend   string // host:port of a backend that runs already; empty: one that shows the request
	ToolsDir  string // the folder to install Envoy into if there is none
	AnyPort   bool   // leave the bootstrap's own port alone, for others may start demos at the same time
	Log       io.Writer
	AccessLog io.Writer
}

// Demo is a running demo.
type Demo struct {
	URL     string // of the listener, and of the page
	Other   string // another origin of the same backend
	Console string // what the page controls
	Envoy   *envoy.Process
	Issuers []*idp.Issuer
	// Configuration is the filter's, in JSON.
	Configuration []byte

	stops []func()
}

// Start starts the demo on loopback addresses: on the listener's own port, if
// it is free, and on free ones otherwise.
func Start(ctx context.Context, o Options) (_ *Demo, err error) {
	d := &Demo{}
	defer func() {
		if err != nil {
			d.Stop()
		}
	}()
	b, err := readFiles(o)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(o.Log, "looking for Envoy (the first time, it is fetched)")
	binary, err := envoy.Find(ctx, o.ToolsDir)
	if err != nil {
		return nil, err
	}
	a, err := d.startServers(o, b)
	if err != nil {
		return nil, err
	}
	text, configuration, err := bootstrap(b, o.Module, a)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Bootstrap, err)
	}
	d.Configuration = configuration
	result, err := config.Load(configuration)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Bootstrap, err)
	}
	for _, warning := range result.Warnings {
		fmt.Fprintln(o.Log, "the filter warns:", warning)
	}
	fmt.Fprintln(o.Log, "starting", binary)
	d.Envoy, err = envoy.Start(ctx, envoy.Options{
		Path: binary, Bootstrap: text, Stdout: withoutAssets(o.AccessLog), Components: "wasm:info",
	})
	if err != nil {
		return nil, err
	}
	d.stops = append(d.stops, d.Envoy.Stop)
	d.URL, d.Other = a.origin(), a.otherOrigin()
	return d, nil
}

// Stop ends everything that Start started.
func (d *Demo) Stop() {
	for i := len(d.stops) - 1; i >= 0; i-- {
		d.stops[i]()
	}
	d.stops = nil
}

// readFiles reads the bootstrap, and looks for the module, before anything is
// fetched.
func readFiles(o Options) (*envoy.Bootstrap, error) {
	b, err := envoy.ReadBootstrap(o.Bootstrap)
	if err != nil {
		return nil, fmt.Errorf("%w: run this in the root of the repository, or name the file with --bootstrap", err)
	}
	if _, err := os.Stat(o.Module); err != nil {
		return nil, fmt.Errorf("%w: run make build, or name the module with --module", err)
	}
	return b, nil
}

// startServers starts all but Envoy, and chooses the addresses of that.
func (d *Demo) startServers(o Options, b *envoy.Bootstrap) (a addresses, err error) {
	a = addresses{frontend: map[idp.Vendor]string{}, backend: o.Backend}
	if a.ingress, a.other, err = listenAddresses(o, b); err != nil {
		return a, err
	}
	if d.Issuers, err = issuers(); err != nil {
		return a, err
	}
	serve := func(start func() (string, func(), error)) (addr string) {
		if err != nil {
			return ""
		}
		var stop func()
		if addr, stop, err = start(); err == nil {
			d.stops = append(d.stops, stop)
		}
		return addr
	}
	a.keys = serve(idp.NewServer(d.Issuers...).Start)
	if a.backend == "" {
		a.backend = serve(func() (string, func(), error) { return echo.StartFor(a.origin()) })
	}
	var c *console.Server
	a.console = serve(func() (string, func(), error) {
		if c, err = console.Start(a.origin(), d.Issuers); err != nil {
			return "", nil, err
		}
		return c.Addr, c.Stop, nil
	})
	if err != nil {
		return a, err
	}
	a.sink, d.Console = c.SinkPath, c.URL
	settings := page.Config{Origin: a.origin(), Other: a.otherOrigin(), Console: c.URL}
	for _, issuer := range d.Issuers {
		a.frontend[issuer.Vendor] = serve(func() (string, func(), error) {
			return loopback.Serve(watched(frontend(issuer), &c.Feed))
		})
		settings.Vendors = append(settings.Vendors, pageVendor(issuer, a.frontend[issuer.Vendor]))
	}
	a.page = serve(func() (string, func(), error) { return page.Start(settings) })
	return a, err
}

// listenAddresses are those of the two listeners, the first on the bootstrap's
// own port if it may be. The filter's configuration names them, so Envoy cannot
// choose.
func listenAddresses(o Options, b *envoy.Bootstrap) (first, second string, err error) {
	own, err := b.ListenerAddress(listener)
	if err != nil {
		return "", "", err
	}
	_, port, err := net.SplitHostPort(own)
	if err != nil {
		return "", "", err
	}
	if second, err = loopback.FreeAddress(); err != nil {
		return "", "", err
	}
	if first = net.JoinHostPort("127.0.0.1", port); o.AnyPort || !loopback.IsFree(first) {
		first, err = loopback.FreeAddress()
	}
	return first, second, err
}
