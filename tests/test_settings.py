"""The environment: read once, and refused in one sentence where it makes no sense."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

PUBLIC = {"SECRET_KEY": "long and secret", "ALLOWED_HOSTS": "a.example"}
NAMES = (
    *("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "DEBUG"),
    *("CACHE_URL", "EMAIL_URL", "MEDIA_ROOT"),
)
SHOWN = ("ALLOWED_HOSTS", "SITE_URL", "HTTPS", "DEBUG", "DATABASES", "MAILERS")
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
        ({}, "SECRET_KEY is not set"),
        ({"DEBUG": "true"}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "x"}, "ALLOWED_HOSTS is not set"),
        (PUBLIC | {"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS is not set"),
        (PUBLIC | {"ALLOWED_HOSTS": "*"}, "SITE_URL is not set"),
        (PUBLIC | {"SITE_URL": "a.example"}, "SITE_URL starts with none of https://, http://"),
        (PUBLIC | {"SITE_URL": "//a.example"}, "SITE_URL starts with none of"),
        (PUBLIC | {"SITE_URL": "ftp://a.example"}, "SITE_URL starts with none of"),
        (PUBLIC | {"SITE_URL": "https://"}, "SITE_URL is a scheme and a host"),
        (PUBLIC | {"SITE_URL": "https://a.example/site"}, "SITE_URL is a scheme and a host"),
        (PUBLIC | {"SITE_URL": "https://a.example?x=1"}, "SITE_URL is a scheme and a host"),
        (PUBLIC | {"DATABASE_URL": "mysql://h/x"}, "DATABASE_URL starts with none of sqlite://"),
        (PUBLIC | {"DATABASE_URL": "postgres://u@h:abc/x"}, "DATABASE_URL cannot be read"),
        (PUBLIC | {"DATABASE_URL": "postgres://u@h:99999/x"}, "DATABASE_URL cannot be read"),
        (PUBLIC | {"DATABASE_URL": "postgres://[::1/x"}, "DATABASE_URL cannot be read"),
        (PUBLIC | {"EMAIL_URL": "smtp://h:abc"}, "EMAIL_URL cannot be read"),
        (PUBLIC | {"EMAIL_URL": "h:25"}, "EMAIL_URL starts with none of"),
        (PUBLIC | {"CACHE_URL": "memory"}, "CACHE_URL starts with none of"),
    ],
    ids=str,
)
def test_what_makes_no_sense_stops_the_start_with_one_sentence(environment, sentence):
    done = start("manage.py", "check", **environment)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_a_public_site():
    found = settings(**PUBLIC | {"ALLOWED_HOSTS": " a.example, b.example ,"})
    assert found["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert found["SITE_URL"] == "https://a.example"
    assert found["HTTPS"] is True
    assert found["DEBUG"] is False


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
    assert database["OPTIONS"] == {"sslmode": "require", "connect_timeout": "4"}
    url = f"{url}&connect_timeout=15"
    database = settings(**PUBLIC, DATABASE_URL=url)["DATABASES"]["default"]
    assert database["OPTIONS"]["connect_timeout"] == "15"


def test_a_database_that_says_nothing_is_given_up_in_seconds():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = f"postgres://a@127.0.0.1:{port}/a?sslmode=disable&connect_timeout=2"
        started = time.monotonic()
        done = start("manage.py", "migrate", "--plan", **PUBLIC, DATABASE_URL=url)
    assert "timeout" in done.stderr
    assert time.monotonic() - started < 15
