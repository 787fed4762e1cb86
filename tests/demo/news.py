"""The invented news, of 2010 to 2027: what it is about, when it came out, and who stands in it."""

import datetime as dt
import re

from django.utils.translation import override

from cstopa.models.codes import transliterated
from cstopa.models.periods import day_in_words
from cstopa.pages.models import Imprint, Page
from delegations.models import Delegation
from news.models import Article, Topic
from tests.demo import texts
from tests.demo.record import LAST, NEWS, OPENED, day, moment
from tests.demo.states import BY_SLUG
from tests.demo.written import EVENTS, IMPRINT, OFFICES, PAGES

YEARS = range(2010, 2027)
# Months and kinds of what each year brings.
EVERY_YEAR = [
    *((2, texts.COMMITTEE), (3, texts.VISIT), (4, texts.SESSION), (5, texts.LAW), (5, texts.COMMITTEE)),
    *((6, texts.YOUTH), (9, texts.COMMITTEE), (10, texts.SESSION), (10, texts.LAW), (11, texts.VISIT)),
]  # fmt: skip
SEASONS = {"spring": ("весенняя", "весеннюю"), "autumn": ("осенняя", "осеннюю")}
MEMBERS = ["ruritania", "graustark", "laurania", "kravonia"]
LANGUAGES = ("en", "ru")
# A number stands beside its noun; in a headline nothing of one letter ends a line.
BESIDE_A_NUMBER = re.compile(r"(?<=\d) (?=[а-яё])|(?<=\b\d) (?=[A-Za-z])|(?<=\b\d\d) (?=[A-Za-z])")
AFTER_ONE_LETTER = re.compile(r"(?<![\w’-])([вкосуияВКОСУИЯ]) ")


def news(record):
    for slug, name_en, name_ru in texts.TOPICS:
        record.at(OPENED, lambda fields=(slug, name_en, name_ru): topic(*fields))
    writer = Writer(record)
    for year in YEARS:
        for month, kind in EVERY_YEAR:
            on = dt.date(year, month, record.chance.randint(2, 27))
            if on <= dt.date(2026, 10, 25) and on > OPENED:
                writer.write(kind, on, record.chance.choice(MEMBERS))
    for slug, since, head in record.terms:
        on = day(since)
        if on > OPENED + dt.timedelta(days=40):
            writer.write(texts.COMPOSITION, on + dt.timedelta(days=15), slug, head)
            if slug in MEMBERS:
                writer.write(texts.ELECTION, on - dt.timedelta(days=30), slug)
    for since, function, person in record.officers:
        if OPENED < day(since) <= LAST:
            writer.elected(day(since), function, person)
    for on, event in EVENTS.items():
        writer.tell(day(on), **event)
    # Scheduled.
    for on, slug in (
        ("2027-02-15", "laurania"),
        ("2027-06-21", "graustark"),
        ("2028-04-12", "ruritania"),
    ):
        writer.write(texts.VISIT, day(on), slug, recorded="2026-10-29")
    writer.unpublished()


def topic(slug, name_en, name_ru):
    Topic.objects.create(slug=slug, name_en=name_en, name_ru=name_ru)


def about(subject):
    return f"{'об' if subject[0] in 'аиоуэ' else 'о'} {subject}"


def capital(text):
    return text[:1].upper() + text[1:]


def set_well(text, is_headline=False):
    text = BESIDE_A_NUMBER.sub("\N{NO-BREAK SPACE}", text)
    return AFTER_ONE_LETTER.sub("\\1\N{NO-BREAK SPACE}", text) if is_headline else text


def named(person, language):
    """Return a name in the language; in the other one where there is none."""
    return person.name_in(language) or person.name_in("ru" if language == "en" else "en")


class Writer:
    def __init__(self, record):
        self.record, self.chance, self._slugs, self._number = record, record.chance, set(), 0

    def write(self, kind, on, slug, person=None, recorded=None):
        """Record an article of a kind: its texts are chosen now, and its names are known when it is made."""
        chance = self.chance
        subject, other = chance.sample(texts.SUBJECTS, 2)
        headline, summary = chance.choice(kind.headlines), chance.choice(kind.summaries)
        body = [chance.choice(group) for group in kind.paragraphs]
        number, committee = chance.randint(5, 19), chance.choice(texts.COMMITTEES)
        heads = [
            head for each, since, head in self.record.terms if each == slug and day(since) < on
        ]
        person = person or heads[-1]

        def make():
            chair = self._chairman(on)
            known = words(BY_SLUG[slug], on, subject, other, committee, number, person(), chair)
            said = {
                language: (
                    headline[index].format_map(known[language]),
                    summary[index].format_map(known[language]),
                    [each[index].format_map(known[language]) for each in body],
                )
                for index, language in enumerate(LANGUAGES)
            }
            people = [each for each in (person(), chair) if named(each, "en") in str(said["en"])]
            self._save(on, said, delegations=[slug], people=people, topics=[kind.topic])

        self.record.at(day(recorded) or on, make, NEWS)

    def elected(self, on, function, person):
        def make():
            said = {}
            for language, (headline, summary, body) in OFFICES[function].items():
                who = named(person(), language)
                said[language] = (
                    headline.format(who=who),
                    summary,
                    [each.format(who=who) for each in body],
                )
            self._save(on, said, people=[person()], topics=["sessions"])

        self.record.at(on + dt.timedelta(days=13), make, NEWS)

    def tell(self, on, slug, en, ru, topics=("composition",)):
        self.record.at(
            on,
            lambda: self._save(on, {"en": en, "ru": ru}, delegations=[slug], topics=topics),
            NEWS,
        )

    def unpublished(self):
        """Withdraw some, delete one, rename one, and begin others."""
        for on, number in (("2013-04-02", 30), ("2019-08-19", 100), ("2026-03-16", 180)):
            self.record.at(day(on), lambda number=number: withdraw(number), NEWS)
        self.record.at(day("2020-02-03"), lambda: Article.objects.order_by("pk")[60].delete(), NEWS)
        self.record.at(day("2021-02-15"), rename, NEWS)
        for headline in ("Plan of work for 2027", "Notes for the yearbook"):
            self.record.at(day("2026-10-28"), lambda headline=headline: begin(headline), NEWS)

    def _chairman(self, on):
        chairmen = [
            person
            for since, function, person in self.record.officers
            if function == "chairman" and day(since) <= on
        ]
        return chairmen[-1]()

    def _save(self, on, said, delegations=(), people=(), topics=()):
        self._number += 1
        # One in twelve is written in one language alone.
        left_out = {4: "ru", 10: "en"}.get(self._number % 24)
        fields = {}
        for language, (headline, summary, body) in said.items():
            if language != left_out:
                fields[f"headline_{language}"] = set_well(headline, is_headline=True)
                fields[f"summary_{language}"] = set_well(summary)
                fields[f"body_{language}"] = set_well(
                    "".join(each if each.startswith("<") else f"<p>{each}</p>" for each in body)
                )
        slug = f"{transliterated(said['en'][0], 60)}-{on.year}"
        while slug in self._slugs:
            slug += "-2"
        self._slugs.add(slug)
        article = Article.objects.create(
            slug=slug,
            status="published",
            published_at=moment(on, 10 + self._number % 8, self._number % 4 * 15),
            **fields,
        )
        article.delegations.set(Delegation.objects.filter(slug__in=delegations))
        article.people.set(people)
        article.topics.set(Topic.objects.filter(slug__in=topics))


def words(state, on, subject, other, committee, number, person, chair):
    """Return ``{language: what stands in braces}`` of an article about a state."""
    season = "spring" if on.month < 7 else "autumn"
    days = {}
    for language in LANGUAGES:
        with override(language):
            days[language] = day_in_words(on)
    accusative = state.ru[:-1] + {"я": "ю", "а": "у"}.get(state.ru[-1], state.ru[-1])
    shared = {"slug": state.slug, "n": number, "year": on.year}
    return {
        "en": {
            **shared, "S": state.en, "city": state.city, "day": days["en"], "season": season,
            "Season": season.title(), "subject": subject[0], "Subject": capital(subject[0]), "other": other[0],
            "Other": capital(other[0]), "committee": committee[0], "who": named(person, "en"), "chair": named(chair, "en"),
        },
        "ru": {
            **shared, "S": state.ru, "S_of": state.ru_of, "S_in": state.ru_in, "S_acc": accusative,
            "city_in": state.city_ru_in, "day": days["ru"], "season": SEASONS[season][0], "season_acc": SEASONS[season][1],
            "Season": capital(SEASONS[season][0]), "subject": subject[1], "about_subject": about(subject[2]),
            "About_subject": capital(about(subject[2])), "other_acc": other[1], "about_other": about(other[2]),
            "About_other": capital(about(other[2])), "committee": committee[1], "committee_of": committee[2],
            "who": named(person, "ru"), "chair": named(chair, "ru"),
        },
    }  # fmt: skip


def withdraw(number):
    article = Article.objects.order_by("pk")[number]
    article.status = "draft"
    article.save()


def rename():
    article = Article.objects.filter(status="published").order_by("pk")[20]
    article.slug = f"{article.slug}-corrected"
    article.save()


def begin(headline):
    Article.objects.create(slug=transliterated(headline), headline_en=headline)


def written_pages(record):
    for slug, fields in PAGES.items():
        record.at(OPENED, lambda slug=slug, fields=fields: Page.objects.create(slug=slug, **fields))
    record.at(OPENED, lambda: Imprint.objects.create(**IMPRINT))
