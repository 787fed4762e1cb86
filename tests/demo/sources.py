"""The documents that the invented facts follow."""

import datetime as dt

from django.utils.translation import override

from cstopa.models.periods import day_in_words
from tests.demo.record import OPENED, day

THE_SITE = {
    "code": "invented",
    "title_en": "What the record held when this site opened",
    "title_ru": "Состав на день открытия сайта",
}
ASSEMBLY = {
    "publisher_en": "Secretariat of the Assembly",
    "publisher_ru": "Секретариат Ассамблеи",
}
REPORT = {
    **ASSEMBLY,
    "title_en": "Yearbook of the Assembly, 2023",
    "title_ru": "Ежегодник Ассамблеи за 2023 год",
    "url": "https://assembly.example/yearbook-2023.pdf",
    "published_on": dt.date(2024, 1, 29),
    "read_on": dt.date(2024, 2, 9),
}


def in_words(on):
    """Return a day in English and in Russian, as a title says it."""
    found = []
    for language in ("en", "ru"):
        with override(language):
            found.append(day_in_words(on))
    return found


def dated(on):
    """Return when a document was published and read, which nobody did before the site opened."""
    return {"published_on": on, "read_on": max(on + dt.timedelta(days=1), OPENED)}


def assembly(since):
    """Return a decision of the Assembly about what starts on a day."""
    on = min(day(since), dt.date(2026, 10, 1))
    english, russian = in_words(on)
    number = f"{on.year % 100}-{on.month}"
    return {
        **ASSEMBLY,
        **dated(on),
        "title_en": f"Resolution of the Assembly No.\N{NO-BREAK SPACE}{number} of {english}",
        "title_ru": f"Постановление Ассамблеи от {russian} года №\N{NO-BREAK SPACE}{number}",
        "url": f"https://assembly.example/resolutions/{on:%Y-%m-%d}",
    }


def of_state(record, state, since, is_list=False):
    """Return the decision of a parliament about what starts on a day; the record of the site for none."""
    if since is None:
        return THE_SITE
    on = min(day(since), dt.date(2026, 9, 28)) - dt.timedelta(days=0 if is_list else 12)
    english, russian = in_words(on)
    what_en, what_ru = (
        ("List of the delegation", "Состав делегации") if is_list else ("Decision", "Решение")
    )
    return {
        **dated(on),
        "title_en": f"{what_en} of the {state.name_en}, {english}",
        "title_ru": f"{what_ru} {state.name_ru_of}, {russian} года",
        "publisher_en": state.name_en,
        "publisher_ru": state.name_ru,
        "url": f"https://parliament.{state.slug}.example/{'delegation' if is_list else 'decisions'}/{on:%Y-%m-%d}",
    }
