package requestfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// harRequest is a request of an HTTP archive 1.2.
type harRequest struct {
	Method  string
	URL     string
	Headers []struct{ Name, Value string }
	// PostData is there if the request had a body.
	PostData json.RawMessage
}

// harFile is an archive, an entry of one, or the request of an entry.
type harFile struct {
	Log *struct {
		Entries []struct{ Request harRequest }
	}
	Request *harRequest
	harRequest
}

func parseHAR(text []byte, entry int) (Request, error) {
	var file harFile
	if err := json.Unmarshal(text, &file); err != nil {
		return Request{}, errors.New("not an HTTP archive (HAR): not valid JSON of that kind")
	}
	switch {
	case file.Log != nil:
		entries := file.Log.Entries
		if entry == 0 && len(entries) == 1 {
			entry = 1
		}
		if entry < 1 || entry > len(entries) {
			var list strings.Builder
			for i, e := range entries[:min(len(entries), 50)] {
				url, _, _ := strings.Cut(e.Request.URL, "?")
				fmt.Fprintf(&list, "\n  --entry %d: %s %s", i+1, e.Request.Method, url)
			}
			return Request{}, fmt.Errorf("the archive has %d entries; choose one with --entry%s", len(entries), list.String())
		}
		return entries[entry-1].Request.read()
	case file.Request != nil:
		return file.Request.read()
	}
	return file.read()
}

func (h *harRequest) read() (Request, error) {
	if h.URL == "" {
		return Request{}, errors.New("not an HTTP archive (HAR): there is no request with a URL in it")
	}
	b := builder{method: h.Method, hasBody: len(h.PostData) > 0 && string(h.PostData) != "null"}
	credentials := false
	for _, header := range h.Headers {
		name := strings.ToLower(header.Name)
		credentials = credentials || name == "cookie" || name == "authorization"
		if name == "" || name == ":method" || name == ":scheme" || name == ":path" {
			continue // the URL says it
		}
		b.header(name, header.Value)
	}
	authority := b.authority
	b.url(h.URL)
	if authority != "" {
		b.authority = authority
	}
	r, err := b.request()
	if !credentials {
		r.Note = "the archive has neither Cookie nor Authorization for this request; browsers leave them out unless asked for sensitive data"
	}
	return r, err
}
