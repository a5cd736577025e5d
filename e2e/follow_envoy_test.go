package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// start has Envoy serve what stands in a file, as it is, but for addresses, the
// module's place and the bundle of authorities. A page has one Envoy, which
// takes the listener and the clusters of each file in turn: to compile the
// module for every file would take half a minute a page.
func (f *follower) start(name string) {
	f.Helper()
	text, err := os.ReadFile(filepath.Join(f.folder, name))
	if err != nil {
		f.Fatal(err)
	}
	var tree object
	if err := yaml.Unmarshal([]byte(strings.ReplaceAll(string(text), "/etc/ssl/certs/ca-certificates.crt", f.bundle)), &tree); err != nil {
		f.Fatal(err)
	}
	resources := tree["static_resources"].(object)
	listeners, clusters := resources["listeners"].(list), resources["clusters"].(list)
	if len(listeners) != 1 {
		f.Fatalf("%s has %d listeners", name, len(listeners))
	}
	listener := listeners[0].(object)
	listener["name"] = fmt.Sprintf("ingress-%d", f.done["envoy"])
	listener["address"] = address("127.0.0.1:0")
	for _, c := range clusters {
		f.lead(c.(object))
	}
	f.discover("cds.json", "type.googleapis.com/envoy.config.cluster.v3.Cluster", clusters)
	f.discover("lds.json", "type.googleapis.com/envoy.config.listener.v3.Listener", listeners)
	if f.envoy == nil {
		f.startEnvoy(tree["stats_config"])
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		addrs, err := f.envoy.Listeners(f.Context())
		if addr := addrs[listener["name"].(string)]; addr != "" {
			f.url = "http://" + addr
			return
		}
		if err != nil || time.Now().After(deadline) {
			f.Fatalf("%s: no listener: %v\n%s", name, err, f.envoy.Log())
		}
	}
}

// lead leads a cluster to the server of the test that stands for its own.
func (f *follower) lead(cluster object) {
	f.Helper()
	addr := f.backend
	if socket, isTLS := cluster["transport_socket"].(object); isTLS {
		host, _ := socket["typed_config"].(object)["sni"].(string)
		addr = f.keys[host]
	}
	if addr == "" {
		f.Fatalf("nothing stands for cluster %s", cluster["name"])
	}
	cluster["load_assignment"] = object{"cluster_name": cluster["name"], "endpoints": list{object{"lb_endpoints": list{
		object{"endpoint": object{"address": address(addr)}},
	}}}}
}

// discover writes a file of resources that Envoy watches.
func (f *follower) discover(name, kind string, resources list) {
	f.Helper()
	for _, resource := range resources {
		resource := resource.(object)
		resource["@type"] = kind
		visitMaps(resource, func(node object) {
			if _, isVM := node["vm_config"]; isVM {
				node["vm_config"].(object)["code"] = object{"local": object{"filename": module(f.T)}}
			}
		})
	}
	text, err := json.Marshal(object{"resources": resources})
	if err != nil {
		f.Fatal(err)
	}
	replaceFile(f.T, filepath.Join(f.folder, name), text)
}

// visitMaps calls a function for every map in a tree.
func visitMaps(node any, call func(object)) {
	switch node := node.(type) {
	case object:
		call(node)
		for _, child := range node {
			visitMaps(child, call)
		}
	case list:
		for _, child := range node {
			visitMaps(child, call)
		}
	}
}

// startEnvoy starts the page's Envoy, which ends with the test.
func (f *follower) startEnvoy(stats any) {
	f.Helper()
	source := func(name string) object {
		return object{"path_config_source": object{"path": filepath.Join(f.folder, name)}}
	}
	bootstrap, err := json.Marshal(object{
		"node": object{"id": "test", "cluster": "test"}, "admin": object{"address": address("127.0.0.1:0")}, "stats_config": stats,
		"dynamic_resources": object{"cds_config": source("cds.json"), "lds_config": source("lds.json")},
	})
	if err != nil {
		f.Fatal(err)
	}
	f.envoy, err = envoy.Start(f.Context(), envoy.Options{Path: findEnvoy(f.T), Bootstrap: bootstrap, Stdout: f.out})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(f.envoy.Stop)
}
