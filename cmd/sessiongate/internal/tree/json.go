package tree

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// ReadJSON reads one JSON value.
func ReadJSON(text string) (*Node, *Error) { return newJSONReader(text).read() }

// ReadText reads JSON that a string holds. Its values have their places in the
// file of the string.
func ReadText(n *Node) (*Node, *Error) {
	if len(n.Str()) > maxBytes {
		return nil, errTooLong
	}
	r := newJSONReader(n.Str())
	r.place = n.PlaceAt
	return r.read()
}

func (r *jsonReader) read() (*Node, *Error) {
	node, err := r.document()
	if err != nil {
		return nil, r.words(err)
	}
	return node, nil
}

// jsonReader makes nodes of JSON.
type jsonReader struct {
	text    string
	decoder *json.Decoder
	nodes   int
	place   func(offset int) Place
}

func newJSONReader(text string) *jsonReader {
	r := &jsonReader{text: text, decoder: json.NewDecoder(strings.NewReader(text))}
	r.decoder.UseNumber()
	r.place = (&placer{text: text}).place
	return r
}

var errMore = errors.New("more text follows")

func (r *jsonReader) document() (*Node, error) {
	node, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := r.decoder.Token(); err != io.EOF {
		return nil, errMore
	}
	return node, nil
}

// next is where the next token begins.
func (r *jsonReader) next() int {
	at := int(r.decoder.InputOffset())
	for at < len(r.text) && strings.IndexByte(" \t\r\n,:", r.text[at]) >= 0 {
		at++
	}
	return at
}

func (r *jsonReader) value(depth int) (*Node, error) {
	if depth > maxDepth {
		return nil, errTooDeep
	}
	if r.nodes++; r.nodes > maxNodes {
		return nil, errTooMany
	}
	begin := r.next()
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	n := &Node{Place: r.place(begin)}
	switch token := token.(type) {
	case json.Delim:
		n.Kind = List
		if token == '{' {
			n.Kind = Object
		}
		return n, r.inside(n, depth+1)
	case string:
		n.Kind, n.Text = String, token
		n.written = &writing{style: escaped, source: r.text, begin: begin, place: r.place}
	case json.Number:
		n.Kind, n.Text = Number, token.String()
	case bool:
		n.Kind, n.Text = Bool, "false"
		if token {
			n.Text = "true"
		}
	}
	return n, nil
}

// inside reads what an object or a list holds, and its end.
func (r *jsonReader) inside(n *Node, depth int) error {
	for r.decoder.More() {
		var member Member
		if n.Kind == Object {
			begin := r.next()
			name, err := r.decoder.Token()
			if err != nil {
				return err
			}
			member.Name, _ = name.(string)
			member.Place = r.place(begin)
		}
		value, err := r.value(depth)
		if err != nil {
			return err
		}
		if n.Kind == List {
			n.Elements = append(n.Elements, value)
			continue
		}
		member.Value = value
		n.Members = append(n.Members, member)
	}
	_, err := r.decoder.Token()
	return err
}
