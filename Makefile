SHELL := /bin/sh
.DEFAULT_GOAL := help
# Byte code makes the start quick; Rasa reports nothing home.
unexport PYTHONDONTWRITEBYTECODE
export RASA_TELEMETRY_ENABLED = false
export PYTHONWARNINGS = ignore
PYTHON := .venv/bin/python

.PHONY: help run chat train seed test bench pictures lint types format demo-docs flows nlu-report clean environment environment-test

help: ## Show the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: environment ## Serve the assistant on http://127.0.0.1:8000 (trains, migrates and seeds what is needed)
	@.venv/bin/jmo run

chat: environment ## Talk to the assistant in this terminal
	@.venv/bin/jmo chat

train: environment ## Train the Rasa model if its sources changed
	@.venv/bin/jmo train

seed: environment ## Put the invented demo participants into the database
	@.venv/bin/jmo seed

test: environment-test lint types ## Lint, check types and run every test
	@.venv/bin/jmo train
	@scripts/install_chromium.sh
	@scripts/install_axe.sh
	@$(PYTHON) -m pytest -n 2 --dist loadfile

bench: environment-test ## Measure speed, memory and size beside a stock Rasa server (minutes; writes docs/benchmarks.md)
	@$(PYTHON) -m bench

lint: environment-test ## Check style and formatting
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet . || { echo "Some files are not formatted: run make format." >&2; exit 1; }

types: environment-test ## Check types
	@.venv/bin/mypy bot nlu migrations tests bench

format: environment-test ## Format the code
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

pictures: environment-test ## Take the pictures of the README anew
	@scripts/install_chromium.sh
	@$(PYTHON) scripts/take_pictures.py

demo-docs: environment ## Write docs/demo.md anew
	@.venv/bin/jmo demo-docs > docs/demo.md

flows: environment ## Write docs/flows.md anew
	@.venv/bin/jmo flows > docs/flows.md

# Parts whose data isn't in the repository: make nlu-report MESSAGES=FILE MASSIVE=DIR
nlu-report: environment ## Measure the understanding and write docs/nlu.md anew
	@.venv/bin/jmo nlu report $(if $(MESSAGES),--messages $(MESSAGES)) $(if $(MASSIVE),--massive $(MASSIVE))

clean: ## Remove what can be made again: the environment, the model, caches; never data and keys in var/
	@rm -rf .venv .uv .cache .rasa models .mypy_cache .pytest_cache .ruff_cache .hypothesis

environment:
	@sh scripts/bootstrap.sh run

environment-test:
	@sh scripts/bootstrap.sh test
