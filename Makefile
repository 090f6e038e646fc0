# SPDX-License-Identifier: Apache-2.0
# `make demo` and `make test`; `make bench` times the commands and the paths;
# `make test-spark` also tests the job on Spark, for which it needs Java 17; `make test-wheel` tests the
# wheel alone, `make test-python PYTHON=python3.13` all but pages and servers with another Python;
# `make docs` makes the site of the documentation in .build/site, `make terms` renders the vocabulary
# to .build/terms.html.
# All they write is .venv, .build, exograph.html and the libraries of the page (hatch_build.py).

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BUILD := $(CURDIR)/.build
BIN := $(CURDIR)/.venv/bin
EXOGRAPH := $(BIN)/exograph
REPORT := $(BUILD)/benchmarks
TIMED := $(patsubst %,tests/web/test_%.py,endpoint hostile_queries protocol slow_clients)
PIP := $(BIN)/pip --disable-pip-version-check --no-cache-dir install --quiet --constraint constraints.txt

export PYTHONPYCACHEPREFIX := $(BUILD)/pycache
export EXOGRAPH_HOME := $(BUILD)
export RUFF_CACHE_DIR := $(BUILD)/ruff
export MYPY_CACHE_DIR := $(BUILD)/mypy
export HYPOTHESIS_STORAGE_DIRECTORY := $(BUILD)/hypothesis
export IPYTHONDIR := $(BUILD)/ipython
export JUPYTER_RUNTIME_DIR := $(BUILD)/jupyter
export JUPYTER_CONFIG_DIR := $(BUILD)/jupyter
export MPLCONFIGDIR := $(BUILD)/matplotlib

.PHONY: demo test test-spark test-wheel test-python bench docs terms clean

demo: .venv/installed
	@echo "== the knowledge base"
	@$(EXOGRAPH) build
	@echo; echo "== which cargo does each source's vesicle carry, in the review? (SPARQL)"
	@$(EXOGRAPH) query --example cargo-by-source
	@echo; echo "== by which mechanisms does BMSC-Exo reach angiogenesis?"
	@$(EXOGRAPH) paths bmsc-exo angiogenesis --top 3
	@echo; echo "== the page: open it in a browser"
	@$(EXOGRAPH) view --out exograph.html

test: .venv/developer
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -o cache_dir=$(BUILD)/pytest --numprocesses auto --dist loadfile --ignore tests/test_wheel.py \
		$(TIMED:%=--ignore %)
	$(BIN)/pytest -o cache_dir=$(BUILD)/pytest --numprocesses 2 --dist loadfile $(TIMED)

test-spark: .venv/spark
	$(BIN)/mypy src/exograph/spark src/exograph/cli/mine.py
	$(BIN)/pytest -o cache_dir=$(BUILD)/pytest tests/spark

test-wheel: .venv/developer
	$(BIN)/pytest -o cache_dir=$(BUILD)/pytest tests/test_wheel.py

test-python:
	$(PYTHON) -m venv $(BUILD)/python
	$(BUILD)/python/bin/pip --disable-pip-version-check --no-cache-dir install --quiet --constraint constraints.txt --editable ".[dev]"
	$(BUILD)/python/bin/pytest -o cache_dir=$(BUILD)/pytest --numprocesses auto --dist loadfile \
		--ignore tests/views --ignore tests/web --ignore tests/endpoints --ignore tests/test_wheel.py

bench: .venv/benchmarks
	@failed=0; for run in \
		"benchmarks/startup_and_build.py" \
		"-m benchmarks.paths.review_kb" \
		"-m benchmarks.page" \
		"-m benchmarks.endpoint" \
		"-m benchmarks.paths.run --out $(REPORT)/paths.md --json $(REPORT)/paths.json" \
		"-m benchmarks.paths.scale --out $(REPORT)/scale.tsv --plot $(REPORT)/scale.svg"; \
	do echo; echo "== $$run"; $(BIN)/python $$run || failed=1; done; exit $$failed

docs: .venv/developer
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir $(BUILD)/site

terms: .venv/developer
	$(BIN)/python docs/terms.py ontology/exograph.ttl $(BUILD)/terms.html

.venv/installed: pyproject.toml constraints.txt package-lock.json hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "exograph needs Python 3.11 or newer; name it: make PYTHON=...")'
	@echo "== installing into .venv, which takes about a minute"
	$(PYTHON) -m venv .venv
	$(PIP) --editable .
	@$(BIN)/python hatch_build.py
	@touch $@

.venv/developer: .venv/installed
	$(PIP) --editable ".[dev]"
	@touch $@

.venv/benchmarks: .venv/installed
	$(PIP) --editable ".[bench]"
	@touch $@

.venv/spark: .venv/developer
	$(PIP) --editable ".[spark]"
	@touch $@

clean:
	rm -rf .venv .build exograph.html src/exograph/views/page/libraries
