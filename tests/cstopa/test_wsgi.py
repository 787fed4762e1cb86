"""What a request is made of: nothing that is sent keeps the site from answering with its own page."""

import pytest
from django.test import RequestFactory

pytestmark = pytest.mark.django_db


def answer(request):
    """Return status, headers and body, as a server gets them."""
    # It looks for the static files as soon as it is there.
    from cstopa.wsgi import application

    started = []
    body = b"".join(application(request.environ, lambda *args: started.append(args)))
    [(status, headers)] = started
    return int(status[:3]), dict(headers), body.decode()


def get(address, said):
    request = RequestFactory().get(address)
    # Not before: the factory makes a request as Django does, and fails as it would.
    request.environ["CONTENT_TYPE"] = said
    return answer(request)


@pytest.mark.parametrize(("address", "language"), [("/", "en"), ("/ru/news/", "ru")])
@pytest.mark.parametrize("said", ["", "text/plain; charset=utf-8"])
def test_a_question_of_too_many_parts_has_the_sites_page(address, language, said):
    status, headers, body = get(f"{address}?{'x=1&' * 1001}", said)
    assert status == 400
    assert f'<html lang="{language}">' in body
    assert "Permissions-Policy" in headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "said",
    [
        "text/plain; charset=hex",
        "text/plain; charset=undefined",
        "text/plain; x*=a''%FF",
        "text/plain; charset*=utf-8''%ff%fe",
        "multipart/form-data",
        ";",
        "x" * 8000,
    ],
)
def test_letters_of_no_language_change_nothing(said):
    assert get("/search/?q=a", said)[0] == 200


def test_a_form_of_parts_keeps_its_boundary():
    request = RequestFactory().post(
        "/language/setlang/", {"language": "ru", "csrfmiddlewaretoken": "a" * 32}
    )
    request.environ["HTTP_COOKIE"] = f"csrftoken={'a' * 32}"
    request.environ["CONTENT_TYPE"] += "; charset=hex"
    status, headers, _body = answer(request)
    assert status == 302
    # Of several cookies one is here.
    assert "language=ru" in headers["Set-Cookie"]


@pytest.mark.django_db(transaction=True)
def test_head_has_the_headers_of_the_page_and_no_byte():
    for address in ("/", "/ru/news/", "/healthz", "/api/articles/", "/api/articles.csv", "/none/"):
        page, head = answer(RequestFactory().get(address)), answer(RequestFactory().head(address))
        assert head == (*page[:2], "")
        assert page[2]
