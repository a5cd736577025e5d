package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/statstags"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// ourWords are the names that the program has, from its closed lists: fields
// and their values, reasons, outcomes, headers, and what init can write.
func ourWords(t *testing.T) map[string]bool {
	t.Helper()
	words := map[string]bool{"x-sessiongate-assertion": true, "x-clerk-auth-status": true, "x-clerk-auth-reason": true, "x-clerk-auth-message": true}
	for _, table := range config.Tables() {
		for _, field := range table.Fields {
			words[field.Name] = true
			for _, value := range field.OneOf {
				words[value] = true
			}
		}
	}
	for _, r := range reason.All() {
		words[r.String()] = true
	}
	for _, header := range policy.IdentityHeaders("x-identity-") {
		words[header] = true
	}
	for outcome := range remote.Outcomes {
		words[outcome.String()] = true
	}
	for label := range policy.Labels {
		words[policy.Label(label).String()] = true
	}
	for _, m := range regexp.MustCompile(`\{name: "([a-z-]+)", template`).FindAllStringSubmatch(readFile(t, "cmd/sessiongate/internal/scaffold/settings.go"), -1) {
		words[m[1]] = true
	}
	if !words["signed-in"] || !words["istio-sidecar"] || !words["keys-unavailable"] {
		t.Fatal("a list was not found")
	}
	return words
}

// othersWords are the names in docs that look like the program's and are
// another's.
var othersWords = map[string][]string{
	"Envoy, Istio, Envoy Gateway and Kubernetes": {
		"clientIPDetection", "corsPolicy", "extAuth", "gatewayTopology", "istio-proxy", "localJwks", "numTrustedProxies", "pullSecretRef",
		"ipBlocks", "meshConfig", "notPorts", "remoteIpBlocks", "requestPrincipals", "serviceAccounts", "spaceDelimitedClaims", "trustDomains",
	},
	"vendors and their SDKs": {
		"appSession", "authenticateRequest", "checkReverificationAuthorization", "requireAuth", "useReverification", "withAuth",
	},
	"browsers":                      {"localStorage"},
	"Go's linker":                   {"tableIdxs"},
	"packages of Debian":            {"ruby-rack", "ruby-rails"},
	"headers that an example makes": {"x-user"},
}

// TestDocsWords: each name in backticks that is written as fields are
// (likeThis), or as reasons and headers are (like-this), is one that the program
// has, that is in an example, or another's, which othersWords says.
func TestDocsWords(t *testing.T) {
	words, examples, named := ourWords(t), wordsInExamples(t), map[string]bool{}
	for _, all := range othersWords {
		for _, word := range all {
			words[word] = true
		}
	}
	shaped := regexp.MustCompile(`^(?:[a-z]+(?:[A-Z][a-z0-9]*)+|[a-z]+(?:-[a-z]+)+)$`)
	checked := 0
	for _, page := range docPages(t) {
		if page.name == "CHANGELOG.md" || page.name == "CONTRIBUTING.md" { // what once was; names in code, for TestContributing
			continue
		}
		for _, quoted := range page.quoted() {
			if !shaped.MatchString(quoted.text) {
				continue
			}
			checked++
			named[quoted.text] = true
			if own := strings.HasPrefix(quoted.text, "x-identity-"); !words[quoted.text] && (own || !examples[quoted.text]) {
				t.Errorf("%s:%d: sessiongate has no %s; if it is another's, say so in othersWords (docs_words_test.go)", page.name, quoted.n, quoted.text)
			}
		}
	}
	for whose, all := range othersWords {
		for _, word := range all {
			if !named[word] {
				t.Errorf("no page names %s (%s)", word, whose)
			}
		}
	}
	if checked < 400 {
		t.Errorf("%d names", checked)
	}
	t.Logf("%d names", checked)
}

// wordsInExamples are the words of the files that docs show and explain.
func wordsInExamples(t *testing.T) map[string]bool {
	t.Helper()
	words := map[string]bool{}
	for _, name := range repositoryFiles(t) {
		if !strings.HasPrefix(name, "examples/") && !strings.HasPrefix(name, "deploy/") || filepath.Ext(name) == ".md" || strings.HasSuffix(name, "-lock.json") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(repository, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range regexp.MustCompile(`[a-z][\w-]*`).FindAllString(string(text), -1) {
			words[word] = true
		}
	}
	return words
}

// TestDocsMetrics: each metric, label and filter state that pages, alerts and
// the dashboard name is one that the filter writes.
func TestDocsMetrics(t *testing.T) {
	metrics := map[string]bool{}
	for _, m := range regexp.MustCompile(`"sessiongate\.([a-z_]+)`).FindAllStringSubmatch(readFile(t, "filter/metrics.go"), -1) {
		metrics[m[1]] = true
	}
	states := map[string]bool{}
	for _, m := range regexp.MustCompile(`"identity\.([a-z_]+)"`).FindAllStringSubmatch(readFile(t, "internal/policy/identity.go"), -1) {
		states[m[1]] = true
	}
	if len(metrics) < 9 || len(states) < 9 {
		t.Fatalf("%d metrics, %d filter states", len(metrics), len(states))
	}
	labels := map[string]bool{"job": true, "instance": true, "le": true} // of Prometheus
	for _, tag := range statstags.All() {
		labels[tag.Name] = true
	}
	checked := 0
	for _, name := range repositoryFiles(t) {
		if ext := filepath.Ext(name); name == "CHANGELOG.md" || ext != ".md" && (ext != ".yaml" && ext != ".json" || !strings.HasPrefix(name, "deploy/")) {
			continue
		}
		text := readFile(t, name)
		wrong := func(what string, of any) { t.Errorf("%s: the filter has no %s %v", name, what, of) }
		for _, m := range regexp.MustCompile(`\bsessiongate_([a-z_]+)(?:\{([^}]*)\})?`).FindAllStringSubmatch(text, -1) {
			checked++
			if base := regexp.MustCompile(`_(bucket|sum|count)$`).ReplaceAllString(m[1], ""); !metrics[base] {
				wrong("metric", m[0])
			}
			for _, label := range regexp.MustCompile(`(\w+)(?:=|!=|=~|!~)\\?"`).FindAllStringSubmatch(m[2], -1) {
				if !labels[label[1]] {
					wrong("label", fmt.Sprintf("%s of sessiongate_%s", label[1], m[1]))
				}
			}
		}
		for _, m := range regexp.MustCompile(`wasm\.identity\.([a-z_]+)`).FindAllStringSubmatch(text, -1) {
			if checked++; !states[m[1]] {
				wrong("filter state", m[0])
			}
		}
	}
	if checked < 100 {
		t.Errorf("%d names", checked)
	}
	t.Logf("%d names", checked)
}

// TestDocsHeaders: each identity header, wherever a page or a file to deploy
// names one, is one that the filter writes.
func TestDocsHeaders(t *testing.T) {
	headers, checked := map[string]bool{}, 0
	for _, header := range policy.IdentityHeaders("x-identity-") {
		headers[header] = true
	}
	for _, name := range repositoryFiles(t) {
		if ext := filepath.Ext(name); ext != ".md" && (ext != ".yaml" || !strings.HasPrefix(name, "deploy/")) {
			continue
		}
		for _, header := range regexp.MustCompile(`(?i)\bx-identity-[a-z][a-z-]*`).FindAllString(readFile(t, name), -1) {
			if checked++; !headers[strings.ToLower(header)] && header != "x-identity-org-" { // in x-identity-org-*
				t.Errorf("%s: the filter has no header %s", name, header)
			}
		}
	}
	if checked < 150 {
		t.Errorf("%d headers", checked)
	}
	t.Logf("%d headers", checked)
}
