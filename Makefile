# Everything that these commands make lies under var/.

PORT ?= 8000
VENV := var/venv
UV := $(or $(shell command -v uv),var/bootstrap/bin/uv)
PYTHON := $(VENV)/bin/python

export PORT
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/cache/python
export UV_CACHE_DIR ?= $(CURDIR)/var/cache/uv
export UV_PYTHON_INSTALL_DIR ?= $(CURDIR)/var/python
export UV_CUSTOM_COMPILE_COMMAND := make lock
# A new machine knows its certificates and its package index from pip's settings.
export UV_SYSTEM_CERTS ?= 1
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

# What a site for development knows. The secret is this machine's own.
DEVELOPMENT = DEBUG=1 SECRET_KEY="$$(cat var/secret-key)" SITE_URL="http://127.0.0.1:$$PORT"
# What a site for the public knows, as far as the checks ask.
PRODUCTION = DEBUG= DATABASE_URL=sqlite:/// SECRET_KEY="$$(cat var/secret-key)" ALLOWED_HOSTS=assembly.example SITE_URL=https://assembly.example

# The site, and what works beside its requests: they end together.
define SERVE
$(PYTHON) manage.py db_worker & worker=$$!
$(PYTHON) manage.py runserver "127.0.0.1:$$PORT" & server=$$!
trap "kill $$worker $$server; wait; exit" INT TERM HUP
wait $$server
code=$$?
kill $$worker
exit $$code
endef
export SERVE

TEMPLATES = find cstopa delegations news templates -name '*.html' -print0 | xargs -0 -r
# As many processes as there are cores; who has nothing left to do takes over from another.
SUITE = $(PYTHON) -m pytest --numprocesses auto --dist worksteal $(if $(SEED),--hypothesis-seed=$(SEED)) $(ARGS)
# Percent of the lines that the suite enters, at least: 97.7 in November 2026. Counting them is left to CI, and to who asks for it:
# make test CI=1.
COVERAGE = $(if $(CI),--cov --cov-fail-under=97.3)
COMPILE := pip compile --quiet --universal --generate-hashes --no-emit-index-url

.DEFAULT_GOAL := help
# Steps are written in the order in which they are to happen.
.NOTPARALLEL:
.PHONY: help run demo invented manage quick test jobs bench lint format lock icons messages screenshots port checks suites

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1 : /p' Makefile

run: port $(VENV)/.runtime var/secret-key ## Serve the site for development: make run PORT=8000
	@$(DEVELOPMENT) $(PYTHON) manage.py prepare
	@echo
	@echo "The site:  http://127.0.0.1:$$PORT/  http://localhost:$$PORT/"
	@echo "The desk:  http://127.0.0.1:$$PORT/admin/"
	@echo
	@exec env $(DEVELOPMENT) WORKER=1 sh -c "$$SERVE"

manage: $(VENV)/.runtime var/secret-key ## Run a management command on that site: make manage ARGS="changepassword admin"
	@exec env $(DEVELOPMENT) $(PYTHON) manage.py $(value ARGS)

demo: export DEMO = 1
demo: export DATABASE_URL = sqlite:///var/demo.sqlite3
demo: port invented run ## Serve an invented assembly, full of rows, from a database of its own: make demo PORT=8001

invented: $(VENV)/.dev var/secret-key
	@$(DEVELOPMENT) $(PYTHON) -m tests.demo

quick: lint ## Prove on SQLite what needs no browser, in some minutes: make quick SEED=1 ARGS="-x"
	DATABASE_URL= $(SUITE) --quiet -m "not browser"

test: lint checks suites ## Prove that everything holds: lint, checks, the suite on SQLite and on PostgreSQL

jobs: $(VENV)/.dev ## Count the clicks of each job at the desk and weigh its pages, beside Wagtail's figures (needs Chromium)
	DATABASE_URL= $(PYTHON) -m pytest --quiet -m jobs

bench: $(VENV)/.dev ## Measure pages beside a bare Django view: make bench ARGS="--sizes 1000,100000"
	@$(PYTHON) -m bench $(ARGS)

lint: $(VENV)/.dev ## Say what is badly written, and change nothing
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/lint-imports --no-cache
	@$(TEMPLATES) $(VENV)/bin/djade --check --target-version 6.1
	@$(TEMPLATES) $(VENV)/bin/djhtml --check --tabwidth 2

format: $(VENV)/.dev ## Put Python and templates in shape
	$(VENV)/bin/ruff check --fix --exit-zero --quiet
	$(VENV)/bin/ruff format
	@$(TEMPLATES) $(VENV)/bin/djade --target-version 6.1
	@$(TEMPLATES) $(VENV)/bin/djhtml --tabwidth 2

checks: $(VENV)/.dev var/secret-key
	@$(PRODUCTION) $(PYTHON) -W error manage.py check --deploy --fail-level WARNING
	@$(PRODUCTION) $(PYTHON) -W error manage.py makemigrations --check --dry-run

suites: $(VENV)/.dev
	@rm -f var/tests-*.txt
	DATABASE_URL= $(SUITE) $(COVERAGE)
	$(PYTHON) -m tests.postgres $(SUITE) -m "not browser or writes"
	@echo; cat var/tests-*.txt

lock: $(VENV)/.runtime ## Write the locks anew from pyproject.toml: make lock ARGS=--upgrade
	$(UV) $(COMPILE) --python-version 3.12 -o requirements.txt $(ARGS) pyproject.toml
	$(UV) $(COMPILE) --python-version 3.12 -o requirements-dev.txt -c requirements.txt --group dev $(ARGS)
	$(UV) $(COMPILE) --python-version 3.8 -o requirements-bootstrap.txt --group bootstrap $(ARGS)

icons: $(VENV)/.dev ## Draw the emblem at each size that browsers and telephones ask for
	@$(PYTHON) -m tests.icons

messages: $(VENV)/.runtime var/secret-key ## Collect the texts to translate, and compile the translations (needs gettext)
	@$(DEVELOPMENT) $(PYTHON) manage.py makemessages --locale ru --ignore 'var/*' --ignore 'tests/*' --no-obsolete --add-location file
	@$(DEVELOPMENT) $(PYTHON) manage.py compilemessages --locale en --locale ru --ignore 'var/*'

screenshots: $(VENV)/.dev ## Make the pictures of the docs anew (needs Chromium)
	$(PYTHON) -m tests.screenshots docs/pictures

define CHECK_PORT
import errno, os, re, socket, sys

port = os.environ["PORT"]
if not re.fullmatch(r"[1-9][0-9]{0,4}", port) or int(port) > 65535:
    sys.exit(f"PORT is a number from 1 to 65535, and {port!r} is not: try make run PORT=8000")
for family, host in (socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"):
    try:
        with socket.socket(family) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, int(port)))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sys.exit(f"Port {port} is in use: choose another one, as in make run PORT={int(port) % 65535 + 1}")
        if error.errno == errno.EACCES:
            sys.exit(f"Port {port} is not yours to open: choose one above 1023, as in make run PORT=8000")
        # A machine without IPv6 serves 127.0.0.1 all the same.
endef
export CHECK_PORT

port:
	@command -v python3 >/dev/null || { echo "python3 is missing: install it first (on Debian: apt-get install python3 python3-venv)" >&2; exit 1; }
	@python3 -c "$$CHECK_PORT"

# Installing reads nothing from the standard input, which belongs to the command to come.
$(VENV)/.runtime: requirements.txt | $(PYTHON)
	@echo "Installing the packages of requirements.txt" >&2
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r requirements.txt </dev/null
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(PYTHON)
	@echo "Installing the packages of requirements.txt and requirements-dev.txt" >&2
	@$(UV) pip sync --quiet --python $(PYTHON) --require-hashes requirements.txt requirements-dev.txt </dev/null
	@touch $(VENV)/.runtime $@

# Not the default python3: it may be too old, so uv looks for a newer one and fetches it if there is none.
$(PYTHON): | $(UV)
	@echo "Making $(VENV)" >&2
	@rm -rf $(VENV)
	@$(UV) venv --quiet --python '>=3.12' $(VENV) </dev/null || { echo "There is no Python 3.12 or newer, and uv could not fetch one: install it first" >&2; exit 1; }

var/bootstrap/bin/uv:
	@command -v python3 >/dev/null || { echo "python3 is missing: install it first (on Debian: apt-get install python3 python3-venv)" >&2; exit 1; }
	@python3 -c "import ensurepip, venv" 2>/dev/null || { echo "python3 lacks its venv module: install it first (on Debian: apt-get install python3-venv)" >&2; exit 1; }
	@echo "Installing uv under var/bootstrap" >&2
	@python3 -m venv --clear var/bootstrap </dev/null
	@var/bootstrap/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir --require-hashes -r requirements-bootstrap.txt </dev/null

var/secret-key:
	@mkdir -p var
	@umask 077; head -c 48 /dev/urandom | base64 >$@
