// Package lint says what is wrong with configurations of the filter and with
// what stands around them in their files.
//
// # Guarantees
//
// Every finding has its line and column, says what to write, and names the
// section of the docs that says why. What a configuration is refused for is
// found by package config; the rest is what people get wrong and the filter
// cannot see, one kind of mistake a file of this package. Nothing right is
// complained of: where a file does not show enough to tell, nothing is said.
//
// A finding never holds a token, nor a part of one.
package lint

import (
	"cmp"
	"slices"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// Level is how bad a finding is.
type Level uint8

// The levels.
const (
	Note    Level = iota // worth knowing
	Warning              // allowed, but hardly meant
	Error                // refused by the filter, or leaves backends open
)

func (l Level) String() string { return [...]string{"note", "warning", "error"}[l] }

// Finding is one thing to correct in a file, or to know about it.
type Finding struct {
	File  string
	Place tree.Place // from one; zero where the file as a whole is meant
	Level Level
	// Where names the configuration in a file that has several, or what it
	// stands in: "WasmPlugin prod/sessions". It may be empty.
	Where string
	// Path is where in there: "rules[1].paths[0]", "spec.phase". It may be empty.
	Path    string
	Message string // what is wrong, and what to write
	See     string // a section of the docs: "docs/check.md#covered-rules"
}

// File is a file to look at.
type File struct {
	Name string
	configfile.File
}

// Files finds what is wrong in files that belong together: what one of them
// lacks may stand in another. The findings are in the order of the files.
func Files(files []File) []Finding {
	r := &run{files: files}
	for i := range files {
		for _, document := range files[i].Documents {
			if document.Get("kind").Str() != "" {
				r.resources = append(r.resources, resource{document, files[i].Name})
			}
		}
	}
	for i := range files {
		begin := len(r.findings)
		r.file(&files[i])
		slices.SortStableFunc(r.findings[begin:], func(a, b Finding) int {
			return cmp.Or(cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column))
		})
	}
	return r.findings
}

// run is what is looked at together.
type run struct {
	files     []File
	resources []resource
	findings  []Finding
}

// resource is a Kubernetes resource of one of the files.
type resource struct {
	*tree.Node
	file string
}

// kinds are the resources of a kind.
func (r *run) kinds(kind string) []resource {
	var all []resource
	for _, resource := range r.resources {
		if resource.Get("kind").Str() == kind {
			all = append(all, resource)
		}
	}
	return all
}

// file looks at one file.
func (r *run) file(f *File) {
	r.pasted(f)
	for i := range f.Found {
		s := newSubject(r, f.Name, &f.Found[i])
		if what := nativeIn(s.root); what != "" {
			r.native(f.Name, s.root, what)
			continue
		}
		for _, check := range early {
			check(s)
		}
		s.load()
		for _, check := range late {
			check(s)
		}
	}
	if len(f.Found) > 0 {
		for _, document := range f.Documents {
			r.doubled(f.Name, document)
		}
	}
}

// early look at what is written, and say it better than package config would;
// late look at everything else.
var (
	early = []func(*subject){
		textForValues, regularExpressions, namedSegments, methodsInPaths, starsOfOthers, discoveryDocuments, originsOfPages,
	}
	late = []func(*subject){
		// rules
		coveredRules, uncoveredRoots, lastSlashes, dottedPrefixes, getWithoutHead, weakerAfterHosts, organisationPrefixes, nothingVerified, trials,
		// providers
		unboundTokens, unreadableAnswers, weakened,
		// around them
		failOpen, failStrategies, phases, sidecars, istioClusters, serviceEntries, destinationRules, digests,
		structs, filterOrder, identityReaders, orderOfResources, keyClusters, ports, signingKeys, sharedEnvironments,
	}
)
