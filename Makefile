# Everything here does its own set-up: on a fresh Debian 12 the first run installs, every later one starts at once.
# `make run ARGS="--port 9000"` hands options on to `huying demo`.

PY := .venv/bin/python
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
BENCHES ?= create inbox dispatch privacy load notify beside danger
WORKERS ?= $(shell nproc)
# Where memory serves as a disk the tests write there: their databases sync thousands of times, as a city's do.
SCRATCH := $(shell df -m --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 4000 { print "/dev/shm" }')

.PHONY: run test check bench texts clean setup-run setup-check setup-test

run: setup-run
	@.venv/bin/huying demo $(ARGS)

# The guards first (seconds to a minute), then the whole suite on SQLite, then all that touches a database on PostgreSQL.
test: export TMPDIR := $(or $(SCRATCH),$(TMPDIR))
test: setup-test
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync guards
	$(PY) -m pytest -n $(WORKERS) --dist worksteal
	$(PY) tools/with_postgres.py $(PY) -m pytest -n $(WORKERS) --dist worksteal -m "not browser and not once"

check: setup-check
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync guards
	$(PY) tools/audit.py

# All of them, even when one fails; two at a time.
guards := style floors types templates english code leaks
.PHONY: guards $(guards)
guards: $(guards)
style:
	$(PY) -m ruff check
	$(PY) -m ruff format --check
floors:
	.venv/bin/lint-imports --no-cache
types:
	HUYING_DATA=$(CURDIR)/build/check $(PY) -m mypy
templates:
	.venv/bin/djlint --quiet --lint src
# What is risky in the code, and secrets that nobody meant to publish.
code:
	.venv/bin/bandit --quiet --configfile pyproject.toml --recursive src
leaks:
	$(PY) tools/leaks.py
english:
	$(PY) tools/texts.py missing

# Figures as JSON into build/bench; docs/performance.md says what they mean. Minutes, on a quiet machine.
bench: setup-test
	@mkdir -p build/bench
	@for name in $(BENCHES); do .venv/bin/huying bench $$name --json | tee build/bench/$$name.json; done
	@$(PY) tools/with_postgres.py .venv/bin/huying bench load --json | tee build/bench/load-postgres.json

# Bring the English catalogue in step with the code; what is new stands there empty, to be translated.
texts: setup-check
	$(PY) tools/texts.py update

setup-run setup-check setup-test: setup-%:
	@tools/setup $*

clean:
	rm -rf .venv build src/*.egg-info .pytest_cache .ruff_cache
