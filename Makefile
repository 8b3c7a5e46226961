# `make run` starts the bot, `make test` checks everything that is quick. Both set up what they need.
# Nothing but make and Python 3.11 or later is required. PYTHON=python3.12 make run picks another one.

PYTHON ?= python3
SECONDS ?= 60
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal
UNITS := $(addprefix tests/, text yamlfiles corpus matching conversation storage settings test_terminal.py)

.PHONY: run quick test verify bench fuzz soak figures picture lock clean help static intents

help: ## what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: $(VENV)/ready-run ## start the bot (Telegram with a token in .env, else the terminal)
	@$(BIN)/python run_bot.py

quick: static ## format, types, layers and unit tests: about 20 seconds
	@echo "== unit tests"
	@$(PYTEST) -m "not slow" $(UNITS)

test: static intents ## everything but what is slow: about a minute and a half on two cores
	@echo "== tests"
	@$(PYTEST) -m "not slow"

verify: $(VENV)/ready-test ## what is slow: soak, the pages in a browser, three processes behind nginx, another interview in place
	@echo "== three processes behind nginx"
	@$(BIN)/python -m tests.soak --mode nginx --seconds 20
	@echo "== slow tests"
	@$(PYTEST) -m slow

static: $(VENV)/ready-test
	@echo "== format and lint"
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@echo "== types"
	@$(BIN)/mypy
	@echo "== architecture"
	@$(BIN)/lint-imports --no-cache --no-logo

intents: $(VENV)/ready-test
	@echo "== intents"
	@$(BIN)/python -m bot check --strict

bench: $(VENV)/ready-run ## speed and memory, one line
	@$(BIN)/python -m tests.bench $(QUESTIONS)

fuzz: $(VENV)/ready-fuzz ## look for inputs that break anything, SECONDS=60 for each of three targets
	@for target in answer document message; do echo "== $$target"; $(BIN)/python -m tests.fuzz $$target $(SECONDS) || exit 1; done

soak: $(VENV)/ready-test ## is a message lost under kills, faults and floods? SECONDS=60 with one process, then with three behind nginx
	@$(BIN)/python -m tests.soak --seconds $(SECONDS)
	@$(BIN)/python -m tests.soak --mode nginx --seconds $(SECONDS)

figures: $(VENV)/ready-run ## measure, and write docs/figures.md
	@$(BIN)/python -m tests.interview.figures

picture: $(VENV)/ready-run ## draw docs/conversation.png from today's replies (needs chromium and the fonts Inter and Noto Sans Arabic)
	@$(BIN)/python -m tests.interview.picture

lock: ## pin requirements*.txt anew from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --python-version 3.11 -c requirements.txt \
	    --group dev pyproject.toml -o requirements-dev.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --python-version 3.11 -c requirements-dev.txt \
	    --group fuzz -o requirements-fuzz.txt

clean: ## remove the virtual environment and the caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis

$(VENV)/python-found:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	    echo "Python 3.11 or later is needed, and '$(PYTHON)' was not found. Install it, or name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or later is needed; '$(PYTHON)' is $$($(PYTHON) --version). Name a newer one: make PYTHON=python3.12"; exit 1; }
	@echo "Making the virtual environment $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	    echo "'$(PYTHON) -m venv' failed. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/ready-run: requirements.txt | $(VENV)/python-found
	@echo "Installing the pinned packages (requirements.txt) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/ready-test: requirements-dev.txt requirements.txt | $(VENV)/python-found
	@echo "Installing the pinned packages (requirements-dev.txt) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/ready-run

$(VENV)/ready-fuzz: requirements-fuzz.txt | $(VENV)/ready-test
	@echo "Installing the pinned packages (requirements-fuzz.txt) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	@touch $@
