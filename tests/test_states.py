"""Every state has its words: what there is not, and why, is said at each address in both languages."""

import datetime as dt
import re

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from tests import make
from tests.reading import parsed, spaced, words

pytestmark = pytest.mark.django_db

START, END = dt.date(2020, 1, 1), dt.date(2020, 6, 1)


def nothing():
    """A site without a row."""


def bare():
    """A row of each kind of page, of which nothing more is on record."""
    make.parliament("belarus")
    make.person("ann-bare")
    make.topic("laws")


def sparse():
    """Seats without dates, one vacant, one of which nobody knows; an article of long ago."""
    house = make.chamber(make.parliament("belarus"), house="lower")
    make.allocation(house, 2)
    make.roster(house)
    make.membership(make.person("ann-first"), house)
    council = make.chamber(house.parliament, house="upper", name_en="Council")
    make.allocation(council, 2, source=make.source(published_on=None))
    make.membership(make.person("bob-second"), council)
    make.article(published_at=dt.datetime(2021, 5, 21, tzinfo=dt.UTC))


def surplus():
    """More members than seats, and members without seats on record."""
    house = make.chamber(make.parliament("belarus"), house="lower")
    make.allocation(house, 1)
    council = make.chamber(house.parliament, house="upper", name_en="Council")
    for chamber in (house, house, council):
        make.membership(chamber_=chamber)


def over():
    """A parliament that does not take part, and whose one chamber is abolished."""
    belarus = make.parliament("belarus")
    make.participation(belarus, "not_participating", valid_from=START)
    house = make.chamber(belarus, valid_from=START, valid_to=END)
    make.allocation(house, valid_to=END)


def one_language():
    """What is there in the language that the reader does not read, and the other way round."""
    russian = {"headline_ru": "Новость", "summary_ru": "Кратко", "body_ru": "<p>Текст</p>"}
    make.article("ru", headline_en="", summary_en="", body_en="", **russian)
    make.article("en")
    make.page("about")
    make.page("privacy", title_en="", body_en="", title_ru="О данных", body_ru="<p>Текст</p>")
    make.parliament("belarus", name_en="", state_en="", name_ru="Собрание", state_ru="Беларусь")
    make.parliament("armenia")


def former():
    """What was public, and is not any more, or is under another name."""
    article = make.article("gone")
    article.status = "draft"
    article.save()
    make.topic("deleted").delete()


MISREAD = "The question was not understood: see what the form says."
NO_DAY = "Write a day, for example 31.12.2025 or 31\N{NO-BREAK SPACE}December 2025."
STARTS_ANEW = "The position in this address cannot be read. This is the first page of the list."

# The state, how it is made, the address, and what the page says; a text of the code in English.
STATES = [
    ("nothing published", nothing, "/", "No news has been published."),
    ("nothing published", bare, "/delegations/belarus/", "No news has been published about it."),
    ("nothing published", nothing, "/news/", "No news has been published."),
    (
        "nothing published",
        bare,
        "/people/ann-bare/",
        "No news about this person has been published.",
    ),
    ("nothing published", bare, "/topics/laws/", "Nothing has been published on this topic."),
    ("nothing published", sparse, "/news/2022/", "Nothing was published in this year."),
    ("nothing published", sparse, "/news/2022/03/", "Nothing was published in this month."),
    ("nothing on record", nothing, "/", "No delegation is on record."),
    ("nothing on record", nothing, "/delegations/", "No delegation is on record."),
    ("nothing on record", nothing, "/parliaments/", "No parliament is on record."),
    ("nothing on record", nothing, "/people/", "Nobody is on record."),
    ("nothing on record", bare, "/people/", "nothing recorded"),
    ("nothing on record", bare, "/people/?role=head", "Nobody is on record as such on this day."),
    (
        "nothing on record",
        bare,
        "/people/?role=head",
        "%(what)s: not recorded of %(number)s delegation:",
    ),
    ("nothing on record", bare, "/people/?role=officer", "%(what)s: not recorded."),
    ("nothing on record", nothing, "/changes/", "Nothing has been recorded."),
    ("nothing on record", bare, "/delegations/", "No fact on record has a first or a last day."),
    ("nothing on record", bare, "/delegations/belarus/", "This page states no dated fact."),
    (
        "no result",
        sparse,
        "/delegations/?participation=observer",
        "No delegation on record meets this.",
    ),
    (
        "no result",
        sparse,
        "/delegations/?participation=observer",
        'Remove a filter, ask for another day, or look at <a href="%(all)s">all delegations</a>.',
    ),
    (
        "no result",
        sparse,
        "/delegations/?participation=observer",
        "%(what)s: not recorded of %(number)s delegation:",
    ),
    (
        "no result",
        sparse,
        "/news/?q=atlantis",
        "No article was found. Remove a filter, or ask with fewer words or for other days.",
    ),
    ("no result", sparse, "/search/?q=atlantis", "Nothing was found."),
    ("no result", sparse, "/changes/?change=corrected", "No entry of this kind is on record."),
    (
        "no result",
        sparse,
        "/changes/?change=corrected",
        'Remove a filter, or look at the <a href="%(whole)s">whole log</a>.',
    ),
    ("unknown", sparse, "/", "dates not given"),
    ("unknown", sparse, "/delegations/", "dates not given"),
    ("unknown", sparse, "/delegations/belarus/", "dates not given"),
    ("unknown", sparse, "/parliaments/belarus/", "Dates not given"),
    ("unknown", sparse, "/people/ann-first/", "Dates not given"),
    ("unknown", sparse, "/people/", "No source dates what they hold."),
    ("unknown", sparse, "/delegations/belarus/", "Not known: %(what)s."),
    ("unknown", sparse, "/delegations/belarus/", "publisher"),
    ("unknown", sparse, "/delegations/belarus/", "date of the document"),
    ("unknown", sparse, "/delegations/belarus/", "day on which it was read"),
    ("unknown", over, "/parliaments/belarus/", "until %(end)s, start not known"),
    ("not recorded", bare, "/", "not recorded"),
    ("not recorded", bare, "/delegations/belarus/", "Not recorded:"),
    ("not recorded", bare, "/delegations/belarus/", "names of the members"),
    ("not recorded", bare, "/delegations/", "Seats: not recorded."),
    ("not recorded", bare, "/delegations/", "not recorded"),
    ("not recorded", bare, "/delegations/belarus/", "not recorded"),
    ("not recorded", bare, "/delegations/belarus/changes/on-record/", "not recorded"),
    (
        "not recorded",
        bare,
        "/parliaments/belarus/",
        "What the parliament is made of is not recorded.",
    ),
    ("not recorded", bare, "/people/ann-bare/", "Not recorded:"),
    ("not recorded", sparse, "/delegations/belarus/", "not checked yet"),
    ("not recorded", sparse, "/delegations/belarus/", "%(unrecorded)d not recorded"),
    (
        "not recorded",
        surplus,
        "/delegations/belarus/",
        "%(members)d member, number of seats not recorded",
    ),
    ("vacant", sparse, "/", "at least %(vacant)d vacant"),
    ("vacant", sparse, "/delegations/", "%(vacant)d vacant"),
    ("vacant", sparse, "/delegations/belarus/", "at least %(vacant)d vacant"),
    ("too many", surplus, "/delegations/belarus/", "{members} for {seats}"),
    ("not taking part", over, "/", "not participating"),
    ("not taking part", over, "/delegations/", "not participating"),
    ("not taking part", over, "/search/?q=belarus", "not participating"),
    ("not taking part", over, "/delegations/belarus/", "not participating"),
    ("not any more", over, "/delegations/belarus/", "The previous chambers ended on %(day)s."),
    ("not any more", over, "/parliaments/belarus/", "The previous chambers ended on %(day)s."),
    (
        "not yet",
        over,
        "/delegations/belarus/?date=2019-01-01",
        "Their successor starts on %(day)s.",
    ),
    (
        "not yet",
        over,
        "/delegations/belarus/?date=2150-01-01",
        "This day lies ahead: it is what is already decided as of today, %(today)s.",
    ),
    ("not written", nothing, "/contacts/", "This page has not been written yet."),
    ("misread", sparse, "/?date=x", NO_DAY),
    ("misread", sparse, "/delegations/?date=x", NO_DAY),
    (
        "misread",
        sparse,
        "/delegations/belarus/?date=2024-02-30",
        "There is no such day in the calendar.",
    ),
    ("misread", sparse, "/parliaments/?date=1500-01-01", "Ask for a day between 1900 and 2199."),
    ("misread", sparse, "/people/ann-first/?date=x", NO_DAY),
    ("misread", sparse, "/people/?page=x", STARTS_ANEW),
    (
        "misread",
        sparse,
        "/people/?letter=9",
        "No name starts with the letter in this address. Everybody is shown.",
    ),
    ("misread", sparse, "/news/?page=x", STARTS_ANEW),
    ("misread", sparse, "/changes/?page=x", STARTS_ANEW),
    ("misread", sparse, "/news/?from=x", NO_DAY),
    ("misread", sparse, "/news/?from=x", MISREAD),
    (
        "misread",
        sparse,
        "/news/?from=2024-02-02&to=2024-01-01",
        "This day is before the first one.",
    ),
    ("misread", sparse, "/changes/?kind=x", MISREAD),
    ("misread", sparse, "/delegations/belarus/changes/on-record/?date=x", MISREAD),
    (
        "misread",
        sparse,
        "/delegations/belarus/changes/on-record/?recorded=2190-01-01",
        "This day has not come yet: nobody knows what will be recorded by then.",
    ),
    ("not found", nothing, "/atlantis/", "There is no page at this address."),
    ("not found", nothing, "/news/atlantis/", "There is no page at this address."),
    ("not found", nothing, "/delegations/atlantis/", "There is no page at this address."),
    ("gone", former, "/news/gone/", "There was a page at this address. It has been withdrawn."),
    (
        "gone",
        former,
        "/topics/deleted/",
        "There was a page at this address. It has been withdrawn.",
    ),
    ("refused", nothing, f"/news/?{'a&' * 1500}", "Request not understood"),
]
STATUS = {"not found": 404, "gone": 410, "refused": 400}


def parts(text):
    """Return what stays of a text of the code whatever is put into it, in the language of now."""
    return [
        part
        for each in re.split(r"%\(\w+\)[sd]|\{\w+\}", strip_tags(translation.gettext(text)))
        if (part := spaced(each))
    ]


def said(response):
    """Return the words of a page without those of its header and footer, in small letters."""
    body = parsed(response).find("body")
    return " ".join(words(each).casefold() for each in body.iter() if each.tag in {"main", "aside"})


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("world", dict.fromkeys(world for _state, world, *_ in STATES))
def test_each_state_has_its_words(client, world, prefix):
    world()
    pages, silent = {}, []
    for state, _world, address, text in [each for each in STATES if each[1] is world]:
        if address not in pages:
            response = client.get(prefix + address)
            assert response.status_code == STATUS.get(state, 200), address
            pages[address] = said(response)
        with translation.override("ru" if prefix else "en"):
            missing = [part for part in parts(text) if part.casefold() not in pages[address]]
        if missing:
            silent.append((state, address, missing))
    assert silent == []


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/news/ru/", "ru"),
        ("/ru/news/en/", "en"),
        ("/privacy/", "ru"),
        ("/ru/about/", "en"),
        ("/delegations/belarus/", "ru"),
        ("/ru/delegations/armenia/", "en"),
        ("/parliaments/", "ru"),
        ("/ru/", "en"),
    ],
)
def test_what_is_not_translated_is_marked_in_words_and_for_machines(client, address, language):
    one_language()
    tree = parsed(client.get(address))
    main = tree.find(".//main")
    assert tree.get("lang") != language
    assert main.find(f".//*[@lang='{language}']") is not None
    notes = {"en": {"Russian", "in Russian"}, "ru": {"английский", "по-английски"}}
    assert any(note in words(main) for note in notes[tree.get("lang")])


def test_an_error_of_ours_is_told_in_both_languages_without_a_database(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("news.views.Article.objects", fail)
    client.raise_request_exception = False
    response = client.get("/news/")
    assert response.status_code == 500
    assert "The mistake is ours, not yours." in response.text
    assert "Ошибка на нашей стороне, не на вашей." in response.text
