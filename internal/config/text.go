package config

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// maxBytes bounds a configuration; the largest part of one is inline keys.
const maxBytes = 4 << 20

// readText reads the text of a configuration: one JSON object (RFC 8259).
func readText(text string) (v strictjson.Value, wrong *problem.Problem) {
	start := strings.TrimLeft(text, " \t\r\n")
	switch {
	case len(text) > maxBytes:
		return v, &problem.Problem{Message: "the configuration is longer than 4 MiB"}
	case strings.HasPrefix(text, "\ufeff"):
		return v, &problem.Problem{Message: "the configuration begins with a byte order mark; save it as UTF-8 without one"}
	case start == "":
		return v, &problem.Problem{Message: `the configuration is empty; write at least {"providers": [{"preset": ...}]}`}
	}
	v, err := strictjson.Document(text)
	switch {
	case err != nil && strings.IndexByte("{[\"", start[0]) < 0:
		return v, &problem.Problem{Message: `the configuration is not JSON; write an object: {"providers": [...]}`}
	case err != nil:
		line, column := strictjson.Position(text, err.Offset)
		return v, &problem.Problem{Message: "the configuration is not valid JSON: " + err.Message, Line: line, Column: column}
	case !v.IsObject():
		return v, &problem.Problem{Message: `the configuration is not a JSON object; write {"providers": [...]}`}
	}
	return v, nil
}
