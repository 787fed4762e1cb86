import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from news.models import Article
from tests import make
from tests.reading import links, main, parsed, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)


def test_an_empty_site_has_a_home_page(client):
    page = main(client.get("/"))
    assert "No news has been published." in page
    assert "No delegation is on record." in page


def test_home_shows_the_five_latest_articles(client):
    for number in range(6):
        make.article(f"n{number}", published_at=dt.datetime(2024, 3, 1 + number, tzinfo=dt.UTC))
    news = [address for address in links(client.get("/")) if address.startswith("/news/n")]
    assert news == [f"/news/n{number}/" for number in (5, 4, 3, 2, 1)]


def first_of_news(client):
    return next(each for each in links(client.get("/")) if each.startswith("/news/n"))


def test_an_article_leads_up_to_the_moment_that_was_chosen(client):
    now = dt.datetime(2024, 3, 9, 12, tzinfo=dt.UTC)
    with time_machine.travel(now, tick=False) as clock:
        for number in range(7):
            moment = now - dt.timedelta(days=number)
            make.article(f"n{number}", published_at=moment)
        chosen = Article.objects.get(slug="n6")
        assert first_of_news(client) == "/news/n0/"
        chosen.leads_until = now + dt.timedelta(hours=1)
        chosen.save()
        news = [each for each in links(client.get("/")) if each.startswith("/news/n")]
        assert news == [f"/news/n{number}/" for number in (6, 0, 1, 2, 3)]
        # What is no more public, and what is not public yet, does not lead.
        for slug, fields in {
            "n1": {"status": "draft"},
            "n2": {"published_at": now + dt.timedelta(minutes=30)},
        }.items():
            row = Article.objects.get(slug=slug)
            for name, value in {"leads_until": now + dt.timedelta(days=1), **fields}.items():
                setattr(row, name, value)
            row.save()
        assert first_of_news(client) == "/news/n6/"
        clock.shift(dt.timedelta(minutes=31))
        assert first_of_news(client) == "/news/n2/"
        # Nothing is written meanwhile: the page knows when it ends.
        clock.shift(dt.timedelta(days=1))
        assert first_of_news(client) == "/news/n2/"
        chosen = Article.objects.get(slug="n5")
        chosen.leads_until = timezone.now() + dt.timedelta(minutes=1)
        chosen.save()
        assert first_of_news(client) == "/news/n5/"
        clock.shift(dt.timedelta(minutes=2))
        assert first_of_news(client) == "/news/n2/"


def test_home_shows_the_seats_of_each_delegation(client):
    make.allocation(make.chamber(make.parliament("belarus")), 7)
    make.chamber(make.parliament("armenia"))
    page = main(client.get("/"))
    assert "Armenia Parliament of Armenia Seats: not recorded" in page
    assert "Belarus Parliament of Belarus 7 seats" in page


def test_every_delegation_has_its_sum_and_none_is_the_assembly_s(client):
    make.allocation(make.chamber(make.parliament("belarus")), 7)
    armenia = make.parliament("armenia")
    for house, seats in (("lower", 4), ("upper", 5)):
        make.allocation(make.chamber(armenia, house=house), seats)
    response = client.get("/")
    sums = [words(p) for p in parsed(response).findall(".//p[@class='cards__sum']")]
    assert sums == ["9 seats: House 4, House 5 [1] [2]", "7 seats [3]"]
    said = "not necessarily all of the Assembly’s"
    assert said in main(response)
    assert said in main(client.get("/delegations/"))
    assert said not in main(client.get("/delegations/?chambers=2"))


def test_sources_come_after_all_that_they_are_of(client):
    make.allocation(make.chamber(make.parliament("belarus")), 7)
    make.office(make.person("ann-a"), "chairman", source=make.source(title_en="A decree"))
    headings = [words(each) for each in parsed(client.get("/")).find(".//main").iter("h2")]
    assert headings == [
        *("Latest news", "Officers of the Assembly", "Delegations and their seats", "Sources")
    ]
    page = main(client.get("/"))
    assert "not checked yet; source 1. Chairman of the Assembly Ann A" in page
    assert page.index("A decree.") > page.index("source 2")
    headings = parsed(client.get("/delegations/belarus/")).find(".//main").iter("h2")
    assert [words(each) for each in headings][-2:] == ["News of the delegation", "Sources"]


@pytest.mark.parametrize("address", ["/", "/delegations/", "/search/?q=belarus"])
def test_seats_are_called_undated_for_their_own_sake(client, address):
    belarus = make.parliament("belarus")
    make.participation(belarus)
    make.office(function="representative", parliament=belarus)
    house = make.chamber(belarus, house="lower")
    make.allocation(house, valid_from=MARCH)
    assert "dates in part not given" in main(client.get("/delegations/belarus/"))
    page = main(client.get(address))
    # Most of the list has no dates, so that those that there are stand beside what they are of.
    assert re.search("7 (seats|deputies),? since 1 March 2024", page)
    make.allocation(make.chamber(belarus, house="upper"))
    page = main(client.get(address))
    assert "dates not given" in page
    assert "since 1 March 2024" in page


@time_machine.travel(dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
def test_home_names_the_officers_of_today(client):
    for number, function in enumerate(
        ("deputy_executive_secretary", "executive_secretary", "chairman")
    ):
        make.office(make.person(f"ann-p{number}"), function, valid_from=MARCH)
    make.office(make.person("ann-ended"), valid_to=MARCH - dt.timedelta(days=1))
    make.office(make.person("ann-rep"), "representative", parliament=make.parliament())
    officers = parsed(client.get("/")).find(".//section[@aria-labelledby='page:officers']")
    assert [words(a) for a in officers.iter("a") if "[" not in words(a)] == [
        *("Ann P2", "Ann P1", "Ann P0")
    ]
    assert "As of today, 1 March 2024." in words(officers)


@time_machine.travel(dt.datetime(2024, 2, 29, 21, 30, tzinfo=dt.UTC))
def test_today_is_the_day_in_moscow(client):
    make.office(make.person("ann-a"), "chairman", valid_from=MARCH)
    assert "Ann A" in words(
        parsed(client.get("/")).find(".//section[@aria-labelledby='page:officers']")
    )
