# Needs only Python >= 3.11 (with venv) and make; everything else comes from PyPI.
#
#   make demo       a search, in an environment with the core dependencies only
#   make test       the quick tests and the docstrings' examples
#   make test-slow  the tests that `make test` leaves out; properties, many times
#   make test-all   all tests
#   make mutants    plant faults one at a time: do the quick tests notice?
#   make format     set the files in the style of the house
#   make lint       format, style, types and architecture
#   make docs       the pages, in docs/_build/html
#   make linkcheck  ask other sites for each page that ours lead to (needs a network)
#   make check      lint, test, docs: what to run before handing in a change
#   make clean      remove what the above have made
#
# PYTHON   the interpreter that the environments are made from
# VENV     the environment for everything but the demo (.venv)
# PYTEST   more words for pytest, such as PYTEST="-n 2 tests/space"
# MUTANTS  the faults whose names begin so, such as MUTANTS="tpe gp-noise" (all)

PYTHON    ?= python3
VENV      ?= .venv
VENV_DEMO ?= .venv-demo
PYTEST    ?=
MUTANTS   ?=

# Each stamp says that an environment has what pyproject.toml asks for. `dev` holds
# all that `test` does.
TEST_STAMP = $(VENV)/.sksearch-test
DEV_STAMP  = $(VENV)/.sksearch-dev
DEMO_STAMP = $(VENV_DEMO)/.sksearch-core

# Each of the many processes that tests start would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-slow test-all mutants format lint docs linkcheck check clean

demo: $(DEMO_STAMP)
	$(VENV_DEMO)/bin/python examples/demo.py

test: $(TEST_STAMP)
	$(VENV)/bin/python -m pytest -n 2 --dist worksteal $(PYTEST)

test-slow: $(DEV_STAMP)
	$(VENV)/bin/python -m pytest -m "slow or convergence or backends or hypothesis" $(PYTEST)

test-all: $(DEV_STAMP)
	$(VENV)/bin/python -m pytest -m "" $(PYTEST)

format: $(DEV_STAMP)
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

mutants: $(TEST_STAMP)
	PYTHONPATH=tests $(VENV)/bin/python -m mutants $(MUTANTS)

lint: $(DEV_STAMP)
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

docs: $(DEV_STAMP)
	$(VENV)/bin/python -m sphinx -n -W --keep-going -q -b html docs docs/_build/html

linkcheck: $(DEV_STAMP)
	$(VENV)/bin/python -m sphinx -q -b linkcheck -D nb_execution_mode=off docs docs/_build/linkcheck

check: lint test docs

clean:
	rm -rf .venv .venv-demo build dist docs/_build docs/reference/api
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(DEMO_STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV_DEMO)
	$(VENV_DEMO)/bin/python -m pip install --quiet --editable .
	touch $@

$(TEST_STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --editable ".[test]"
	touch $@

$(DEV_STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --editable ".[dev,dask,ray]"
	touch $@ $(TEST_STAMP)
