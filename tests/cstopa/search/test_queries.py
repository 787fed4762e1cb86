"""What a query finds: one table over one small site, the same on both databases."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def site(module_db):
    belarus = make.parliament(
        "belarus",
        state_en="Republic of Belarus",
        name_en="National Assembly of the Republic of Belarus",
        state_ru="Республика Беларусь",
        name_ru="Национальное собрание Республики Беларусь",
        search_words_en="Belarusian, Byelorussia",
        search_words_ru="Белоруссия, белорусский",
    )
    kazakhstan = make.parliament(
        "kazakhstan", name_en="Parliament of Kazakhstan", name_ru="Парламент Казахстана"
    )
    make.name(belarus, "Supreme Council", name_ru="Верховный Совет", valid_to=dt.date(1996, 1, 1))
    make.chamber(
        belarus,
        code="house",
        name_en="House of Representatives",
        name_ru="Палата представителей",
        search_words_ru="нижняя палата, ПП",
    )
    # One without a name is its parliament, which is found itself.
    sole = make.parliament("sole", name_en="Zhogorku")
    make.chamber(sole, code="only", name_en="")
    mazhilis = make.chamber(
        kazakhstan,
        code="mazhilis",
        name_en="Mazhilis",
        name_ru="Мажилис",
        member_title="member",
    )
    make.name(mazhilis, "Meclis", valid_to=dt.date(2000, 1, 1))
    kogut = make.person(
        "kogut", given_name_en="Viktor", given_name_ru="Виктор", **family("Kogut", "Когут")
    )
    rogalev = make.person("rogalev", given_name_en="Pyotr", **family("Rogalyov", "Рогалёв"))
    obrien = make.person("obrien", given_name_en="Mary-Ann", **family("O’Brien", ""))
    make.office(kogut, "representative", code="represents", parliament=belarus)
    make.office(rogalev, "chairman", code="chairs", valid_from=dt.date(2001, 1, 1))
    make.office(obrien, "chairman", code="chaired", valid_to=dt.date(2000, 12, 31))
    make.role(rogalev, "head", parliament=kazakhstan, code="heads")
    make.role(kogut, "head", parliament=belarus, valid_to=dt.date(2000, 12, 31))
    make.role(obrien, "deputy_head", code="deputises", parliament=sole)
    make.participation(kazakhstan, "observer")
    make.participation(belarus, "partner", valid_to=dt.date(2000, 12, 31))
    make.topic("uzbek", name_en="Oʻzbekiston Respublikasi’s M’ʻ")
    make.topic("laws", name_en="Model lawmaking", name_ru="Модельное законотворчество")
    make.article(
        "security",
        headline_en="Conference on collective security",
        summary_en="The deputies met in Minsk",
        body_en="<p>Peace-keeping, a treaty of 2021 and a café</p><p>Cease-fire agreement in Warsaw</p><p>Kogut’s words</p>",
        headline_ru="Конференция о коллективной безопасности",
        summary_ru="Депутаты встретились в Минске",
        body_ru="<p>Всё ещё о миротворчестве: договор 2021 года</p><ul><li>Поспелов</li></ul>",
    )
    make.article(
        "treaties",
        headline_en="Treaties & <b>tables</b>",
        summary_en="Security, collective or not, in 56 co\u00adun\u00adtries: email",
        body_en="<p>peacekeeping <strong>bol</strong>d &amp; 100% sure</p><p>Ceasefire agreement</p><p>[[total]] seats</p>",
    )
    make.article(
        "school",
        headline_en="",
        summary_en="",
        body_en="",
        headline_ru="Учёба наблюдателей в Йошкар-Оле",
        summary_ru="Делегации Беларуси и делегация Казахстана",
        body_ru="<p>Ассамблея; вице-спикер; подписи Поспелова</p>",
    )
    # Half a translation, a draft, and what is to come.
    make.article("half", headline_en="x", headline_ru="Недописанное", body_ru="<p>Тайна</p>")
    make.article("draft", status="draft", headline_en="Conference of secrets")
    make.article(
        "ahead",
        headline_en="Conference to come",
        published_at=timezone.now() + dt.timedelta(days=1),
    )


def family(english, russian):
    return {"family_name_en": english, "family_name_ru": russian}


ADDRESSES = {
    "/delegations/belarus/": "belarus",
    "/delegations/kazakhstan/": "kazakhstan",
    "/parliaments/belarus/#house": "house",
    "/parliaments/kazakhstan/#mazhilis": "mazhilis",
    "/people/kogut/": "kogut",
    "/people/rogalev/": "rogalev",
    "/people/obrien/": "obrien",
    "/people/kogut/#represents": "represents",
    "/people/rogalev/#chairs": "chairs",
    "/people/rogalev/#heads": "heads",
    "/people/obrien/#deputises": "deputises",
    "/delegations/sole/": "sole",
    "/topics/laws/": "laws",
    "/topics/uzbek/": "uzbek",
    **{f"/news/{slug}/": slug for slug in ("security", "treaties", "school", "half")},
}

# What is asked for, and all that is found.
TABLE = [
    # A word, and words in any order.
    ("minsk", "security"),
    ("collective security", "security treaties"),
    ("security collective", "security treaties"),
    ("conference minsk treaty", "security"),
    ("conference tables", ""),
    ("Viktor Kogut", "kogut"),
    ("Kogut Viktor", "kogut"),
    ("безопасности конференция", "security"),
    ("nowhere", ""),
    # Word forms of either language.
    ("conferences", "security"),
    ("treaty", "security treaties"),
    ("TREATIES", "security treaties"),
    ("deputy", "belarus sole house security"),
    ("representative", "house represents"),
    ("assemblies", "belarus house chairs"),
    ("делегация", "belarus kazakhstan sole school"),
    ("делегаций", "belarus kazakhstan sole school"),
    ("делегациями", "belarus kazakhstan sole school"),
    ("конференции", "security"),
    ("депутатов", "belarus sole house security"),
    ("договора", "security"),
    ("поспелов", "security school"),
    ("Поспелову", "security school"),
    ("Когута", "kogut"),
    ("Рогалёву", "rogalev"),
    ("ассамблею", "chairs school"),
    ("подпись", "school"),
    ("беларусь", "belarus house school"),
    ("Беларуси", "belarus house school"),
    ("казахстане", "kazakhstan mazhilis school"),
    ("собраний", "belarus house"),
    ("республика", "belarus house"),
    # A form of another word is none.
    ("конферансье", ""),
    ("treat", "security treaties"),
    ("депо", ""),
    # The beginning of a word, of three letters at least; no other part of it.
    ("Belar", "belarus house"),
    ("belarus", "belarus house"),
    ("мин", "security"),
    ("be", ""),
    ("elarus", ""),
    ("законотв", "laws"),
    ("202", ""),
    ("2021", "security"),
    ("5", ""),
    ("56", "treaties"),
    # Case, accents, ё and е, signs that nobody sees.
    ("MINSK", "security"),
    ("cafe", "security"),
    ("CAFÉ", "security"),
    ("cafe\u0301", "security"),
    ("все еще", "security"),
    ("ВСЁ", "security"),
    ("учеба", "school"),
    ("Рогалев", "rogalev"),
    ("рога\u0301лёв", "rogalev"),
    ("наблюдателеи\u0306", "kazakhstan school"),
    ("йошкар", "school"),
    ("иошкар", ""),
    ("countries", "treaties"),
    ("ｍｉｎｓｋ", "security"),
    # Hyphens and apostrophes.
    ("peace-keeping", "security treaties"),
    ("peacekeeping", "security treaties"),
    ("peace keeping", "security"),
    ("e-mail", "treaties"),
    ("Йошкар-Ола", "school"),
    ("ола йошкар", "school"),
    ("вице спикер", "school"),
    ("вицеспикер", "school"),
    ("O'Brien", "obrien"),
    ("OBrien", "obrien"),
    ("brien", "obrien"),
    ("Kogut's", "kogut security"),
    ("mary–ann", "obrien"),
    ("O‘Brien", "obrien"),
    ("oʼbrien", "obrien"),
    ("o`brien", "obrien"),
    ("oʻzbekiston", "uzbek"),
    ("o'zbekiston", "uzbek"),
    ("Oʼzbekiston", "uzbek"),
    ("O‘ZBEKISTON", "uzbek"),
    ("ozbekiston", "uzbek"),
    ("ozbek", "uzbek"),
    ("respublikasi", "uzbek"),
    # Phrases: in this order, side by side, in one passage; whole words in any form.
    ('"collective security"', "security"),
    ("“collective security”", "security"),
    ("«коллективная безопасность»", "security"),
    ("„коллективной безопасности“", "security"),
    ('"security collective"', "treaties"),
    ('"collective securities"', "security"),
    ('"collective sec"', ""),
    ('"minsk"', "security"),
    ('"mins"', ""),
    ('"café Kogut"', ""),
    ('"security the deputies"', ""),
    ('"of the republic"', "belarus house"),
    ('"делегация Казахстана"', "school"),
    ('"Беларусь делегация"', ""),
    ('"sure seats"', ""),
    ('"total"', ""),
    ('minsk "collective security"', "security"),
    ('"peace keeping"', "security"),
    ('"peacekeeping"', "security treaties"),
    # Hyphens and apostrophes do not matter in a phrase either.
    ('"cease-fire agreement"', "security treaties"),
    ('"ceasefire agreement"', "security treaties"),
    ('"ceasefire agreements"', "security treaties"),
    ('"cease fire agreement"', "security"),
    ('"agreement cease-fire"', ""),
    ('"peacekeeping ceasefire"', ""),
    ('"ozbekiston respublikasi"', "uzbek"),
    ('"O\'zbekiston Respublikasi"', "uzbek"),
    ('security -"ceasefire agreement"', ""),
    # Minus.
    ("security -minsk", "treaties"),
    ("security −minsk", "treaties"),
    ("security -MINSKS", "treaties"),
    ('security -"collective security"', "treaties"),
    ("security -«collective security»", "treaties"),
    ("поспелов -ассамблея", "security"),
    ("Belarus -republic", ""),
    ("security - minsk", "security"),
    ("security minsk-", "security"),
    ("-minsk security", "treaties"),
    ("делегация -беларусь", "kazakhstan sole"),
    # What is not wanted is a word in any form, not what begins with it.
    ("conference -war", "security"),
    ("conference -mins", "security"),
    ("conference -warsaw", ""),
    ("school -йош", ""),
    ("учёба -йош", "school"),
    ("учёба -йошкар", ""),
    ("treaties -peace", "treaties"),
    # A minus in brackets, and one at a quote without its other half.
    ('security -"minsk', "treaties"),
    ("security -«minsk", "treaties"),
    ('security "-minsk', "treaties"),
    ("security (-minsk)", "treaties"),
    ('security (-"minsk)', "treaties"),
    ('security -("collective security")', "treaties"),
    ('security -""minsk', "treaties"),
    ('security -"" minsk', "security"),
    ("security -'minsk'", "treaties"),
    ('"-minsk"', "security"),
    # Words that are in nearly every text.
    ("the conference on security", "security"),
    ("в Минске и Казахстане", ""),
    ("о конференции", "security"),
    # Latin letters, where the Cyrillic name is on record too, and any name of the past.
    ("Rogalyov", "rogalev"),
    ("Рогалёв Pyotr", "rogalev"),
    ("когут viktor", "kogut"),
    ("Supreme Council", "belarus house"),
    ("верховный совет", "belarus house"),
    ("meclis", "mazhilis"),
    ("мажилис", "mazhilis"),
    ("national supreme", "belarus house"),
    ("National -Supreme", ""),
    # Short names and other words of a parliament and of its chambers, which are found with it.
    ("Belarusian", "belarus house"),
    ("Byelorussia", "belarus house"),
    ("Белоруссии", "belarus house"),
    ("белорусская палата", "house"),
    ("ПП", "house"),
    ("Mazhilis Kazakhstan", "mazhilis"),
    ("Kazakhstan House", ""),
    ("supreme house", "house"),
    ("house -belarusian", ""),
    ("zhogorku", "sole"),
    # What a row is.
    ("delegation", "belarus kazakhstan sole"),
    ("Belarus delegation", "belarus"),
    ("делегация Казахстана", "kazakhstan school"),
    ("состав делегации", "belarus kazakhstan sole"),
    ("composition Belarus", "belarus"),
    ("парламент Белоруссии", "belarus"),
    ("parliament", "belarus kazakhstan mazhilis sole"),
    ('"delegation"', "belarus kazakhstan sole"),
    ("belarus -delegation", "house"),
    ("палаты", "house mazhilis"),
    # Whom it sends.
    ("deputies Belarus", "belarus house"),
    ("депутаты", "belarus sole house security"),
    ("members", "kazakhstan mazhilis"),
    ("члены Мажилиса", "mazhilis"),
    ("seats Belarus", "belarus house"),
    ("места Беларуси", "belarus house"),
    ("how many deputies", "belarus sole house security"),
    ("how many deputies has Belarus", "belarus house"),
    ("сколько депутатов у Белоруссии", "belarus house"),
    # How it takes part today.
    ("observer", "kazakhstan"),
    ("наблюдатель Казахстан", "kazakhstan school"),
    ("observer -kazakhstan", ""),
    ("partner", ""),
    # Who has a role in a delegation today.
    ("head of delegation", "heads deputises"),
    ("head Kazakhstan", "heads"),
    ("head Belarus", ""),
    ("глава делегации", "heads deputises"),
    ("глава делегации Казахстана", "heads"),
    ("deputy head", "deputises"),
    ("глава Рогалёв", "heads"),
    # Who holds an office today, and whose it is.
    ("chairman", "chairs"),
    ("председатель", "chairs"),
    ("chairman Rogalyov", "chairs"),
    ("председатель Рогалёв", "chairs"),
    ("chairman brien", ""),
    ("chairman Belarus", ""),
    ("chairman -assembly", ""),
    ("chairman -rogalev", "chairs"),
    ("chairman -рогалёв", ""),
    ("plenipotentiary", "represents"),
    ("plenipotentiary representative of Belarus", "represents"),
    ("полномочный представитель Белоруссии", "represents"),
    ("plenipotentiary supreme council", "represents"),
    ('"plenipotentiary representative"', "represents"),
    ("plenipotentiary Kazakhstan", ""),
    ("executive secretary", ""),
    # Latin spellings of one name.
    ("Victor Kogut", "kogut"),
    ("Viktor -victor", ""),
    # Markup and signs are text.
    ("<b>tables</b>", "treaties"),
    ("<mark>", ""),
    ("bold", "treaties"),
    ("&amp;", ""),
    ("strong", ""),
    ("100%", "treaties"),
    ("10_", ""),
    ("minsk%", "security"),
    ("' OR minsk --", "security"),
    ("minsk*", "security"),
    ("minsk\x07", "security"),
    # A quote without its other half.
    ('"collective security', "security treaties"),
    ('collective" security', "security treaties"),
    ('"" minsk', "security"),
    ('collective"security', "security treaties"),
    ("(minsk)", "security"),
    # What nobody may read yet.
    ("conference", "security"),
    ("secrets", ""),
    ("come", ""),
    ("недописанное", ""),
    ("тайна", ""),
]


NAME = re.compile('<a class="search__name" href="(?:/ru)?([^"]+)"')


def found(response):
    # The sources are numbered, and their number may be what is asked for.
    rows = [each for each in NAME.findall(response.text) if not each.startswith("/sources/")]
    return {ADDRESSES[address] for address in rows}


@pytest.mark.parametrize(("query", "names"), TABLE)
def test_a_query_finds_this_and_nothing_else(client, query, names):
    assert found(client.get("/search/", {"q": query})) == set(names.split())


def test_every_query_finds_the_same_everywhere(client, admin_client):
    """The page in Russian and the filter of the news, in turn, and the desk agree with the table."""
    articles = {"security", "treaties", "school", "half"}
    for query, names in TABLE[::2]:
        assert found(client.get("/ru/search/", {"q": query})) == set(names.split()), query
    for query, names in TABLE[1::2]:
        answer = client.get("/news/", {"q": query}).context["page"]
        slugs = {article.get_absolute_url().split("/")[2] for article in answer}
        assert slugs == set(names.split()) & articles, query
    for query in ('security -"collective security"', "делегациями", '"collective security"'):
        names = set(dict(TABLE)[query].split()) & articles
        answer = admin_client.get(page(Article, "changelist"), {"q": query}).context["cl"]
        assert {article.slug for article in answer.result_list} == names, query


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("secrets", {"draft"}),
        ("недоп", {"half"}),
        ("se con", {"security", "draft"}),
        ("conference -draft", {"security", "ahead"}),
        ("conference -secrets", {"security", "ahead"}),
        ('"conference of secrets"', {"draft"}),
        ("-conference", set()),
    ],
)
def test_at_the_desk_words_are_found_while_they_are_typed(admin_client, query, names):
    answer = admin_client.get(page(Article, "changelist"), {"q": query}).context["cl"]
    assert {article.slug for article in answer.result_list} == names


def test_no_search_asks_for_more_than_ten_things(client, admin_client):
    most = "conference on the collective security minsk treaty café kogut -x -y -z"
    assert found(client.get("/search/", {"q": most})) == {"security"}
    for query, number in (("collective " + most + " met", 11), ("minsk -a -b -c -d", 4)):
        answer = admin_client.get(page(Article, "changelist"), {"q": query})
        assert not answer.context["cl"].result_list
        assert f"these are {number}." in answer.text
