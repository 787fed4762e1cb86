"""What every test finds: the environment, the collected static files, Chromium, gettext."""

import os
import random
import shutil
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import django
import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TestCase, override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from tests import jobs, weights
from tests.browser import ARGUMENTS
from tests.migrated import kept
from tests.server import serving

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
    MEDIA_BUCKET="",
    EMAIL_URL="",
    WORKER="",
    # Those who sign in give a password alone, but where a test is about more.
    SECOND_FACTOR="0",
    # They move the clock by days.
    SESSION_HOURS="336",
    HYPOTHESIS_STORAGE_DIRECTORY=str(VAR_DIR / "cache" / "hypothesis"),
    # Playwright keeps an event loop in the thread of the tests.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
django.setup()
hypothesis.settings.register_profile(
    "default",
    max_examples=8,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    print_blob=True,
)
hypothesis.settings.register_profile(
    "ci", hypothesis.settings.get_profile("default"), max_examples=25
)
hypothesis.settings.load_profile("ci" if IN_CI else "default")
# A million and a half rounds for each account that a test signs in would take a minute in all.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Choose another seed in each run; hypothesis reads it after this, and every process has it."""
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = random.SystemRandom().randrange(10**9)


@pytest.fixture
def chance(request):
    """Chances that are other ones in each run, and the same again under its seed."""
    return random.Random(f"{request.config.option.hypothesis_seed} {request.node.nodeid}")


@pytest.fixture(scope="session", autouse=True)
def files(tmp_path_factory):
    """Collect the static files under hashed names, as a public site has them."""
    folders = {
        name: tmp_path_factory.mktemp(name.lower()) for name in ("STATIC_ROOT", "MEDIA_ROOT")
    }
    # The server reads them there.
    os.environ.update({name: str(folder) for name, folder in folders.items()})
    # Not by assignment: a storage that was made while the tests were collected would keep its folder.
    with override_settings(**folders), pytest.MonkeyPatch.context() as patch:
        call_command("collectstatic", interactive=False, verbosity=0)
        # Each client has a handler of its own, which would look at every file again.
        collected = WhiteNoiseMiddleware().files
        patch.setattr(
            WhiteNoiseMiddleware,
            "update_files_dictionary",
            lambda middleware, root, prefix: middleware.files.update(collected),
        )
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Let the server read the database of the tests: one in the memory would be theirs alone."""
    if connection.vendor == "sqlite":
        database = settings.DATABASES["default"]
        database["TEST"]["NAME"] = tmp_path_factory.mktemp("database") / "tests.sqlite3"
        # As prepare leaves it; but nothing here needs to survive a power cut.
        database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, request):
    """Migrate a database on SQLite once for all processes, and until the code is another."""
    test = connection.settings_dict["TEST"]
    with kept(test["NAME"]) if connection.vendor == "sqlite" else nullcontext(False) as is_there:
        test["MIGRATE"] = not is_there
        request.getfixturevalue("django_db_setup")


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Leave the database to the end of its server: who still has a session keeps it from going."""
    return True


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """A transaction around the tests of a file, and each of them a savepoint of it.

    A fixture of the scope "module" that asks for it makes rows once for all tests of its file. What
    a test does to them is taken back after it; an instance that it may change it reads itself.
    """
    with django_db_blocker.unblock():
        # As Django's own TestCase has it around the tests of a class.
        atomics = TestCase._enter_atomics()
        yield
        TestCase._rollback_atomics(atomics)


@pytest.fixture
def sign_in(client, django_user_model):
    """Sign in at the desk as a member of groups, or as one who has these permissions alone."""

    def sign_in(*groups, permissions=()):
        user = django_user_model.objects.create_user("editor", is_staff=True)
        user.groups.set(user.groups.model.objects.filter(name__in=groups))
        granted = user.user_permissions.model.objects.filter(codename__in=permissions)
        user.user_permissions.set(granted)
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def writer():
    """The browser of a writer; others at the desk have their own."""
    from tests.news.desk import signed_in

    return signed_in("writer", "Writer")


@pytest.fixture
def editor():
    from tests.news.desk import signed_in

    return signed_in("editor", "Editor")


@pytest.fixture
def publisher():
    from tests.news.desk import signed_in

    return signed_in("publisher", "Publisher")


@pytest.fixture
def clock():
    """Let time pass from noon of 1 March 2027 in Moscow on, until the test moves it."""
    with time_machine.travel("2027-03-01T09:00Z") as clock:
        yield clock


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Start the system's Chromium."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is missing (on Debian: apt-get install chromium)")
    return {"executable_path": chromium, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def server(files, django_db_setup, tmp_path_factory):
    """The site on the database of the tests: it sees what they have committed."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(log, DATABASE_URL=database_url(), STYLEGUIDE="1") as server:
        yield server


@pytest.fixture(scope="session")
def base_url(server):
    """Let ``page.goto("/news/")`` open the site under test."""
    return server.url


def database_url(name=None):
    """Return the address of the database of the tests, or of another there, for another process."""
    name = quote(str(name or connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    query = urlencode(connection.settings_dict["OPTIONS"])
    return urlunsplit(parts._replace(path=f"/{name}", query=query))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    # Not every server of a test is that of the site.
    if report.failed and (log := getattr(server, "log", None)):
        report.sections.append(("Log of the server", log.read_text()[-5000:]))
    return report


@pytest.fixture
def job(context, base_url, admin_user, record_property):
    """The administrator at the desk, whose clicks are counted."""
    job = jobs.Job(context.new_page(), base_url, record_property)
    job.sign_in(admin_user)
    return job


@pytest.fixture(scope="session")
def gettext():
    """Skip where the programs are missing that collect and compile translations."""
    if not (shutil.which("xgettext") and shutil.which("msgfmt")):
        pytest.skip("gettext is missing (on Debian: apt-get install gettext)")


def pytest_itemcollected(item):
    if "browser" in item.fixturenames:
        item.add_marker("browser")
        # The server reads the database of the tests, even where a test itself asks it nothing.
        if not item.get_closest_marker("django_db"):
            item.add_marker("django_db")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if connection.vendor != "sqlite":
        # What asks no database, or one of its own, says the same as on SQLite.
        others = [item for item in items if not asks_the_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if asks_the_database(item)]
    shared = {item.path for item in items if "module_db" in item.fixturenames}
    if alone := [
        item.nodeid
        for item in items
        if item.path in shared
        and item.get_closest_marker("django_db")
        and "module_db" not in item.fixturenames
    ]:
        raise pytest.UsageError(f"Others share rows in these files, so all do: {alone}")
    # pytest brings the tests in the browser forward. They leave an empty database behind, and
    # the groups come with the migrations.
    items.sort(key=lambda item: "browser" in item.fixturenames)


def asks_the_database(item):
    return item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*item.fixturenames}


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
    seed = config.option.hypothesis_seed
    line = f"Tests on {name}: {', '.join(counts) or 'none'}; seed {seed}"
    terminalreporter.write_line(line)
    (VAR_DIR / f"tests-{connection.vendor}.txt").write_text(f"{line}\n")
    stats = terminalreporter.stats
    for what, table in (("job", jobs.table), ("weight", weights.table)):
        if rows := measured(stats, what):
            terminalreporter.write_line("\n".join(["", *table(rows), ""]))
    if pages := measured(stats, "page"):
        looks, violations = (sum(row[column] for row in pages) for column in (3, 4))
        terminalreporter.write_line(
            f"{len(pages)} pages, {looks} runs of axe: {violations} violations"
        )
        head = ("page", "bytes", "requests", "axe runs", "violations")
        lines = ["\t".join(map(str, row)) for row in [head, *pages]]
        (VAR_DIR / f"pages-{connection.vendor}.txt").write_text("\n".join(lines) + "\n")


def measured(stats, what):
    """Return what tests have measured of pages and jobs, whichever process ran them."""
    return sorted(
        value
        for outcome in ("passed", "failed")
        for report in stats.get(outcome, [])
        for name, value in report.user_properties
        if name == what and report.when == "call"
    )


def skipped(config):
    return config.pluginmanager.get_plugin("terminalreporter").stats.get("skipped")
