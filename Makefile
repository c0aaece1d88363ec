# `make` alone lists what can be done.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The Python that .venv is made from: make setup PYTHON=python3.12
PYTHON ?= python3
# Test processes. Tests of one file that need a server run in one of them.
WORKERS ?= 2
# More arguments for pytest: make test ARGS="tests/unit -k calendar"
ARGS ?=

BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help
help: ## List the targets
	@echo 'thidua: an event-driven workflow engine for emulation campaigns'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo 'Start with `make demo`. Every target sets up .venv when it is needed.'

.PHONY: setup
setup: $(STAMP) ## Make .venv and install everything (PYTHON=python3.12 to choose)
	@echo 'setup: .venv is ready'

# Where pip is told of several indexes, it warns of each that lacks a package: left out, no news.
$(STAMP): pyproject.toml constraints.txt
	@command -v '$(PYTHON)' >/dev/null || { \
	  echo 'There is no `$(PYTHON)` here. thidua needs Python 3.11 or newer; name it: make setup PYTHON=/path/to/python3' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "thidua needs Python 3.11 or newer, and \`$(PYTHON)\` is $$('$(PYTHON)' -V 2>&1). Name another: make setup PYTHON=python3.12" >&2; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'The venv module of `$(PYTHON)` is missing. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@if [ -x $(BIN)/python ] && $(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  echo 'setup: .venv is there'; \
	else \
	  echo "setup: making .venv with $$('$(PYTHON)' -V)"; '$(PYTHON)' -m venv --clear .venv; \
	fi
	@echo "setup: installing $$(grep -c '==' constraints.txt) packages (the first time takes one to three minutes)"
	@$(BIN)/python -m pip --disable-pip-version-check install --progress-bar off \
	  -c constraints.txt -e '.[postgres,cluster,dev]' \
	  2> >(grep -v '^WARNING: Location .* is ignored' >&2) \
	  | awk '/^ *(Downloading|Using cached) / {n++; if (n % 20 == 0) {printf "setup: %d packages fetched\n", n; fflush()}} \
	         /^Installing collected/ {print "setup: unpacking"; fflush()}'
	@$(BIN)/python -P -m operations.prefect.database
	@touch $@

.PHONY: demo
demo: $(STAMP) ## Run the campaign of Bến Tre 2023 through all five stages, into build/demo
	@$(BIN)/thidua rehearse examples/ben-tre-2023 --out build/demo

.PHONY: up
up: $(STAMP) ## Start everything on this machine, until Ctrl-C (ARGS="--web-port 8081")
	@$(BIN)/thidua up $(ARGS)

PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

.PHONY: test
test: $(STAMP) ## Test with Python alone; names what it leaves to test-all (ARGS="tests/unit -k calendar")
	@$(PYTEST) $(ARGS)

.PHONY: test-all
test-all: system-packages $(STAMP) ## Run every test, the shared set-up too; needs packages of the system
	@$(PYTEST) --everything $(ARGS)

.PHONY: test-cluster
test-cluster: ## Of test-all the shared set-up: two of everything, PostgreSQL, Redis, nginx, Dask
	@$(MAKE) test-all WORKERS=0 ARGS='tests/cluster $(ARGS)'

.PHONY: system-packages
system-packages: ## Install what test-all needs of the system (as root, with apt), or say what is missing
	@PYTHON='$(PYTHON)' bash .ci/system-packages

.PHONY: lint
lint: $(STAMP) ## Check style, format, types and who imports whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python .ci/floors.py

# Which moves: make move ARGS="moves.txt --dry-run"; .ci/move.py says how they are written.
.PHONY: move
move: $(STAMP) ## Move modules and definitions with all that names them (ARGS="moves.txt --dry-run")
	@$(BIN)/python .ci/move.py $(ARGS)

.PHONY: floors
floors: $(STAMP) ## Take imports that were mended out of the exceptions to floors.toml
	@$(BIN)/python .ci/floors.py --exceptions

.PHONY: catalogue
catalogue: $(STAMP) ## Bring new sentences of the code into language/locale, where they are translated
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F pyproject.toml --add-location=file --sort-by-file --omit-header \
	  -c 'Translators:' -o build/thidua.pot .
	@$(BIN)/pybabel -q update -i build/thidua.pot -d language/locale -D thidua -w 100 \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

.PHONY: format
format: $(STAMP) ## Format the code and mend what can be mended safely
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Words of a migration: make migration MESSAGE="Household members"
MESSAGE ?=

.PHONY: migration
migration: $(STAMP) ## Draft a migration from changed tables (MESSAGE="Household members")
	@test -n '$(MESSAGE)' || { echo 'Say what it brings: make migration MESSAGE="Household members"' >&2; exit 2; }
	@file=$$($(BIN)/python -c 'import sys; from campaigns.store.schema import draft_migration as draft; print(draft(sys.argv[1]))' '$(MESSAGE)' | tail -n 1); \
	  $(BIN)/ruff check --quiet --fix "$$file"; \
	  $(BIN)/ruff format --quiet "$$file"; \
	  echo "migration: read and finish $$file; CONTRIBUTING.md says what Alembic does not see"

.PHONY: bench
bench: $(STAMP) ## Measure the engine beside the naive way (build/bench.json)
	@$(BIN)/python -m bench

# Other engines are installed beside ours, never into .venv: what they need pins nothing of ours.
PEERS := .venv-peers
ROUNDS ?= 3

$(PEERS)/.installed: bench/peers/requirements.txt $(STAMP)
	@echo "bench-peers: making $(PEERS) (one to three minutes)"
	@$(BIN)/python -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip --disable-pip-version-check install --quiet \
	  -c constraints.txt -e '.[postgres]' -r bench/peers/requirements.txt \
	  2> >(grep -v '^WARNING: Location .* is ignored' >&2)
	@touch $@

.PHONY: bench-peers
bench-peers: $(PEERS)/.installed ## Measure other engines at the same work, by turns with ours (ROUNDS=3)
	@$(BIN)/python -m bench.peers --rounds $(ROUNDS) $(PEERS)/bin/python

# How many processes are killed, and by which dice: make chaos KILLS=200 SEED=7
KILLS ?= 100
SEED ?= 1

.PHONY: chaos
chaos: $(STAMP) ## Kill parts of a running engine at random; compare with an undisturbed run (KILLS, SEED)
	@$(BIN)/python -m tests.faults.chaos --kills $(KILLS) --seed $(SEED)

.PHONY: attacks
attacks: $(STAMP) ## Try every attack, with the long lists; prints attempts and what held
	@$(PYTEST) tests/attacks --long $(ARGS)

.PHONY: constraints
constraints: $(STAMP) ## Write constraints.txt from what is installed in .venv
	@$(BIN)/python .ci/constraints.py
	@touch $(STAMP)

.PHONY: clean
clean: ## Remove caches and what commands wrote (build/); .venv stays
	@rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage .coverage.*
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
