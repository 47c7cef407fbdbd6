# One command for each thing a person does here. `make serve` and `make test` need nothing but Python 3.11 or newer.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
MANAGE := $(PY) manage.py
PYTEST := $(PY) -m pytest
PORT ?= 8000
HOST ?= 127.0.0.1
ARGS ?=
# Compiled once and kept: the tests start hundreds of processes that import everything.
unexport PYTHONDONTWRITEBYTECODE
# One more than there are cores: journeys and sockets wait for much of their time.
TEST_PROCESSES ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))

.DEFAULT_GOAL := help
.PHONY: help serve test lint types format faults soak bench bench-data messages lock doctor browser clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

serve: $(VENV)/runtime ## everything on this machine, with demo data, at http://127.0.0.1:8000
	@exec $(MANAGE) serve --host $(HOST) --port $(PORT) $(ARGS)

test: $(VENV)/dev browser ## the whole suite (ARGS="tests/live -k ack" for a part)
	@$(PY) -m mediation.serving.messages
	@$(PYTEST) -m "not faults and not soak" --numprocesses $(TEST_PROCESSES) --dist worksteal --reruns 1 $(ARGS)

lint: $(VENV)/dev types ## style, types, templates and the one arrow
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/lint-imports
	@$(VENV)/bin/djlint templates mediation accounts --quiet --lint
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check

types: $(VENV)/dev
	@$(VENV)/bin/mypy

format: $(VENV)/dev ## put the style right where a machine can
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format --quiet .

faults: $(VENV)/dev browser ## kill, stall and cut things; takes minutes
	@$(PYTEST) -m "faults and not soak and not alone" --numprocesses 2 --dist load --maxschedchunk 1 $(ARGS) || [ $$? = 5 ]
	@$(PYTEST) -m "faults and not soak and alone" $(ARGS) || [ $$? = 5 ]

soak: $(VENV)/dev ## the long forms; takes hours
	@$(PYTEST) -m soak $(ARGS)
	@$(PYTEST) -m "hypothesis and not soak" --hypothesis-profile search $(ARGS)

bench: $(VENV)/dev ## the speed claims, beside a plain Channels app
	@$(PY) -m benchmarks $(ARGS)

bench-data: $(VENV)/dev ## fill a database to measure growth (ARGS="--messages 3000000")
	@$(PY) -m benchmarks.fill $(ARGS)

messages: $(VENV)/dev ## collect the words to translate (needs gettext) and compile them
	@$(MANAGE) makemessages --locale es --locale nl --no-obsolete --no-wrap --no-location --ignore .venv --ignore .run --ignore tests
	@sed -i '/^"POT-Creation-Date/d' locale/*/LC_MESSAGES/django.po
	@$(PY) -m mediation.serving.messages

doctor: $(VENV)/runtime ## what is wrong with the address people use
	@$(MANAGE) doctor

lock: $(VENV)/dev ## write the lock lists anew from what is installed
	@$(PY) .ci/lock.py

clean: ## forget the embedded server's data
	@rm -rf .run

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 serve"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

# The copies of the lock lists are the stamps: equal means installed.
$(VENV)/runtime: requirements.lock | $(PY)
	@cmp -s $< $@ || { echo "Installing what runs …"; $(PIP) -r $<; }
	@cp $< $@

$(VENV)/dev: requirements-dev.lock $(VENV)/runtime | $(PY)
	@cmp -s $< $@ || { echo "Installing what tests …"; $(PIP) -r $<; }
	@cp $< $@

browser:
	@bash .ci/browser
