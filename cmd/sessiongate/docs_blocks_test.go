package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// blockKind says what a block of code is, and so what holds it.
type blockKind string

const (
	configurations blockKind = "configurations" // JSON and YAML: docs_configurations_test.go
	commands       blockKind = "commands"       // docs_commands_test.go
	programs       blockKind = "programs"       // docs_programs_test.go
	queries        blockKind = "queries"        // their metrics: docs_words_test.go; those of rollout.md run in e2e/monitoring
	texts          blockKind = "texts"          // what is printed, sent or drawn: plainTexts
	unknown        blockKind = "not known"
)

// kindsByFence are the kinds of blocks whose fence names a language.
var kindsByFence = map[string]blockKind{
	"json": configurations, "yaml": configurations, "sh": commands, "bash": commands, "promql": queries,
	"go": programs, "js": programs, "jsx": programs, "ts": programs, "tsx": programs, "python": programs, "ruby": programs, "java": programs, "html": programs,
	"text": texts, "diff": texts, "wat": texts, "nginx": texts, "toml": texts, "ini": texts, "lua": texts,
}

// plainTexts are how the blocks begin that have no fence and that nothing
// could run, with what they are.
var plainTexts = []struct{ page, begins, is string }{
	{"README.md", "browser, app,", "a drawing"},
	{"README.md", "token verified", "a drawing"},
	{"docs/vendors.md", "a session token", "a drawing"},
	{"docs/vendors.md", "browser ", "a drawing"},
	{"docs/callers.md", "POST /mcp ", "a request and its answer: e2e/rows_resources_test.go"},
	{"docs/callers.md", "GET /.well-known/", "a request and its answer: e2e/rows_resources_test.go"},
	{"docs/check.md", "policy.yaml:", "what check prints: TestDocsExample"},
	{"docs/command-line.md", "outcome:", "what explain prints"},
	{"docs/command-line.md", "the token in cookie", "what explain prints"},
	{"docs/command-line.md", "how the rule was found:", "what explain prints"},
	{"docs/metrics.md", "[2026-", "a line of an access log"},
	{"docs/reference.md", "providers[0].clockSkew", "what check prints"},
	{"docs/reference.md", "access-control-allow-origin:", "headers: e2e/rows_cors_test.go"},
	{"docs/step-up.md", "https://", "a URL"},
}

// kind is the one place that says what a block is.
func (b docBlock) kind() blockKind {
	if kind, known := kindsByFence[b.language]; known {
		return kind
	}
	text := strings.TrimLeft(b.text, " ")
	first := regexp.MustCompile(`^(?:[A-Z_]+=\S+[ \\\n]+)*(\S+)`).FindStringSubmatch(text)
	switch {
	case b.language != "" || first == nil:
		return unknown
	case strings.HasPrefix(text, "{"):
		return configurations
	case strings.HasPrefix(text, "sum by "):
		return queries
	case notRun[first[1]] != "" || first[1] == "sessiongate" || first[1] == "make":
		return commands
	}
	for _, plain := range plainTexts {
		if plain.page == b.page && strings.HasPrefix(text, plain.begins) {
			return texts
		}
	}
	return unknown
}

// docBlocks are all blocks of a kind.
func docBlocks(t *testing.T, kind blockKind) (all []docBlock) {
	t.Helper()
	for _, page := range docPages(t) {
		for _, block := range page.blocks {
			if block.kind() == kind {
				all = append(all, block)
			}
		}
	}
	return all
}

// TestDocsBlocks: each block of each page is of some kind, and so held by some
// test, or said to be text.
func TestDocsBlocks(t *testing.T) {
	for _, block := range docBlocks(t, unknown) {
		first, _, _ := strings.Cut(block.text, "\n")
		t.Errorf("%s: what is this? Give it a fence with a language, or say it in docs_blocks_test.go\n%s", block.at(), first)
	}
	for kind, atLeast := range map[blockKind]int{configurations: 50, commands: 60, programs: 30, queries: 4, texts: 15} {
		n := len(docBlocks(t, kind))
		if n < atLeast {
			t.Errorf("%d %s", n, kind)
		}
		t.Logf("%d %s", n, kind)
	}
	for _, plain := range plainTexts {
		if !slices.ContainsFunc(docBlocks(t, texts), func(b docBlock) bool {
			return b.page == plain.page && strings.HasPrefix(strings.TrimLeft(b.text, " "), plain.begins)
		}) {
			t.Errorf("%s has no block that begins with %q", plain.page, plain.begins)
		}
	}
}
