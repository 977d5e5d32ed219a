# Two commands: `make demo` and `make test`. Both set up what they need and are safe to run twice.
VENV := .venv
BIN := $(VENV)/bin
PEOPLE ?= 20000
SEED ?= 1
SECONDS ?= 2
ROUNDS ?= 3
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help demo test lint check golden bench wheel lock down clean

help: ## Show the commands.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.installed ## Set up, start everything, load a synthetic city, ask: is she her mother?
	@$(BIN)/citizengraph demo --people $(PEOPLE) --seed $(SEED)

test: lint check ## Set up, lint, type-check and run every test.

lint: $(VENV)/.installed-dev
	@echo "== ruff, pyright, import-linter"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/pyright --pythonpath $(BIN)/python
	@$(BIN)/lint-imports

check: $(VENV)/.installed-dev
	@echo "== pytest"
	@$(BIN)/python -m pytest

golden: $(VENV)/.installed-dev ## Write the generated files anew: schemas, statements, reference.
	@UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/graph tests/subgraphs/test_sdl_golden.py tests/policies/test_policy_table.py tests/kinship/test_books.py

bench: $(VENV)/.installed ## Compare with other servers on one graph: PEOPLE=, SECONDS= of a burst, ROUNDS=, OPTIONS=.
	@$(BIN)/python -m bench.peers --people $(PEOPLE) --seed $(SEED) --seconds $(SECONDS) --rounds $(ROUNDS) $(OPTIONS)

wheel: $(VENV)/.installed-dev ## Build the distribution with the console's page in it, into dist/.
	@$(BIN)/python -m runtime.console console/built
	@$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation --wheel-dir dist . ; status=$$?; rm -rf console/built; exit $$status

lock: $(VENV)/.installed-dev ## Resolve the dependencies anew, with hashes.
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-header --build-deps-for=editable -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-header --build-deps-for=editable --extra dev --extra gedcom -o requirements-dev.lock pyproject.toml

down: ## Stop the demo; its data stays.
	@$(BIN)/citizengraph down

clean: down ## Stop the demo and remove its data and the environment.
	@$(BIN)/citizengraph down --wipe --yes
	rm -rf $(VENV)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "citizengraph needs Python 3.11 or later: install it, or name it with make PYTHON=…"; exit 1; }
	@echo "== creating the environment in $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "== installing the locked packages"
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -q -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python requirements-dev.lock pyproject.toml
	@echo "== installing the locked packages, with those for development"
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -q -e .
	@touch $@ $(VENV)/.installed
