"""A small site of everything that is found, and the name of each thing in the tests."""

import datetime as dt
import re

from django.utils import timezone

from delegations.models import Source
from tests import make


def fill():
    """Make the rows; ``ADDRESSES`` says how each is called."""
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
    # Tests number the sources that they make, and a number may be what is asked for.
    for source in Source.objects.all():
        source.title_en, source.title_ru = "Gazette", "Ведомости"
        source.save()


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

NAME = re.compile('<a class="search__name" href="(?:/ru)?([^"]+)"')


def found(response):
    """Return the names of what a page of the search found; all sources are the gazette."""
    rows = NAME.findall(response.text)
    return {"gazette" if row.startswith("/sources/") else ADDRESSES[row] for row in rows}
