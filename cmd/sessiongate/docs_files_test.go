package main

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// looksLikeFile matches names with an ending that files of the repository have.
var looksLikeFile = regexp.MustCompile(`^[\w.@*-][\w./@*-]*\.(?:go|md|ya?ml|json|jsx?|tsx?|py|rb|ru|java|mod|txt|mk|pem|wasm|sh|toml|xml|html|patch)$`)

// notHere are the files that docs name and the repository does not have.
var notHere = map[string]string{
	// of the reader
	"policy.yaml": "the reader's configuration", "curl.txt": "the reader's request",
	"sessiongate.yaml": "init writes it", "NAME.test.yaml": "NAME is a recipe's",
	"local/envoy.yaml": "init writes it", "compose/compose.yaml": "init writes it",
	// of a build or a release
	"sessiongate.wasm": "the built module", "plugin.wasm": "the module's name in an image",
	// of others
	"wasmobj.go": "of Go's linker", "tokens/machine.ts": "of Clerk's SDK", "jwt/verifyMachineJwt.ts": "of Clerk's SDK",
}

// othersFolders begin like folders of the repository.
var othersFolders = map[string]string{"cmd/internal/obj/wasm": "of Go's compiler", "jwt/verifyMachineJwt.ts": "of Clerk's SDK"}

// TestDocsFiles: every file and folder that a page names in backticks is there:
// from the root, beside the page, or below some folder.
func TestDocsFiles(t *testing.T) {
	tree := treeOf(t)
	found, used := 0, map[string]bool{}
	for _, page := range docPages(t) {
		if page.name == "CHANGELOG.md" { // it names files of the past
			continue
		}
		for _, quoted := range page.quoted() {
			name := strings.TrimSuffix(strings.TrimPrefix(quoted.text, "./"), "/")
			first, _, deep := strings.Cut(name, "/")
			isFolder := deep && tree.top[first] && regexp.MustCompile(`^[\w./*-]+$`).MatchString(name)
			if !looksLikeFile.MatchString(name) && !isFolder {
				continue
			}
			if notHere[name] != "" || othersFolders[name] != "" {
				used[name] = true
				continue
			}
			if deep && strings.Contains(page.text, " --output "+first+"\n") { // init writes it: TestDocsRun
				continue
			}
			if strings.HasPrefix(page.name, "docs/migrate-from-") && slices.ContainsFunc(page.blocks, func(b docBlock) bool { return strings.Contains(b.text, name) }) {
				continue // a file that the commands of the page make, which e2e runs
			}
			found++
			if strings.HasSuffix(name, "/NAME") {
				name = path.Dir(name)
			}
			if !tree.has(path.Join(path.Dir(page.name), name)) && !tree.has(name) {
				t.Errorf("%s:%d: there is no %s; where it is another's file, say so in notHere (docs_files_test.go)", page.name, quoted.n, quoted.text)
			}
		}
	}
	for name, why := range notHere {
		if !used[name] {
			t.Errorf("no page names %s (%s)", name, why)
		}
	}
	if found < 100 {
		t.Errorf("%d files and folders", found)
	}
	t.Logf("%d files and folders", found)
}

// fileTree is what the repository holds.
type fileTree struct {
	paths []string        // of files and folders, each with "/" before it
	top   map[string]bool // the names of folders in the root
}

func treeOf(t *testing.T) fileTree {
	t.Helper()
	tree, seen := fileTree{top: map[string]bool{}}, map[string]bool{}
	for _, name := range repositoryFiles(t) {
		for at := name; at != "." && !seen[at]; at = path.Dir(at) {
			seen[at] = true
			tree.paths = append(tree.paths, "/"+at)
		}
		if first, _, deep := strings.Cut(name, "/"); deep {
			tree.top[first] = true
		}
	}
	return tree
}

// has reports whether a file or folder has this path, or one that ends so. A
// "*" stands for a part of a name.
func (tree fileTree) has(name string) bool {
	pattern := regexp.MustCompile("/" + strings.ReplaceAll(regexp.QuoteMeta(name), `\*`, `[^/]*`) + "$")
	for _, p := range tree.paths {
		if pattern.MatchString(p) {
			return true
		}
	}
	return false
}
