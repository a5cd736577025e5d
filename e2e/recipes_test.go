package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// recipe is a configuration of examples/recipes, with tokens that it takes and
// tokens that it must not take.
type recipe struct {
	name      string // of its files
	written   []byte
	providers []map[string]any

	Algorithm string
	In        string // where its tokens are, unless they say so: empty is Bearer
	Passes    []recipeToken
	Fails     []recipeToken
}

// recipeToken is a token of the shape that the vendor makes. A member that is
// null is left out.
type recipeToken struct {
	Is             string
	In             string // "cookie NAME" or "header NAME"
	Header, Claims map[string]any
	Value          string // in place of a JWT
	User, Session  string // of one that passes
	Reason         string // of one that does not
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
	var top struct{ Providers []map[string]any }
	if err := json.Unmarshal(r.written, &top); err != nil {
		return err
	}
	r.providers = top.Providers
	tokens, err := os.Open(strings.TrimSuffix(file, ".json") + ".tokens.yaml")
	if err != nil {
		return err
	}
	defer tokens.Close()
	decoder := yaml.NewDecoder(tokens)
	decoder.KnownFields(true)
	return decoder.Decode(r)
}

// UnmarshalYAML keeps the fields that are not in the file out of it.
func (r *recipe) UnmarshalYAML(node *yaml.Node) error {
	type file recipe
	return node.Decode((*file)(r))
}

// inline are the providers with keys of the tests in place of the vendor's.
func (r *recipe) inline() []map[string]any {
	var all []map[string]any
	for _, p := range r.providers {
		own := map[string]any{"jwks": string(issuers()[algorithmIssuer(r.Algorithm)].KeySet())}
		for name, value := range p {
			if name != "jwksUri" && name != "jwksCluster" {
				own[name] = value
			}
		}
		all = append(all, own)
	}
	return all
}

func configOf(providers []map[string]any) Config {
	text, err := json.Marshal(map[string]any{"providers": providers})
	if err != nil {
		panic(err)
	}
	return Config{JSON: string(text)}
}

// allRecipes is one configuration with the providers of all of them.
func allRecipes() Config {
	var all []map[string]any
	for _, r := range recipes() {
		all = append(all, r.inline()...)
	}
	return configOf(all)
}

func init() { configs["recipes"] = allRecipes() }

// recipeRows are the tokens of all recipes, with all of their providers at once.
func recipeRows() []Row {
	var rows []Row
	for _, r := range recipes() {
		rows = append(rows, r.rows()...)
	}
	return rows
}

func (r *recipe) rows() []Row {
	var rows []Row
	add := func(verb string, token recipeToken, want Want) {
		rows = append(rows, Row{
			Name: "recipe " + r.name + ": " + verb + ", " + token.Is, Config: "recipes",
			Request: "GET /\n" + r.place(token), Want: want,
			Tokens: map[string]func(*Mint) string{"token": func(m *Mint) string { return r.token(token, m.Now) }},
		})
	}
	for _, token := range r.Passes {
		headers := "x-identity-status: signed-in\nx-identity-provider: *\nx-identity-user-id: " + token.User
		if token.Session != "" {
			headers += "\nx-identity-session-id: " + token.Session
		}
		add("takes", token, Want{Upstream: headers})
	}
	for _, token := range r.Fails {
		add("refuses", token, denied(401, token.Reason))
	}
	return rows
}

// place is the line of a request that has a token.
func (r *recipe) place(token recipeToken) string {
	in := token.In
	if in == "" {
		in = r.In
	}
	kind, name, _ := strings.Cut(in, " ")
	switch kind {
	case "cookie":
		return "Cookie: " + name + "={token}"
	case "header":
		return name + ": {token}"
	}
	return "Authorization: Bearer {token}"
}

func (r *recipe) token(token recipeToken, now time.Time) string {
	if token.Value != "" {
		return token.Value
	}
	key := issuers()[algorithmIssuer(r.Algorithm)].Key()
	issuer := r.providers[0]["issuer"]
	if list, several := issuer.([]any); several {
		issuer = list[0]
	}
	session := idp.Session{
		Key:    key,
		Header: map[string]any{"alg": key.Algorithm, "kid": key.ID, "typ": "JWT"},
		Claims: map[string]any{"iss": issuer, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix()},
	}
	overlay(session.Header, token.Header)
	overlay(session.Claims, token.Claims)
	return session.Token()
}

// overlay puts members into an object; null takes one out.
func overlay(object, members map[string]any) {
	for name, value := range members {
		if object[name] = value; value == nil {
			delete(object, name)
		}
	}
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
			if len(r.Passes) == 0 || len(r.Fails) == 0 {
				t.Error("it needs a token that passes and one that does not")
			}
			for _, row := range r.rows() {
				t.Run(row.Name, func(t *testing.T) { runFake(t, row, configOf(r.inline())) })
			}
		})
	}
}

// TestRecipesAreListed: the page about recipes has a row for each, and no others.
func TestRecipesAreListed(t *testing.T) {
	page, err := os.ReadFile("../docs/recipes.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(page)) {
		if _, rest, row := strings.Cut(line, "](../examples/recipes/"); row && strings.HasPrefix(line, "| ") {
			name, _, _ := strings.Cut(rest, ".json)")
			listed = append(listed, name)
		}
	}
	for _, r := range recipes() {
		if !slices.Contains(listed, r.name) {
			t.Errorf("docs/recipes.md has no row for %s", r.name)
		}
	}
	if len(listed) != len(recipes()) {
		t.Errorf("docs/recipes.md has the rows %q for %d recipes", listed, len(recipes()))
	}
}
