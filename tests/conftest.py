"""What every test finds: the environment, the collected static files, Chromium, gettext."""

import os
import shutil
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.contrib.staticfiles import handlers
from django.core.management import call_command
from django.db import connection
from django.test.testcases import _StaticFilesHandler

VAR_DIR = Path(__file__).resolve().parent.parent / "var"
IN_CI = os.environ.get("CI") == "true"

# The settings are named here, not in pyproject.toml: pytest-django reads them there before this.
os.environ.update(
    DJANGO_SETTINGS_MODULE="cstopa.settings",
    DEBUG="",
    SECRET_KEY="for the tests alone, which sign nothing that anyone trusts",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    SITE_URL="http://testserver",
    CACHE_URL="",
    EMAIL_URL="",
    HYPOTHESIS_STORAGE_DIRECTORY=str(VAR_DIR / "cache" / "hypothesis"),
    # Playwright keeps an event loop in the thread of the tests.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
django.setup()


@pytest.fixture(scope="session", autouse=True)
def files(tmp_path_factory):
    """Collect the static files under hashed names, as a public site has them."""
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    call_command("collectstatic", interactive=False, verbosity=0)
    # The live server would look for them in the sources, where no name has a hash.
    handlers.StaticFilesHandler = _StaticFilesHandler


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Start the system's Chromium, which asks for nothing on the network by itself."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is missing (on Debian: apt-get install chromium)")
    return {
        "executable_path": chromium,
        "args": [
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def base_url(django_db_setup, live_server):
    """Let ``page.goto("/news/")`` open the site under test.

    The database comes first: only then does the server share the connection of the tests.
    """
    return live_server.url


@pytest.fixture(scope="session")
def gettext():
    """Skip where the programs are missing that collect and compile translations."""
    if not (shutil.which("xgettext") and shutil.which("msgfmt")):
        pytest.skip("gettext is missing (on Debian: apt-get install gettext)")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    # pytest brings the tests in the browser forward. They leave an empty database behind, and
    # the groups come with the migrations.
    items.sort(key=lambda item: "browser" in item.fixturenames)


def pytest_sessionfinish(session):
    if hasattr(session.config, "workerinput"):
        # One of several processes, which reports to the first.
        return
    # Without this a broken CI machine would pass by testing less.
    if IN_CI and session.exitstatus == pytest.ExitCode.OK and skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if IN_CI and skipped(config):
        terminalreporter.write_line("In CI every test runs: a skipped one is a failure.", red=True)
    counts = [
        f"{len(reports)} {outcome}"
        for outcome in ("passed", "failed", "error", "skipped", "xfailed")
        if (reports := terminalreporter.stats.get(outcome))
    ]
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    line = f"Tests on {name}: {', '.join(counts) or 'none'}"
    terminalreporter.write_line(line)
    (VAR_DIR / f"tests-{connection.vendor}.txt").write_text(f"{line}\n")


def skipped(config):
    return config.pluginmanager.get_plugin("terminalreporter").stats.get("skipped")
