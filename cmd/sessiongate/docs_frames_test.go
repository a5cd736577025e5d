package main

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/sessiongate/sessiongate/internal/config"
)

type object = map[string]any

// framed is a block, completed to what check and Envoy read. Both are nil where
// the block is no configuration.
type framed struct {
	check     []string // files
	bootstrap bootstrap
}

// frames complete what pages show a part of. Which one a block gets, its first
// member says that stands here: of an object, or of the first object of a list.
var frames = map[string]func(t *testing.T, b docBlock, value any) framed{
	// Whole ones.
	"providers":  whole,
	"apiVersion": besideDeployment,
	// Parts of Envoy's bootstrap: see docs_bootstrap_test.go.
	"static_resources": whole,
	"stats_config":     inBootstrap, "http_filters": inBootstrap, "route_config": inBootstrap, "access_log": inBootstrap,
	"tracing": inBootstrap, "upgrade_configs": inBootstrap, "virtual_hosts": inBootstrap, "match": inBootstrap,
	"typed_config": inBootstrap, "filter": inBootstrap, "rule": inBootstrap,
	// A part of Istio's AuthorizationPolicy.
	"when": inAuthorizationPolicy,
	// A part of Istio's MeshConfig, which e2e/istio/migrate_test.go hands to Istio.
	"accessLogFile": nothing,
	// Answers, of which TestDocsAnswers knows more.
	"clerk_error": nothing, "type": nothing, "resource": nothing,
	// The file of a policy's tests: TestDocsRun runs it, and e2e/follow_test.go its parts.
	"policy": nothing, "tests": nothing,
}

func nothing(*testing.T, docBlock, any) framed { return framed{} }

func whole(_ *testing.T, b docBlock, _ any) framed { return framed{check: []string{b.text}} }

// besideDeployment puts resources beside those that run the filter, unless one
// of them does.
func besideDeployment(t *testing.T, b docBlock, _ any) framed {
	switch {
	case strings.Contains(b.text, "kind: WasmPlugin") || strings.Contains(b.text, "kind: EnvoyExtensionPolicy"):
		return framed{check: []string{b.text}}
	case strings.Contains(b.text, "gateway.envoyproxy.io"):
		return framed{check: []string{readFile(t, "deploy/envoy-gateway/clerk.yaml"), b.text}}
	}
	return framed{check: []string{readFile(t, "deploy/istio/ingress-clerk.yaml"), b.text}}
}

func inAuthorizationPolicy(t *testing.T, _ docBlock, value any) framed {
	return framed{check: []string{readFile(t, "deploy/istio/ingress-clerk.yaml"), encoded(t, object{
		"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": object{"name": "acme"},
		"spec": object{"action": "DENY", "rules": []any{value}},
	})}}
}

// complete finds the frame of a block, and puts the block into it.
func complete(t *testing.T, b docBlock) (framed, error) {
	t.Helper()
	value, err := decode(b)
	if err != nil {
		return framed{}, err
	}
	members, ofRules := membersOf(value), providersOfRule(value)
	if !isPart(members) && ofRules == nil {
		for _, member := range members {
			if frame := frames[member]; frame != nil {
				return frame(t, b, value), nil
			}
		}
	}
	policy := object{
		"providers": []any{providerWith(members, ofRules)},
		"assertion": object{"issuer": "https://gate.example.com", "audience": "backend"},
	}
	switch fragment, _ := value.(object); {
	case areFields("rules[]", members):
		policy["rules"] = append(listOf(value), object{"name": "rest"})
	case fragment != nil && areFields("", members):
		maps.Copy(policy, fragment)
	case fragment != nil && areFields("providers[]", members):
		maps.Copy(policy["providers"].([]any)[0].(object), fragment)
	default:
		return framed{}, errors.New("what is this a part of? Say it in docs_frames_test.go, or in a comment before the block: from FILE")
	}
	return framed{check: []string{encoded(t, policy)}}, nil
}

// isPart reports whether members are those of the filter's own configuration,
// without its providers.
func isPart(members []string) bool {
	return !slices.Contains(members, "providers") && (areFields("", members) || areFields("rules[]", members))
}

// providersOfRule are the names of providers in a rule, which a configuration
// has under the same name as the providers themselves.
func providersOfRule(value any) (names []any) {
	rule, _ := value.(object)
	for _, name := range listOf(rule["providers"]) {
		if _, isName := name.(string); isName {
			names = append(names, name)
		}
	}
	return names
}

// providerWith is a provider whose preset has the members, with the name that a
// rule gives it.
func providerWith(members []string, names []any) object {
	provider := object{"preset": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "authorizedParties": []any{"https://app.example.com"}, "jwksCluster": "clerk"}
	if slices.Contains(members, "frontendApi") || slices.Contains(members, "projectId") {
		provider = object{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "corbado"}
	}
	if len(names) > 0 {
		provider["name"] = names[0]
	}
	return provider
}

// areFields reports whether all members are fields of a table of the reference.
func areFields(table string, members []string) bool {
	for _, known := range config.Tables() {
		if known.Name == table || table == "" && known == config.Tables()[0] {
			return len(members) > 0 && !slices.ContainsFunc(members, func(member string) bool {
				return !slices.ContainsFunc(known.Fields, func(f *config.Field) bool { return f.Name == member })
			})
		}
	}
	return false
}

// listOf is a list, or one element as a list.
func listOf(value any) []any {
	switch value := value.(type) {
	case nil:
		return nil
	case []any:
		return value
	}
	return []any{value}
}

// membersOf are the names in an object, or in the objects of a list.
func membersOf(value any) (names []string) {
	for _, element := range listOf(value) {
		if members, is := element.(object); is {
			for name := range members {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

var placeOfFilter = regexp.MustCompile(`(?m)^# sessiongate stands here.*$`)

// decode reads a block: JSON and YAML, and of JSON also members without their
// object and elements without their list. Of several documents it is the first.
func decode(b docBlock) (value any, err error) {
	text := placeOfFilter.ReplaceAllString(b.text, "- name: sessiongate")
	fragment := strings.TrimRight(strings.TrimSpace(text), ",")
	for _, attempt := range []string{text, "{" + fragment + "}", "[" + fragment + "]"} {
		decoder := yaml.NewDecoder(strings.NewReader(attempt))
		value = nil
		if err = decoder.Decode(&value); err != nil {
			continue
		}
		if _, plain := value.(string); plain {
			continue
		}
		var next any
		for err == nil {
			err = decoder.Decode(&next)
		}
		if errors.Is(err, io.EOF) {
			return value, nil
		}
	}
	return nil, err
}

func encoded(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
