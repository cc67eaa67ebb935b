# Liaison. `make help` lists the commands.
PYTHON ?= python3
BIN := .venv/bin
HOME_OF_DEMO := var/demo/home
DROP_OF_DEMO := var/demo/hopital
DATA := $(or $(LIAISON_DATA),../shared/data)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export LIAISON_DATA := $(DATA)

.PHONY: help demo test check lint campaign golden quality bench lock system clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(BIN)/.demo ## install, ingest the fictitious hospital, serve the page
	@$(BIN)/python -m demo.render --output $(DROP_OF_DEMO)
	@LIAISON_HOME=$(HOME_OF_DEMO) $(BIN)/liaison ingest $(DROP_OF_DEMO)
	@cat demo/questions.txt
	@LIAISON_HOME=$(HOME_OF_DEMO) LIAISON_AS_OF=2026-04-01T09:00:00 $(BIN)/liaison serve

test: $(BIN)/.test system ## all tests (seeded samples of each campaign)
	$(BIN)/python -m pytest -q

check: lint test ## format, lint, types, imports, tests

lint: $(BIN)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

campaign: $(BIN)/.test system ## full counts of each campaign; writes docs/performance.md
	$(BIN)/python -m pytest -q -m campaign
	$(BIN)/python -m bench.campaign

golden: $(BIN)/.test ## refresh the golden answers that tests compare with
	$(BIN)/python -m tests.golden

quality: $(BIN)/.test ## fit the weights on tune patients, measure, write docs/quality.md
	$(BIN)/liaison-evals fit --records demo/records --also evals/records
	$(BIN)/liaison-evals quality --records demo/records --write docs/quality.md

bench: $(BIN)/.test ## speed of the index and of answers, as ratios in one run
	$(BIN)/python -m bench.index
	$(BIN)/python -m bench.speed

lock: $(BIN)/.test ## resolve the requirements again
	$(BIN)/python requirements/lock.py

system: ## Debian packages that tests need: installed when possible, named otherwise
	@.ci/debian-packages

clean: ## remove what was installed, built or ingested here
	rm -rf .venv var artifacts .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 ou plus récent est nécessaire : make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --upgrade pip setuptools

$(BIN)/.demo: requirements/demo.txt pyproject.toml | $(BIN)/python
	@echo "Installation (une minute environ)…"
	@test -e $(BIN)/.test || $(BIN)/python -m pip install -qq --requirement requirements/demo.txt
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/.test: requirements/test.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -qq --requirement requirements/test.txt
	$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@ $(BIN)/.demo
