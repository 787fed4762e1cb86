"""The WSGI application that a production server runs."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cstopa.settings")
# Who reads or saves is not let wait for long; a command takes as long as its work.
os.environ.setdefault("SERVING", "1")

BOUNDARY = re.compile(r';\s*boundary=(?:"[^";]*"|[^\s";]+)', re.IGNORECASE)


def without_charset(site):
    """Let a request say what it is, and not in which letters: everything here is UTF-8.

    Django reads the question while it makes a request that names a charset, before any middleware: what
    it then refuses, or a charset of no letters, would have no answer but the server's own.
    """

    def application(environ, start_response):
        said = environ.get("CONTENT_TYPE", "")
        boundary = BOUNDARY.search(said)
        environ["CONTENT_TYPE"] = said.partition(";")[0] + (boundary[0] if boundary else "")
        return site(environ, start_response)

    return application


class Nothing:
    """No bytes, in the place of an answer that ends when the server says so."""

    def __init__(self, answer):
        self.close = answer.close

    def __iter__(self):
        return iter(())


def without_body(site):
    """Answer HEAD with the headers of the page alone, as the protocol has it."""

    def application(environ, start_response):
        answer = site(environ, start_response)
        return Nothing(answer) if environ["REQUEST_METHOD"] == "HEAD" else answer

    return application


application = without_body(without_charset(get_wsgi_application()))
