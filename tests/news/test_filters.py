"""What a reader may ask of the news."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.utils import timezone

from delegations.models import Delegation, Parliament
from news.models import Topic
from tests import make
from tests.growth import costs
from tests.reading import parsed, spaced, words

pytestmark = pytest.mark.django_db


def found(client, query):
    response = client.get(f"/news/?{query}")
    assert response.status_code == 200
    return {article.get_absolute_url().split("/")[-2] for article in response.context["page"]}


def filters(page):
    return page.find(".//form[@class='filters']")


def moscow(*moment):
    return timezone.make_aware(dt.datetime(*moment))


@pytest.fixture
def news():
    belarus = Delegation.objects.get(pk=make.parliament("belarus").pk)
    laws = make.topic("laws")
    make.article("both", delegations=[belarus], topics=[laws], published_at=moscow(2021, 5, 21))
    kogut = make.person("viktor-kogut")
    make.article(
        "late", delegations=[belarus], people=[kogut], published_at=moscow(2021, 5, 22, 23, 59, 59)
    )
    make.article(
        "other",
        topics=[laws],
        published_at=moscow(2021, 5, 23),
        headline_ru="Учёба в Минске",
        summary_ru="Кратко",
        body_ru="<p>Подробно</p>",
        headline_en="Café in Minsk",
    )
    make.article("draft", delegations=[belarus], topics=[laws], people=[kogut], status="draft")


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("", {"both", "late", "other"}),
        ("q=&delegation=&topic=&from=&to=", {"both", "late", "other"}),
        ("q=headline", {"both", "late"}),
        ("q=CAFE", {"other"}),
        ("q=учеба+минск", {"other"}),
        ("q=nowhere", set()),
        ("q=%21%21", set()),
        ("delegation=belarus", {"both", "late"}),
        ("topic=laws", {"both", "other"}),
        ("person=viktor-kogut", {"late"}),
        ("person=viktor-kogut&topic=laws", set()),
        ("from=2021-05-22", {"late", "other"}),
        # The last day is included, up to its end in Moscow.
        ("to=2021-05-22", {"both", "late"}),
        ("from=2021-05-22&to=2021-05-22", {"late"}),
        ("from=1900-01-01&to=2199-12-31", {"both", "late", "other"}),
        ("q=headline&delegation=belarus&topic=laws&from=2021-05-01&to=2021-05-31", {"both"}),
        ("delegation=belarus&topic=laws&from=2021-05-22", set()),
        ("unknown=1&q=cafe", {"other"}),
        ("topic=none&topic=laws", {"both", "other"}),
    ],
)
def test_what_is_asked_is_found(client, query, articles):
    assert found(client, query) == articles


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("delegation=atlantis", "delegation", "There is no delegation “atlantis”."),
        ("person=nobody", "person", "There is no person “nobody”."),
        ("topic=1", "topic", "There is no topic “1”."),
        ("topic=%01a%0b<b>", "topic", "There is no topic “a <b>”."),
        (f"topic={'a' * 5000}", "topic", f"There is no topic “{'a' * 59}…”."),
        ("topic=%00", "topic", "Null characters"),
        ("q=%00", "q", "Null characters"),
        (f"q={'a+' * 101}", "q", "at most 200 characters"),
        ("from=yesterday", "from", "Write a day"),
        ("from=21.05.21", "from", "Write a day"),
        ("to=2024-02-30", "to", "no such day"),
        ("from=0001-01-01", "from", "between 1900 and 2199"),
        ("to=9999-12-31", "to", "between 1900 and 2199"),
        ("from=2021-05-22&to=2021-05-21", "to", "before the first"),
    ],
)
def test_what_cannot_be_understood_is_named_at_its_field(client, query, field, message):
    response = client.get(f"/news/?{query}")
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert message in response.context["form"].errors[field][0]
    assert f'id="id_{field}_error"' in response.text
    # Nothing is passed off as the answer.
    assert len(response.context["page"]) == 0
    assert '<article class="teaser">' not in response.text


@pytest.mark.usefixtures("news")
def test_the_form_comes_back_as_it_was_sent(client):
    page = client.get("/news/?q=caf%C3%A9&topic=laws&from=2021-05-01").text
    assert 'value="café"' in page
    assert '<option value="laws" selected>Laws</option>' in page
    assert 'value="1 May 2021"' in spaced(page)


@pytest.mark.parametrize(
    ("query", "shown"), [("%00", None), ("%01a", "a"), ("a%0bb", "a b"), ("%EF%BF%BE", None)]
)
def test_signs_that_are_no_text_are_not_sent_back(client, query, shown):
    page = parsed(client.get(f"/news/?q={query}"))
    [field] = [each for each in filters(page).iter("input") if each.get("name") == "q"]
    assert (field.get("value") or None) == shown


@pytest.mark.usefixtures("news")
def test_a_name_in_another_language_is_marked_in_the_form(client):
    make.article(topics=[make.topic("health", name_ru="Здоровье", name_en="Health")])
    assert '<option value="laws">Laws</option>' in client.get("/news/").text
    page = client.get("/ru/news/").text
    assert '<option value="health">Здоровье</option>' in page
    assert '<option value="laws" lang="en">Laws (' in page


# What is offered


def offered(client, query=""):
    """Return ``{field: values}`` of what the form offers to choose."""
    form = filters(parsed(client.get(f"/news/?{query}")))
    return {
        select.get("name"): {each.get("value") for each in select.iter("option")} - {""}
        for select in form.iter("select")
    }


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    "query", ["", "topic=laws", "from=2199-01-01", "q=nowhere", "topic=none", "person=viktor-kogut"]
)
def test_topics_and_delegations_are_offered_whatever_is_asked(client, query):
    """No page tries what each of them would find under the other answers."""
    assert offered(client, query) == {"delegation": {"belarus"}, "topic": {"laws"}}


def test_the_form_costs_the_same_with_many_rows(client):
    def add(number):
        for _ in range(number):
            make.article(
                delegations=[Delegation.objects.get(pk=make.parliament().pk)],
                topics=[make.topic()],
                people=[make.person()],
            )

    add(1)
    addresses = ["/news/", "/ru/news/", "/news/?q=headline&from=2021-01-01"]
    before = costs(client, addresses)
    add(4)
    assert costs(client, addresses) == before


# People, of whom there are too many for a select


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("name", ["viktor-kogut", "Viktor Kogut", "kogut", " KOGUT  viktor "])
def test_a_person_is_chosen_by_the_slug_or_by_a_name(client, name):
    response = client.get("/news/", {"person": name, "topic": ""})
    assert [article.get_absolute_url() for article in response.context["page"]] == ["/news/late/"]
    assert "Remove filter: Person: Viktor Kogut ×" in chips(client, f"person={quote(name)}")
    assert [each.get("value") for each in filters(parsed(response)).iter("input")][1] == " ".join(
        name.split()
    )


@pytest.mark.usefixtures("news")
def test_of_several_people_of_one_name_each_is_a_link(client):
    make.person("anna-kogut")
    response = client.get("/news/?person=kogut&topic=laws&page=x")
    [message] = response.context["form"].errors["person"]
    assert message == "Several people have this name: choose one of them."
    assert '<article class="teaser">' not in response.text
    [found] = [
        each
        for each in parsed(response).find(".//main").iter("ul")
        if each.get("aria-labelledby") == "page:namesakes"
    ]
    assert {words(a): a.get("href") for a in found.iter("a")} == {
        "Anna Kogut": "?person=anna-kogut&topic=laws",
        "Viktor Kogut": "?person=viktor-kogut&topic=laws",
    }
    # A slug is one person's, whoever else has the name.
    assert client.get("/news/?person=viktor-kogut").context["form"].is_valid()


@pytest.mark.usefixtures("news")
def test_a_name_that_hundreds_have_offers_the_first_of_them(client):
    for _ in range(30):
        make.person()
    response = client.get("/news/?person=example")
    assert len(response.context["namesakes"]) == 20


# The chips


def chips(client, query, prefix=""):
    """Return ``{words: address}`` of the links that take answers back."""
    nav = parsed(client.get(f"{prefix}/news/?{query}")).find(".//nav[@class='chips']")
    return {} if nav is None else {words(a): a.get("href") for a in nav.iter("a")}


@pytest.mark.usefixtures("news")
def test_each_answer_can_be_taken_back(client):
    query = "q=head&topic=laws&person=viktor-kogut&from=2021-05-01&to=&unknown=1&page=x"
    assert chips(client, query) == {
        "Remove filter: Words: head ×": (
            "?topic=laws&person=viktor-kogut&from=2021-05-01&to=&unknown=1"
        ),
        "Remove filter: Topic: Laws ×": (
            "?q=head&person=viktor-kogut&from=2021-05-01&to=&unknown=1"
        ),
        "Remove filter: Person: Viktor Kogut ×": (
            "?q=head&topic=laws&from=2021-05-01&to=&unknown=1"
        ),
        "Remove filter: From: 1 May 2021 ×": (
            "?q=head&topic=laws&person=viktor-kogut&to=&unknown=1"
        ),
        "Remove all": "/news/",
    }
    assert "Remove filter: Delegation: Parliament of Belarus ×" in chips(
        client, "delegation=belarus"
    )
    assert chips(client, "delegation=&q=") == {}
    assert chips(client, "") == {}


@pytest.mark.usefixtures("news")
def test_what_was_not_understood_can_be_taken_back_as_well(client):
    query = "topic=none&from=x&to=2021-05-01"
    assert chips(client, query) == {
        "Remove filter: Topic: none (not understood) ×": "?from=x&to=2021-05-01",
        "Remove filter: From: x (not understood) ×": "?topic=none&to=2021-05-01",
        "Remove filter: To: 1 May 2021 ×": "?topic=none&from=x",
        "Remove all": "/news/",
    }
    # The title says what the list is, and repeats no stranger's words.
    assert words(parsed(client.get(f"/news/?{query}")).find(".//title")).startswith(
        "Error: News: To: 1 May 2021 – "
    )


@pytest.mark.usefixtures("news")
def test_a_list_is_passed_on_by_the_name_of_its_own_address(client):
    """A filtered list is passed on as the whole one, and the middle of the whole one as itself."""
    for _ in range(21):
        make.article(topics=[Topic.objects.get(slug="laws")])

    def passed_on(query):
        tree = parsed(client.get(f"/news/{query}"))
        said = {each.get("property"): each.get("content") for each in tree.iter("meta")}
        return tree, said["og:url"].partition("/news/")[2], said["og:title"]

    tree, address, title = passed_on("?topic=laws")
    assert words(tree.find(".//title")).startswith("News: Topic: Laws – ")
    assert (address, title) == ("", "News")
    [older] = [a.get("href") for a in tree.iter("a") if a.get("rel") == "next"]
    tree, address, title = passed_on(older)
    assert words(tree.find(".//title")).startswith("News: Topic: Laws, page from ")
    assert (address, title) == ("", "News")
    [older] = [a.get("href") for a in passed_on("")[0].iter("a") if a.get("rel") == "next"]
    tree, address, title = passed_on(older)
    assert address == older
    assert spaced(title) == words(tree.find(".//title")).rpartition(" – ")[0]
    assert title.startswith("News, page from ")


@pytest.mark.usefixtures("news")
def test_of_two_days_that_contradict_each_other_either_can_be_taken_back(client):
    assert chips(client, "from=2026-12-01&to=2020-01-01") == {
        "Remove filter: From: 1 December 2026 ×": "?to=2020-01-01",
        "Remove filter: To: 1 January 2020 ×": "?from=2026-12-01",
        "Remove all": "/news/",
    }


@pytest.mark.usefixtures("news")
def test_a_chip_holds_words_and_no_markup(client):
    found = chips(client, "q=%3Cb%3E%26%22")
    assert 'Remove filter: Words: <b>&" ×' in found


@pytest.mark.usefixtures("news")
def test_a_chip_marks_a_name_in_another_language(client):
    nav = parsed(client.get("/ru/news/?topic=laws")).find(".//nav[@class='chips']")
    assert [words(each) for each in nav.iter("span") if each.get("lang") == "en"] == ["Laws"]


@pytest.mark.usefixtures("news")
def test_a_filtered_list_is_not_for_search_engines(client):
    mark = '<meta name="robots" content="noindex">'
    assert mark not in client.get("/news/").text
    page = client.get("/news/?topic=laws").text
    assert mark in page
    assert '<link rel="canonical" href="http://testserver/news/">' in page


# Beside the list


def feeds(client, address):
    """Return the words before the feeds that a page offers, and where these are."""
    [line] = [
        each
        for each in parsed(client.get(address)).find(".//main").iter("p")
        if each.get("class") == "feeds"
    ]
    return words(line).partition(":")[0], [a.get("href") for a in line.iter("a")]


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("query", "label", "place"),
    [
        ("", "Feeds", "/news/feed"),
        ("delegation=belarus", "Feeds of this list", "/delegations/belarus/news"),
        ("topic=laws&q=&page=x", "Feeds of this list", "/topics/laws/news"),
        ("topic=laws&delegation=belarus", "Feeds of all news", "/news/feed"),
        ("person=viktor-kogut", "Feeds of all news", "/news/feed"),
        ("delegation=belarus&from=2021-01-01", "Feeds of all news", "/news/feed"),
    ],
)
def test_the_feeds_are_those_of_the_list_or_say_that_they_are_not(client, query, label, place):
    found = [f"{place}.atom", f"{place}.rss"]
    assert feeds(client, f"/news/?{query}") == (label, found)
    assert feeds(client, f"/ru/news/?{query}")[1] == [f"/ru{each}" for each in found]
    for each in found:
        assert f'href="{each}">' in client.get(f"/news/?{query}").text.partition("</head>")[0]


@pytest.mark.usefixtures("news")
def test_the_archive_says_that_it_counts_what_the_filters_leave_out(client):
    for query, heading in (("", "Archive"), ("topic=laws", "All news by month")):
        aside = parsed(client.get(f"/news/?{query}")).find(".//aside")
        assert words(aside.find(".//h2")) == heading
        assert aside.get("aria-labelledby") == aside.find(".//h2").get("id")


@pytest.mark.usefixtures("news")
def test_a_delegation_is_offered_by_its_state_first(client):
    [option] = [
        each
        for each in parsed(client.get("/news/")).iter("option")
        if each.get("value") == "belarus"
    ]
    parliament = Parliament.objects.get(slug="belarus")
    assert words(option) == f"{parliament.state_en}: {parliament.name_en}"


@pytest.mark.django_db
def test_a_name_has_ten_words_at_most(client):
    make.person("viktor-kogut")
    words = [f"w{number}" for number in range(11)]
    assert "at most 10 words" in client.get("/news/", {"person": " ".join(words)}).text
    assert "at most" not in client.get("/news/", {"person": " ".join(words[:10])}).text
