"""Keeps the lists of topics, delegations and people, and reads from them in the order of time.

The table of a many-to-many field knows no moments: the latest of 300,000 articles on a topic would
be found by sorting all of them.
"""

from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone

from news.archive.models import Listing

# The fields of an article that have lists. A person is in fewer articles than anything else, so
# where a list is of several, theirs is the one that is gone through.
FIELDS = ("people", "topics", "delegations")
BATCH = 500


class ListedQuerySet(models.QuerySet):
    """Articles that know their lists; ``update()``, which sends no signals, keeps them too."""

    def about(self, **rows):
        """Return the articles about all of these rows, such as ``topics=row``, the latest first.

        They are sorted, and to be bounded, by the columns of the list: ``listed_at``, ``listed_id``.
        """
        field, *others = sorted(rows, key=FIELDS.index)
        articles = (
            self.filter(listings__field=field, listings__subject=rows[field].pk)
            .alias(listed_at=F("listings__published_at"), listed_id=F("listings__article_id"))
            .order_by("-listed_at", "-listed_id")
        )
        if others:
            # Not EXISTS: PostgreSQL would join the lists, whole, and sort what they share. Of what is
            # NULL, it thinks, there is little, so it expects to find a page soon.
            also = _among([(name, rows[name].pk) for name in others], "listed_at", "listed_id")
            articles = articles.alias(also=Subquery(also.values("article")[:1]))
            articles = articles.filter(also__isnull=False)
        return articles

    def update(self, **kwargs):
        # bulk_update() comes through here as well.
        if kwargs.keys().isdisjoint(("status", "published_at")):
            return super().update(**kwargs)
        with transaction.atomic(self.db):
            keys = list(self.values_list("pk", flat=True))
            count = super().update(**kwargs)
            refresh(self.model, keys)
        return count

    update.alters_data = True


def _among(lists, moment, article):
    """Return the place of an outer query's article in the first of these lists, if it is in all."""
    (field, subject), *others = lists
    listing = Listing.objects.filter(
        field=field, subject=subject, published_at=OuterRef(moment), article=OuterRef(article)
    )
    return listing.filter(Exists(_among(others, "published_at", "article"))) if others else listing


def listed_under(article):
    """Return the keys of the rows in whose lists a public article is, as ``{field: keys}``."""
    keys = {field: set() for field in FIELDS}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT field, subject FROM archive_listing WHERE article_id = %s", [article.pk]
        )
        for field, key in cursor.fetchall():
            keys[field].add(key)
    return keys


LISTED = (
    "SELECT 'related' AS place, published_at, article_id AS id FROM archive_listing"
    " WHERE field = %s AND subject = %s AND published_at <= %s"
)
# Compared with a place in time, a moment and a key at once.
PUBLIC = (
    "SELECT %s AS place, published_at, id FROM news_article"
    " WHERE status = 'published' AND (published_at, id)"
)
NEWEST_FIRST = "ORDER BY published_at DESC, id DESC"


def newest(field, row, number):
    """Return the keys of the newest public articles about a row, the latest first."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    select = f"{LISTED} {NEWEST_FIRST} LIMIT {number}"
    return [key for _place, key in _found_by([(select, [field, row.pk, now])])]


def leading_on(article, rows, number=3):
    """Return the keys of the public articles to which one leads, as ``{place: keys}``.

    ``related`` are the newest others in any of the lists ``rows``, pairs of a field and a key;
    ``before`` and ``following`` the next ones in time, one or none.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    here = connection.ops.adapt_datetimefield_value(article.published_at), article.pk
    lists = [
        (f"{LISTED} AND article_id <> %s {NEWEST_FIRST} LIMIT {number}", [*row, now, article.pk])
        for row in rows
    ]
    before = f"{PUBLIC} < (%s, %s) {NEWEST_FIRST} LIMIT 1"
    following = f"{PUBLIC} > (%s, %s) AND published_at <= %s ORDER BY published_at, id LIMIT 1"
    keys = {"related": [], "before": [], "following": []}
    for place, key in _found_by(
        [*lists, (before, ["before", *here]), (following, ["following", *here, now])]
    ):
        keys[place].append(key)
    return keys | {"related": keys["related"][:number]}


def _found_by(selects):
    """Return pairs of a place and a key that any of the selects, pairs of SQL and parameters, finds.

    Of each its own newest are taken, which Django cannot write for SQLite: nothing but these is
    read, however long the lists are.
    """
    every = " UNION ".join(f"SELECT * FROM ({sql}) AS listed" for sql, _params in selects)
    params = [value for _sql, some in selects for value in some]
    with connection.cursor() as cursor:
        cursor.execute(f"{every} {NEWEST_FIRST}", params)
        return [(place, key) for place, _moment, key in cursor.fetchall()]


def rebuild(model):
    """Make all lists again, and return the number of their rows."""
    with transaction.atomic():
        Listing.objects.all().delete()
        _insert(model)
    return Listing.objects.count()


def refresh(model, keys):
    """Make the rows of these articles again."""
    keys = list(keys)
    with transaction.atomic():
        for start in range(0, len(keys), BATCH):
            some = keys[start : start + BATCH]
            # Those of one field would be looked for on SQLite among all of the field.
            Listing.objects.filter(article__in=some).delete()
            _insert(model, article__in=some)


def _insert(model, **conditions):
    """Insert what articles are listed under, as the database reads it."""
    first, *others = (_rows(model._meta.get_field(name), conditions) for name in FIELDS)
    select, params = first.union(*others, all=True).query.sql_with_params()
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in Listing._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(Listing._meta.db_table)} ({columns}) {select}", params)


def _rows(field, conditions):
    rows = field.remote_field.through._base_manager.order_by()
    return (
        rows.filter(article__status="published", **conditions)
        .annotate(field=Value(field.name))
        .values_list("field", field.m2m_reverse_field_name(), "article__published_at", "article")
    )


def follow(model):
    """Keep the lists by the signals of the articles and of their fields, raw saves included."""
    post_save.connect(_saved, sender=model, dispatch_uid="listings-saved")
    post_delete.connect(_deleted, sender=model, dispatch_uid="listings-deleted")
    for name in FIELDS:
        m2m_changed.connect(
            _related,
            sender=model._meta.get_field(name).remote_field.through,
            dispatch_uid=f"listings-{name}",
        )


def _saved(instance, created, **_kwargs):
    # A new article is about nothing yet.
    if not created:
        refresh(type(instance), [instance.pk])


def _deleted(instance, **_kwargs):
    Listing.objects.filter(article=instance.pk).delete()


def _related(sender, instance, action, reverse, pk_set, **_kwargs):
    if action in {"post_add", "post_remove", "post_clear"}:
        article = sender._meta.get_field("article").related_model
        refresh(article, pk_set if reverse else [instance.pk])
