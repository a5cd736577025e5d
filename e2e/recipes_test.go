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

// recipe is a configuration of examples/recipes, with its tests: tokens that it
// takes and tokens that it must not take. The command "test" runs them, too.
type recipe struct {
	name      string // of its files
	written   []byte
	providers []map[string]any
	tests     []recipeTest
}

// recipeTest is a row of a recipe's tests, as far as recipes make use of them.
type recipeTest struct {
	Name    string
	Request string
	Token   struct {
		Provider, In, Text string
		Header, Claims     map[string]any
	}
	Expect struct {
		Status                    int
		Outcome, Reason, Provider string
		Backend                   map[string]*string
	}
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
	tests, err := os.Open(strings.TrimSuffix(file, ".json") + ".test.yaml")
	if err != nil {
		return err
	}
	defer tests.Close()
	var rows struct {
		Policy string
		Tests  []recipeTest
	}
	decoder := yaml.NewDecoder(tests)
	decoder.KnownFields(true)
	err = decoder.Decode(&rows)
	r.tests = rows.Tests
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
	rows := make([]Row, len(r.tests))
	for i := range r.tests {
		test := &r.tests[i]
		p := r.provider(test)
		rows[i] = Row{
			Name: "recipe " + r.name + ": " + test.Name, Config: "recipes",
			Request: test.Request + "\n" + placeOf(p, test.Token.In), Want: test.want(),
			Tokens: map[string]func(*Mint) string{"token": func(m *Mint) string { return test.token(p, m.Now) }},
		}
	}
	return rows
}

// provider is the one whose token a test sends.
func (r *recipe) provider(test *recipeTest) map[string]any {
	for _, p := range r.providers {
		if test.Token.Provider == p["name"] || test.Token.Provider == "" {
			return p
		}
	}
	panic(r.name + ": there is no provider " + test.Token.Provider)
}

// want is what a test expects.
func (test *recipeTest) want() Want {
	if test.Expect.Outcome != "signed-in" {
		return denied(test.Expect.Status, test.Expect.Reason)
	}
	headers := "x-identity-status: signed-in\nx-identity-provider: *"
	for name, value := range test.Expect.Backend {
		if value != nil {
			headers += "\n" + name + ": " + *value
		}
	}
	return Want{Upstream: headers}
}

// placeOf is the line of a request that has a token.
func placeOf(provider map[string]any, in string) string {
	headers, given := provider["fromHeaders"].([]any)
	switch {
	case in == "cookie" || given && len(headers) == 0:
		return "Cookie: " + provider["fromCookies"].([]any)[0].(string) + "={token}"
	case given:
		return headers[0].(map[string]any)["name"].(string) + ": {token}"
	}
	return "Authorization: Bearer {token}"
}

func (test *recipeTest) token(provider map[string]any, now time.Time) string {
	if test.Token.Text != "" {
		return test.Token.Text
	}
	key := signerOf(provider).Key()
	issuer := provider["issuer"]
	if list, several := issuer.([]any); several {
		issuer = list[0]
	}
	session := idp.Session{
		Key:    key,
		Header: map[string]any{"alg": key.Algorithm, "kid": key.ID, "typ": "JWT"},
		Claims: map[string]any{"iss": issuer, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix()},
	}
	overlay(session.Header, test.Token.Header)
	overlay(session.Claims, test.Token.Claims)
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
			takes := slices.ContainsFunc(r.tests, func(test recipeTest) bool { return test.Expect.Status == 0 })
			refuses := slices.ContainsFunc(r.tests, func(test recipeTest) bool { return test.Expect.Status == 401 })
			if !takes || !refuses {
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
