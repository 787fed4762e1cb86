"""The articles of the corpus: few are made one by one, and most are copies made in the database."""

import datetime as dt
import random
import sys
from contextlib import contextmanager
from itertools import accumulate, batched

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from bench import words

FIRST_YEAR = 1996
# Of March 1996, in which there are as many articles at every size.
FIRST_MONTH, IN_FIRST_MONTH = 3, 100
WHOLE, ORIGINALS = 1_000, 10_000
SEED = "corpus"
BATCH = 1_000
TOPICS = ("sessions", "laws", "elections", "security", "visits")


def moments(number):
    """Return a function from an article's number, the oldest being 0, to its moment.

    They lie evenly in time; the first month has as many at every size, for the pages of a month.
    """
    end = timezone.now().replace(minute=0, second=0, microsecond=0) - dt.timedelta(hours=1)
    first = min(IN_FIRST_MONTH, number // 10)
    start = dt.datetime(FIRST_YEAR, FIRST_MONTH, 1, tzinfo=dt.UTC)
    step = (end - start.replace(month=FIRST_MONTH + 1)) / (number - first)

    def moment(index):
        if index < first:
            return start + dt.timedelta(days=30) / first * index
        return end - step * (number - 1 - index)

    return moment


def fill(number, whole=WHOLE, originals=ORIGINALS):
    """Make the articles, all that is derived from them, and the index of words last.

    Those that the measured pages show have whole texts, the same at every size: the newest, and those
    with the rare word. Of the others so many, the oldest, are originals with short bodies. The rest
    are their copies, made in the database.
    """
    moment, rare = moments(number), words.rare(number)
    make = maker(number, moment)
    newest = max(number - whole, 0)
    older = [index for index in range(newest) if index not in rare]
    first, others = older[:originals], older[originals:]
    with indexed_last():
        make({index: f"oldest {index}" for index in first}, words.IN_A_SHORT_TEXT)
        with connection.cursor() as cursor:
            # For the copies' sake.
            cursor.execute("ANALYZE")
        for some in batched(others, 10 * BATCH):
            copy(number, some, moment, first)
            print(f"{some[-1] + 1} articles", file=sys.stderr)
        _number_on()
        make(
            {
                index: f"newest {number - index}"
                for index in range(newest, number)
                if index not in rare
            }
        )
        make({index: f"rare {each}" for each, index in enumerate(rare)}, is_rare=True)
        _number_on()
        call_command("rebuild_archive", stdout=sys.stderr)


def maker(number, moment):
    """Return a function that makes articles of ``{number of an article: seed of its texts}``."""
    from cstopa.models.history import write_first_versions
    from cstopa.search import index
    from delegations.models import Delegation, Person
    from news.models import Article, Topic

    spoken = words.languages()
    delegations = [*Delegation.objects.order_by("slug").values_list("pk", flat=True)]
    topics = [Topic.objects.get(slug=slug).pk for slug in TOPICS]
    people = [*Person.objects.order_by("slug").values_list("pk", flat=True)]
    often = [*accumulate(1 / (rank + 10) for rank in range(len(people)))]

    def article(at, chance, length, is_rare):
        said, both, texts = words.marks(chance, is_rare), [*spoken], {}
        for code in both if is_rare else chance.choice((["en"], ["ru"], both, both, both)):
            language = spoken[code]
            texts |= {
                f"headline_{code}": language.headline(chance),
                f"summary_{code}": language.sentences(chance, 2)[:600],
                f"body_{code}": language.body(chance, said, length),
            }
        name = name_of(number, at)
        return Article(
            id=at + 1,
            code=name,
            slug=name,
            status="published",
            published_at=moment(at),
            **texts,
        )

    def concern(rows, field, choose):
        field = Article._meta.get_field(field)
        through = field.remote_field.through
        article, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        through.objects.bulk_create(
            through(**{f"{article}_id": row.pk, f"{target}_id": key})
            for row, chance in rows.items()
            for key in choose(chance)
        )

    def make(seeds, length=words.IN_A_TEXT, is_rare=False):
        for some in batched(seeds.items(), BATCH):
            rows = {}
            for at, seed in some:
                chance = random.Random(f"{SEED} {seed}")
                rows[article(at, chance, length, is_rare)] = chance
            with transaction.atomic():
                # Without what follows from each: that is made of all of them.
                models.QuerySet(Article).bulk_create(rows)
                # The first has four articles of ten, the others share the rest.
                concern(rows, "delegations", lambda chance: [_one(chance, delegations, 0.4)])
                concern(rows, "topics", lambda chance: [_one(chance, topics, 0.3)])
                concern(
                    rows, "people", lambda chance: {*chance.choices(people, cum_weights=often, k=2)}
                )
                write_first_versions([*rows])
                index.write([*rows])

    return make


def copy(number, indices, moment, originals):
    """Make articles of what the database has of others, with names and moments of their own.

    So have they places in the search index; the words there are those of the originals.
    """
    from cstopa.models.history import Versions
    from cstopa.search.models import Entry, EntryText
    from cstopa.search.places import at
    from news.models import Article

    places = {index: at(moment(index)) | index + 1 for index in (*originals, *indices)}
    rows = []
    for index in indices:
        original = originals[index % len(originals)]
        stated = connection.ops.adapt_datetimefield_value(moment(index))
        rows.append(
            [
                *(index + 1, name_of(number, index), stated, places[index]),
                *(original + 1, places[original]),
            ]
        )
    own = {"id": "id", "code": "name", "slug": "name", "published_at": "published_at"}
    of_article = {"article_id": "id"}
    versions, kind = (
        Article.history.model,
        Article._meta.get_field("published_at").db_type(connection),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE copies (id bigint, name text, published_at {kind},"
            " place bigint, original bigint, original_place bigint)"
        )
        cursor.executemany("INSERT INTO copies VALUES (%s, %s, %s, %s, %s, %s)", rows)
        _copy(cursor, Article, own)
        # The first version of each has its key.
        _copy(cursor, versions, own | {"history_id": "id"})
        for field in Article._meta.many_to_many:
            _copy(cursor, field.remote_field.through, of_article, "article_id")
            _copy(
                cursor, Versions.m2m_models[field], of_article | {"history_id": "id"}, "article_id"
            )
        _copy(cursor, Entry, {"id": "place", "object_id": "id"}, "id", "original_place")
        _copy(cursor, EntryText, {"rowid": "place"}, "rowid", "original_place")
        cursor.execute("DROP TABLE copies")


def _copy(cursor, model, own, key="id", original="original"):
    """Insert copies of the rows whose ``key`` is that of an original, with some columns of their own."""
    table = model._meta.db_table
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not field.primary_key or field.column in own
    ]
    values = (f"copies.{own[each]}" if each in own else f"original.{each}" for each in columns)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        # Not the other way round: the table is long.
        f" FROM copies CROSS JOIN {table} AS original WHERE original.{key} = copies.{original}"
        " ORDER BY copies.id"
    )


def _number_on():
    """Let what is inserted from now on have keys after those that were stated."""
    from news.models import Article

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [Article, Article.history.model]
        ):
            cursor.execute(statement)


@contextmanager
def indexed_last():
    """Make PostgreSQL's index of words after the rows: one by one they take ten times as long."""
    with connection.cursor() as cursor:
        indexes = []
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes"
                " WHERE tablename = 'search_entrytext' AND indexdef LIKE '%USING gin%'"
            )
            indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _name, definition in indexes:
            cursor.execute(definition)


def name_of(number, index):
    # In the order of names, which is that of the data, the newest are the first at every size.
    return f"article-{number - 1 - index:07}"


def _one(chance, rows, share):
    return rows[0] if chance.random() < share else chance.choice(rows[1:])
