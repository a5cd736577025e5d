package istio

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"sigs.k8s.io/yaml"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
)

// resources are Kubernetes objects, as trees.
type resources struct {
	t         *testing.T
	objects   []map[string]any
	accessLog string // the mesh's accessLogFile
	mesh      string // more of the MeshConfig
}

// deployed reads files of deploy/istio, as users would apply them.
func deployed(t *testing.T, files ...string) *resources {
	t.Helper()
	r := &resources{t: t}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(deployDir, file))
		if err != nil {
			t.Fatal(err)
		}
		r.add(string(text))
	}
	return r
}

// add reads further objects.
func (r *resources) add(text string) *resources {
	r.t.Helper()
	documents := utilyaml.NewDocumentDecoder(io.NopCloser(bytes.NewReader([]byte(text))))
	defer documents.Close()
	buffer := make([]byte, 1<<20)
	for {
		n, err := documents.Read(buffer)
		if errors.Is(err, io.EOF) {
			return r
		}
		if err != nil {
			r.t.Fatal(err)
		}
		var object map[string]any
		if err := yaml.UnmarshalStrict(buffer[:n], &object); err != nil {
			r.t.Fatalf("%v\n%s", err, buffer[:n])
		}
		if object != nil {
			r.objects = append(r.objects, object)
		}
	}
}

// spec is the specification of the only object of a kind.
func (r *resources) spec(kind string) map[string]any {
	r.t.Helper()
	var found map[string]any
	for _, object := range r.objects {
		if object["kind"] != kind {
			continue
		}
		if found != nil {
			r.t.Fatalf("several objects are of kind %s", kind)
		}
		found, _ = object["spec"].(map[string]any)
	}
	if found == nil {
		r.t.Fatalf("no object of kind %s has a spec", kind)
	}
	return found
}

// yaml is all of them as one text.
func (r *resources) yaml() string {
	var all bytes.Buffer
	for _, object := range r.objects {
		text, err := yaml.Marshal(object)
		if err != nil {
			r.t.Fatal(err)
		}
		all.WriteString("---\n")
		all.Write(text)
	}
	return all.String()
}

// The changes that a test makes to what users apply are these two: where the
// key server really is, and which image it is.

// setKeyServer gives the name of the ServiceEntry an address: that of DNS.
func (r *resources) setKeyServer(host string, port int) {
	r.t.Helper()
	entry := r.spec("ServiceEntry")
	ports, _ := entry["ports"].([]any)
	if len(ports) != 1 {
		r.t.Fatalf("the ServiceEntry has the ports %v, want one", ports)
	}
	name := ports[0].(map[string]any)["name"].(string)
	entry["resolution"] = "STATIC"
	entry["endpoints"] = []any{map[string]any{"address": host, "ports": map[string]any{name: port}}}
}

// setImage is what a user writes after make push.
func (r *resources) setImage(url, sha256 string) {
	r.t.Helper()
	plugin := r.spec("WasmPlugin")
	plugin["url"], plugin["sha256"] = url, sha256
}
