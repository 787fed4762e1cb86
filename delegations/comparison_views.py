"""Two days compared, as a page with an address."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cstopa.forms import MISREAD, DayField, FromToForm, IsoDaysMixin
from cstopa.models.periods import today
from delegations.as_of_views import Footnotes
from delegations.comparison import compare, totals
from delegations.models import Delegation


class CompareForm(FromToForm):
    """``?from=&to=&delegation=``: which two days, of one delegation or of all."""

    def __init__(self, data, delegations):
        super().__init__(data, auto_id="page:%s")
        choices = [(each.slug, each.name_on(today()).plain) for each in delegations]
        self.fields["from"] = DayField(label=_("The earlier day"))
        self.fields["to"] = DayField(label=_("The later day"))
        self.fields["delegation"] = forms.ChoiceField(
            label=_("Delegation"),
            choices=[("", _("all")), *choices],
            required=False,
            error_messages=MISREAD,
        )

    def clean(self):
        cleaned = super().clean()
        asks = any(self.data.get(name) for name in self.fields)
        if asks and not cleaned.get("from") and "from" not in self.errors:
            self.add_error("from", _("Write the day with which the other is compared."))
        return cleaned


class Compare(IsoDaysMixin, TemplateView):
    template_name = "delegations/compare.html"

    def get_context_data(self, **context):
        delegations = Delegation.objects.with_names()
        form = CompareForm(self.request.GET, delegations)
        comparison = chosen = sums = None
        compared = {}
        if form.is_valid() and (first := form.cleaned_data["from"]):
            slug = form.cleaned_data["delegation"]
            chosen = next((each for each in delegations if each.slug == slug), None)
            last = form.cleaned_data["to"] or max(today(), first)
            compared = {"from": first, "to": last, "delegation": slug or None}
            comparison = compare(first, last, chosen and chosen.pk)
            sums = totals(first, last, parliament=chosen and chosen.pk)
        return super().get_context_data(
            form=form,
            comparison=comparison,
            totals=sums,
            compared=compared,
            delegation=chosen,
            day=today(),
            footnotes=Footnotes(),
            **context,
        )
