# The one list of commands; `make help` prints it. CI calls these and nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

# One optimised build serves `run` and `test`: tests that compare with theory need it, and other
# flags would compile everything a second time. `test` builds the program before the rest, as `run`
# does, because the other order makes SwiftPM compile the packages' own tools on the next change.
BUILD_FLAGS := -c release -Xswiftc -enable-testing
REHEARSE := .build/release/rehearse
TESTS := .build/release/RehearsePackageTests.xctest
SWIFT_FILES := $(wildcard Package.swift Sources Tests benchmarks/limit/Package.swift benchmarks/limit/Sources)
TEST_LOG := .build/test-output.txt

# What `make run` shows. Of the import only the totals; the list is `rehearse import` by itself.
define DEMONSTRATION
$(REHEARSE) import inventories/meridian-bank | tail -n 2
$(REHEARSE) graph --findings --output output/meridian-bank.svg
$(REHEARSE) audit --format html --output output/meridian-bank-audit.html
$(REHEARSE) compare scenarios/loan-approval.yaml --output output/loan-approval.html
endef

.PHONY: help
help: ## Print this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## Install what is missing: Debian packages, Python parts in .venv, the chart bundle.
	@tools/setup.sh

.PHONY: build
build: setup ## Build the program, .build/release/rehearse.
	swift build $(BUILD_FLAGS) --product rehearse

.PHONY: build-tests
build-tests: build
	@tools/setup.sh --tests
	swift build $(BUILD_FLAGS) --build-tests

.PHONY: run
run: build ## Show what Rehearse does: import, map, audit and compare the sample estate.
	$(DEMONSTRATION)

.PHONY: test
test: build-tests ## Build and run every test, or those that match: make test FILTER=CalendarTests.
	$(call run-tests)

.PHONY: bench
bench: build ## Measure speed and memory beside SimPy, Ciw, Prosimos and a hand-coded limit.
	/usr/bin/python3 benchmarks/run.py $(BENCH_FLAGS)

.PHONY: fuzz
fuzz: setup ## Feed invented files to the importers: make fuzz SECONDS=60 FAMILY=json.
	tools/fuzz.sh $(or $(SECONDS),600) $(FAMILY)
.PHONY: corpus
corpus: build ## Count what real files give beside independent queries: make corpus CORPUS=folder.
	@test -n "$(CORPUS)" || { echo "make corpus CORPUS=folder (one folder inside for each format)" >&2; exit 2; }
	@tools/setup.sh --tests
	@.venv/bin/python tools/corpus/count.py "$(CORPUS)" --rehearse $(or $(REHEARSE_PROGRAM),$(REHEARSE)) --times \
	  --table docs/reference/formats-measured.md --json .build/formats-measured.json $(CORPUS_FLAGS)

.PHONY: golden
golden: build-tests ## Write the expected outputs of tests anew; look at the changes before committing.
	$(call run-tests,REHEARSE_REWRITE_GOLDEN=1)
	@git status --short -- Tests docs

.PHONY: lint
lint: ## Check the form of the Swift sources.
	swift format lint --strict --recursive $(SWIFT_FILES)

.PHONY: format
format: ## Bring the Swift sources into form.
	swift format --in-place --recursive $(SWIFT_FILES)

.PHONY: docs
docs: build ## Write the pages that the program prints itself, and check all links.
	@$(REHEARSE) scenario keys > .build/scenario-keys.md
	@mv .build/scenario-keys.md docs/reference/scenario-keys.md
	@.venv/bin/python tools/check_links.py

.PHONY: clean
clean: ## Remove what was built and installed here; results in output/ stay.
	rm -rf .build .venv share

# Prints what passed, failed or was skipped, once more what failed, and last the summary; what
# started when is in the log.
# The built tests run by themselves: `swift test` plans the build in its own way, even with
# --skip-build, so that the next builds compile again what is there.
# Fresh memory is filled, so that what reads it before writing it shows.
run-tests = @$(1) NO_COLOR=1 MALLOC_PERTURB_=165 REHEARSE_TEST_PYTHON="$(CURDIR)/.venv/bin/python" \
	$(TESTS) --testing-library swift-testing $(if $(FILTER),--filter "$(FILTER)") 2>&1 | \
	tee $(TEST_LOG) | grep -a --line-buffered -v -e '^◇ ' -e '^↳ ' || { \
	printf '\nWhat failed:\n'; \
	grep -a -A 4 'recorded an issue' $(TEST_LOG) | grep -a -v -e '^◇ ' -e '^✔ ' -e 'Test run with' || true; \
	grep -a 'Test run with [0-9]' $(TEST_LOG); exit 1; }
