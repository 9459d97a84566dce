# `make briefs` builds every brief, `make test` tests all of it; both first install what they need.
# All paths are relative, so a folder with spaces in its name does no harm; Python: make PYTHON=python3.12 briefs

PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal
COMPILE := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --only-binary :all: --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help briefs verify test quick lint golden messages schema bench lock setup setup-test setup-cluster setup-verify clean distclean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

briefs: setup ## build every brief into public/
	@$(BIN)/openbrief build

verify: setup-verify briefs ## prove what is said of every brief, with tools that others wrote
	@$(BIN)/openbrief verify

test: setup-test ## run all tests
	@$(PYTEST)

quick: setup-test ## run the tests that take no longer than a second each
	@$(PYTEST) -m "not slow"

lint: setup-test ## check style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

golden: setup-test ## write the golden cases and pictures anew; read the difference before you commit it
	@OPENBRIEF_GOLDEN=1 $(PYTEST) --numprocesses 0 -k golden

messages: setup-test ## write assets/locale/ anew after a change of what pages print
	@OPENBRIEF_MESSAGES=1 $(PYTEST) --numprocesses 0 -k test_the_template_is_current

schema: setup ## write the JSON Schemas in assets/schema/ anew
	@$(BIN)/openbrief schema

bench: setup-test ## measure what is slow, as ratios; writes build/bench.json
	@$(BIN)/python tests/benchmarks/all.py

lock: setup-test ## write the lock files anew; UPGRADE=1 takes the newest versions
	@$(COMPILE) --group build --output-file requirements.txt pyproject.toml
	@$(COMPILE) --group build --extra cluster --extra s3 --extra gcs --extra azure --constraint requirements.txt --output-file requirements-cluster.txt pyproject.toml
	@$(COMPILE) --group build --extra verify --extra test --extra cluster --extra s3 --constraint requirements.txt --constraint requirements-cluster.txt --output-file requirements-test.txt pyproject.toml

setup: ## install what building needs
	@$(PYTHON) -I pipeline/bootstrap.py run

setup-test: ## install what the tests need, too
	@$(PYTHON) -I pipeline/bootstrap.py test

setup-cluster: ## install what other machines and object stores need, too
	@$(PYTHON) -I pipeline/bootstrap.py cluster

setup-verify: ## install what `verify` needs, too
	@$(PYTHON) -I pipeline/bootstrap.py verify

clean: ## remove what was made: public/, build/ and caches
	@rm -rf public build .pytest_cache .hypothesis .ruff_cache .mypy_cache
	@find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove .venv and packages of node as well
	@rm -rf .venv pipeline/verify/web/node_modules
