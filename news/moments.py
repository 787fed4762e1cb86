"""When what is public of the news changes by itself."""

import datetime as dt

from cstopa.http.kept.moments import register
from news.models import Article

# How long the map of the latest news has an article.
AGE = dt.timedelta(days=2)


@register
def next_publication(after):
    return _first(published_at__gt=after)


@register
def next_to_cease_to_lead(after):
    chosen = Article.objects.filter(leads_until__gt=after).order_by("leads_until")
    return chosen.values_list("leads_until", flat=True).first()


@register
def next_to_leave_the_latest(after):
    oldest = _first(published_at__gte=after - AGE, published_at__lte=after)
    return oldest and oldest + AGE + dt.timedelta.resolution


def _first(**conditions):
    moments = Article.objects.filter(status="published", **conditions).order_by("published_at")
    return moments.values_list("published_at", flat=True).first()
