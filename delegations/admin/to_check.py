"""The facts that nobody has checked for long, each with a button that says it is still true."""

import calendar
import datetime as dt
import re
from itertools import groupby
from operator import itemgetter

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.base import desk_address
from cstopa.admin.collisions import say_and_ask_again, tried_again
from cstopa.admin.conflicts import with_versions
from cstopa.admin.first_page import MOST, Line, Section
from cstopa.admin.hardening import is_key
from cstopa.models.periods import today
from delegations.admin.undoing import TakeBack
from delegations.models import Parliament
from delegations.models.facts import fact_models
from delegations.taking_back import place_of

MODELS = {model._meta.model_name: model for model in fact_models().values()}
SIZE = 50
ASSEMBLY = "assembly"
# What a button sends: the kind and the key of the fact, the version seen, and where to go on.
BUTTON = re.compile(r"([a-z]+)-([0-9]+)-([0-9]+)(?: ([a-z]+-[0-9]+))?")


class ToCheckForm(forms.Form):
    MONTHS = 12

    months = forms.TypedChoiceField(
        label=gettext_lazy("Not checked for"),
        required=False,
        coerce=int,
        empty_value=MONTHS,
        initial=MONTHS,
        choices=[
            (3, gettext_lazy("3 months")),
            (6, gettext_lazy("6 months")),
            (12, gettext_lazy("12 months")),
            (24, gettext_lazy("24 months")),
            (0, gettext_lazy("never checked at all")),
        ],
    )
    delegation = forms.ChoiceField(label=gettext_lazy("Delegation"), required=False)

    def __init__(self, data, names):
        """``names`` are those of the parliaments, by slug."""
        super().__init__(data if {"months", "delegation"} & data.keys() else None)
        self.fields["delegation"].choices = [
            ("", _("all")),
            *((slug, str(name)) for slug, name in names.items()),
            (ASSEMBLY, of_the_assembly()),
        ]

    def answers(self):
        """Return the months and the delegation that are asked for, or those of the empty form."""
        if not self.is_valid():
            return self.MONTHS, ""
        return self.cleaned_data["months"], self.cleaned_data["delegation"]


def months_before(day, months):
    """Return the day of the month, or its last, so many months earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _asked(months):
    asked = Q(checked_on=None)
    return asked | Q(checked_on__lte=months_before(today(), months)) if months else asked


def unchecked(models, months, delegation):
    """Return ``(slug, later, place, key)`` of the facts: in force or undated before the others.

    ``slug`` is the parliament's, empty for what is of none; ``place`` that of the model.
    """
    asked = _asked(months)

    def rows(place, model):
        slug = F(f"{model.home}__slug") if model.home else Value("")
        facts = model.objects.filter(asked).annotate(
            slug=Coalesce(slug, Value(""), output_field=CharField())
        )
        if delegation:
            facts = facts.filter(slug="" if delegation == ASSEMBLY else delegation)
        in_force = model.objects.as_of(today()).order_by().values("pk")
        return (
            facts.order_by()
            .annotate(
                later=Case(When(pk__in=in_force, then=Value(0)), default=Value(1)),
                place=Value(place),
            )
            .values_list("slug", "later", "place", "pk")
        )

    first, *others = (rows(*each) for each in enumerate(models))
    return first.union(*others, all=True).order_by("slug", "later", "place", "pk")


def of_the_assembly():
    """Return the name of the facts of no parliament, by those of their kinds."""
    kinds = [each for each in MODELS.values() if each.of_no_parliament() is not None]
    names = ", ".join(str(each._meta.verbose_name_plural) for each in kinds)
    return _("%(kinds)s of the Assembly") % {"kinds": names}


def to_check(request):
    """Return as a Section of the first page some of those in force, of the first kinds that have any."""
    asked = _asked(ToCheckForm.MONTHS)
    lines = (
        Line(desk_address(row), f"{capfirst(model._meta.verbose_name)}: {row}")
        for model in MODELS.values()
        if admin.site.get_model_admin(model).has_change_permission(request)
        for row in model.objects.as_of(today())
        .filter(asked)
        .select_related(*model.related())
        .order_by("pk")[:MOST]
    )
    return Section(_("Facts to check"), lines, (_("All of them"), reverse("admin:to-check")))


class ToCheck:
    """The page of the desk that lists them."""

    def __init__(self, site):
        self.site = site

    def models(self, request):
        """Return the kinds of facts that their reader may see."""
        return [
            model
            for model in MODELS.values()
            if self.site.get_model_admin(model).has_view_permission(request)
        ]

    def view(self, request):
        models = self.models(request)
        if not models:
            raise PermissionDenied
        return self.answer(request, models)

    @tried_again(say_and_ask_again)
    def answer(self, request, models):
        if request.method == "POST":
            anchor = self.check(request)
            return HttpResponseRedirect(f"{request.get_full_path()}#{anchor}")
        names = {row.slug: row.name for row in Parliament.objects.all()}
        form = ToCheckForm(request.GET, names)
        facts = unchecked(models, *form.answers())
        page = Paginator(facts, SIZE).get_page(request.GET.get("page"))
        items = self.items(request, models, list(page))
        context = {
            **self.site.each_context(request),
            "title": _("Facts to check"),
            "form": form,
            "page_obj": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "delegations": [
                (names[slug] if slug else capfirst(of_the_assembly()), list(group))
                for slug, group in groupby(items, key=itemgetter("slug"))
            ],
        }
        return TemplateResponse(request, "admin/to_check.html", context)

    def items(self, request, models, facts):
        """Return what the page says of each, read with as many queries as there are kinds of facts."""
        rows = {}
        for place in {place for _slug, _later, place, _key in facts}:
            of_kind = with_versions(models[place].objects.all())
            of_kind = of_kind.select_related("source", *models[place].related())
            keys = [key for _slug, _later, each, key in facts if each == place]
            rows |= {(place, key): row for key, row in of_kind.in_bulk(keys).items()}
        items = [
            self.item(request, rows[place, key], slug, later)
            for slug, later, place, key in facts
            if (place, key) in rows
        ]
        # From the last one the button goes back to the one before it.
        anchors = [item["anchor"] for item in items]
        following = [*anchors[1:], *anchors[-2:-1], ""]
        return [item | {"next": anchor} for item, anchor in zip(items, following, strict=False)]

    def item(self, request, row, slug, later):
        opts = row._meta
        return {
            "row": row,
            "slug": slug,
            "kind": capfirst(opts.verbose_name),
            "anchor": f"{opts.model_name}-{row.pk}",
            "address": reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk]),
            "is_later": later,
            "may_change": self.site.get_model_admin(type(row)).has_change_permission(request),
        }

    @transaction.atomic
    def check(self, request):
        """Save that a fact was found true today, and return where in the list to go on."""
        given = BUTTON.fullmatch(request.POST.get("fact", ""))
        model = given and MODELS.get(given[1])
        if not model or not is_key(model, given[2]):
            messages.error(request, _("Which fact was checked? Use the button beside it."))
            return ""
        pages = self.site.get_model_admin(model)
        row = model.objects.select_for_update().filter(pk=given[2]).first()
        if not pages.has_change_permission(request, row):
            raise PermissionDenied
        newest = row and row.history.order_by("-pk").values_list("pk", flat=True).first()
        if row is None:
            messages.warning(request, _("Somebody has deleted this fact in the meantime."))
        elif row.checked_on == today():
            messages.info(request, _("Checked today already: %(row)s.") % {"row": row})
        elif str(newest) != given[3]:
            messages.warning(
                request,
                _("Somebody has saved this in the meantime, look at it again: %(row)s.")
                % {"row": row},
            )
            return f"{given[1]}-{given[2]}"
        else:
            row.checked_on = today()
            row.save(update_fields=["checked_on"])
            pages.log_change(request, row, _("Checked today, still true"))
            words = _("Checked today: %(row)s.") % {"row": row}
            done = {"back": request.get_full_path(), "written": [place_of(row)]}
            messages.success(request, TakeBack().button(request, done, words))
        return given[4] or ""
