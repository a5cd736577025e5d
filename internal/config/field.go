package config

// Field is one field of the configuration: how it is read, checked, explained
// and shown. The table of fields is the only place that knows them.
type Field struct {
	Name string
	Kind Kind
	Doc  string // for the reference, one paragraph of Markdown

	// Default is the JSON of the value that a missing field has; it is read
	// like a written one. Where another package or another field decides, it
	// is empty and Otherwise says what holds.
	Default   string
	Otherwise string
	Required  bool

	Min, Max   int64    // bounds of a Number; of a Duration in nanoseconds
	OneOf      []string // the values of a Choice or a List
	AllowEmpty bool     // a list that means something when empty

	// NotWith is a field that the same object cannot have.
	NotWith string
	// Pattern is what the schema says about a text; the check is stricter.
	Pattern string
	// Foreign are the names that Istio, Envoy or vendors' SDKs give the field.
	Foreign []string

	// check looks at a text, or at each text of a list, and returns it in its
	// normal form, or what is wrong with it.
	check func(string) (normal, wrong string)
	// at is where the value goes, a pointer into the table's object.
	at any
}

// What the schema says about URLs, origins and headers.
const (
	originPattern = `^[a-z][a-z0-9+.-]*://[^A-Z/?#@\s]+$`

	webURL  = `^[hH][tT][tT][pP][sS]?://[^#\s\\]+$`
	pageURL = `^([hH][tT][tT][pP][sS]?://[^#\s\\]+|/([^/#\s\\][^#\s\\]*)?)$`
	header  = `^[!#$%&'*+.^_|~0-9A-Za-z` + "`" + `-]+$`
)

// Table describes one object of the configuration. Each kind of object has a
// function that makes the table of one of them.
type Table struct {
	Name   string // how the reference calls it: "providers[]", with brackets for a list
	Doc    string
	Fields []*Field
	// Hints answer names that other products have and this one has not, keyed
	// by folded name.
	Hints map[string]string
	// OneOf are fields of which an object has exactly one.
	OneOf []string
}

func (t *Table) field(name string) *Field {
	for _, f := range t.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}
