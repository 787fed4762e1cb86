"""What a page says to machines is what a reader sees on it."""

import datetime as dt
import json
import re

import pytest
from django.utils.dateparse import parse_datetime

from delegations.models import Delegation
from tests import make
from tests.growth import costs
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
RUSSIAN = {"headline_ru": "Заголовок", "summary_ru": "Кратко", "body_ru": "<p>Текст</p>"}
DELEGATION = {"": "Delegation: ", "/ru": "Делегация: "}
NOTE = re.compile(r" \((in Russian|in English|по-русски|по-английски)\)")


def graph(tree):
    """Return what a page says to machines, by type; no type twice."""
    blocks = tree.findall(".//script")
    if not blocks:
        return {}
    [block] = blocks
    assert block.attrib == {"type": "application/ld+json"}
    data = json.loads(block.text)
    assert data["@context"] == "https://schema.org"
    found = {thing["@type"]: thing for thing in data["@graph"]}
    assert len(found) == len(data["@graph"])
    return found


def shared(tree):
    return {m.get("property"): m.get("content") for m in tree.findall(".//meta[@property]")}


def of_class(tree, name):
    return [each for each in tree.iter() if name in (each.get("class") or "").split()]


def seen(element):
    """Return the words that a reader sees, without the note of another language."""
    return NOTE.sub("", words(element))


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_an_article_agrees_with_its_page(client, prefix):
    published = dt.datetime(2021, 5, 21, 9, 30, tzinfo=dt.UTC)
    belarus = make.parliament("belarus")
    make.article(
        "one",
        published_at=published,
        topics=[make.topic("laws")],
        people=[make.person("viktor-kogut")],
        delegations=[Delegation.objects.get(pk=belarus.pk)],
        **RUSSIAN,
    )
    tree = parsed(client.get(f"{prefix}/news/one/"))
    said, main = graph(tree)["NewsArticle"], tree.find(".//main")
    assert said["headline"] == words(main.find(".//h1"))
    assert said["description"] == words(of_class(main, "article__summary")[0])
    assert said["inLanguage"] == main.find(".//h1").get("lang") == (prefix[1:] or "en")
    shown = [parse_datetime(time.get("datetime")) for time in main.iter("time")]
    assert parse_datetime(said["datePublished"]) == shown[0] == published
    # The day of the one is that of the other, which the reader sees.
    assert parse_datetime(said["dateModified"]).date() == shown[-1].date()
    assert said["dateModified"] > said["datePublished"]
    # Nobody is said to publish or to have written it whom nobody named.
    assert not {"publisher", "author", "isBasedOn"} & said.keys()
    beside = {
        seen(link): HOST + link.get("href") for link in of_class(tree, "page__aside")[0].iter("a")
    }
    for thing in said["about"]:
        assert beside[thing["name"].removeprefix(DELEGATION[prefix])] == thing["url"]
        page = parsed(client.get(thing["url"].removeprefix(HOST)))
        assert words(page.find(".//title")).startswith(f"{thing['name']} – ")
    assert set(said["keywords"]) <= set(beside)
    assert said["about"][0]["@id"] == f"{HOST}/api/delegations/belarus/"
    meta = shared(tree)
    assert meta["og:type"] == "article"
    assert parse_datetime(meta["article:published_time"]) == published
    assert meta["og:title"] == said["headline"]
    assert said["url"] == meta["og:url"] == f"{HOST}{prefix}/news/one/"


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_who_publishes_is_said_where_it_is_on_record(client, prefix):
    make.imprint(name_en="Secretariat", name_ru="Секретариат", email="post@example.org")
    make.page(title_ru="О сайте", body_ru="<p>Текст</p>")
    source = make.source(title_ru="Новость", publisher_en="Press", publisher_ru="Пресса")
    # The day before in Greenwich.
    moment = dt.datetime(2021, 5, 20, 21, tzinfo=dt.UTC)
    make.article("one", source=source, published_at=moment, **RUSSIAN)
    said = graph(parsed(client.get(f"{prefix}/news/one/")))["NewsArticle"]
    name = "Секретариат" if prefix else "Secretariat"
    assert said["publisher"]["name"] == name
    # It is by whom its source is.
    assert said["author"]["name"] == ("Пресса" if prefix else "Press")
    assert said["publisher"]["email"] == "post@example.org"
    assert "telephone" not in said["publisher"]
    assert said["isBasedOn"]["publisher"]["name"] == ("Пресса" if prefix else "Press")
    assert said["datePublished"] == "2021-05-21T00:00:00+03:00"
    for address in ("/", "/about/", "/open-data/"):
        things = graph(parsed(client.get(prefix + address))).values()
        assert name in [each.get("publisher", {}).get("name") for each in things]


@pytest.mark.parametrize("address", ["/", "/news/one/", "/parliaments/belarus/", "/people/ann/"])
def test_nothing_is_said_of_what_is_not_known(client, address):
    make.article("one")
    make.parliament("belarus")
    make.person("ann")
    block = parsed(client.get(address)).find(".//script").text
    assert not re.search(r"(null|\[\]|{}|\"\")[,}\]]", block)
    assert "logo" not in block


def test_an_article_in_one_language_is_at_one_address(client):
    belarus = make.parliament("belarus", name_ru="Парламент")
    make.article(
        "one",
        delegations=[Delegation.objects.get(pk=belarus.pk)],
        people=[make.person("viktor-kogut", given_name_ru="Виктор", family_name_ru="Когут")],
        topics=[make.topic("laws", name_ru="Законы")],
    )
    here, there = (parsed(client.get(f"{prefix}/news/one/")) for prefix in ("", "/ru"))
    said = graph(there)["NewsArticle"]
    assert (said["inLanguage"], said["url"]) == ("en", f"{HOST}/news/one/")
    # Whole in the language of the text: who published it, and what it is about, as well.
    assert said == graph(here)["NewsArticle"]
    of_page = ("og:locale", "og:url", "og:title", "og:site_name", "og:image:alt")
    assert [shared(there)[name] for name in of_page] == [shared(here)[name] for name in of_page]
    assert shared(there)["og:locale"] == "en_GB"


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("day", ["2018-06-01", "2021-06-01"])
def test_a_delegation_has_the_members_of_the_day_of_its_page(client, prefix, day):
    belarus = make.parliament("belarus", name_ru="Парламент")
    house = make.chamber(belarus)
    first, second = dt.date(2019, 12, 31), dt.date(2020, 1, 1)
    make.membership(make.person("ann-old"), house, valid_to=first)
    make.membership(make.person("bob-new"), house, valid_from=second)
    make.role(make.person("eve-head"), "head", parliament=belarus, valid_from=second)
    make.office(make.person("max-rep"), "representative", parliament=belarus)
    tree = parsed(client.get(f"{prefix}/delegations/belarus/?date={day}"))
    said = graph(tree)["GovernmentOrganization"]
    assert said["name"] == words(tree.find(".//title")).rpartition(", ")[0]
    main = tree.find(".//main")
    shown = {HOST + link.get("href").partition("?")[0]: seen(link) for link in main.iter("a")}
    named = {each["member"]["url"]: each["member"]["name"] for each in said["member"]}
    people = {url: name for url, name in shown.items() if "/people/" in url}
    # The people of other days stand below.
    assert named.items() <= people.items()
    slugs = {"2018-06-01": ["ann-old", "max-rep"], "2021-06-01": ["bob-new", "eve-head", "max-rep"]}
    assert sorted(named) == [f"{HOST}{prefix}/people/{slug}/" for slug in slugs[day]]
    # The thing is the same on every day, and so is its address; who shares the page shares its day.
    assert said["url"] == f"{HOST}{prefix}/delegations/belarus/"
    assert shared(tree)["og:url"] == f"{said['url']}?date={day}"
    for each in said["member"]:
        if each["member"]["url"].endswith("/bob-new/"):
            assert each["startDate"] == "2020-01-01"
        if "ann-old" in each["member"]["url"]:
            assert (each.get("startDate"), each["endDate"]) == (None, "2019-12-31")
        assert each["roleName"]
    assert said["parentOrganization"]["url"] in shown


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_person_has_what_they_hold_on_the_day(client, prefix):
    person = make.person("viktor-kogut")
    belarus = make.parliament("belarus")
    make.office(person)
    make.role(person, "head", parliament=belarus, valid_to=dt.date(2019, 12, 31))
    make.membership(person, make.chamber(belarus), valid_from=dt.date(2020, 1, 1))
    for day, number in (("2018-06-01", 2), ("2021-06-01", 2)):
        tree = parsed(client.get(f"{prefix}/people/viktor-kogut/?date={day}"))
        said, page = graph(tree)["Person"], words(tree.find(".//main"))
        assert said["name"] == seen(tree.find(".//main//h1"))
        assert " ".join([said["givenName"], said["familyName"]]) == said["name"]
        assert said["@id"] == f"{HOST}/api/people/viktor-kogut/"
        assert len(said["memberOf"]) == number
        for held in said["memberOf"]:
            assert held["roleName"] in page


def test_an_end_that_is_not_known_exactly_is_not_said(client):
    belarus = make.parliament("belarus")
    make.office(
        function="representative",
        parliament=belarus,
        valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2199, 1, 1),
        valid_to_is_latest=True,
        # Known to last so long.
        checked_on=dt.date(2021, 1, 1),
    )
    page = client.get("/delegations/belarus/?date=2020-06-01")
    said = graph(parsed(page))["GovernmentOrganization"]
    assert said["member"][0]["startDate"] == "2020-01-01"
    assert "endDate" not in said["member"][0]


def test_a_parliament_names_its_chambers_and_their_websites(client):
    belarus = make.parliament("belarus")
    make.chamber(belarus, house="lower", name_en="House", website="https://house.example/")
    make.chamber(belarus, house="upper", name_en="Old", valid_to=dt.date(2010, 1, 1))
    tree = parsed(client.get("/parliaments/belarus/"))
    said = graph(tree)["GovernmentOrganization"]
    assert said["name"] == words(tree.find(".//main//h1"))
    [part] = said["subOrganization"]
    assert (part["name"], part["sameAs"]) == ("House", "https://house.example/")
    assert said["areaServed"]["name"] in words(tree.find(".//main"))


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_the_home_page_names_the_assembly_and_its_officers(client, prefix):
    make.office(make.person("viktor-kogut"))
    tree = parsed(client.get(f"{prefix}/"))
    things = graph(tree)
    said = things["GovernmentOrganization"]
    assert said["name"] == things["WebSite"]["name"] == words(tree.find(".//main//h1"))
    [officer] = said["member"]
    shown = {HOST + link.get("href").partition("#")[0]: seen(link) for link in tree.iter("a")}
    assert shown[officer["member"]["url"]] == officer["member"]["name"]


def test_nothing_in_the_data_ends_its_block(client):
    headline = "</script><script>alert(1)</script>&amp;<!--"
    make.article("one", headline_en=headline)
    response = client.get("/news/one/")
    assert "<script>" not in response.text
    tree = parsed(response)
    assert graph(tree)["NewsArticle"]["headline"] == words(tree.find(".//main//h1"))


def test_an_error_has_no_data(client):
    tree = parsed(client.get("/atlantis/"))
    assert graph(tree) == {}
    assert shared(tree) == {}


def test_the_data_asks_the_database_for_nothing_more_with_more_rows(client):
    belarus = make.parliament("belarus")
    house, person = make.chamber(belarus), make.person("viktor-kogut")
    pages = ["/delegations/belarus/", "/people/viktor-kogut/", "/parliaments/belarus/", "/"]

    def add():
        make.membership(make.person(), house)
        make.role(make.person(), "alternate", parliament=belarus)
        make.office(person, "representative", parliament=make.parliament())

    add()
    before = costs(client, pages)
    for _ in range(5):
        add()
    assert costs(client, pages) == before
