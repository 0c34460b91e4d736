# Posko. `make help` lists the targets; PYTHON=python3.12 chooses another Python.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CODE := bot.py core storage actions handlers jobs sandbox tests benchmarks

.PHONY: help setup setup-dev demo test check run sandbox bench proof drill siege lock
.DEFAULT_GOAL := help

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

# A virtual environment holds the run set or the dev set, which contains the run set. A stamp with the lock's
# checksum tells which, so that nothing is installed twice; flock keeps two makes from building at once.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "posko: needs Python 3.11 or newer, and $(PYTHON) is not; name one: make PYTHON=python3.12 ..." >&2; exit 2; }
	@set -eu; mkdir -p build; exec 9>build/setup.lock; flock 9; \
	want="$$(sha256sum < $(1))"; dev="$$(sha256sum < requirements-dev.txt)"; \
	have="$$(cat $(VENV)/posko-lock 2>/dev/null || true)"; \
	if [ "$$have" = "$$want" ] || [ "$$have" = "$$dev" ]; then exit 0; fi; \
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "posko: $(PYTHON) cannot make virtual environments; install the package python3-venv" >&2; exit 2; }; \
	echo "Installing $(1) into $(VENV) (once; it needs the network)"; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV); \
	rm -f $(VENV)/posko-lock; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); \
	echo "$$want" > $(VENV)/posko-lock
endef

setup: ## Build .venv with what the bot needs, from the hashed lock
	$(call install,requirements.txt)

setup-dev: ## Build .venv with the tools for tests and checks too
	$(call install,requirements-dev.txt)

demo: setup ## Watch Posko do its whole job against a local Telegram
	@$(BIN)/python bot.py sandbox --demo

sandbox: setup ## Play people and groups yourself against a local Telegram
	@$(BIN)/python bot.py sandbox

run: setup ## Run the bot (settings in the environment or .env)
	@$(BIN)/python bot.py run

test: setup-dev ## Run all tests
	$(BIN)/python -m pytest

check: setup-dev ## Lint, formatting, types
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(CODE)

bench: setup-dev ## Measure receipted reports a second, beside other programs
	$(BIN)/python -m benchmarks.receipts

proof: setup-dev ## Kill the bot over and over while reports stream in
	$(BIN)/python -m pytest -n 0 tests/flows/entry/test_kill.py

drill: setup-dev ## Play 300 incidents in ten minutes over the whole province, with ten restarts
	$(BIN)/python -m benchmarks.drill

siege: setup-dev ## Measure what others wait while one person does their worst
	$(BIN)/python -m benchmarks.siege

LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links pyproject.toml

# The dev set is resolved first and bounds the other two, so that every lock holds the same versions.
lock: ## Resolve the three lock files anew from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "posko: install uv first: python3 -m pip install uv" >&2; exit 2; }
	$(LOCK) --extra postgres --extra dev -o requirements-dev.txt
	$(LOCK) -c requirements-dev.txt --extra postgres -o requirements-postgres.txt
	$(LOCK) -c requirements-dev.txt -o requirements.txt
