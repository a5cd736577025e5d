# The benchmarks. Included by the Makefile.

EMPTY := build/empty.wasm

# Where the results go: build, or docs to renew what docs/performance.md and docs/measurements.md show.
BENCH_TO ?= build

# As the SDK makes it, with every callback that it exports.
$(EMPTY): internal/bench/empty/main.go go.mod
	@mkdir -p build
	@$(GO) run ./internal/tools/makewasm -plain $@ ./internal/bench/empty

.PHONY: bench
bench: build $(EMPTY) ## what the filter costs beside jwt_authn, ext_authz and nothing; about ten minutes, on a machine with nothing else to do; ARGS=-costly measures dear requests only, in two
	@$(GO) run ./internal/bench -module $(MODULE) -empty $(EMPTY) -json $(BENCH_TO)/performance.json -plot $(BENCH_TO)/performance.svg \
		-costs $(BENCH_TO)/performance.md -page $(BENCH_TO)/measurements.md $(ARGS)

.PHONY: bench-verify
bench-verify: ## one verification by algorithm: the proxy's crypto, Go in the VM, Go on this machine
	@$(GO) run ./internal/bench/jwt
