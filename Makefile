# Set-up, demo, tests. `make demo` and `make test` work on a fresh machine; see README.md.
# On Windows, without make: README.md has the same steps for PowerShell.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
PINS := pyproject.toml constraints.txt
WORKERS ?= auto

.PHONY: help demo test lint format bench bench-smoke peers pictures pins clean

help:
	@echo "make demo      set up, run scenarios/meizhou, print the path of report.html"
	@echo "make test      set up, run the whole test suite"
	@echo "make lint      ruff check, ruff format --check, mypy"
	@echo "make bench     measure speed and memory, write benchmarks/README.md (ONLY=NAME: a part of it)"
	@echo "make peers     install the libraries that zones are compared with into $(VENV)-peers"
	@echo "make pictures  take the pictures of the report in docs/ (needs chromium)"
	@echo "make pins      renew constraints.txt from pyproject.toml"
	@echo "make clean     remove .venv, caches and runs/"

demo: $(VENV)/.installed
	$(BIN)/xuewei run scenarios/meizhou --out runs/meizhou --replace

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# All of it takes about half an hour; `make bench ONLY="ratios growth"` measures parts of the page.
bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks $(if $(ONLY),--only $(ONLY))

# Every benchmark once and small; then the one ratio that must hold.
bench-smoke: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks --smoke
	$(BIN)/python -m pytest benchmarks --benchmark-disable

# spopt and GerryChain, beside which zones are measured: apart, for GerryChain wants a newer tqdm than algmatch.
peers: $(VENV)-peers/.installed

$(VENV)-peers/.installed: benchmarks/zone_peers.txt
	$(PYTHON) -m venv $(VENV)-peers
	$(VENV)-peers/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/zone_peers.txt
	@touch $@

pictures: $(VENV)/.installed-test
	$(BIN)/python docs/take_pictures.py

pins: $(VENV)/.installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --upgrade --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o constraints.txt

clean:
	rm -rf $(VENV) $(VENV)-peers runs .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks *.egg-info

# Python is checked before a folder is made: without Debian's python3-venv a broken .venv would stay behind.
$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "No $(PYTHON). On Debian or Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$($(PYTHON) --version) is too old: 3.11 or newer is needed." >&2; \
	  echo "Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python has no venv module. On Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made $(PINS)
	@echo "Installing the pinned libraries into $(VENV) (about a minute, once) ..."
	@$(PIP_INSTALL) -e '.[fonts]'
	@touch $@

$(VENV)/.installed-test: $(VENV)/.made $(PINS)
	@echo "Installing the pinned libraries and test tools into $(VENV) (about a minute, once) ..."
	@$(PIP_INSTALL) -e '.[fonts,test,peers,cluster]'
	@touch $@ $(VENV)/.installed

# The other solvers that the core is measured beside are no part of the product.
$(VENV)/.installed-bench: $(VENV)/.made $(PINS)
	@echo "Installing the pinned libraries, test tools and solvers to compare with into $(VENV) ..."
	@$(PIP_INSTALL) -e '.[fonts,test,peers,cluster,bench]'
	@touch $@ $(VENV)/.installed-test $(VENV)/.installed
