# The commands of this project. `make` alone prints them.
# Written for GNU Make 3.81 (the one on macOS) and later.

PYTHON ?= python3
N      ?= 1000
INTO   ?= .cache/scale
HOST   ?= 127.0.0.1
PORT   ?= 8000

VENV := .venv
BIN  := $(VENV)/bin

# Only `make lock` uses uv, so it stays out of the environment that the lock describes.
UV_VERSION := 0.13.8
UV := .cache/uv/bin/uv

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup serve test format lock scale clean

help:
	@echo 'make setup    make or renew the environment in $(VENV)'
	@echo 'make serve    build the example archive and serve it on http://$(HOST):$(PORT)/'
	@echo 'make test     every check: style, types, the site, the tests'
	@echo 'make format   put the code into its one layout'
	@echo 'make lock     solve the dependencies anew (UPGRADE=1 takes the newest of each)'
	@echo 'make scale    write a made-up archive: N=10000 INTO=folder'
	@echo 'make clean    remove all that these commands made'
	@echo
	@echo 'PYTHON=python3.12 chooses the interpreter; HOST and PORT where to serve.'

setup: $(VENV)/installed

# Renewed only when the lock changes: from nothing, so that nothing old stays behind.
$(VENV)/locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'This project needs Python 3.11 or later, and "$(PYTHON)" is not that.' \
	       'Name one, for example: make $(or $(MAKECMDGOALS),setup) PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo '"$(PYTHON)" cannot make virtual environments.' \
	       'On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# The project itself, as a link to this folder, with nothing more to download.
$(VENV)/installed: $(VENV)/locked pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
	@touch $@

serve: setup
	$(BIN)/mkdocs serve --dev-addr $(HOST):$(PORT)

# Never `mkdocs build --quiet`: it makes --strict pass over warnings.
test: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	CHROMIUM="$$($(BIN)/python tests/browser/find_browser.py)" && export CHROMIUM && \
	  $(BIN)/mkdocs build --strict && \
	  $(BIN)/pytest --numprocesses auto --dist worksteal

format: setup
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

lock: $(UV)
	$(UV) pip compile pyproject.toml --group dev --output-file requirements.lock \
	  --no-config --quiet --universal --python-version 3.11 --fork-strategy fewest \
	  --only-binary :all: --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

$(UV): Makefile
	$(PYTHON) -m venv --clear .cache/uv
	.cache/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# An archive to measure with: its key.json says what is true of it. More settings: SCALE=--help
scale: setup
	PYTHONPATH=tests $(BIN)/python -m scale $(INTO) --count $(N) $(SCALE)

clean:
	rm -rf $(VENV) .cache site dist
