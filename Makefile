# Caregiver Companion. `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help run test test-long bench demo screenshots check setup setup-test setup-long
SHELL := /bin/bash
PY := .venv/bin/python

help: ## list these targets
	@echo "Caregiver Companion:"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | while IFS='|' read -r what why; do printf '%-20s %s\n' "$$what" "$$why"; done

setup:
	@tools/setup.sh run

setup-test:
	@tools/setup.sh test

run: setup ## set up everything that is missing and open the app
	@$(PY) main.py

demo: setup ## open the app with a made-up family, in a folder that is thrown away
	@$(PY) main.py --demo

setup-long:
	@tools/setup.sh long

check: setup-test ## the fast part of the tests: format, style, types, who imports whom
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m pyright
	$(PY) -m pytest -q tests/test_architecture.py

test: setup-test ## set up everything that is missing, then every test but the long ones, with coverage
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m pyright
	rm -f .coverage .coverage.*
	REQUIRE_TOOLS=1 $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report= --durations=8
	$(PY) -m coverage report
	$(PY) -m coverage report --format=total --fail-under=90
	$(PY) -m coverage report --format=total --fail-under=95 --include='*/caregiver_app/domain/*,*/caregiver_app/services/*'

test-long: setup-long ## the long tests: faults, killed processes, random input
	REQUIRE_TOOLS=1 $(PY) -m pytest -m long -o faulthandler_timeout=0 --durations=8

bench: setup-test ## start-up time and memory as ratios to a bare window
	$(PY) tools/bench.py

screenshots: setup-test ## pictures of every tab and dialog in build/pictures/, those of the README in docs/pictures/
	$(PY) tools/screenshots.py
