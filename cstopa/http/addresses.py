"""Addresses that last: a renamed row is found again, and one that was withdrawn is called gone."""

from functools import lru_cache

from django.conf import settings
from django.db.models import Case, F, OuterRef, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.translation import get_language

from cstopa.languages import LANGUAGES, to_attribute
from cstopa.models.history import of_version

# A slug that is none of a row.
MARK = "-mark-"


def absolute(path):
    """Return the whole address of a path of this site, whatever host the request came to."""
    return settings.SITE_URL + path


def path_to(name, *args):
    """Return the path that ``reverse()`` returns: for pages that lead to many others."""
    return _path_to(name, args, get_language(), get_script_prefix(), get_urlconf())


@lru_cache(maxsize=4096)
def _path_to(name, args, _language, _prefix, urlconf):
    return reverse(name, urlconf, args)


def path_with(name, slug):
    """Return the path of a page by its slug, found once for all rows: an article is one of a million."""
    before, _mark, after = path_to(name, MARK).rpartition(MARK)
    return f"{before}{slug}{after}"


def as_of(address, day):
    """Return the address of a page of facts as of a day; the plain one where ``day`` is None."""
    if day is None:
        return address
    path, hash_, anchor = address.partition("#")
    return f"{path}?date={day.isoformat()}{hash_}{anchor}"


def languages_of(row, name="name"):
    """Return the languages in which the page of a row exists: those in which it has its name."""
    return [language for language in LANGUAGES if getattr(row, to_attribute(name, language))]


def with_ends(model):
    """Return the versions of a model, each with its end as ``until``; ``replaced`` is None for the
    last one.
    """
    return model._meta.concrete_model.history.annotate(
        replaced=of_version(
            model, "history_date", "history_id", history_id__gt=OuterRef("history_id")
        ),
        until=Case(
            # The version of a deletion says what the row was up to that moment.
            When(history_type="-", then=F("history_date")),
            default=Coalesce("replaced", Value(timezone.now())),
        ),
    )


def former_versions(model, slug):
    """Return the versions that had this slug, the latest first, each with its end as ``until``."""
    return with_ends(model).filter(slug=slug).order_by("-history_id")


def answer_former(request, queryset, slug, versions=None, **context):
    """Answer an address whose slug no row of ``queryset``, the public rows, has now.

    ``versions`` are those of :func:`former_versions` that were public; all of them where every row
    of the model is. The last row that was public here decides: if it is public under another slug,
    301; if not, 410, a page with this ``context``; where there is none, 301 to the row whose slug it
    is but for capital letters, or ``Http404``.
    """
    if versions is None:
        versions = former_versions(queryset.model, slug)
    last = versions.first()
    # Found by its key, not by the next name: however often it was renamed, one step leads there.
    now = {"pk": last.id} if last else {"slug": slug.lower()}
    slug_now = queryset.filter(**now).values_list("slug", flat=True).first()
    if not last and not slug_now:
        raise Http404
    if slug_now is None:
        return render(request, "410.html", context, status=410)
    if slug_now == slug:
        # The row is there, and the view has refused it all the same.
        raise Http404
    match = request.resolver_match
    address = reverse(match.view_name, kwargs={**match.kwargs, "slug": slug_now})
    if query := request.META.get("QUERY_STRING"):
        address = f"{address}?{query}"
    return HttpResponsePermanentRedirect(address)


class PermanentAddressMixin:
    """For a ``DetailView`` whose model has a slug and ``history``."""

    # The day of which the facts are asked for, or None.
    asked_day = None

    def get(self, request, *args, **kwargs):
        try:
            self.object = self.get_object()
        except Http404:
            slug = kwargs["slug"]
            versions = self.once_public(former_versions(self.model, slug))
            rows = self.get_queryset()
            return answer_former(request, rows, slug, versions, asked=self.asked_day)
        return self.render_to_response(self.get_context_data(object=self.object))

    def once_public(self, versions):
        """Return those of the versions that the public saw: all, unless a view knows better."""
        return versions
