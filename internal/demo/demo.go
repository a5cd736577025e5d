// Package demo starts what it takes to see the filter at work on one machine:
// an identity provider, a backend, and Envoy with the repository's envoy.yaml.
package demo

import (
	"context"
	"fmt"
	"io"
	"net"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// Options say where things are.
type Options struct {
	Bootstrap string // path of envoy.yaml
	Module    string // path of the built module
	Backend   string // host:port of a backend that runs already; empty: one that shows the request
	ToolsDir  string // where Envoy is put if there is none
	Log       io.Writer
	AccessLog io.Writer
}

// Demo is a running demo.
type Demo struct {
	URL     string // of the listener
	Envoy   *envoy.Process
	Issuers []*idp.Issuer

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
	fmt.Fprintln(o.Log, "looking for Envoy (the first time, it is fetched)")
	binary, err := envoy.Find(ctx, o.ToolsDir)
	if err != nil {
		return nil, err
	}
	if d.Issuers, err = issuers(); err != nil {
		return nil, err
	}
	keys, stop, err := idp.NewServer(d.Issuers...).Start()
	if err != nil {
		return nil, err
	}
	d.stops = append(d.stops, stop)
	if o.Backend == "" {
		if o.Backend, stop, err = echo.Start(); err != nil {
			return nil, err
		}
		d.stops = append(d.stops, stop)
	}

	bootstrap, err := bootstrap(o, keys)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(o.Log, "starting", binary)
	d.Envoy, err = envoy.Start(ctx, envoy.Options{
		Path: binary, Bootstrap: bootstrap, Stdout: o.AccessLog, Components: "wasm:info",
	})
	if err != nil {
		return nil, err
	}
	d.stops = append(d.stops, d.Envoy.Stop)
	listeners, err := d.Envoy.Listeners(ctx)
	if err != nil {
		return nil, err
	}
	d.URL = "http://" + listeners[listener]
	return d, nil
}

// Stop ends everything that Start started.
func (d *Demo) Stop() {
	for i := len(d.stops) - 1; i >= 0; i-- {
		d.stops[i]()
	}
	d.stops = nil
}

// listener is the one in envoy.yaml.
const listener = "ingress"

// bootstrap is envoy.yaml with the demo's addresses.
func bootstrap(o Options, keys string) ([]byte, error) {
	b, err := envoy.ReadBootstrap(o.Bootstrap)
	if err != nil {
		return nil, err
	}
	own, err := b.ListenerAddress(listener)
	if err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(own)
	if err != nil {
		return nil, err
	}
	for _, err := range []error{
		b.SetAdmin("127.0.0.1:0"),
		b.SetListener(listener, freeOr(port)),
		b.SetCluster("backend", o.Backend),
		b.SetCluster(string(idp.Clerk), keys),
		b.SetCluster(string(idp.OneAuxilia), keys),
		b.SetCluster(string(idp.Corbado), keys),
	} {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.Bootstrap, err)
		}
	}
	if b.SetModule(o.Module) == 0 {
		return nil, fmt.Errorf("%s: there is no Wasm filter in it", o.Bootstrap)
	}
	return b.YAML()
}

// freeOr is a loopback address with that port, or with port 0 if it is taken.
func freeOr(port string) string {
	addr := net.JoinHostPort("127.0.0.1", port)
	probe, err := net.Listen("tcp", addr)
	if err != nil {
		return "127.0.0.1:0"
	}
	_ = probe.Close()
	return addr
}

// issuers are those that envoy.yaml trusts.
func issuers() ([]*idp.Issuer, error) {
	clerk, err := idp.NewClerk("clerk.example.com", true)
	if err != nil {
		return nil, err
	}
	oneauxilia, err := idp.NewOneAuxilia("oneauxilia.example.com")
	if err != nil {
		return nil, err
	}
	corbado, err := idp.NewCorbado("pro-123")
	if err != nil {
		return nil, err
	}
	return []*idp.Issuer{clerk, oneauxilia, corbado}, nil
}
