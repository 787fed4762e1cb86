"""References: an article shows what was so on its own day, wherever it is shown."""

import datetime as dt
import json
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cstopa.models.periods import day_in_words
from delegations.composition import Chronicle
from delegations.models import Delegation
from news.models import Article
from tests import make
from tests.growth import costs, queries
from tests.reading import main, parsed, spaced, words

pytestmark = pytest.mark.django_db

DAY = dt.date(2021, 5, 21)
OLD = {"valid_to": dt.date(2022, 12, 31)}
NEW = {"valid_from": dt.date(2023, 1, 1)}


def as_of(day):
    return translation.gettext("As of %(day)s") % {"day": day_in_words(day)}


def moscow(day, hour=0):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


@pytest.fixture
def house():
    """A chamber with 7 seats up to the end of 2022, and 8 since."""
    belarus = make.parliament(
        "belarus",
        state_ru="Республика Беларусь",
        name_en="National Assembly",
        name_ru="Национальное собрание",
    )
    house = make.chamber(belarus, code="belarus-house", house="lower")
    make.allocation(house, 7, **OLD)
    make.allocation(house, 8, **NEW)
    return house


def told(article, name):
    """Return what an article says in English."""
    return str(article.text(name, "en", Chronicle()))


def shown(text, day=DAY, language="en", **fields):
    """Return a summary as an article of the day, in a language, shows it."""
    article = make.article(
        published_at=moscow(day),
        **{f"headline_{language}": "h", f"body_{language}": "<p>b</p>"},
        **{f"summary_{language}": text},
        **fields,
    )
    return str(article.text("summary", language, Chronicle()))


@pytest.mark.parametrize(
    ("text", "before", "since"),
    [
        ("[[seats:belarus]]", "7", "8"),
        (
            "[[deputies:belarus-house]]",
            "7\N{NO-BREAK SPACE}deputies",
            "8\N{NO-BREAK SPACE}deputies",
        ),
        ("[[chamber-seats:belarus-house]]", "7", "8"),
        ("[[total]]", "7", "8"),
        ("[[parliament:belarus]]", "National Assembly", "New Assembly"),
        ("[[members:belarus]]", "2", "1"),
        ("[[vacant:belarus]]", "not recorded", "7"),
        ("Of [[total]], [[seats:belarus]].", "Of 7, 7.", "Of 8, 8."),
        ("No reference.", "No reference.", "No reference."),
    ],
)
def test_a_value_is_that_of_the_day_of_the_article(house, text, before, since):
    make.name(house.parliament, "New Assembly", **NEW)
    make.membership(chamber_=house)
    make.membership(chamber_=house, **OLD)
    make.roster(house, **NEW)
    assert shown(text, dt.date(2022, 12, 31)) == before
    assert shown(text, dt.date(2023, 1, 1)) == since


@pytest.mark.parametrize(
    ("text", "russian"),
    [
        ("[[deputies:belarus-house]]", "7 депутатов"),
        ("[[parliament:belarus]]", "Национальное собрание"),
        ("[[members:belarus]]", "нет записи"),
        ("[[seats:atlantis]]", "нет записи"),
    ],
)
@pytest.mark.usefixtures("house")
def test_a_value_is_in_the_language_of_the_text(text, russian):
    assert spaced(shown(text, language="ru")) == russian


def test_what_no_row_gives_is_not_recorded_and_never_0(house):
    make.parliament("armenia")
    later = make.chamber(house.parliament, code="later", valid_from=dt.date(2030, 1, 1))
    make.allocation(later, 5, valid_from=later.valid_from)
    gone = make.chamber(code="gone", valid_to=dt.date(2020, 1, 1))
    make.allocation(gone)
    for text in (
        *("[[seats:armenia]]", "[[members:armenia]]", "[[vacant:armenia]]"),
        *("[[deputies:later]]", "[[chamber-seats:gone]]", "[[members:belarus]]"),
        *("[[seats:nowhere]]", "[[deputies:nowhere]]", "[[nothing]]", "[[seats]]", "[[total:x]]"),
    ):
        assert shown(text) == "not recorded", text
    assert shown("[[total]]", dt.date(2031, 1, 1)) == "13"


def test_a_roster_said_to_be_complete_may_be_empty(house):
    make.roster(house)
    assert shown("[[members:belarus]] of [[seats:belarus]], [[vacant:belarus]]") == "0 of 7, 7"


def test_what_was_deleted_since_is_not_recorded(house):
    article = make.article(headline_en="[[deputies:belarus-house]] came", published_at=moscow(DAY))
    assert spaced(told(article, "headline")) == "7 deputies came"
    house.allocations.all().delete()
    assert told(article, "headline") == "not recorded came"
    house.delete()
    assert told(article, "headline") == "not recorded came"


def test_a_draft_without_a_day_speaks_of_today(house):
    draft = make.article(summary_en="[[seats:belarus]]", status="draft", published_at=None)
    with time_machine.travel("2022-12-31T12:00Z"):
        assert told(draft, "summary") == "7"
    # In Moscow it is the first of January.
    with time_machine.travel("2022-12-31T21:30Z"):
        assert told(draft, "summary") == "8"


@pytest.mark.usefixtures("house")
def test_the_day_is_that_of_moscow():
    article = make.article(summary_en="[[seats:belarus]]")
    article.published_at = dt.datetime(2022, 12, 31, 20, 59, tzinfo=dt.UTC)
    assert told(article, "summary") == "7"
    article.published_at += dt.timedelta(minutes=1)
    assert told(article, "summary") == "8"


# Where it is shown

TAGGED = {
    f"{name}_{language}": f"<p>{name} [[seats:belarus]] end</p>"
    if name == "body"
    else f"{name} [[seats:belarus]] end"
    for name in Article.TRANSLATED
    for language in ("en", "ru")
}
LISTS = [
    *("/", "/news/", "/news/2021/", "/news/2021/05/", "/topics/laws/", "/people/viktor-kogut/"),
    *("/delegations/belarus/", "/search/?q=headline", "/news/feed.atom", "/news/feed.rss"),
    *("/delegations/belarus/news.atom", "/topics/laws/news.atom", "/news/other/"),
]


@pytest.fixture
def about(house):
    person, topic = make.person("viktor-kogut"), make.topic("laws")
    make.office(person)
    delegation = Delegation.objects.get(pk=house.parliament.pk)
    return {"delegations": [delegation], "people": [person], "topics": [topic]}


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_list_shows_the_value_and_no_tag(client, about, prefix):
    make.article("one", published_at=moscow(DAY), **TAGGED, **about)
    words_ = {"headline_ru": "Др", "summary_ru": "Др", "body_ru": "<p>Др</p>"}
    make.article("other", published_at=moscow(DAY - dt.timedelta(days=1)), **words_, **about)
    for address in LISTS:
        page = re.sub("</?mark[^>]*>", "", client.get(prefix + address).text)
        assert "headline 7 end" in page, address
        assert "[[" not in page, address


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_the_page_of_an_article_shows_it_everywhere(client, about, prefix):
    make.article("one", published_at=moscow(DAY), **TAGGED, **about)
    response = client.get(f"{prefix}/news/one/")
    assert "[[" not in response.text
    page = parsed(response)
    assert page.find(".//title").text.startswith("headline 7 end")
    descriptions = [each.get("content") for each in page.iter("meta") if each.get("content")]
    assert "summary 7 end" in descriptions
    assert words(page.find(".//h1")) == "headline 7 end"
    [data] = page.iter("data")
    assert (data.get("value"), data.text) == ("seats:belarus", "7")
    [link] = [a for a in page.iter("a") if data in list(a)]
    assert link.get("href") == f"{prefix}/delegations/belarus/?date=2021-05-21"
    with translation.override(prefix[1:] or "en"):
        assert link.get("title") == as_of(DAY)
    assert client.get(link.get("href")).status_code == 200


def test_an_old_article_keeps_saying_what_was_true_then(client, house, about):
    make.article("old", published_at=moscow(DAY), **TAGGED, **about)
    before = client.get("/news/old/").text
    house.allocations.exclude(valid_from=None).delete()
    make.allocation(house, 9, **NEW)
    assert client.get("/news/old/").text == before
    # A correction of the row of that day is another matter.
    row = house.allocations.get(valid_from=None)
    row.seats = 6
    row.save()
    assert "headline 6 end" in client.get("/news/old/").text


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (
            "<p>[[deputies:belarus-house]]</p>",
            '<p><a href="/delegations/belarus/?date=2021-05-21" title="As of 21 May 2021">'
            '<data class="reference" value="deputies:belarus-house">7 deputies</data></a></p>',
        ),
        (
            "<p>[[total]]</p>",
            '<p><a href="/delegations/?date=2021-05-21" title="As of 21 May 2021">'
            '<data class="reference" value="total">7</data></a></p>',
        ),
        (
            '<p><a href="/x/">about [[parliament:belarus]]</a></p>',
            '<p><a href="/x/">about <data class="reference" value="parliament:belarus">'
            "A &amp; &lt;b&gt;</data></a></p>",
        ),
        (
            "<p>[[seats:nowhere]]</p>",
            '<p><data class="reference" value="seats:nowhere">not recorded</data></p>',
        ),
        (
            '<p>[[&amp;"x]]</p>',
            '<p><data class="reference" value="&amp;amp;&quot;x">not recorded</data></p>',
        ),
        (
            "<p><a>[[seats:belarus]]</a></p>",
            '<p><a><data class="reference" value="seats:belarus">7</data></a></p>',
        ),
        ('<p><a href="/[[total]]/">x</a></p>', '<p><a href="/[[total]]/">x</a></p>'),
    ],
)
def test_in_a_body_a_value_is_marked_and_links_to_its_day(house, body, html):
    house.parliament.name_en = "A & <b>"
    house.parliament.save()
    article = make.article(published_at=moscow(DAY), body_en=body)
    assert spaced(told(article, "body")) == html


def test_a_name_in_another_language_says_so(house):
    house.parliament.name_ru = ""
    house.parliament.save()
    article = make.article(published_at=moscow(DAY), body_ru="<p>[[parliament:belarus]]</p>")
    assert '><span lang="en">National Assembly</span><' in article.text("body", "ru", Chronicle())


@pytest.mark.usefixtures("house")
def test_the_search_finds_the_words_and_never_a_number_that_could_be_stale(client, about):
    make.article("one", published_at=moscow(DAY), **TAGGED, **about)
    assert "headline 7 end" in main(client.get("/search/?q=headline end"))
    for query in ("headline 7", "headline seats", "headline belarus"):
        assert "/news/one/" not in client.get("/news/", {"q": query}).text


def test_a_tag_in_a_draft_shows_nothing_anywhere(client, about):
    draft = TAGGED | {"headline_en": "Hidden-one [[seats:belarus]] end"}
    make.article("one", **draft, **about, status="draft", published_at=moscow(DAY))
    ahead = timezone.now() + dt.timedelta(days=1)
    make.article("two", **draft, **about, published_at=ahead)
    make.article("other", **about)
    for address in [*LISTS, "/news/one/", "/news/two/", "/sitemap.xml"]:
        for prefix in ("", "/ru"):
            text = client.get(prefix + address).text
            assert "Hidden-one" not in text, address
            assert "seats:belarus" not in text, address


# What it costs


def test_pages_cost_the_same_with_many_references_of_many_days(client, house, about):
    def add(number):
        for _ in range(number):
            day = DAY + dt.timedelta(days=len(Article.objects.all()))
            chamber = make.chamber(make.parliament())
            make.membership(chamber_=chamber)
            make.allocation(chamber)
            make.name(chamber.parliament, valid_from=DAY)
            every = "[[total]] [[parliament:belarus]] [[vacant:belarus]] "
            own = f"[[members:{chamber.parliament.code}]] [[deputies:{chamber.code}]]"
            tagged = {name: f"{text} {every} {own}" for name, text in TAGGED.items()}
            make.article(published_at=moscow(day), **tagged, **about)

    make.article("other", published_at=moscow(DAY), **TAGGED, **about)
    add(2)
    addresses = [prefix + address for prefix in ("", "/ru") for address in LISTS]
    before = costs(client, addresses)
    add(4)
    assert costs(client, addresses) == before


def test_an_article_without_a_reference_costs_no_query(client, about):
    make.article("one", **about)
    before = queries(client, "/news/one/")
    Article.objects.update(body_en="<p>Of [[total]]</p>")
    assert queries(client, "/news/one/") > before
    article = make.article()
    with CaptureQueriesContext(connection) as captured:
        assert told(article, "headline")
        assert told(article, "body")
    assert not captured


def test_the_column_is_what_the_editor_wrote_and_asks_nothing():
    article = make.article(headline_en="Of [[total]]")
    with CaptureQueriesContext(connection) as captured:
        assert (str(article), article.headline) == ("Of [[total]]", "Of [[total]]")
    assert not captured


# What is refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[chairs:belarus]]", "[[chairs:belarus]]: there is no such reference."),
        ("[[Seats:belarus]]", "[[Seats:belarus]]: there is no such reference."),
        ("[[]]", "[[]]: there is no such reference."),
        ("[[seats]]", "[[seats]]: this reference needs a code after a colon."),
        ("[[total:belarus]]", "[[total:belarus]]: this reference takes no code."),
        ("[[seats:atlantis]]", "[[seats:atlantis]]: there is no parliament with this code."),
        ("[[seats: belarus]]", "[[seats: belarus]]: there is no parliament with this code."),
        ("[[deputies:belarus]]", "[[deputies:belarus]]: there is no chamber with this code."),
        ("[[seats:belarus]", "A reference is written in one piece, between double brackets"),
        ("seats:belarus]]", "A reference is written in one piece, between double brackets"),
    ],
)
@pytest.mark.usefixtures("house")
def test_a_reference_that_means_nothing_is_an_error_at_its_field(text, message):
    article = make.article(status="draft")
    for field in ("headline_en", "summary_ru", "body_ru"):
        kept = getattr(article, field)
        setattr(article, field, text)
        with pytest.raises(ValidationError) as refused:
            article.full_clean()
        assert list(refused.value.message_dict) == [field]
        assert refused.value.message_dict[field][0].startswith(message)
        setattr(article, field, kept)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    "body",
    ["<p>[[seats:<em>belarus</em>]]</p>", '<p><a href="/[[total]]/">x</a></p>'],
)
def test_a_reference_stands_whole_and_among_the_words(body):
    article = make.article(status="draft", body_en=body)
    with pytest.raises(ValidationError) as refused:
        article.full_clean()
    assert list(refused.value.message_dict) == ["body_en"]


@pytest.mark.usefixtures("house")
def test_every_reference_that_means_something_is_accepted():
    text = (
        "[[total]] [[seats:belarus]] [[members:belarus]] [[vacant:belarus]] [[parliament:belarus]]"
    )
    article = make.article(body_en=f"<p>{text} [[deputies:belarus-house]]</p>", headline_ru=text)
    article.full_clean()


def test_a_record_of_a_fixture_is_refused_as_well(tmp_path, house):
    def load(body):
        fields = {"slug": "a", "headline_en": "A", "body_en": body}
        file = tmp_path / "a.json"
        file.write_text(json.dumps([{"model": "news.article", "fields": fields}]))
        call_command("loaddata", str(file), verbosity=0)

    with pytest.raises(CommandError, match=r"body_en: .*there is no chamber with this code"):
        load("<p>[[deputies:belarus-council]]</p>")
    assert not Article.objects.exists()
    load("<p>[[deputies:belarus-house]]</p>")
    assert Article.objects.get().body_en == "<p>[[deputies:belarus-house]]</p>"


def test_an_article_may_stand_before_the_rows_that_it_names(tmp_path):
    records = [
        ("news.article", {"slug": "a", "headline_en": "[[seats:belarus]] came"}),
        ("delegations.parliament", {"slug": "belarus", "state_en": "Belarus", "name_en": "One"}),
    ]
    file = tmp_path / "a.json"
    file.write_text(json.dumps([{"model": model, "fields": row} for model, row in records]))
    call_command("loaddata", str(file), verbosity=0)
    assert told(Article.objects.get(), "headline") == "not recorded came"
