package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// notRun are the programs in the docs' commands that no test here runs, with
// the reason why.
var notRun = map[string]string{
	"kubectl": "needs a cluster", "istioctl": "needs a cluster", "helm": "needs a chart of the reader's",
	"docker": "needs its daemon", "envoy": "serves until it is stopped; deploy and e2e run it with the same files",
	"curl":   "needs the proxy that the page has started; deploy, e2e and e2e/backends send such requests",
	"cosign": "needs a release", "gh": "needs a release", "sha256sum": "needs a release; make release-dry-run runs it", "install": "writes into /usr/local",
	"sh": "e2e runs it (migrate_pages_test.go)", "echo": "e2e runs it (migrate_pages_test.go)", "sed": "e2e runs it (migrate_pages_test.go)", "cat": "e2e runs it (migrate_pages_test.go)",
	"jq": "needs an access log; e2e runs those of the pages about moving over", "sort": "needs an access log", "uniq": "needs an access log", "head": "needs an access log",
	"openssl": "TestDocsSigningKey runs it",
	"cd":      "is about the reader's folders",
	"npm":     "e2e/backends and e2e/browser run it", "node": "e2e/backends runs it", "python3": "e2e/backends runs it", "mvn": "e2e/backends runs it", "java": "e2e/backends runs it",
	"puma": "e2e/backends runs it", "ruby": "e2e/backends runs it", "go": "e2e/backends runs it, or its folders are looked at here",
	".venv/bin/pip": "e2e/backends runs it", ".venv/bin/python": "e2e/backends runs it", ".venv/bin/uvicorn": "e2e/backends runs it",
}

// TestDocsCommands: the program of each command is sessiongate or make with
// arguments that they have, or says above why it is not run.
func TestDocsCommands(t *testing.T) {
	used, count := map[string]bool{}, 0
	for _, block := range docBlocks(t, commands) {
		for _, words := range shellCommands(block.text) {
			count++
			used[words[0]] = true
			if wrong := wrongCommand(t, block.page, words, true); wrong != "" {
				t.Errorf("%s: %q: %s", block.at(), words, wrong)
			}
		}
	}
	for _, page := range docPages(t) {
		for _, quoted := range page.quoted() {
			words := shellCommands(quoted.text)
			if page.name == "CHANGELOG.md" || len(words) != 1 || len(words[0]) < 2 {
				continue
			}
			switch words[0][0] {
			case "sessiongate", "make", "go", "npm":
				count++
				if wrong := wrongCommand(t, page.name, words[0], false); wrong != "" {
					t.Errorf("%s:%d: %q: %s", page.name, quoted.n, quoted.text, wrong)
				}
			}
		}
	}
	for program := range notRun {
		if !used[program] && program != "istioctl" {
			t.Errorf("no page has a command of %s", program)
		}
	}
	t.Logf("%d commands", count)
}

// wrongCommand says what is wrong with a command; whole if it is one to paste
// and not a part of a sentence.
func wrongCommand(t *testing.T, page string, words []string, whole bool) string {
	t.Helper()
	switch words[0] {
	case "sessiongate":
		return wrongArguments(words, whole)
	case "make":
		return makefiles(t).wrong(words[1:])
	case "npm":
		return wrongScript(t, page, words[1:])
	case "go":
		for _, word := range words[2:] {
			folder := strings.TrimSuffix(word, "...")
			if _, err := os.Stat(filepath.Join(repository, folder)); strings.HasPrefix(folder, "./") && len(folder) > 2 && err != nil {
				return "there is no folder " + word
			}
		}
		return ""
	}
	if notRun[words[0]] == "" {
		return "run it in a test, or say in docs_commands_test.go why not"
	}
	return ""
}

// wrongArguments says what is wrong with the arguments of sessiongate itself.
func wrongArguments(words []string, whole bool) string {
	root := newRootCommand(io.Discard)
	root.InitDefaultVersionFlag()
	command, rest, err := root.Find(words[1:])
	if err == nil && command == root && len(words) > 1 && !strings.HasPrefix(words[1], "-") {
		return "there is no such command"
	}
	if err == nil {
		command.InitDefaultHelpFlag()
		err = command.ParseFlags(rest)
	}
	if err == nil && whole {
		err = command.ValidateArgs(command.Flags().Args())
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// makeTargets are the targets and variables of the makefiles.
type makeTargets struct{ targets, variables map[string]bool }

func makefiles(t *testing.T) makeTargets {
	t.Helper()
	found := makeTargets{map[string]bool{}, map[string]bool{}}
	for _, name := range []string{"Makefile", "deploy/targets.mk", "internal/bench/targets.mk"} {
		text, err := os.ReadFile(filepath.Join(repository, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^([a-z-]+):`).FindAllStringSubmatch(string(text), -1) {
			found.targets[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`\$\(([A-Z_]+)\)`).FindAllStringSubmatch(string(text), -1) {
			found.variables[m[1]] = true
		}
	}
	return found
}

func (m makeTargets) wrong(words []string) string {
	for _, word := range words {
		name, _, sets := strings.Cut(word, "=")
		if sets && !m.variables[name] || !sets && !m.targets[name] {
			return "the makefiles have no " + name
		}
	}
	return ""
}

// wrongScript: npm's scripts are those of the page's folder.
func wrongScript(t *testing.T, page string, words []string) string {
	t.Helper()
	name := words[0]
	if name == "install" || name == "ci" {
		return ""
	}
	if name == "run" && len(words) > 1 {
		name = words[1]
	}
	text, err := os.ReadFile(filepath.Join(repository, filepath.Dir(page), "package.json"))
	if err == nil && !regexp.MustCompile(`"`+name+`":`).Match(text) {
		return "package.json has no script " + name
	}
	return ""
}

// othersFlags are flags in backticks of other programs.
var othersFlags = map[string]string{
	"--hostname": "of Next.js", "--host": "of Vite", "--no-liftoff": "of V8",
	"--concurrency": "of Envoy", "--component-log-level": "of Envoy", "--mode": "of Envoy", "--drain-time-s": "of Envoy",
}

// TestDocsFlags: a flag in backticks is one of sessiongate, or of a program that
// is said above.
func TestDocsFlags(t *testing.T) {
	flags := map[string]bool{}
	for _, command := range all(newRootCommand(io.Discard)) {
		for _, m := range regexp.MustCompile(`--[a-z-]+`).FindAllString(command.UsageString(), -1) {
			flags[m] = true
		}
	}
	for _, page := range docPages(t) {
		for _, quoted := range page.quoted() {
			if page.name == "CHANGELOG.md" || !strings.HasPrefix(quoted.text, "--") {
				continue
			}
			for _, word := range strings.Fields(quoted.text) {
				flag, _, _ := strings.Cut(word, "=")
				if strings.HasPrefix(flag, "--") && !flags[flag] && othersFlags[flag] == "" {
					t.Errorf("%s:%d: sessiongate has no %s; if another program has, say so in docs_commands_test.go", page.name, quoted.n, flag)
				}
			}
		}
	}
}
