# One door for everybody. `make demo` and `make test` need nothing done before.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
export PIP_REQUIRE_VIRTUALENV = 1

.PHONY: demo desk shots test lint yardstick bench lock gazetteer clean help

help:
	@echo "make demo       build the book of one real incident and print its running toll"
	@echo "make desk       open the desk on that book, in a browser"
	@echo "make shots      pictures of every page of the desk, at three widths, light and dark, into shots/"
	@echo "make test       run every test"
	@echo "make lint       ruff (all rules) and mypy (strict)"
	@echo "make yardstick  score the reading against annotated texts, where they are present"
	@echo "make bench      speed and accuracy beside peers; rates of the log and the index"
	@echo "make lock       renew the pinned versions in requirements/"
	@echo "make gazetteer  rebuild the place list from its sources"

$(VENV)/core: requirements/core.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tollbook needs Python 3.11 or newer: make demo PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the pinned packages into $(VENV) ..."
	@$(PIP) install --require-hashes --no-deps -r requirements/core.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/desk: $(VENV)/core requirements/desk.txt
	@echo "installing the pinned packages of the desk into $(VENV) ..."
	@$(PIP) install --require-hashes --no-deps -r requirements/desk.txt
	@touch $@

$(VENV)/dev: $(VENV)/desk requirements/dev.txt
	@echo "installing the pinned developer packages into $(VENV) ..."
	@$(PIP) install --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

# The styles and scripts of the pages; without npm the desk's pages stand without them, and say so.
NPM := $(shell command -v npm)
STATIC := src/tollbook/desk/static/manifest.json

web/node_modules/.ready: web/package-lock.json
	@echo "installing the pinned packages of the pages ..."
	@cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(STATIC): web/node_modules/.ready web/package.json web/vite.config.ts web/fonts.js web/licences.js $(shell find web/src web/styles -type f)
	@echo "building the styles and scripts of the pages ..."
	@cd web && npm run --silent build
	@touch $@

desk: $(VENV)/desk $(if $(NPM),$(STATIC))
	@test -d demo-book || $(BIN)/tollbook demo
	$(BIN)/tollbook desk demo-book

shots: $(VENV)/dev $(STATIC)
	TOLLBOOK_SHOTS=shots $(BIN)/python -m pytest -n auto tests/desk/test_looks.py

demo: $(VENV)/core
	$(BIN)/tollbook demo

test: $(VENV)/dev $(if $(NPM),$(STATIC))
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(if $(NPM),$(MAKE) --no-print-directory web/node_modules/.ready && cd web && node node_modules/typescript/bin/tsc --noEmit)

yardstick: $(VENV)/core
	$(BIN)/python scripts/yardstick.py --against HEAD

bench: $(VENV)/dev
	$(BIN)/python scripts/bench.py
	$(BIN)/python scripts/rates.py
	$(BIN)/python scripts/copies.py
	$(BIN)/python scripts/desk.py

gazetteer: $(VENV)/dev
	$(BIN)/python scripts/gazetteer.py

lock:
	test -x $(VENV)/lock/bin/pip-compile || ($(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet pip-tools)
	for set in core desk dev; do \
	  $(VENV)/lock/bin/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header --no-emit-options --output-file=requirements/$$set.txt requirements/$$set.in || exit 1; \
	done

clean:
	rm -rf $(VENV) demo-book dist build
