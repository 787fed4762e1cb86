"""Keeps the counts of the months, and reads them as of this moment."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils import timezone

from cstopa.http.kept.rows import until_written
from cstopa.models.periods import start_of
from news.archive.models import Month

PUBLISHED = "published"
# What decides in which month an article counts.
COLUMNS = ("status", "published_at")


def month_of(moment):
    """Return the first day of the month, in ``TIME_ZONE``, of a moment."""
    return timezone.localdate(moment).replace(day=1)


def after(month):
    """Return the first day of the month after this one."""
    return (month + dt.timedelta(days=31)).replace(day=1)


def between(first, following):
    """Return the condition that an article was published from one day up to before the other."""
    return {"published_at__gte": start_of(first), "published_at__lt": start_of(following)}


@dataclass(frozen=True)
class Year:
    """A year that has public articles. ``months`` are pairs of a first day and a number."""

    year: int
    months: tuple

    @property
    def articles(self):
        return sum(number for _month, number in self.months)


def public_years(articles):
    """Return the Years of the articles, the latest first, in two queries that count nothing.

    Those that are published and not yet public, few at any time, are taken off.
    """
    now = timezone.now()
    moments = _since(articles, timezone.localdate(now))
    return _years(tuple(moment for moment in moments if moment > now))


@until_written(1)
def _since(articles, day):
    """Return the moments of a day and later: those ahead are among them, if the clock goes back too."""
    since = articles.filter(status=PUBLISHED, published_at__gte=start_of(day))
    return list(since.order_by().values_list("published_at", flat=True))


@until_written(1)
def _years(ahead):
    counts = Counter(dict(Month.objects.order_by().values_list("first_day", "articles")))
    counts.subtract(map(month_of, ahead))
    years = {}
    for month in sorted(counts, reverse=True):
        if counts[month] > 0:
            years.setdefault(month.year, []).append((month, counts[month]))
    return tuple(Year(year, tuple(months)) for year, months in years.items())


def rebuild(articles):
    """Count all the articles again, and return the number of months that have any."""
    moments = articles.filter(status=PUBLISHED).order_by().values_list("published_at", flat=True)
    with transaction.atomic():
        # Whoever saves into one of these months meanwhile waits, and counts after this.
        known = Month.objects.select_for_update().order_by("pk").values_list("pk", flat=True)
        counts = Counter(dict.fromkeys(known, 0))
        counts.update(map(month_of, moments.iterator()))
        Month.objects.bulk_create(
            (Month(month, number) for month, number in counts.items()),
            update_conflicts=True,
            unique_fields=["first_day"],
            update_fields=["articles"],
        )
    return len(+counts)


def recount(articles, months):
    """Count the articles of these months again."""
    if not months:
        return
    with transaction.atomic():
        Month.objects.bulk_create(map(Month, months), ignore_conflicts=True)
        # Two who save into the same month count one after the other.
        rows = Month.objects.select_for_update().filter(pk__in=months).order_by("pk")
        for row in list(rows):
            of_month = between(row.first_day, after(row.first_day))
            row.articles = articles.filter(status=PUBLISHED, **of_month).count()
            row.save()


class CountedQuerySet(models.QuerySet):
    """Articles; bulk calls, which send no signals, keep the counts too."""

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(self.db):
            rows = super().bulk_create(objs, *args, **kwargs)
            if kwargs.get("update_conflicts"):
                rebuild(self.model._base_manager)
            else:
                recount(self.model._base_manager, set().union(*map(_months_of, rows)))
        return rows

    def update(self, **kwargs):
        # bulk_update() comes through here as well.
        with transaction.atomic(self.db):
            count = super().update(**kwargs)
            if not kwargs.keys().isdisjoint(COLUMNS):
                rebuild(self.model._base_manager)
        return count

    update.alters_data = True


def follow(model):
    """Keep the counts by the signals of the articles, raw saves included."""
    for before, now in (pre_save, post_save), (pre_delete, post_delete):
        before.connect(_about_to_change, sender=model, dispatch_uid="archive-before")
        now.connect(_changed, sender=model, dispatch_uid="archive-after")


def _months_of(article):
    """Return the month in which an article counts, as a set: empty where it counts in none."""
    if article.status != PUBLISHED:
        return set()
    # As the column takes it: a row that was just made may still hold a text or a day.
    moment = article._meta.get_field("published_at").get_prep_value(article.published_at)
    return {month_of(moment)}


def _stored(article):
    if article.pk is None:
        return set()
    rows = type(article)._base_manager.filter(pk=article.pk)
    return set().union(*map(_months_of, rows.only(*COLUMNS)))


def _about_to_change(instance, **_kwargs):
    instance._counted_in = _stored(instance)


def _changed(instance, **_kwargs):
    # Read again: the instance may say more than was saved, and a string where a moment is stored.
    recount(type(instance)._base_manager, instance._counted_in ^ _stored(instance))
