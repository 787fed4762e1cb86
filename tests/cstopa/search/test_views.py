import datetime as dt
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from cstopa.pages.models import Page
from delegations.models import Delegation
from tests import make
from tests.growth import costs
from tests.reading import by_id, links, main, parsed, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)


def search(client, query, language=""):
    return client.get(f"{language}/search/", {"q": query})


def test_each_kind_is_found_and_leads_to_its_page(client):
    belarus = make.parliament("example")
    chamber = make.chamber(belarus, name_en="Example House")
    person, topic = make.person("ann-example"), make.topic("example")
    article = make.article("example")
    found = links(search(client, "EXAM"))
    for row in (belarus, Delegation.objects.get(), chamber, person, topic, article):
        assert row.get_absolute_url() in found, row


def test_a_delegation_is_found_with_its_seats(client):
    house = make.chamber(make.parliament("belarus"))
    make.allocation(house, 6, valid_to=MARCH)
    make.allocation(house, 7, valid_from=MARCH + dt.timedelta(days=1))
    for query in ("belarus", "house"):
        assert "7 deputies" in main(search(client, query))
        assert "6 deputies" not in main(search(client, query))


def test_words_of_either_language_are_found_on_the_page_of_either(client):
    make.person("petr-alekseev", family_name_en="Alekseev", family_name_ru="Алексе́ёв")
    for query in ("алексеев", "АЛЕКСЕЁВ", "alekse", "petr"):
        for language in ("", "/ru"):
            assert f"{language}/people/petr-alekseev/" in links(search(client, query, language))


def test_every_word_has_to_be_found(client):
    make.person("ann-example")
    assert "/people/ann-example/" in links(search(client, "example, ann!"))
    assert "Nothing was found." in main(search(client, "ann other"))


def test_an_empty_question_shows_the_form(client):
    for response in (client.get("/search/"), search(client, " "), search(client, "\u200b")):
        assert parsed(response).find(".//main//form//input").get("name") == "q"
        assert "Nothing was found." not in main(response)
    assert "noindex" not in client.get("/search/").text


def test_nothing_found_says_what_to_try(client):
    make.topic("laws", name_en="Model laws")
    response = search(client, '"laws model" -"of peace"')
    assert "Nothing was found." in main(response)
    tries = {said: address for address, said in links(response).items()}
    assert "fewer words" in main(response)
    assert {"Delegations", "People", "News", "Model laws"} <= tries.keys()
    loose = tries["the same words without quotes, in any order"]
    assert "Nothing was found." in main(client.get(f"/search/{loose}"))
    kept = tries["the same without what is taken away by a minus"]
    assert kept == "?q=%22laws+model%22"
    [loose] = [
        address
        for address, said in links(client.get(f"/search/{kept}")).items()
        if "without quotes" in said
    ]
    assert "/topics/laws/" in links(client.get(f"/search/{loose}"))


def test_what_another_keyboard_meant_is_offered_if_it_finds_anything(client):
    make.person(family_name_en="Kogut", family_name_ru="Когут")
    make.article(status="draft", headline_en="Secret")
    assert links(search(client, "rjuen"))["?q=%D0%BA%D0%BE%D0%B3%D1%83%D1%82"] == "когут"
    assert links(search(client, "Лщпге", "/ru"))["?q=Kogut"] == "Kogut"
    for query in ("rjuenn", "ыускуе"):
        assert "Did you mean" not in main(search(client, query))


@pytest.fixture
def spelt():
    kyrgyzstan = make.parliament(
        "kyrgyzstan", state_en="Kyrgyz Republic", search_words_en="Kyrgyzstan"
    )
    kazakhstan = make.parliament(
        "kazakhstan", state_ru="Республика Казахстан", name_ru="Парламент Казахстана"
    )
    make.office(make.person("sergei-pospelov"), "executive_secretary")
    make.role(make.person("ann-a"), "head", parliament=kazakhstan)
    make.chamber(kyrgyzstan, name_en="Jogorku")
    make.topic(name_en="Senate")
    make.article(status="draft", headline_en="Secrecy")


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("ответсвенный секретарь", "ответственный секретарь"),
        ("Ответсвенного секретаря", "ответственного секретаря"),
        ("Kirgizstan", "kyrgyzstan"),
        ("Kirghizstan", "kyrgyzstan"),
        ("Pospelow", "pospelov"),
        ("sergie", "sergei"),
        ("глва делигации казахстна", "глава делегации казахстана"),
        # Two words without a space, and one inside another.
        ("delegtion,seats", "delegation,seats"),
        ("sentates of sentate", "senate of senate"),
        ("pospelov's ospelov", "pospelov's pospelov"),
        ("(pospelow's)", "(pospelov)"),
        ("obsever", ""),
        # The word of a draft, a number, a short word, and words that are far from any.
        ("secrecyy", ""),
        ("2O21", ""),
        ("ane", ""),
        ("zzqxv", ""),
        ('"pospelow"', ""),
    ],
)
def test_a_near_spelling_is_offered_if_it_finds_anything_and_replaces_nothing(
    client, spelt, query, meant
):
    for language in ("", "/ru"):
        response = search(client, query, language)
        offered = [
            said
            for address, said in links(response).items()
            if address.startswith("?q=") and "quotes" not in said and "кавыч" not in said
        ]
        assert offered == ([meant] if meant else [])
        assert parsed(response).find(".//main//form//input").get("value") == query
        if meant:
            found = client.get(f"{language}/search/", {"q": meant})
            assert "search__name" in found.text
            assert "Did you mean" not in main(found)


def test_what_is_found_asks_for_no_spelling(client, monkeypatch, spelt):
    monkeypatch.setattr("cstopa.search.views.nearest", None)
    assert "/people/sergei-pospelov/" in links(search(client, "pospelov"))


def test_no_near_spelling_costs_more_queries_with_more_words(client, spelt):
    def add(words):
        for word in words:
            make.person(family_name_en=word)
            make.topic(name_en=word)

    addresses = ("/search/?q=pospelow", "/search/?q=zzqxvw")
    add(["Pospelof"])
    before = costs(client, addresses)
    add(["Pospelog", "Pospeloh", "Pospeloi", "Pospelok", "Zzqwer"])
    assert costs(client, addresses) == before


def test_where_nothing_is_found_the_page_says_what_the_site_holds(client, spelt):
    response = search(client, "Atlantis")
    page = main(response)
    assert "Delegations (2): " in page
    assert "People (2): " in page
    assert {"/delegations/", "/people/", "/people/ann-a/"} <= links(response).keys()
    assert "no calendar of sessions" in page
    assert "Participation in the Assembly: not recorded of 2 delegations" in page
    assert "Head of the delegation: not recorded of 1 delegation: Kyrgyz Republic." in page


def test_a_post_that_nobody_has_on_record_is_said_not_to_be_recorded(client, spelt):
    make.article(headline_en="A deputy head in Kyrgyzstan")
    for query in ("deputy head kyrgyzstan", "заместитель главы делегации"):
        page = main(search(client, query))
        assert "Deputy head of the delegation: not recorded of 2 delegations" in page
    assert "not recorded of" not in main(search(client, "head of delegation"))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("x" * 201, "at most 200 characters: these are 201"),
        ("слово " * 1700, "at most 200 characters"),
        ("a\0b", "Null characters"),
        ("!?", "signs alone"),
        ('"" - «»', "signs alone"),
        ("-minsk", "a minus only takes away"),
        ('-"model laws" -minsk', "a minus only takes away"),
        (" ".join("bcdefghijkl"), "at most 10 words and phrases: these are 11"),
        ("b-c-d-e-f-g h j k l -m", "at most 10 words and phrases: these are 11"),
        ('minsk -a -"b c" -d -e', "at most 3 words and phrases by a minus: these are 4"),
        ("the", "in nearly every text"),
        ("из-за и", "in nearly every text"),
    ],
)
@pytest.mark.parametrize("address", ["/search/", "/news/"])
def test_a_question_that_is_refused_has_a_message_at_its_field(client, address, query, message):
    make.article()
    response = client.get(address, {"q": query})
    assert response.status_code == 200
    field = parsed(response).find(".//main//form//input")
    assert field.get("aria-invalid") == "true"
    assert message in by_id(response, field.get("aria-describedby"))
    assert "was found" not in main(response)
    assert not [address for address in links(response) if address.startswith("/news/article")]


@pytest.mark.parametrize(
    "query",
    [
        '"><script>alert(1)</script>',
        "w%_\\'",
        "a\x01\x1fb",
        "é" * 200,
        "w " * 100,
        "w\u0301",
        # Signs on the other keyboard.
        "ъхэё",
    ],
)
def test_any_other_question_is_text(client, query):
    make.person()
    response = search(client, query)
    assert response.status_code == 200
    assert "<script>" not in response.text
    assert parsed(response).find(".//main//form//input").get("value").split() == (
        query.replace("\x01\x1f", " ").split()
    )


def test_more_than_twenty_of_a_kind_are_not_shown_but_told(client):
    for number in range(20):
        make.person(f"ann-p{number:02}")
    assert "More was found" not in main(search(client, "ann"))
    make.person("ann-last")
    response = search(client, "ann")
    assert main(response).count("More was found") == 1
    assert sum(address.startswith("/people/") for address in links(response)) == 20


def news_of(response):
    return [
        address
        for address in links(response)
        if address.startswith("/news/") and not address.startswith("/news/?")
    ]


def dated(day, **fields):
    return make.article(published_at=dt.datetime(2024, 1, day, tzinfo=dt.UTC), **fields)


def test_news_come_the_newest_first_and_page_by_page(client):
    make.topic("ann")
    made = [dated(day).get_absolute_url() for day in range(1, 26)]
    dated(28, status="draft")
    response = search(client, "headline")
    assert news_of(response) == made[:4:-1]
    older = next(each for each, said in links(response).items() if said == "Older")
    response = client.get(f"/search/{older}")
    assert news_of(response) == made[4::-1]
    assert "News: older articles" in main(response)
    # The other kinds stand on the first page alone.
    assert "Topics" in main(search(client, "ann"))
    newer = next(each for each, said in links(response).items() if said == "Newer")
    assert news_of(client.get(f"/search/{newer}")) == made[:4:-1]
    misread = client.get("/search/", {"q": "headline", "page": "x"})
    assert "cannot be read" in main(misread)
    assert news_of(misread) == made[:4:-1]


def test_the_best_come_first_among_the_newest(client):
    """Each is worse than the one before it for one reason alone."""
    body = "<p>Seen by nobody.</p>"
    ranked = [
        dated(1, headline_en="Border guard", summary_en="x", body_en=body),
        dated(2, headline_en="Guard of a border", summary_en="x", body_en=body),
        dated(3, headline_en="Border", summary_en="On guard", body_en=body),
        dated(4, headline_en="x", summary_en="Guard, border", body_en=body),
        dated(5, headline_en="x", summary_en="x", body_en="<p>A border guard</p>"),
        dated(7, headline_en="x", summary_en="x", body_en="<p>border</p><p>guards borders</p>"),
        dated(9, headline_en="x", summary_en="x", body_en="<p>border</p><p>guard</p>"),
        dated(8, headline_en="x", summary_en="x", body_en="<p>border</p><p>guard</p>"),
    ]
    response = client.get("/search/", {"q": "border guard", "order": "best"})
    assert news_of(response) == [article.get_absolute_url() for article in ranked]
    assert "The best of the newest 400 articles" in main(response)
    assert links(response)["?q=border+guard"] == "Newest first"
    # Sent again from the page, the question keeps its order.
    [order] = parsed(response).findall(".//main//form//input[@name='order']")
    assert order.get("value") == "best"
    assert client.get("/search/", {"q": "none", "order": "best"}).status_code == 200


def test_only_the_newest_are_ranked(client, monkeypatch):
    monkeypatch.setattr("cstopa.search.results.RANKED", 2)
    dated(1, headline_en="Border border border")
    newest = [dated(day, summary_en="border") for day in (3, 2)]
    response = client.get("/search/", {"q": "border", "order": "best"})
    assert news_of(response) == [article.get_absolute_url() for article in newest]


def test_no_search_costs_more_queries_with_more_rows(client):
    def add(number):
        for _ in range(number):
            house = make.chamber(make.parliament(), name_en="Common house")
            make.name(house, "Common name")
            make.name(house.parliament, "Common name", name_ru="Общее имя")
            make.allocation(house)
            make.person(family_name_en="Common")
            make.topic(name_en="Common")
            make.article(headline_en="Common [[total]]", body_en="<p>[[parliament:none]]</p>")

    addresses = ("/search/?q=common", "/search/?q=common&order=best", "/search/?q=common+-other")
    add(1)
    before = costs(client, addresses)
    add(4)
    assert costs(client, addresses) == before


ARTICLE = {
    "headline_en": "A conference",
    "summary_en": "Held in Minsk & <i>elsewhere</i>",
    "body_en": "<p>Nothing here.</p>" * 30 + "<p>[[total]] treaties, <em>it is</em> said</p>",
    "headline_ru": "Конференция",
    "summary_ru": "Прошла в Минске",
    "body_ru": "<p>О договорах</p>",
}


def marks(response):
    """Return the excerpt of the one result, and the words that are marked on the page."""
    tree = parsed(response)
    [excerpt] = tree.findall(".//main//p[@class='search__excerpt']")
    return words(excerpt), [words(mark) for mark in tree.find(".//main").iter("mark")]


@pytest.mark.parametrize(
    ("query", "language", "excerpt", "marked"),
    [
        ("minsk", "", "Held in Minsk & <i>elsewhere</i>", ["Minsk"]),
        ("treaty", "", "… not recorded treaties, it is said", ["treaties"]),
        ('"it is said"', "", "… it is said", ["it is said"]),
        ("conferences", "", "Held in Minsk & <i>elsewhere</i>", ["conference"]),
        ("conference minsk", "", "Held in Minsk & <i>elsewhere</i>", ["conference", "Minsk"]),
        ("договор", "", "О договорах (in Russian)", ["договорах"]),
        ("конференция", "", "Конференция (in Russian)", ["Конференция"]),
        ("договор", "/ru", "О договорах", ["договорах"]),
        ("elsewhere", "/ru", "Held in Minsk & <i>elsewhere</i> (по-английски)", ["elsewhere"]),
    ],
)
def test_an_excerpt_shows_why_an_article_was_found(client, query, language, excerpt, marked):
    make.article(**ARTICLE)
    shown, hits = marks(search(client, query, language))
    assert hits == marked
    assert shown.startswith(excerpt) or (excerpt[:1] == "…" and shown.endswith(excerpt[2:]))
    assert len(shown) < 300


def test_an_excerpt_shows_no_half_of_a_translation(client):
    make.article(**ARTICLE | {"body_ru": ""})
    assert "Нич" not in main(search(client, "договор"))
    shown, hits = marks(search(client, "minsk", "/ru"))
    assert (shown[:4], hits) == ("Held", ["Minsk"])
    for language in ("", "/ru"):
        page = main(search(client, "conference", language))
        assert "Прошла" not in page
        assert "Конференция" not in page


def test_a_name_of_the_past_or_in_another_language_says_why_it_was_found(client):
    belarus = make.parliament("belarus", name_en="National Assembly")
    make.name(belarus, "Supreme Council", valid_to=MARCH)
    make.person("viktor-kogut", family_name_ru="Когут", given_name_ru="Виктор")
    assert marks(search(client, "supreme")) == ("Supreme Council", ["Supreme"])
    assert marks(search(client, "когута")) == ("Виктор Когут (in Russian)", ["Когут"])
    # The name itself says it.
    assert "search__excerpt" not in search(client, "assembly").text


def test_a_chamber_says_that_the_name_of_its_parliament_was_found(client):
    russia = make.parliament("russia", name_en="Federal Assembly", state_en="Russia")
    make.chamber(russia, name_en="State Duma")
    page = main(search(client, "assembly"))
    assert "State Duma dates not given found in the name of its parliament: Federal Ass" in page
    assert "found in the name" not in main(search(client, "duma"))
    assert "found in the name of its parliament: Russia" in main(search(client, "duma russia"))


def test_a_delegation_says_by_which_participation_it_was_found(client):
    serbia = make.parliament("serbia", state_en="Serbia", state_ru="Сербия")
    make.participation(serbia, "observer")
    for query in ("observer", "наблюдатель Сербия"):
        assert "/delegations/serbia/" in links(search(client, query))
    assert "found by its participation: observer" in main(search(client, "observer"))


def test_a_person_is_told_with_what_somebody_is_or_was(client):
    belarus = make.parliament("belarus", name_en="National Assembly")
    kogut, ann = make.person("viktor-kogut"), make.person("ann-kogut")
    make.office(kogut, "representative", parliament=belarus)
    make.membership(ann, make.chamber(belarus), valid_to=MARCH)
    page = main(search(client, "kogut"))
    assert "Viktor Kogut Plenipotentiary representative, National Assembly" in page
    assert (
        "Ann Kogut On this day none; earlier: Member of the delegation: National Assembly, House, "
        "until 1 March 2024"
    ) in page


def test_the_header_is_the_same_on_the_page_of_the_search(client):
    headers = [
        {words(a) for a in parsed(client.get(address)).find(".//header").iter("a")}
        for address in ("/search/", "/people/")
    ]
    assert headers[0] == headers[1]


def test_a_written_page_is_found_with_the_others_of_its_kind(client):
    body = "<p>We set no cookies</p><p>at all</p>"
    Page.objects.update_or_create(slug="privacy", defaults={"title_en": "Privacy", "body_en": body})
    response = search(client, "cookie")
    assert by_id(response, "page:page") == "Written pages"
    assert links(response)["/privacy/"] == "Privacy"
    assert marks(response) == ("We set no cookies · at all", ["cookies"])


def test_the_server_too_takes_a_question_that_is_far_too_long(base_url, transactional_db):
    query = urlencode({"q": "слово " * 200})
    with urlopen(f"{base_url}/ru/search/?{query}", timeout=30) as response:
        assert response.status == 200
        assert 'aria-invalid="true"' in response.read().decode()


def test_results_are_kept_out_of_search_engines(client):
    assert '<meta name="robots" content="noindex">' in search(client, "ann").text
