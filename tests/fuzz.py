"""Odd requests to every address of the site: nothing fails, and nothing takes long.

``python -m tests.fuzz --requests 20000`` asks the site of DATABASE_URL, and changes nothing in it. It
prints its seed, which ``--seed`` repeats, and what took longest of the processor; it ends with 1 where
an answer was a failure, or took more than ``--seconds`` (of a quiet machine).
"""

import argparse
import io
import os
import random
import resource
import sys
import time
from collections import Counter
from urllib.parse import quote, unquote_to_bytes

import django
from django.urls import NoReverseMatch, get_resolver, reverse

WORDS = [
    "assembly",
    "Belarus",
    "сессия",
    "deputies",
    "закон",
    "-the",
    '"Model laws"',
    "Ё",
    "a",
    "%%",
]
DAYS = [
    "2021-05-21",
    "2024-02-29",
    "2024-02-30",
    "1900-01-01",
    "2199-12-31",
    "0000-00-00",
    "21.05.2021",
]
BAD = [
    *(
        "%00",
        "belarus%00",
        "x" * 3_000,
        quote("a " * 700),
        "%FF%FE%C3%28",
        "%D1",
        "%ED%A0%80",
        "9" * 500,
    ),
    *(
        "9223372036854775808",
        "-1",
        "0",
        quote("<script>alert(1)</script>"),
        quote("' OR 1=1 --"),
        ".",
        "..",
    ),
    *(
        "%0D%0AX-Broken:1",
        quote("٢٠٢٤-٠١-٠١"),
        "",
        "null",
        "[]",
        "%E2%80%AE",
        "%25",
        "%2F",
        "%5C",
        "%F0%9F%8F%9B",
    ),
]
HEADERS = {
    "HTTP_ACCEPT_LANGUAGE": ["ru", "de, ru;q=0.9", "x" * 900, "*;q=2", "ru;q=x"],
    "HTTP_ACCEPT_ENCODING": ["gzip", "identity", "gzip;q=0", "br, x"],
    "HTTP_IF_NONE_MATCH": ["*", '"x"', 'W/"x", y', '"', "x" * 900],
    "HTTP_IF_MODIFIED_SINCE": [
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "yesterday",
        "Thu, 01 Jan 9999 99:99:99 GMT",
    ],
    "HTTP_RANGE": ["bytes=0-1", "bytes=-1", "bytes=9999999999-", "x"],
    "HTTP_COOKIE": [
        "sessionid=x",
        "csrftoken=" + "y" * 64,
        "django_language=ru",
        "messages=x; =; ;",
        "\\",
    ],
    "HTTP_HOST": ["evil.example", "localhost:x", "[::1", ""],
    "HTTP_ACCEPT": ["text/html", "application/json", "x/x;q=y"],
    "HTTP_X_FORWARDED_PROTO": ["https", "x"],
    "HTTP_TRANSFER_ENCODING": ["chunked"],
    "CONTENT_TYPE": [
        "text/plain; charset=hex",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/json",
        "x*=''%FF",
    ],
}


class Fuzz:
    """Makes requests by chance, of the rows that there are."""

    def __init__(self, chance, cookie=""):
        # They are known once Django is set up.
        from cstopa.opendata.resources import RESOURCES
        from delegations.models import Parliament, Person
        from news.models import Article, Topic
        from tests.public import EXAMPLES, patterns
        from tests.test_bad_input import NAMES

        self.chance, self.cookie = chance, cookie
        self.examples, self.names = EXAMPLES, sorted(NAMES)
        self.patterns = sorted((name, sorted(parameters)) for name, parameters in patterns())
        desk = get_resolver().namespace_dict["admin"][1].reverse_dict
        self.desk = sorted(
            (name, len(parameters))
            for name in desk
            if isinstance(name, str) and name != "logout"
            for _address, parameters in desk[name][0][:1]
        )
        self.slugs = {
            kind: [*model.objects.order_by("?").values_list("slug", flat=True)[:500]] or ["none"]
            for kind, model in (
                ("person", Person),
                ("topic", Topic),
                ("news:detail", Article),
                ("", Parliament),
            )
        }
        self.resources = sorted(RESOURCES)

    def value(self):
        """Return one value of a question, as it stands in an address."""
        slugs = self.chance.choice([*self.slugs.values()])
        some = [BAD, [*map(quote, WORDS)], DAYS, slugs, [str(self.chance.randrange(-5, 3_000))]]
        return self.chance.choice(self.chance.choice(some))

    def parameter(self, pattern, name):
        if self.chance.random() < 0.15:
            return self.value()
        if name == "slug":
            return self.chance.choice(
                next(some for kind, some in self.slugs.items() if kind in pattern)
            )
        if name == "resource":
            return self.chance.choice(self.resources)
        if name in {"year", "month"}:
            return str(
                self.chance.choice(
                    [self.chance.randrange(1, 13), self.chance.randrange(1990, 2030)]
                )
            )
        return self.chance.choice([str(self.examples[pattern][name]), self.value()])

    def path(self):
        if self.cookie and self.chance.random() < 0.2:
            name, keys = self.chance.choice(self.desk)
            given = [str(self.chance.choice([1, 2, 3, 999, "x", "1_2F"])) for _each in range(keys)]
            try:
                return reverse(f"admin:{name}", args=given)
            except NoReverseMatch:
                return "/admin/"
        name, parameters = self.chance.choice(self.patterns)
        address = reverse(name, kwargs=self.examples.get(name))
        for each in parameters:
            example = str(self.examples[name][each])
            address = address.replace(example, self.parameter(name, each), 1)
        if self.chance.random() < 0.3 and not address.startswith(("/api", "/sitemap")):
            address = f"/ru{address}"
        if self.chance.random() < 0.05:
            place = self.chance.randrange(len(address) + 1)
            address = address[:place] + self.value() + address[place:]
        return address if address.startswith("/") else f"/{address}"

    def question(self):
        if self.chance.random() < 0.3:
            return ""
        if self.chance.random() < 0.02:
            return "x=1&" * 1_001
        if self.chance.random() < 0.05:
            return "q=" + "+".join(["assembly", *(f"-w{each}" for each in range(60))])
        return "&".join(
            f"{self.chance.choice(self.names)}={self.value()}"
            for _each in range(self.chance.randrange(1, 6))
        )

    def environ(self):
        """Return one request as a server would hand it over."""
        path = self.path()
        # At the desk nothing is sent: what one might save is another's.
        is_desk = path.startswith("/admin/")
        methods = ["GET"] * 8 + ["HEAD"] + ([] if is_desk else ["POST", "OPTIONS", "PUT", "TRACE"])
        method = self.chance.choice(methods)
        body = (
            b""
            if is_desk or method != "POST"
            else b"a=b&q=" + os.urandom(self.chance.randrange(99))
        )
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": self.question(),
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "https",
            "wsgi.errors": sys.stderr,
        }
        for name in self.chance.sample(sorted(HEADERS), self.chance.choice([0, 0, 1, 2])):
            environ[name] = self.chance.choice(HEADERS[name])
        if is_desk:
            environ["HTTP_COOKIE"] = self.cookie
        return environ


def in_words(environ):
    """Return what was asked, as far as it is needed to ask it again."""
    line = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']}"
    return f"{line[:300]} { ({name: environ[name][:60] for name in HEADERS if name in environ}) }"


def ask(environ):
    """Return status, seconds of the processor, and the size of the answer."""
    from cstopa.wsgi import application

    started, answered = time.process_time(), []
    response = application(environ, lambda status, headers: answered.append(int(status[:3])))
    size = sum(map(len, response))
    if hasattr(response, "close"):
        response.close()
    return answered[0], time.process_time() - started, size


def is_failure(status):
    """Return whether an answer says that the site failed; 501 says what it does not do, as oEmbed asks."""
    return status >= 500 and status != 501


def answers(fuzz, requests):
    """Yield ``(status, seconds, size, what was asked)`` of so many requests."""
    for _each in range(requests):
        environ = fuzz.environ()
        asked = in_words(environ)
        yield *ask(environ), asked


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(10**9)))
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cstopa.settings")
    django.setup()
    print(f"seed {options.seed}")
    fuzz = Fuzz(random.Random(options.seed))
    statuses, slowest, failed, sizes = Counter(), [], [], []
    # The memory after a tenth of them, and at the end.
    memory = []
    for number, (status, seconds, size, asked) in enumerate(answers(fuzz, options.requests)):
        statuses[status] += 1
        sizes.append(size)
        slowest = sorted([*slowest, (seconds, asked)], reverse=True)[:10]
        if is_failure(status):
            failed.append((status, asked))
        if number in {options.requests // 10, options.requests - 1}:
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    print(
        "answers", *(f"{status}: {number}" for status, number in sorted(statuses.items())), sep="  "
    )
    print(f"largest {max(sizes):,} bytes; memory at most {' then '.join(map(str, memory))} MiB")
    for seconds, asked in slowest:
        print(f"{seconds:.2f} s  {asked}")
    for status, asked in failed:
        print(status, asked)
    return 1 if failed or slowest[0][0] > options.seconds else 0


if __name__ == "__main__":
    sys.exit(main())
