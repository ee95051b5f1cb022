# What a fresh machine needs is Python 3.11 or newer and make; the rest is installed into .venv.

SHELL = /bin/sh
BIN = .venv/bin
PYTHONS = python3.11 python3.12 python3.13 python3.14 python3 python
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test lint bench fuzz docs clean

help:
	@echo 'make demo    try Wiredesk on a sample desk; needs no network, leaves nothing behind'
	@echo 'make test    run every test'
	@echo 'make lint    check format, style, types and the rule of imports'
	@echo 'make bench   measure; prints ratios and judges nothing'
	@echo 'make fuzz    read a hundred thousand feeds made by chance, and the test feeds of feedparser'
	@echo 'make docs    take the picture of the README and list the keys anew'
	@echo 'make clean   remove what the others made'

demo: .venv/installed
	@$(BIN)/wiredesk demo $(ARGS)

test: .venv/with-test
	$(BIN)/python -m pytest -n auto --maxprocesses=8 -m 'not bench' $(ARGS)

lint: .venv/with-lint
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/with-test
	$(BIN)/python -m pytest -m bench -s -p no:xdist --timeout=0 $(ARGS)

# The test feeds come with feedparser's source only, and stay out of the project.
fuzz: .venv/with-test
	rm -rf .corpora
	$(BIN)/python -m pip download --quiet --no-deps --no-binary :all: --dest .corpora feedparser
	cd .corpora && tar xzf feedparser-*.tar.gz
	WIREDESK_CORPUS=.corpora $(BIN)/python -m pytest tests/faults/test_fuzzed_feeds.py -s \
	  -p no:xdist --timeout=0 --hypothesis-profile=long $(ARGS)

docs: .venv/installed
	$(BIN)/python tools/take_picture.py
	$(BIN)/python tools/list_keys.py

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf dist build .corpora .coverage .coverage.*
	find tui store themes tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Groups of pyproject.toml are known to pip since 25.1.
.venv/bin/python:
	@for python in $(PYTHONS); do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making .venv with $$($$python --version), once"; \
	    $$python -m venv --clear .venv && \
	    $(INSTALL) --upgrade 'pip>=25.1' || { rm -rf .venv; exit 1; }; \
	    exit 0; \
	  fi; \
	done; \
	echo 'Wiredesk needs Python 3.11 or newer, and found none of: $(PYTHONS)' >&2; exit 1

.venv/installed: .venv/bin/python pyproject.toml
	@echo 'Installing Wiredesk into .venv'
	@$(INSTALL) --editable .
	@touch $@

.venv/with-test: .venv/installed
	@echo 'Installing what the tests need'
	@$(INSTALL) --group test
	@touch $@

.venv/with-lint: .venv/installed
	@echo 'Installing what the checks need'
	@$(INSTALL) --group lint
	@touch $@
