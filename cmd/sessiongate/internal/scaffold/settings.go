package scaffold

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/yamltext"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// settings are what the templates are filled with. Host, port and cluster have
// one source: the key set's URL, as the filter's own configuration has it.
type settings struct {
	vendor
	target
	CommandLine string // as comment lines
	Fields      []field
	Origins     []string
	// AllowedOrigins are the pages whose cookies count. Where no cookie does, and
	// no token names its page, the pages are CORSOrigins.
	AllowedOrigins, CORSOrigins []string

	Host, Port, Authority string // of the key server

	Namespace, LabelName, LabelValue string
	Gateway, Image, Digest           string
	BackendHost, BackendPort         string
	Module                           string
	ReadsCookies                     bool
	Development                      bool // an instance of Clerk that asks for its browser's cookie

	File, EnvoyFile, TestFile string // names of what is written
}

// target is where the filter runs.
type target struct {
	name     string
	template string
	Place    string
	Remark   string
	base     string // the default name of files
	Sidecar  bool
	Compose  bool
	// Bootstrap: the files hold Envoy's own configuration, with an access log.
	Bootstrap bool
}

const digestRemark = "Push the image with make push, write its name and its digest below, and apply the\n# file."

var targets = []target{
	{name: "envoy", template: "envoy.yaml.tmpl", Place: "in Envoy, in front of one backend", base: "envoy", Bootstrap: true,
		Remark: "Put the module where vm_config names it, and start envoy --config-path with this file."},
	{name: "compose", template: "envoy.yaml.tmpl", Place: "in Envoy, in front of one backend", base: "envoy", Compose: true, Bootstrap: true,
		Remark: "compose.yaml beside this file starts Envoy with it."},
	{name: "istio-ingress", template: "istio.yaml.tmpl", Place: "at an Istio ingress gateway", base: "sessiongate",
		Remark: digestRemark + "\n# The namespace and the label istio: ingress are those of a gateway installed by\n# Helm as istio-ingress; istioctl's has istio-system and istio: ingressgateway."},
	{name: "istio-sidecar", template: "istio.yaml.tmpl", Place: "at the sidecars of one workload", base: "sessiongate", Sidecar: true, Remark: digestRemark},
	{name: "envoy-gateway", template: "gateway.yaml.tmpl", Place: "at Envoy Gateway", base: "sessiongate", Remark: digestRemark},
}

func targetNames() string {
	var names []string
	for _, t := range targets {
		names = append(names, t.name)
	}
	return strings.Join(names, ", ")
}

func findTarget(name string) (target, error) {
	at := slices.IndexFunc(targets, func(t target) bool { return t.name == name })
	if at < 0 {
		return target{}, fmt.Errorf("--target: %q is not known; write one of %s", name, targetNames())
	}
	return targets[at], nil
}

// locate finds the key server of the provider, by the configuration that the
// filter would read.
func (s *settings) locate() error {
	var fields []string
	for _, f := range s.Fields {
		fields = append(fields, yamltext.Quote(f.Name)+": "+f.JSON())
	}
	result, err := config.Load([]byte(`{"providers": [{` + strings.Join(fields, ", ") + "}]}"))
	if err != nil {
		return err
	}
	provider := result.Policy.Providers[0]
	if s.ReadsCookies = len(provider.TokenCookies()) > 0; s.ReadsCookies {
		s.AllowedOrigins = s.Origins
	} else if !s.ChecksOrigins {
		s.CORSOrigins = s.Origins
	}
	if s.Development = slices.ContainsFunc(s.Fields, field.isDevelopment); s.Development {
		s.Nothing = reason.DevBrowserMissing
	}
	u, err := url.Parse(provider.Remote.URL)
	if err != nil || u.Hostname() == "" {
		return errors.New("the key set has no URL with a host")
	}
	if u.Scheme != "https" {
		return errors.New("the filter fetches keys over https; write an https URL")
	}
	s.Host, s.Port, s.Authority = u.Hostname(), u.Port(), u.Host
	if s.Port == "" {
		s.Port = "443"
	}
	switch {
	case s.Bootstrap || s.name == "envoy-gateway":
		s.Fields = append(s.Fields, field{"jwksCluster", s.ID})
	case s.Sidecar:
		s.Fields = append(s.Fields, field{"jwksCluster", "outbound|" + s.Port + "|keys|" + s.Host})
	}
	return nil
}

// place fills in what the flags say about where the filter runs.
func (s *settings) place(o *options) error {
	s.Namespace, s.Gateway, s.Image, s.Digest = o.namespace, o.gateway, o.image, o.digest
	label := o.label
	switch s.name {
	case "istio-ingress":
		s.Namespace, label = or(s.Namespace, "istio-ingress"), or(label, "istio=ingress")
	case "istio-sidecar":
		if label == "" {
			return errors.New("--label: missing; write a label of the workload's pods, such as app=orders")
		}
	}
	s.Namespace = or(s.Namespace, "default")
	if label != "" {
		var ok bool
		if s.LabelName, s.LabelValue, ok = strings.Cut(label, "="); !ok {
			return errors.New("--label: write name=value, such as app=orders")
		}
	}
	var err error
	backend := or(o.backend, "127.0.0.1:8080")
	if s.Compose {
		backend = or(o.backend, "backend:8080")
	}
	if s.BackendHost, s.BackendPort, err = net.SplitHostPort(backend); err != nil {
		return errors.New("--backend: write host:port, such as 127.0.0.1:8080")
	}
	if port, err := strconv.Atoi(s.BackendPort); err != nil || port < 1 || port > 65535 {
		return errors.New("--backend: the port is not valid; write host:port, such as 127.0.0.1:8080")
	}
	s.Module = or(o.module, "./sessiongate.wasm")
	base := or(o.name, s.base)
	if base != path.Base(base) || strings.HasPrefix(base, ".") {
		return errors.New("--name: write the name of a file, without folder and extension")
	}
	s.File, s.TestFile = base+".yaml", "tests/"+base+".yaml"
	if s.Compose {
		s.EnvoyFile = s.File
	}
	return nil
}

// Suffix tells the resources of several workloads in one namespace apart.
func (s settings) Suffix() string {
	if !s.Sidecar {
		return ""
	}
	name := strings.Map(func(c rune) rune {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			return c
		case 'A' <= c && c <= 'Z':
			return c + 'a' - 'A'
		}
		return '-'
	}, s.LabelValue)
	return "-" + strings.Trim(name, "-")
}

// FilterPath is where Envoy finds the module.
func (s settings) FilterPath() string {
	if s.Compose {
		return "/etc/envoy/sessiongate.wasm"
	}
	return s.Module
}

// checkOrigins: an origin is what browsers write into the header of that name.
func checkOrigins(origins []string) error {
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || origin != strings.ToLower(u.Scheme+"://"+u.Host) {
			return fmt.Errorf("--origin: %q is not an origin; write scheme and host in lower case and no path, such as https://app.example.com", origin)
		}
	}
	return nil
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
