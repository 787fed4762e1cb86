"""The first page, where the news, the delegations and the officers of the Assembly meet."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from cstopa.periods import today
from delegations.composition import compositions, officers
from news.models import Article
from news.teasers import teasers

NEWS = 5


@require_safe
def home(request):
    day = today()
    return render(
        request,
        "home.html",
        {
            "day": day,
            "articles": teasers(Article.objects.published()[:NEWS]),
            "compositions": compositions(day=day),
            "officers": officers(day),
        },
    )
