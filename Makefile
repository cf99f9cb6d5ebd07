# What a developer runs. Needs Python 3.11+ with venv, make and the package registry, nothing else.
PYTHON ?= python3
JOBS ?= auto
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
STAMP := $(VENV)/.installed
# Compiled code is kept, whatever the shell says: the tests start some hundred processes that would compile all of it anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test test-others test-all coverage mutants docs lint format bench chaos clean .venv

help: ## list the targets
	@grep -E '^[a-z.]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z.]+):.*## /  \1	/'

demo: $(STAMP) ## see the library at work on an embedded GLPI
	$(PY) -m glpi_utils.testing demo

test: $(STAMP) ## run the tests, JOBS (two for each processor) at a time
	$(PY) -m pytest -n $(JOBS) --dist worksteal $(PYTEST_ARGS)

test-others: $(STAMP) ## run the tests on each other Python that is found, and on the lowest dependencies
	@$(PY) tools/test_others.py -n $(JOBS) --dist worksteal $(PYTEST_ARGS)

test-all: test-others test ## both

coverage: $(STAMP) ## run the tests and list the lines and branches that none of them reaches
	$(PY) -m pytest -n $(JOBS) --dist worksteal --cov --cov-report=term-missing:skip-covered $(PYTEST_ARGS)

lint: $(STAMP) ## style, types (mypy and pyright, strict), import floors, house rules, the blocking surface as it is made
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(PY) -m mypy
	$(BIN)/basedpyright
	$(BIN)/lint-imports --no-cache
	$(PY) tools/check_house.py
	$(PY) tools/make_sync.py --check

format: $(STAMP) ## let ruff sort imports and lay out the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(STAMP) ## build the documentation's site into site/; a broken link or an unknown name fails
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

mutants: $(STAMP) ## take each protection away in turn: the test that holds it must fail
	$(PY) -m pytest -m mutants -n $(JOBS) tests/mutations $(PYTEST_ARGS)

bench: $(STAMP) ## measure, write benchmarks/RESULTS.md and the pictures (BENCH=quick: less, printed only)
	$(PY) -m benchmarks $(BENCH)

chaos: $(STAMP) ## the long runs under faults
	$(PY) -m pytest -m chaos -n $(JOBS) $(PYTEST_ARGS)

.venv: $(STAMP) ## make the virtual environment

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@$(PY) -c "import pathlib; pathlib.Path('$(STAMP)').touch()"

clean: ## remove what the tools made
	rm -rf $(VENV) .venvs .bench site .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +
