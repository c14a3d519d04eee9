# The commands of the project. `make run` and `make test` are the two to know; `make help` lists all.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

TARGET := $(or $(CARGO_TARGET_DIR),target)
BERTH := $(TARGET)/release/berth

# The toolchain that .ci/setup chose. Read anew for each line, since setup runs in the same make.
GIVEN_TOOLCHAIN := $(RUSTUP_TOOLCHAIN)
export RUSTUP_TOOLCHAIN = $(or $(shell cat $(TARGET)/setup/toolchain 2>/dev/null),$(GIVEN_TOOLCHAIN))
FMT_TOOLCHAIN = $(shell cat $(TARGET)/setup/fmt-toolchain 2>/dev/null)

# One set of features and one profile for every step, so that nothing (least of all the C of SQLite and aws-lc) is compiled twice.
CARGO_FLAGS := --locked --workspace

.PHONY: help run dev build site test unit check e2e bench kill-test strace advisories fmt

help: ## what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: build ## build the hub and serve it (ARGS="--listen 0.0.0.0:8080 …"; berth serve --help lists them)
	exec $(BERTH) serve $(ARGS)

dev: ## serve, and build again whenever a source changes
	.ci/setup
	cargo xtask dev $(ARGS)

build: site ## the one binary, with the site in it: target/release/berth
	cargo build --release $(CARGO_FLAGS)

site: ## what the browser downloads: target/site
	.ci/setup
	cargo xtask site

test: ## everything CI runs: check, build, all Rust tests, the browser tests
	.ci/setup test
	$(MAKE) check
	$(MAKE) unit
	$(MAKE) e2e

unit: build ## the Rust tests, each of the hub's stories on SQLite and PostgreSQL
	if cargo nextest --version >/dev/null 2>&1; \
	  then cargo xtask with-postgres -- cargo nextest run --release $(CARGO_FLAGS); \
	  else cargo xtask with-postgres -- cargo test --release $(CARGO_FLAGS); fi

check: ## format, lints of both sides, licences and sources of the dependencies
	.ci/setup check
	RUSTUP_TOOLCHAIN=$(FMT_TOOLCHAIN) cargo fmt --all --check
	cargo clippy --release $(CARGO_FLAGS) --all-targets -- -D warnings
	cargo clippy --profile wasm-release --locked -p app --lib --no-default-features --features hydrate --target wasm32-unknown-unknown -- -D warnings
	cargo deny --locked check --hide-inclusion-graph licenses bans sources
	if compgen -G "$${CARGO_HOME:-$$HOME/.cargo}/advisory-dbs/*/" >/dev/null; \
	  then cargo deny --frozen check advisories; \
	  else echo "check: ADVISORIES WERE NOT CHECKED: no copy of their database here; 'make advisories' fetches one" >&2; fi
	npm --prefix end2end run --silent check

advisories: ## fetch the database of security advisories and check the dependencies against it
	.ci/setup check
	cargo deny fetch db
	cargo deny --frozen check advisories

e2e: build ## the browser tests, with and without JavaScript
	cd end2end && BERTH_BINARY=$(abspath $(BERTH)) node_modules/.bin/playwright test $(ARGS)

bench: build ## Berth, CNCF distribution and nginx side by side, as ratios (ARGS=push for one measurement, BERTH_BENCH_EARLIER=PATH for an earlier berth beside it)
	.ci/setup bench
	BERTH_GUESSES_PER_ACCOUNT=1000 BERTH_GUESSES_PER_SOURCE=1000 $(TARGET)/release/bench $(abspath $(BERTH)) $(ARGS)

kill-test: build ## kill -9 during pushes and deliveries of webhooks: nothing acknowledged is lost (BERTH_KILL_ROUNDS=200)
	cargo test --release $(CARGO_FLAGS) --test kill -- --ignored --nocapture
	cargo xtask with-postgres -- cargo test --release $(CARGO_FLAGS) --test kill_webhooks -- --ignored --nocapture --test-threads=1

strace: build ## what one push asks of the kernel: data sync, rename, folder sync, database sync, then the 201
	cargo test --release $(CARGO_FLAGS) --test clients -- order --nocapture

fmt: ## format the sources
	.ci/setup check
	RUSTUP_TOOLCHAIN=$(FMT_TOOLCHAIN) cargo fmt --all
