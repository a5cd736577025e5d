package e2e

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// recipe is a configuration of examples/recipes, with its tests: tokens that it
// takes and tokens that it must not take. The command "test" runs them, too.
type recipe struct {
	name      string // of its files
	written   []byte
	providers []map[string]any
	rules     []any // with rules it is a configuration of its own
	tests     []recipeTest
}

// recipeTest is a row of a recipe's tests, as far as recipes make use of them.
type recipeTest struct {
	Name    string
	Request string
	Token   recipeToken
	Expect  struct {
		Status                          int
		Outcome, Reason, Provider, Rule string
		Backend                         map[string]*string
	}
}

// recipeToken is a token, or the name of one.
type recipeToken struct {
	Like, Provider, In, Text string
	Header, Claims           map[string]any
}

// UnmarshalYAML takes a name, too.
func (t *recipeToken) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		return node.Decode(&t.Like)
	}
	type plain recipeToken
	return node.Decode((*plain)(t))
}

// over is the token, with what another one has where this one says nothing.
func (t recipeToken) over(base recipeToken) recipeToken {
	claims := maps.Clone(base.Claims)
	maps.Copy(claims, t.Claims)
	base.Claims = claims
	return base
}

const recipesDir = "../examples/recipes"

// recipes are all of them.
var recipes = sync.OnceValue(func() []*recipe {
	files, err := filepath.Glob(filepath.Join(recipesDir, "*.json"))
	if err != nil || len(files) == 0 {
		panic("there are no recipes")
	}
	var all []*recipe
	for _, file := range files {
		r := &recipe{name: strings.TrimSuffix(filepath.Base(file), ".json")}
		if err := r.read(file); err != nil {
			panic(file + ": " + err.Error())
		}
		all = append(all, r)
	}
	return all
})

func (r *recipe) read(file string) (err error) {
	if r.written, err = os.ReadFile(file); err != nil {
		return err
	}
	var top struct {
		Providers []map[string]any
		Rules     []any
	}
	if err := json.Unmarshal(r.written, &top); err != nil {
		return err
	}
	r.providers, r.rules = top.Providers, top.Rules
	tests, err := os.Open(strings.TrimSuffix(file, ".json") + ".test.yaml")
	if err != nil {
		return err
	}
	defer tests.Close()
	var rows struct {
		Policy string
		Tokens map[string]recipeToken
		Tests  []recipeTest
	}
	decoder := yaml.NewDecoder(tests)
	decoder.KnownFields(true)
	err = decoder.Decode(&rows)
	r.tests = rows.Tests
	for i := range r.tests {
		if token := &r.tests[i].Token; token.Like != "" {
			*token = token.over(rows.Tokens[token.Like])
		}
	}
	return err
}

// inline are the providers with keys of the tests in place of the vendor's.
func (r *recipe) inline() []map[string]any {
	var all []map[string]any
	for _, p := range r.providers {
		own := map[string]any{"jwks": string(signerOf(p).KeySet())}
		for name, value := range p {
			if name != "jwksUri" && name != "jwksCluster" {
				own[name] = value
			}
		}
		all = append(all, own)
	}
	return all
}

// signerOf is an issuer of the tests with the provider's algorithm.
func signerOf(provider map[string]any) *idp.Issuer {
	algorithm, _ := provider["algorithms"].([]any)[0].(string)
	return issuers()[algorithmIssuer(algorithm)]
}

func configOf(providers []map[string]any, rules []any) Config {
	all := map[string]any{"providers": providers}
	if rules != nil {
		all["rules"] = rules
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	return Config{JSON: string(text)}
}

// config is the name of the configuration that a recipe's tests are sent through.
func (r *recipe) config() string {
	if r.rules != nil {
		return "recipe-" + r.name
	}
	return "recipes"
}

// Those with rules have a configuration of their own, and one has the providers
// of all others.
func init() {
	var all []map[string]any
	for _, r := range recipes() {
		if r.rules != nil {
			configs[r.config()] = configOf(r.inline(), r.rules)
			continue
		}
		all = append(all, r.inline()...)
	}
	configs["recipes"] = configOf(all, nil)
}

// TestRecipes: each recipe is right as it stands, without a warning, and judges
// its tokens alone as it does beside the others.
func TestRecipes(t *testing.T) {
	for _, r := range recipes() {
		t.Run(r.name, func(t *testing.T) {
			result, err := config.Load(r.written)
			if err != nil {
				t.Fatal(err)
			}
			for _, warning := range result.Warnings {
				t.Errorf("it warns: %v", warning)
			}
			takes := slices.ContainsFunc(r.tests, func(test recipeTest) bool { return test.Expect.Status == 0 })
			refuses := slices.ContainsFunc(r.tests, func(test recipeTest) bool { return test.Expect.Status == 401 })
			if !takes || !refuses {
				t.Error("it needs a token that passes and one that does not")
			}
			for _, row := range r.rows() {
				t.Run(row.Name, func(t *testing.T) { runFake(t, row, configOf(r.inline(), r.rules)) })
			}
		})
	}
}

// TestRecipesAreListed: the page about recipes has a link to each, and to no others.
func TestRecipesAreListed(t *testing.T) {
	page, err := os.ReadFile("../docs/recipes.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(page)) {
		if _, rest, linked := strings.Cut(line, "](../examples/recipes/"); linked {
			name, _, _ := strings.Cut(rest, ".json)")
			listed = append(listed, name)
		}
	}
	for _, r := range recipes() {
		if !slices.Contains(listed, r.name) {
			t.Errorf("docs/recipes.md has no link to %s", r.name)
		}
	}
	if len(listed) != len(recipes()) {
		t.Errorf("docs/recipes.md links to %q, of %d recipes", listed, len(recipes()))
	}
}
