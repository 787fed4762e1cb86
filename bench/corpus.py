"""Fill an empty database: ``python -m bench.corpus facts``, then ``python -m bench.corpus 100000``.

The facts are those of seven invented delegations over thirty years, with 5,000 people; articles come
on top of them, so that the facts need to be made once for every number of articles.
"""

import datetime as dt
import json
import random
import sys
import time
from itertools import cycle

import django
from django.db import connection
from django.utils import timezone

from bench import articles, words
from bench.articles import FIRST_MONTH, FIRST_YEAR, SEED, TOPICS

PEOPLE = 5_000
STATES = 7
LAST_YEAR, TERM = 2026, 5
SEATS = 8
# Of whoever is signed in at the desk.
SESSION = "abcdefghijklmnopqrstuvwxyz012345"


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


def addresses():
    """Return ``{name: address}`` of what is measured, in a database with articles."""
    from cstopa.http.pagination import page_of
    from news.models import Article

    public, number = Article.objects.published(), Article.objects.count()
    # It has the rare word, and so a whole text in both languages.
    middle = Article.objects.get(slug=articles.name_of(number, words.rare(number)[5]))
    page = page_of(public.filter(published_at__lte=middle.published_at))
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
        "archive, year": f"/news/{FIRST_YEAR}/",
        "archive, month": f"/news/{FIRST_YEAR}/{FIRST_MONTH:02}/",
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
        "sitemap of a month": f"/sitemap-news-{FIRST_YEAR}-{FIRST_MONTH:02}.xml",
        "JSON, 100 rows": "/api/articles/",
        "desk, list": "/admin/news/article/",
        "desk, search, rare": f"/admin/news/article/?q={words.RARE}",
        "desk, search, every second": "/admin/news/article/?q=quorum",
        "desk, form": f"/admin/news/article/{middle.pk}/change/",
    }


def sign_in():
    """Make the session with which the desk is asked: that of an administrator."""
    from django.conf import settings
    from django.contrib import auth

    from cstopa.accounts.models import Session
    from cstopa.accounts.second_step import PASSED

    user, _is_new = auth.get_user_model().objects.get_or_create(
        username="bench", defaults={"is_staff": True, "is_superuser": True}
    )
    of_user = {
        auth.SESSION_KEY: str(user.pk),
        auth.BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        auth.HASH_SESSION_KEY: user.get_session_auth_hash(),
        PASSED: True,
    }
    Session.objects.save(SESSION, of_user, timezone.now() + dt.timedelta(days=1))


def main(what):
    started = time.process_time()
    if what == "addresses":
        sign_in()
        json.dump(addresses(), sys.stdout)
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            # As ``prepare`` leaves it.
            cursor.execute("PRAGMA journal_mode=WAL")
    if what == "facts":
        fill_with_facts()
    else:
        articles.fill(int(what))
    print(f"{what}: {time.process_time() - started:.0f} s of a processor", file=sys.stderr)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
