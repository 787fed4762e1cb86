"""The environment: read once, and refused in one line where it makes no sense."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

PUBLIC = {"SECRET_KEY": "long and secret", "ALLOWED_HOSTS": "a.example"}
NAMES = (
    *("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "DEBUG"),
    *(
        "CACHE_URL",
        "EMAIL_URL",
        "EMAIL_FROM",
        "MEDIA_ROOT",
        "MEDIA_BUCKET",
        "HSTS_SUBDOMAINS",
        "SECURITY_CONTACT",
    ),
    *("SERVING", "WORKER", "FORWARDED_ALLOW_IPS", "SESSION_HOURS", "SIGN_INS_KEPT"),
    *("DEMO", "SECOND_FACTOR", "SECRET_KEY_FALLBACKS"),
)
SHOWN = (
    *("ALLOWED_HOSTS", "SITE_URL", "HTTPS", "DEBUG", "DATABASES", "MAILERS", "CACHES"),
    *("SECOND_FACTOR", "SENDS_EMAIL", "DEFAULT_FROM_EMAIL", "TASKS", "SESSION_COOKIE_AGE"),
    *("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"),
)
# What holds for any connection to PostgreSQL.
WATCHED = {
    "connect_timeout": 4,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
BASE = Path(__file__).parents[2]
SHOW = f"""
import json
from cstopa import settings
print(json.dumps({{name: getattr(settings, name) for name in {SHOWN}}}, default=str))
"""


def start(*command, **environment):
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, *command],
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def settings(**environment):
    done = start("-c", SHOW, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, '"SECRET_KEY" not set'),
        ({"DEBUG": "true"}, '"SECRET_KEY" not set'),
        (PUBLIC | {"SECRET_KEY_FALLBACKS": "a, ,b"}, "one of them is empty"),
        ({"SECRET_KEY": "x"}, '"ALLOWED_HOSTS" not set'),
        (PUBLIC | {"ALLOWED_HOSTS": " , "}, '"ALLOWED_HOSTS" not set'),
        (PUBLIC | {"ALLOWED_HOSTS": "*"}, '"SITE_URL" not set'),
        (PUBLIC | {"SITE_URL": "a.example"}, '"SITE_URL" invalid'),
        (PUBLIC | {"SITE_URL": "//a.example"}, '"SITE_URL" invalid'),
        (PUBLIC | {"SITE_URL": "ftp://a.example"}, '"SITE_URL" invalid'),
        (PUBLIC | {"SITE_URL": "https://"}, "it is a scheme and a host"),
        (PUBLIC | {"SITE_URL": "https://*"}, "it is a scheme and a host"),
        (PUBLIC | {"SITE_URL": "https://a.example/site"}, "it is a scheme and a host"),
        (PUBLIC | {"SITE_URL": "https://a.example?x=1"}, "it is a scheme and a host"),
        (PUBLIC | {"DATABASE_URL": "mysql://h/x"}, '"DATABASE_URL" invalid'),
        (PUBLIC | {"DATABASE_URL": "postgres://u@h:abc/x"}, '"DATABASE_URL" invalid'),
        (PUBLIC | {"DATABASE_URL": "postgres://u@h:99999/x"}, '"DATABASE_URL" invalid'),
        (PUBLIC | {"DATABASE_URL": "postgres://[::1/x"}, '"DATABASE_URL" invalid'),
        (PUBLIC | {"EMAIL_URL": "smtp://h:abc"}, "EMAIL_URL: Port could not"),
        (PUBLIC | {"EMAIL_URL": "smtp://h:99999"}, "EMAIL_URL: Port out of range"),
        (PUBLIC | {"EMAIL_URL": "h:25"}, "it starts with none of smtp://, smtps://, console://"),
        (PUBLIC | {"EMAIL_FROM": "The desk"}, "it is an address, such as"),
        (PUBLIC | {"CACHE_URL": "memory"}, '"CACHE_URL" invalid'),
        (PUBLIC | {"SECURITY_CONTACT": "me@a.example"}, '"SECURITY_CONTACT" invalid'),
        (PUBLIC | {"FORWARDED_ALLOW_IPS": "proxy"}, "FORWARDED_ALLOW_IPS: 'proxy' does not"),
        (PUBLIC | {"SESSION_HOURS": "0"}, '"SESSION_HOURS" invalid'),
        (PUBLIC | {"SIGN_INS_KEPT": "for ever"}, '"SIGN_INS_KEPT" invalid'),
    ],
    ids=str,
)
def test_what_makes_no_sense_stops_the_start_with_one_line(environment, sentence):
    done = start("manage.py", "check", **environment)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_second_factor_is_required_but_of_a_demonstration():
    for environment, is_required in (
        ({}, True),
        ({"SECOND_FACTOR": "0"}, False),
        ({"DEMO": "1"}, False),
        ({"DEMO": "1", "SECOND_FACTOR": "1"}, True),
    ):
        assert settings(**PUBLIC, **environment)["SECOND_FACTOR"] is is_required


def test_a_public_site():
    found = settings(**PUBLIC | {"ALLOWED_HOSTS": " a.example, b.example ,"})
    assert found["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert found["SITE_URL"] == "https://a.example"
    assert found["HTTPS"] is True
    assert found["DEBUG"] is False


def test_a_site_binds_the_other_hosts_of_its_domain_or_itself_alone():
    for environment, binds in (({}, True), ({"HSTS_SUBDOMAINS": "0"}, False)):
        found = settings(**PUBLIC, **environment)
        assert found["SECURE_HSTS_SECONDS"] > 0
        assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is binds
        assert found["SECURE_HSTS_PRELOAD"] is binds


@pytest.mark.parametrize(
    "address", ["HTTPS://A.example/", " https://a.example ", "https://a.example"]
)
def test_one_address_of_the_site_however_it_is_written(address):
    found = settings(**PUBLIC, SITE_URL=address)
    assert (found["SITE_URL"], found["HTTPS"]) == ("https://a.example", True)


def test_a_site_for_development_needs_nothing():
    found = settings(DEBUG="1")
    assert found["SITE_URL"] == "http://127.0.0.1:8000"
    assert found["HTTPS"] is False
    assert found["DATABASES"]["default"]["NAME"].endswith("var/db.sqlite3")


@pytest.mark.parametrize(
    ("url", "name"),
    [("", "/var/db.sqlite3"), ("sqlite:///a%20b/c", "/a b/c"), ("sqlite:////tmp/c", "/tmp/c")],
)
def test_a_file_is_named_from_the_project_on(url, name):
    database = settings(**PUBLIC, DATABASE_URL=url)["DATABASES"]["default"]
    assert database["NAME"] == (name if name.startswith("/tmp") else f"{BASE}{name}")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_request_waits_less_than_a_command():
    for environment, timeout in (({}, 20), ({"SERVING": "1"}, 5)):
        database = settings(**PUBLIC, **environment)["DATABASES"]["default"]
        assert database["OPTIONS"]["timeout"] == timeout
    url = "postgres://a@h/x"
    assert "options" not in settings(**PUBLIC, DATABASE_URL=url)["DATABASES"]["default"]["OPTIONS"]
    database = settings(**PUBLIC, DATABASE_URL=url, SERVING="1")["DATABASES"]["default"]
    assert database["OPTIONS"]["options"] == "-c statement_timeout=8s -c lock_timeout=3s"
    url = f"{url}?options=-c%20statement_timeout%3D1s"
    database = settings(**PUBLIC, DATABASE_URL=url, SERVING="1")["DATABASES"]["default"]
    assert database["OPTIONS"]["options"] == "-c statement_timeout=1s"


ASK = """
import os
from cstopa.wsgi import application
from django.test import Client
print(Client(headers={"host": "a.example"}).get("/", secure=True).status_code)
"""


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_copy_to_which_nobody_writes_is_shown(tmp_path, journal):
    """Root writes where nobody may, so what is left of the folder tells it."""
    file = tmp_path / "copy.sqlite3"
    made = start("manage.py", "prepare", **PUBLIC, DATABASE_URL=f"sqlite:///{file}")
    assert made.returncode == 0, made.stderr
    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        copy.execute(f"PRAGMA journal_mode = {journal}")
    before = file.read_bytes()
    query = "?immutable=1" if journal == "wal" else ""
    # Settings are read once in a process.
    done = start("-c", ASK, **PUBLIC, DATABASE_URL=f"sqlite:///{file}{query}")
    assert done.stdout == "200\n", done.stderr
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["copy.sqlite3"]


def test_a_database_in_memory():
    database = settings(**PUBLIC, DATABASE_URL="sqlite:///")["DATABASES"]["default"]
    assert database["NAME"] == ":memory:"


def test_a_database_by_its_socket():
    url = "postgres:///site?host=/run/postgresql"
    database = settings(**PUBLIC, DATABASE_URL=url)["DATABASES"]["default"]
    assert (database["NAME"], database["HOST"]) == ("site", "")
    assert database["OPTIONS"] == WATCHED | {"host": "/run/postgresql"}
    assert database["CONN_MAX_AGE"] == 600
    assert database["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("smtp://mail.example", {"port": 25}),
        ("smtp://mail.example:587", {"port": 587, "use_tls": True}),
        (
            "smtps://some%40one:pass%2Fword@mail.example",
            {"port": 465, "username": "some@one", "password": "pass/word", "use_ssl": True},
        ),
    ],
)
def test_a_mail_server(url, options):
    mailer = settings(**PUBLIC, EMAIL_URL=url)["MAILERS"]["default"]
    assert mailer["BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    signed_out = {"username": "", "password": "", "use_ssl": False, "use_tls": False}
    assert mailer["OPTIONS"] == {"host": "mail.example", "timeout": 5} | signed_out | options


def test_without_a_mail_server_nothing_is_sent():
    found = settings(**PUBLIC)
    assert found["SENDS_EMAIL"] is False
    assert found["MAILERS"]["default"]["BACKEND"].endswith("dummy.EmailBackend")
    assert settings(**PUBLIC, EMAIL_URL="smtp://mail.example")["SENDS_EMAIL"] is True


def test_who_sends_mail():
    assert settings(**PUBLIC)["DEFAULT_FROM_EMAIL"] == "noreply@a.example"
    found = settings(**PUBLIC, EMAIL_FROM="desk@b.example")
    assert found["DEFAULT_FROM_EMAIL"] == "desk@b.example"


def test_a_worker_does_what_requests_need_not_wait_for():
    for worker, backend in (("", "ImmediateBackend"), ("1", "django_tasks_db.DatabaseBackend")):
        found = settings(**PUBLIC, WORKER=worker)
        assert found["TASKS"]["default"]["BACKEND"].endswith(backend)


def test_a_mail_server_that_is_the_terminal():
    assert settings(DEBUG="1")["SENDS_EMAIL"] is False
    mailers = settings(**PUBLIC, EMAIL_URL="console://")["MAILERS"]
    assert mailers["default"]["BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize(
    ("url", "backend"),
    [("", "locmem.LocMemCache"), ("rediss://ann:word@h:6380/1", "redis.RedisCache")],
)
def test_a_cache(url, backend):
    cache = settings(**PUBLIC, CACHE_URL=url)["CACHES"]["default"]
    assert cache["BACKEND"] == f"django.core.cache.backends.{backend}"
    assert cache["LOCATION"] == (url or "locmem://")


def test_a_database_with_everything_named():
    url = "postgres://some%40one:pass%2Fword@db.example:5433/the%20site?sslmode=require"
    database = settings(**PUBLIC, DATABASE_URL=url)["DATABASES"]["default"]
    assert {name: database[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")} == {
        "USER": "some@one",
        "PASSWORD": "pass/word",
        "HOST": "db.example",
        "PORT": 5433,
        "NAME": "the site",
    }
    assert database["OPTIONS"] == WATCHED | {"sslmode": "require"}
    url = f"{url}&connect_timeout=15"
    database = settings(**PUBLIC, DATABASE_URL=url)["DATABASES"]["default"]
    assert database["OPTIONS"]["connect_timeout"] == 15


def test_a_database_that_says_nothing_is_given_up_in_seconds():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = f"postgres://a@127.0.0.1:{port}/a?sslmode=disable&connect_timeout=2"
        started = time.monotonic()
        done = start("manage.py", "migrate", "--plan", **PUBLIC, DATABASE_URL=url)
    assert "timeout" in done.stderr
    assert time.monotonic() - started < 15


def test_a_session_lasts_a_working_day_where_nothing_else_is_said():
    for environment, hours in (({}, 10), ({"SESSION_HOURS": "2"}, 2)):
        assert settings(**PUBLIC, **environment)["SESSION_COOKIE_AGE"] == hours * 3600
