"""Links inside the site, asked for by the pages' own look-ups."""

import datetime as dt

import pytest
from django.utils import timezone

from cstopa.hyperlinks.inside import State, follow, path_inside
from news.archive.models import OldAddress
from tests import make, site
from tests.public import addresses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("/news/one/", "/news/one/"),
        ("/ru/news/one/#end", "/ru/news/one/"),
        ("http://testserver/people/?page=2", "/people/?page=2"),
        ("https://TESTSERVER/people/", "/people/"),
        ("http://testserver", "/"),
        ("two/", "/news/here/two/"),
        ("www.a.example", "/news/here/www.a.example"),
        ("#end", None),
        ("", None),
        ("https://a.example/news/one/", None),
        ("//a.example/", None),
        ("mailto:press@a.example", None),
        ("tel:+7", None),
        ("https://[broken/", None),
    ],
)
def test_which_links_lead_inside(href, path, settings):
    settings.SITE_URL = "http://testserver"
    assert path_inside(href, "/news/here/") == path


def test_every_page_is_alive():
    site.fill()
    for name, each in addresses().items():
        for address in each if name != "set_language" else ():
            assert follow(address).state in {State.ALIVE, State.MOVED}, address
    for address in ("/static/x.pdf", "/healthz", "/?page=2", "/people/?date=nonsense"):
        assert follow(address).state is State.ALIVE, address


def test_what_is_nowhere_is_dead():
    make.article("there")
    for address in ("/nothing/", "/ru/nothing", "/news/nothing/", "/ru/people/nobody/", "/news/1/"):
        assert follow(address).state is State.DEAD, address
    assert follow("/admin/").state is State.AT_DESK
    assert follow("/news/there/").state is State.ALIVE


def test_what_was_renamed_leads_on():
    row = make.article("before")
    row.slug = "after"
    row.save()
    assert follow("/ru/news/before/") == (State.MOVED, "/ru/news/after/")
    assert follow("/news/after") == (State.MOVED, "/news/after/")
    OldAddress.objects.create(address="/index.php?id=7", code=row.code, language="ru")
    assert follow("/index.php?id=7") == (State.MOVED, "/ru/news/after/")


def test_what_readers_do_not_see_is_gone_or_still_to_come():
    row = make.article("withdrawn")
    row.status = "draft"
    row.save()
    make.article("draft", status="draft")
    make.article("later", published_at=timezone.now() + dt.timedelta(days=1))
    assert follow("/news/withdrawn/").state is State.GONE
    assert follow("/news/draft/").state is State.NOT_YET
    assert follow("/ru/news/later/").state is State.NOT_YET
