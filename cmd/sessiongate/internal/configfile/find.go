package configfile

import (
	"bytes"
	"errors"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// ErrNone says that a file has no configuration of the filter.
var ErrNone = errors.New("holds no configuration of the filter")

// File is a file that was read.
type File struct {
	Documents []*tree.Node
	Found     []Found
}

// Parse reads a file: a plain configuration, Istio's WasmPlugin and
// EnvoyFilter, Envoy Gateway's EnvoyExtensionPolicy, or an Envoy bootstrap or
// resource, as JSON or YAML, also several documents. With plugin, only plugins
// of that name count.
func Parse(data []byte, plugin string) (File, *tree.Error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return File{Found: []Found{{}}}, nil // as the filter reads it: an empty configuration
	}
	documents, wrong := tree.Read(data)
	if wrong != nil {
		return File{}, wrong
	}
	file := File{}
	for _, document := range documents {
		if items := document.Get("items"); document.Get("kind").Str() == "List" && items != nil {
			file.Documents = append(file.Documents, items.Items()...) // as kubectl prints them
			continue
		}
		file.Documents = append(file.Documents, document)
	}
	for _, document := range file.Documents {
		found := findInDocument(document, plugin)
		if len(found) == 1 && found[0].Holder == Plain && tree.LooksLikeJSON(data) {
			found[0].text, found[0].JSON = tree.Raw(data), data
		}
		file.Found = append(file.Found, found...)
	}
	return file, nil
}

// Find finds the filter's configurations in a file: see Parse.
func Find(data []byte, plugin string) ([]Found, error) {
	file, wrong := Parse(data, plugin)
	if wrong != nil {
		return nil, errors.New(wrong.Message + inWords(wrong.Place))
	}
	if len(file.Found) == 0 {
		return nil, ErrNone
	}
	return file.Found, nil
}

// envoyMembers are those that one of Envoy's own resources has, and a
// configuration of the filter does not.
var envoyMembers = []string{
	"static_resources", "staticResources", "dynamic_resources", "dynamicResources",
	"resources", "filter_chains", "filterChains", "@type",
}

func findInDocument(document *tree.Node, plugin string) []Found {
	switch kind := document.Get("kind").Str(); {
	case document.Kind != tree.Object:
		return []Found{plain(document)}
	case kind == "WasmPlugin":
		return findInWasmPlugin(document, plugin)
	case kind == "EnvoyExtensionPolicy":
		return findInExtensionPolicy(document, plugin)
	case kind != "":
		return findInEnvoy(document, kind+" "+ResourceName(document), plugin)
	case document.Get(envoyMembers...) != nil:
		return findInEnvoy(document, "", plugin)
	}
	return []Found{plain(document)}
}

func plain(document *tree.Node) Found {
	text := tree.Encode(document)
	return Found{JSON: text.JSON, Config: document, Document: document, text: text}
}

// with is a configuration with what stands in the file for it.
func (f Found) with(config *tree.Node) Found {
	f.Config, f.text = config, tree.Encode(config)
	f.JSON = f.text.JSON
	return f
}

// withText is a configuration whose JSON is what a string says.
func (f Found) withText(config *tree.Node) Found {
	f.Config, f.text = config, tree.TextOf(config)
	f.JSON = f.text.JSON
	return f
}
