package describe

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/config/configtest"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

func TestEffective(t *testing.T) {
	for _, row := range configtest.Good(t) {
		t.Run(row.Name, func(t *testing.T) {
			result, err := config.Load([]byte(row.Config))
			if err != nil {
				t.Fatal(err)
			}
			effective := gjson.ParseBytes(Effective(result))
			for path, want := range row.Shows {
				text, err := json.Marshal(want)
				if err != nil {
					t.Fatal(err)
				}
				var expected any
				if err := json.Unmarshal(text, &expected); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(expected, effective.Get(path).Value()); diff != "" {
					t.Errorf("%s: %s", path, diff)
				}
			}
		})
	}
}

// TestEffectiveAgain: an effective configuration means what the written one
// means, so that its defaults are those that hold.
func TestEffectiveAgain(t *testing.T) {
	for _, row := range configtest.Good(t) {
		t.Run(row.Name, func(t *testing.T) {
			result, err := config.Load([]byte(row.Config))
			if err != nil {
				t.Fatal(err)
			}
			once := Effective(result)
			if bytes.Contains(once, []byte(`"thumbprint"`)) {
				t.Skip("keys are not shown")
			}
			again, err := config.Load(once)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(once), string(Effective(again))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("config.schema.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("config.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchemaAcceptsGood(t *testing.T) {
	s := schema(t)
	for _, row := range configtest.Good(t) {
		t.Run(row.Name, func(t *testing.T) {
			instance, err := jsonschema.UnmarshalJSON(strings.NewReader(row.Config))
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(instance); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestSchemaAndBad: the schema finds what is wrong in itself; what hangs
// together only Load finds.
func TestSchemaAndBad(t *testing.T) {
	s := schema(t)
	for _, row := range configtest.Bad(t) {
		t.Run(row.Name, func(t *testing.T) {
			instance, err := jsonschema.UnmarshalJSON(strings.NewReader(row.Config))
			accepts := err == nil && s.Validate(instance) == nil
			if accepts != (row.Schema == "accepts") {
				t.Errorf("accepts: %v", accepts)
			}
		})
	}
}

// TestDefaults: what the reference says about defaults is what holds.
func TestDefaults(t *testing.T) {
	result, err := config.Load([]byte(`{"providers": [{"name": "p", "issuer": "i", "jwksUri": "https://k.example/"}], "rules": [{}]}`))
	if err != nil {
		t.Fatal(err)
	}
	effective := gjson.ParseBytes(Effective(result))
	at := map[string]string{"": "", "providers[]": "providers.0.", "rules[]": "rules.0."}
	for _, table := range config.Tables() {
		prefix, there := at[table.Name]
		if !there {
			continue
		}
		for _, f := range table.Fields {
			got := effective.Get(prefix + f.Name)
			switch {
			case f.Default != "" && got.Raw == "":
				t.Errorf("%s%s has no value, not %s", prefix, f.Name, f.Default)
			case f.Default != "":
				if diff := cmp.Diff(gjson.Parse(f.Default).Value(), got.Value()); diff != "" {
					t.Errorf("%s%s: %s", prefix, f.Name, diff)
				}
			case f.Kind == config.Duration && strings.HasPrefix(f.Otherwise, "`"):
				if want := strings.Trim(f.Otherwise, "`"); got.String() != want {
					t.Errorf("%s%s is %s, not %s", prefix, f.Name, got, want)
				}
			case f.Otherwise == "true" && !got.Bool():
				if f.Name != "treatPendingAsSignedOut" { // shown with the presets that know it
					t.Errorf("%s%s is %s, not true", prefix, f.Name, got)
				}
			}
		}
	}
}

func TestEveryFieldIsExplained(t *testing.T) {
	for _, table := range config.Tables() {
		if table.Doc == "" {
			t.Errorf("table %s has no explanation", table.Name)
		}
		for _, f := range table.Fields {
			if f.Doc == "" || !strings.HasSuffix(f.Doc, ".") {
				t.Errorf("%s %s: explanation %q", table.Name, f.Name, f.Doc)
			}
			if !f.Required && f.Default == "" && f.Otherwise == "" {
				t.Errorf("%s %s: nothing says what holds without it", table.Name, f.Name)
			}
		}
	}
}

const docs = "../../../docs/"

// TestDocs: the committed documents are what the table of fields makes.
// "go generate ./internal/config/describe" renews them.
func TestDocs(t *testing.T) {
	committed, err := os.ReadFile(docs + "config.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(committed, Schema()) {
		t.Error("docs/config.schema.json is not up to date; go generate ./internal/config/describe")
	}
	reference, err := os.ReadFile(docs + "reference.md")
	if err != nil {
		t.Fatal(err)
	}
	updated, err := Update(reference)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(reference, updated) {
		t.Error("docs/reference.md is not up to date; go generate ./internal/config/describe")
	}
	for _, r := range reason.All() {
		if !bytes.Contains(reference, []byte("| `"+r.String()+"` |")) {
			t.Errorf("docs/reference.md does not explain %s", r)
		}
	}
}

// TestSchemaOnce: two readers read one schema, because no name is given twice.
func TestSchemaOnce(t *testing.T) {
	if !strictjson.Members(Schema(), nil) {
		t.Error("the schema gives a name twice")
	}
}
