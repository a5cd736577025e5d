# make help lists what there is to do.

GO     ?= go
MODULE := build/sessiongate.wasm

# Tools with versions of their own, apart from what the product is made of.
TOOL := $(GO) tool -modfile=internal/tools/external/go.mod

# Everything that ends up in the module or in the tools that build it.
SOURCES := main.go go.mod go.sum \
	$(shell find filter jwks jwt internal \
		-name '*.go' -not -name '*_test.go')

FUZZTIME ?= 1m

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := bash
.SHELLFLAGS := -o pipefail -c

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: $(MODULE) ## build/sessiongate.wasm, the module for the proxy; the same sources give the same bytes

$(MODULE): $(SOURCES) Makefile
	@mkdir -p build
	@$(GO) run ./internal/tools/makewasm $@ .

.PHONY: run
run: build ## the demo: identity provider, backend and Envoy; ARGS=--once makes the requests itself
	@$(GO) build -o build/sessiongate ./cmd/sessiongate
	@exec build/sessiongate demo $(ARGS)

.PHONY: test
test: build ## all tests: unit, tables, fuzz seeds, wazero, Envoy; says what was skipped and why
	@$(TOOL) gotestsum --format pkgname-and-test-fails --format-hide-empty-pkg --jsonfile build/tests.json -- ./... \
	&& sed -n 's/.*"Output":".*report: \(.*\)\\n"}$$/\1/p' build/tests.json

.PHONY: quick
quick: ## in seconds: the tests of packages, and the table on the fake host
	@$(TOOL) gotestsum --format dots -- -short $$($(GO) list ./... | grep -v /e2e)
	@$(TOOL) gotestsum --format dots -- -run '^(TestTable|TestFake)$$' ./e2e

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (1m)
	@$(GO) run ./internal/tools/fuzzall -time $(FUZZTIME)

.PHONY: check
check: format vet lint vulnerabilities test test-monitoring clean-tree ## what CI runs

.PHONY: format
format:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "gofmt these files:"; echo "$$unformatted"; exit 1; fi

.PHONY: vet
vet:
	$(GO) vet ./...
	GOOS=wasip1 GOARCH=wasm $(GO) vet .

# No file has more than 250 lines, no function more than 60, and none more than
# four parameters. The modules below e2e have the same configuration. One whose packages are not
# on this machine, and cannot be fetched, is left out.
LINTED := istio monitoring envoygateway browser

.PHONY: lint
lint:
	$(GO) run ./internal/tools/statements -limits
	$(TOOL) golangci-lint run ./...
	@for module in $(LINTED); do \
		(cd e2e/$$module && \
		if $(GO) list -deps -test ./... > /dev/null 2>&1; \
		then echo "golangci-lint in e2e/$$module" && \
			$(GO) tool -modfile='$(CURDIR)/internal/tools/external/go.mod' golangci-lint run --config '$(CURDIR)/.golangci.yml' ./...; \
		else echo "e2e/$$module is not linted: its packages are not there"; fi) || exit 1; \
	done

# Only findings fail: where the vulnerability data cannot be reached, the step
# is skipped.
.PHONY: vulnerabilities
vulnerabilities:
	@$(GO) run ./internal/tools/vulncheck

.PHONY: clean-tree
clean-tree:
	@changes=$$(git status --porcelain); \
	if [ -n "$$changes" ]; then echo "the working tree is not clean:"; echo "$$changes"; exit 1; fi

include deploy/targets.mk
include internal/bench/targets.mk

.PHONY: clean
clean: ## removes what make made, but for .tools
	rm -rf build
