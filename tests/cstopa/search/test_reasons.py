"""A hit says why it is one: by its excerpt, or by what it was found."""

import datetime as dt

import pytest

from tests import make
from tests.cstopa.search.asking import marks, search
from tests.reading import links, main

pytestmark = pytest.mark.django_db


MARCH = dt.date(2024, 3, 1)

ARTICLE = {
    "headline_en": "A conference",
    "summary_en": "Held in Minsk & <i>elsewhere</i>",
    "body_en": "<p>Nothing here.</p>" * 30 + "<p>[[total]] treaties, <em>it is</em> said</p>",
    "headline_ru": "Конференция",
    "summary_ru": "Прошла в Минске",
    "body_ru": "<p>О договорах</p>",
}


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
