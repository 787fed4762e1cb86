"""Fill an empty database: ``python -m bench.corpus facts``, then ``python -m bench.corpus 100000``.

The facts are those of seven invented delegations over thirty years, with 5,000 people; articles come
on top of them, so that the facts need to be made once for every number of articles.
"""

import datetime as dt
import json
import random
import sys
import time
from itertools import batched, cycle

import django
from django.db import connection

from bench import words

PEOPLE = 5_000
STATES = 7
FIRST_YEAR, LAST_YEAR, TERM = 1996, 2026, 5
SEATS = 8
SEED = "corpus"
BATCH = 1_000
TOPICS = ("sessions", "laws", "elections", "security", "visits")


def fill_with_facts(people=PEOPLE, states=STATES):
    """Make the facts by ordinary saves, so that versions, log and search follow them."""
    from delegations.models import (
        Chamber,
        Membership,
        Parliament,
        Person,
        Role,
        SeatAllocation,
        Source,
    )
    from news.models import Topic

    chance, spoken = random.Random(SEED), words.languages()

    def both(name, make):
        return {f"{name}_{code}": make(language) for code, language in spoken.items()}

    source = Source.objects.create(title_en="Register of the bench", title_ru="Реестр")
    rows = [
        Person.objects.create(
            slug=f"person-{number}",
            **both("given_name", lambda language: language.name(chance)),
            **both("family_name", lambda language: language.name(chance)),
        )
        for number in range(people)
    ]
    for slug in TOPICS:
        Topic.objects.create(slug=slug, **both("name", lambda language: language.name(chance)))
    chambers = {}
    for number in range(states):
        parliament = Parliament.objects.create(
            slug=f"state-{number}",
            **both("state", lambda language: language.headline(chance)),
            **both("name", lambda language: language.headline(chance)),
        )
        chambers[parliament] = [
            Chamber.objects.create(
                parliament=parliament,
                house=house,
                valid_from=dt.date(FIRST_YEAR, 1, 1),
                source=source,
                **both("name", lambda language: language.headline(chance)),
            )
            for house in ("lower", "upper")
        ]
    # So few of them ever sat, as in a real assembly; the others are named by articles.
    sitting = cycle(rows)
    for year in range(FIRST_YEAR, LAST_YEAR, TERM):
        term = {"valid_from": dt.date(year, 3, 1), "source": source}
        if year + TERM < LAST_YEAR:
            term["valid_to"] = dt.date(year + TERM, 2, 28)
        for parliament, houses in chambers.items():
            for chamber in houses:
                SeatAllocation.objects.create(chamber=chamber, seats=SEATS, **term)
                for _ in range(SEATS):
                    Membership.objects.create(chamber=chamber, person=next(sitting), **term)
            Role.objects.create(parliament=parliament, person=next(sitting), kind="head", **term)


def fill_with_articles(number):
    """Make the articles as fast as Django makes rows, then all that is derived from them."""
    from django.core.management import call_command
    from django.utils import timezone

    from delegations.models import Delegation, Person
    from news.models import Article, Topic

    chance, spoken = random.Random(f"{SEED} {number}"), words.languages()
    delegations = [*Delegation.objects.order_by("slug")]
    topics = [Topic.objects.get(slug=slug) for slug in TOPICS]
    people = [*Person.objects.order_by("slug").values_list("pk", flat=True)]
    often = [1 / (rank + 10) for rank in range(len(people))]
    end = timezone.now().replace(minute=0, second=0, microsecond=0) - dt.timedelta(hours=1)
    step = (end - dt.datetime(FIRST_YEAR, 3, 1, tzinfo=dt.UTC)) / number

    def article(index):
        said = words.marks(chance, index, number)
        shown = chance.choice((["en"], ["ru"], ["en", "ru"], ["en", "ru"], ["en", "ru"]))
        texts = {}
        for code in shown:
            language = spoken[code]
            texts |= {
                f"headline_{code}": language.headline(chance),
                f"summary_{code}": language.sentences(chance, 2)[:600],
                f"body_{code}": language.body(chance, said),
            }
        key = f"article-{index}"
        moment = end - step * (number - 1 - index)
        return Article(code=key, slug=key, status="published", published_at=moment, **texts)

    def concern(rows, field, choose):
        field = Article._meta.get_field(field)
        through = field.remote_field.through
        article, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        through.objects.bulk_create(
            through(**{f"{article}_id": row.pk, f"{target}_id": key})
            for row in rows
            for key in choose()
        )

    for indices in batched(range(number), BATCH):
        rows = Article.objects.bulk_create(map(article, indices))
        Article.history.bulk_history_create(rows, batch_size=BATCH)
        # The first has four articles of ten, the others share the rest.
        concern(rows, "delegations", lambda: [_one(chance, delegations, 0.4).pk])
        concern(rows, "topics", lambda: [_one(chance, topics, 0.3).pk])
        concern(rows, "people", lambda: {*chance.choices(people, often, k=2)})
    for command in ("rebuild_archive", "rebuild_search"):
        call_command(command, stdout=sys.stderr)


def addresses(number):
    """Return ``{name: address}`` of what is measured, in a database with so many articles."""
    from cstopa.http.pagination import page_of
    from news.models import Article

    public = Article.objects.published()
    middle = public.exclude(headline_en="").exclude(headline_ru="")[number // 4]
    page = page_of(public.filter(published_at__lte=middle.published_at))
    month = middle.published_at
    return {
        "article": f"/news/{middle.slug}/",
        "article, ru": f"/ru/news/{middle.slug}/",
        "list": "/news/",
        "list, the middle": f"/news/?page={page.next}",
        "list by topic": "/news/?topic=sessions",
        "list by delegation": "/news/?delegation=state-0",
        "list by person": "/news/?person=person-0",
        "list by both": "/news/?delegation=state-0&topic=sessions",
        "topic": "/topics/sessions/",
        "archive, year": f"/news/{month:%Y}/",
        "archive, month": f"/news/{month:%Y/%m}/",
        "home": "/",
        "people": "/people/",
        "person": "/people/person-0/",
        "delegation": "/delegations/state-0/",
        "delegation, a past day": "/delegations/state-0/?date=2008-05-21",
        "log": "/changes/",
        "search, rare": f"/search/?q={words.RARE}",
        "search, every second": "/search/?q=quorum",
        "search, absent": "/search/?q=xylophonist",
        "search, two words": "/search/?q=quorum+harvest",
        "search, two that seldom meet": f"/search/?q={'+'.join(words.SELDOM)}",
        "feed": "/news/feed.atom",
        "sitemap of a month": f"/sitemap-news-{month:%Y-%m}.xml",
        "JSON, 100 rows": "/api/articles/",
    }


def _one(chance, rows, share):
    return rows[0] if chance.random() < share else chance.choice(rows[1:])


def main(what):
    started = time.process_time()
    if what == "facts":
        fill_with_facts()
    elif what == "addresses":
        from news.models import Article

        json.dump(addresses(Article.objects.count()), sys.stdout)
        return
    else:
        fill_with_articles(int(what))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(f"{what}: {time.process_time() - started:.0f} s of a processor", file=sys.stderr)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
