"""The pages of the documents that facts follow."""

from django.db.models import FETCH_RAISE, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import render
from django.views.generic import DetailView, TemplateView

from cstopa.http.pagination import page_of
from cstopa.models.codes import was_used
from cstopa.models.periods import EARLIEST, ONE_DAY
from delegations.following import SHOWN, KindForm, following
from delegations.models import Person, Source

SIZE = 50
BEFORE_ALL = EARLIEST - ONE_DAY


class SourceList(TemplateView):
    template_name = "delegations/source_list.html"

    def get_context_data(self, **context):
        rows = Source.objects.fetch_mode(FETCH_RAISE)
        rows = rows.annotate(dated=Coalesce("published_on", Value(BEFORE_ALL)))
        position = self.request.GET.get("page", "")
        page = page_of(rows.order_by("-dated", "code"), position, SIZE)
        return super().get_context_data(page=page, **context)


class SourceDetail(DetailView):
    model = Source
    slug_field = slug_url_kwarg = "code"
    template_name = "delegations/source_detail.html"

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            # A code never changes, so that none leads to another.
            if was_used(Source, kwargs["code"]):
                return render(request, "410.html", status=410)
            raise

    def get_context_data(self, **context):
        kinds = following(self.object)
        form = KindForm(self.request.GET, kinds)
        asked = form.is_valid() and form.cleaned_data["kind"]
        chosen = next((each for each in kinds if each.key == asked), None)
        page = chosen and chosen.page(self.request.GET.get("page", ""))
        shown = Person.objects.filter(portrait_source=self.object).exclude(portrait=None)
        people = [*shown.by_family_name()[: SHOWN + 1]]
        return super().get_context_data(
            form=form,
            kinds=kinds,
            chosen=chosen,
            page=page,
            people=people[:SHOWN],
            has_more_people=len(people) > SHOWN,
            **context,
        )
