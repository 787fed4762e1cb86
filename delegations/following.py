"""What follows a source: the facts of each kind, and those of which it is a further source."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import FETCH_RAISE, F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cstopa.forms import MISREAD
from cstopa.http.pagination import page_of
from cstopa.models.periods import today
from delegations.in_words import FactInWords
from delegations.models import FurtherSource, Source
from delegations.models.facts import fact_models
from delegations.models.people import person_fact_models

# So many of each kind beside the others, and of the one that was asked for.
SHOWN, SIZE = 20, 100


@dataclass(frozen=True)
class Following:
    """The facts of one kind that follow a source."""

    source: Source
    model: type

    @property
    def key(self):
        return self.model.fact_kind

    @property
    def heading(self):
        return self.model.page_heading()

    @property
    def _rows(self):
        return self.model.objects.fetch_mode(FETCH_RAISE).filter(source=self.source)

    @cached_property
    def number(self):
        return self._rows.order_by().count()

    @cached_property
    def shown(self):
        """The first of them, as a Page."""
        return self.page("", SHOWN)

    def page(self, position, size=SIZE):
        """Return a Page of FactInWords, those of a parliament beside one another."""
        # Those of the Assembly itself come last.
        home = F(f"{self.model.home}__slug") if self.model.home else Value("zz")
        rows = self._rows.with_related().annotate(home_slug=Coalesce(home, Value("zz")))
        page = page_of(rows.order_by("home_slug", "code"), position, size)
        page.rows[:] = [FactInWords(row, today()) for row in page]
        return page


@dataclass(frozen=True)
class FurtherFact(FactInWords):
    """A fact, and what a ``further`` source says of it."""

    further: FurtherSource


class FurtherFollowing(Following):
    """The facts of which it is a further source."""

    key = "further-source"
    heading = _("As a further source")

    def page(self, position, size=SIZE):
        page = page_of(self._rows.order_by("code"), position, size)
        facts = {}
        for kind, model in fact_models().items():
            keys = [key for row in page if (key := getattr(row, f"{kind}_id"))]
            if keys:
                facts |= {
                    (kind, row.pk): row for row in model.objects.filter(pk__in=keys).with_related()
                }
        page.rows[:] = [
            FurtherFact(facts[row.fact_kind, getattr(row, f"{row.fact_kind}_id")], today(), row)
            for row in page
        ]
        return page


def following(source):
    """Return what follows a source, kind by kind; a kind of which nothing does is left out."""
    of_people = person_fact_models()
    others = [model for model in fact_models().values() if model not in of_people]
    kinds = [
        *(Following(source, model) for model in (*others, *of_people)),
        FurtherFollowing(source, FurtherSource),
    ]
    return [each for each in kinds if each.number]


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("Facts"), required=False, error_messages=MISREAD)

    def __init__(self, data, kinds):
        super().__init__(data, auto_id="page:%s")
        choices = [(each.key, each.heading) for each in kinds]
        self.fields["kind"].choices = [("", _("of every kind")), *choices]
