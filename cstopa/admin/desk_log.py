"""The log of the desk: who did what, and when, of all rows that its reader may see.

It is stored nowhere: it is read from the versions of the rows, the steps of their reviews, and of
what keeps no versions, the accounts, from Django's log and their sign-ins. Each is entered by an index, the newest first.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.accounts.zones import when
from cstopa.admin.account_sources import ACTS_OF_ACCOUNTS, OfAccounts, OfSignIns
from cstopa.admin.days import DayField, DayInput
from cstopa.admin.first_page import MOST as MOST_SHOWN
from cstopa.admin.first_page import Line, Section
from cstopa.admin.log_sources import ACTS, SIZE, OfReviews, OfVersions
from cstopa.models import trash
from cstopa.models.periods import EARLIEST, LATEST
from cstopa.publishing.reviewing import WithReview


class LogForm(forms.Form):
    """What is looked for."""

    person = forms.ModelChoiceField(
        get_user_model().objects.none(),
        label=gettext_lazy("Who"),
        required=False,
        empty_label=gettext_lazy("all"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    act = forms.ChoiceField(
        label=gettext_lazy("What was done"),
        required=False,
        choices=[("", gettext_lazy("all")), *ACTS.items()],
    )
    day = DayField(label=gettext_lazy("Day"), required=False, widget=DayInput)

    def __init__(self, data, sources):
        super().__init__(data)
        # Of EXISTS PostgreSQL would read the tables whole, once for all accounts.
        found = [Subquery(each.by(OuterRef("pk")).values("pk")[:1]) for each in sources]
        did_something = Coalesce(*found, None, output_field=BigIntegerField())
        accounts = get_user_model().objects.alias(found=did_something).exclude(found=None)
        self.fields["person"].queryset = accounts.order_by("username")
        names = {source.model._meta.label_lower: source.kind for source in sources}
        if any(isinstance(each, OfSignIns) for each in sources):
            self.fields["act"].choices += ACTS_OF_ACCOUNTS.items()
        self.fields["kind"].choices = [("", _("all")), *names.items()]


@dataclass(frozen=True)
class Border:
    """The entry after which a page begins."""

    moment: datetime
    name: str
    number: int

    @classmethod
    def read(cls, text):
        """Return the border that an address has, or None."""
        moment, _sign, rest = text.partition("~")
        name, _sign, number = rest.partition("~")
        try:
            border = cls(datetime.fromisoformat(moment), name, int(number))
        except ValueError:
            return None
        is_there = EARLIEST.year <= border.moment.year <= LATEST.year and border.number < 2**63
        return border if is_there and timezone.is_aware(border.moment) else None

    def __str__(self):
        return f"{self.moment.isoformat()}~{self.name}~{self.number}"

    def after(self, name, column):
        """Return the condition of the entries of a source after it: the newest first, then by name."""
        before = Q((f"{column}__lt", self.moment))
        if name > self.name:
            return Q((f"{column}__lte", self.moment))
        if name == self.name:
            return Q((f"{column}__lte", self.moment)) & (before | Q(pk__lt=self.number))
        return before


def _known(request):
    return sources(admin.site, request)


def sources(site, request):
    """Return what the log is read from, of the models whose rows the reader may see."""
    found = []
    kept = set(trash.kinds())
    for model, pages in site._registry.items():
        if not pages.has_view_or_change_permission(request):
            continue
        if model._meta.concrete_model is not model:
            # A proxy has the versions of its model.
            continue
        found.append(OfVersions(pages) if model in kept else OfAccounts(pages))
        if model in kept and isinstance(pages, WithReview):
            found.append(OfReviews(pages))
        if model is User:
            found.append(OfSignIns())
    return found


def log_view(request):
    """Show the entries of a page, the newest first."""
    site = admin.site
    known = _known(request)
    if request.method not in {"GET", "HEAD"} or not known:
        raise PermissionDenied
    form = LogForm(request.GET, known)
    border = Border.read(request.GET.get("before", ""))
    found = _found(known, form.cleaned_data, border) if form.is_valid() else []
    shown, following = found[:SIZE], found[SIZE:]
    context = {
        **site.each_context(request),
        "title": _("Log of the desk"),
        "form": form,
        "entries": _in_words(request, known, shown),
        "is_first": border is None,
        "first_address": _address(request, None),
        "next_address": _address(request, _border(shown[-1])) if following else "",
    }
    return TemplateResponse(request, "admin/log.html", context)


def _border(found):
    name, moment, number = found
    return Border(moment, name, number)


def _found(known, asked, border):
    arms = [each for source in known if (each := source.found(asked, border)) is not None]
    if not arms:
        return []
    first, *others = arms
    found = first.union(*others, all=True) if others else first
    return list(found.order_by("-log_moment", "log_source", "-log_number")[: SIZE + 1])


def _in_words(request, known, found):
    by_name = {source.name: source for source in known}
    entries = {}
    for name, of_source in groupby(sorted(found, key=lambda each: each[0]), lambda each: each[0]):
        numbers = [number for _name, _moment, number in of_source]
        for number, entry in by_name[name].entries(request, numbers).items():
            entries[name, number] = entry
    in_order = (entries.get((name, number)) for name, _moment, number in found)
    return [entry for entry in in_order if entry]


def _address(request, border):
    asked = {
        name: value for name, value in request.GET.items() if name in LogForm.base_fields and value
    }
    if border:
        asked["before"] = border
    return f"{reverse('admin:log')}?{urlencode(asked)}"


def changed_by_others(request):
    """Return as a Section of the first page what others have written last."""
    known = [each for each in sources(admin.site, request) if isinstance(each, OfVersions)]
    found = _found(known, {"others_than": request.user}, None)
    lines = []
    for entry in _in_words(request, known, found[:MOST_SHOWN]):
        words = f"{entry.kind}: {entry.words}"
        lines.append(Line(entry.address, words, (f"{entry.act} ({entry.who})", when(entry.moment))))
    return Section(_("Changed by others"), lines, (_("Log of the desk"), reverse("admin:log")))


def register():
    admin.site.register_page("log/", log_view, "log", gettext_lazy("Log of the desk"), _known)
    admin.site.register_section(changed_by_others)
