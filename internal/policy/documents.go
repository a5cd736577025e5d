package policy

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/request"
)

// document is something public that the filter answers with by itself, before
// any rule: to GET and HEAD of exactly its path, and to preflights of it.
type document struct {
	host    string // lower case, without port; empty: every host
	path    string // as sent, without query
	headers [][2]string
	body    string
}

// Header lines of documents. They are public, so pages of any origin may read
// them, without credentials; nothing about them depends on who asks.
var (
	anyOrigin         = [2]string{"access-control-allow-origin", "*"}
	documentPreflight = [][2]string{
		anyOrigin,
		{"access-control-allow-methods", "GET, HEAD"},
		{"access-control-allow-headers", "*"},
		{"access-control-max-age", "3600"},
	}
)

// detailsOfDocument tell access logs that no rule and no reason led to an answer.
const detailsOfDocument = "sessiongate{" + NoRule + ":none}"

// serve adds a JSON document; cache is its Cache-Control. A field asks for it,
// and is wrong if another one has asked for the same path of that host.
func (c *compiler) serve(field string, doc document, cache string) {
	for i := range c.policy.documents {
		other := &c.policy.documents[i]
		if other.path == doc.path && (other.host == doc.host || other.host == "" || doc.host == "") {
			c.problems.Fail(field, "its document is at \""+doc.path+"\", where another document is already; change one of the two")
			return
		}
	}
	doc.headers = [][2]string{{"content-type", "application/json"}, {"cache-control", cache}, anyOrigin}
	c.policy.documents = append(c.policy.documents, doc)
}

// document is the answer to a request for a document; nil if it is for none.
// Readings do not matter: what is not exactly its path falls under rules.
func (p *Policy) document(r *request.Request) *Answer {
	for i := range p.documents {
		doc := &p.documents[i]
		path, _, _ := strings.Cut(r.Target, "?")
		switch {
		case doc.path != path || doc.host != "" && doc.host != r.Host:
		case r.Method == "GET" || r.Method == "HEAD": // of which the proxy sends everything but the body
			return &Answer{Status: 200, Headers: doc.headers, Body: doc.body, GRPCStatus: -1, Details: detailsOfDocument}
		case r.IsPreflight():
			return &Answer{Status: 204, Headers: documentPreflight, GRPCStatus: -1, Details: detailsOfDocument}
		}
	}
	return nil
}
