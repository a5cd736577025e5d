package tree

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// readYAML reads the documents of a YAML file.
func readYAML(text string) (documents []*Node, wrong *Error) {
	r := &yamlReader{text: text, lines: strings.Split(text, "\n")}
	defer func() {
		if caught := recover(); caught != nil { // in the YAML package; it is made for good files
			documents, wrong = nil, &Error{Message: "neither JSON nor YAML"}
		}
	}()
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var node yaml.Node
		err := decoder.Decode(&node)
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, r.words(err)
		}
		document, wrong := r.value(&node, 0)
		if wrong != nil {
			return nil, wrong
		}
		if document.Exists() {
			documents = append(documents, document)
		}
	}
}

// yamlReader makes nodes of those of the YAML package.
type yamlReader struct {
	text  string
	lines []string
	nodes int
}

func (r *yamlReader) value(y *yaml.Node, depth int) (*Node, *Error) {
	place := Place{y.Line, y.Column}
	if depth > maxDepth {
		return nil, &Error{place, errTooDeep.Message}
	}
	if r.nodes++; r.nodes > maxNodes {
		return nil, &Error{place, errTooMany.Message}
	}
	n := &Node{Place: place}
	switch y.Kind {
	case yaml.DocumentNode:
		if len(y.Content) == 0 {
			return n, nil
		}
		return r.value(y.Content[0], depth+1)
	case yaml.AliasNode:
		return r.value(y.Alias, depth+1)
	case yaml.SequenceNode:
		n.Kind = List
		for _, item := range y.Content {
			element, wrong := r.value(item, depth+1)
			if wrong != nil {
				return nil, wrong
			}
			n.Elements = append(n.Elements, element)
		}
		return n, nil
	case yaml.MappingNode:
		n.Kind = Object
		return n, r.members(n, y, depth+1)
	}
	return n, r.scalar(n, y)
}

func (r *yamlReader) members(n *Node, y *yaml.Node, depth int) *Error {
	var merged []Member
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := y.Content[i]
		value, wrong := r.value(y.Content[i+1], depth)
		switch {
		case wrong != nil:
			return wrong
		case key.Tag == "!!merge":
			merged = append(merged, mergedMembers(value)...)
			continue
		case key.Kind != yaml.ScalarNode:
			if wrong := r.mistake(key.Line); wrong != nil {
				return wrong
			}
			return &Error{Place{key.Line, key.Column}, "not valid YAML: a name in braces or brackets; put it in quotes"}
		}
		n.Members = append(n.Members, Member{key.Value, Place{key.Line, key.Column}, value})
	}
	for _, member := range merged {
		if n.Get(member.Name) == nil {
			n.Members = append(n.Members, member)
		}
	}
	return nil
}

// mergedMembers are what "<<" brings: an object, or a list of them.
func mergedMembers(value *Node) []Member {
	all := value.Members
	for _, item := range value.Items() {
		all = append(all, item.Members...)
	}
	return all
}

func (r *yamlReader) scalar(n *Node, y *yaml.Node) *Error {
	n.Kind, n.Text = String, y.Value
	switch y.ShortTag() {
	case "!!null":
		n.Kind, n.Text = Null, ""
	case "!!bool":
		n.Kind, n.Text = Bool, strings.ToLower(y.Value)
	case "!!int", "!!float":
		text, ok := number(y)
		if !ok {
			return &Error{n.Place, "not a number that JSON has; write it in quotes if it is text"}
		}
		n.Kind, n.Text = Number, text
	default:
		n.written = r.writing(y)
	}
	return nil
}

// number is a number of YAML as JSON writes it.
func number(y *yaml.Node) (text string, ok bool) {
	if json.Valid([]byte(y.Value)) {
		return y.Value, true
	}
	var whole int64
	if y.Decode(&whole) == nil {
		return strconv.FormatInt(whole, 10), true
	}
	var float float64
	if err := y.Decode(&float); err != nil || math.IsInf(float, 0) || math.IsNaN(float) {
		return "", false
	}
	return fmt.Sprint(float), true
}

// ReadYAMLText reads YAML that a string holds. Its values have their places in
// the file of the string, as far as these can be told.
func ReadYAMLText(n *Node) ([]*Node, *Error) {
	documents, wrong := readYAML(n.Str())
	if wrong != nil {
		return nil, wrong
	}
	begin := n.At()
	if n != nil && n.written != nil && n.written.style == literal {
		begin = n.written.first
	}
	for _, document := range documents {
		document.Walk(func(inner *Node) bool {
			inner.Place = moved(inner.Place, begin)
			for i := range inner.Members {
				inner.Members[i].Place = moved(inner.Members[i].Place, begin)
			}
			inner.written = nil
			return true
		})
	}
	return documents, nil
}

// moved is a place in a block that begins at another place.
func moved(p, begin Place) Place { return Place{p.Line + begin.Line - 1, p.Column + begin.Column - 1} }
