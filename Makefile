# Tasks. `make` lists them; the gate itself is .ci/run.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup test quick lint format types rules sample build lock site gate clean

help:            ## List the tasks
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup: $(BIN)/pytest ## Make .venv with everything that development needs

$(BIN)/pytest: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -e '.[dev]'
	@touch $@

test: setup      ## Run all tests
	$(BIN)/pytest -n 2 --dist loadfile

quick: setup     ## Run the tests that need neither a minute nor an index
	$(BIN)/pytest -n 2 -m 'not slow'

lint: setup      ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: setup    ## Mend style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup     ## Check types
	$(BIN)/mypy

rules: setup     ## Run the examples of all rules
	$(BIN)/copycheck test

sample: setup    ## Check the sample article; ends with exit code 1, as it has findings
	$(BIN)/copycheck docs/sample/article.txt

build: setup     ## Build the wheel and the sdist into dist/
	$(BIN)/python -m build

lock:            ## Write requirements.lock, which CI installs from, anew; needs uv
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-annotate -q --custom-compile-command "make lock" -o requirements.lock

site:            ## Build the documentation site, a page a rule, into site/
	$(BIN)/mkdocs build

gate:            ## Run what a change must pass
	.ci/run

clean:           ## Remove what the tasks made
	rm -rf .venv .venv-ci dist build .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis
