"""The pages of delegations, parliaments and people."""

from django.db.models import FETCH_RAISE, Prefetch
from django.views.generic import DetailView, ListView

from cstopa.addresses import PermanentAddressMixin
from cstopa.paging import page_of
from cstopa.periods import today
from delegations import composition
from delegations.facts import Footnotes, by_time
from delegations.filters import DayForm, DelegationFilter
from delegations.models import (
    Chamber,
    Delegation,
    Membership,
    Office,
    Parliament,
    Person,
    SeatAllocation,
)
from news.teasers import teasers

NEWS = 5
NEWS_OF_A_PERSON = 20


class AsOfDayMixin:
    """Shows the facts as of ``?date=``. A day that is misread is told at its field."""

    def get_context_data(self, **context):
        form = DayForm(self.request.GET, auto_id="page:%s")
        return super().get_context_data(
            form=form,
            asked=form.asked,
            day=form.day,
            footnotes=Footnotes(),
            anchors=set(),
            **context,
        )


class DelegationList(ListView):
    template_name = "delegations/list.html"
    model = Delegation

    def get_context_data(self, **context):
        filters = DelegationFilter(self.request.GET, self.get_queryset())
        compositions = composition.compositions(filters.qs, filters.form.day)
        return super().get_context_data(
            filters=filters,
            form=filters.form,
            asked=filters.form.asked,
            day=filters.form.day,
            compositions=compositions,
            seats=composition.total(each.seats for each in compositions if each.seats),
            incomplete=[each for each in compositions if not each.is_complete],
            **context,
        )


class DelegationDetail(AsOfDayMixin, PermanentAddressMixin, DetailView):
    template_name = "delegations/detail.html"
    model = Delegation

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        delegation, day = self.object, context["day"]
        [of_day] = composition.compositions(Delegation.objects.filter(pk=delegation.pk), day)
        return context | {
            "composition": of_day,
            "officers": composition.officers_of(delegation, day),
            "members": composition.members(delegation, day),
            "on_other_days": composition.on_other_days(of_day),
            "articles": teasers(delegation.articles.published()[:NEWS]),
        }


class ParliamentList(ListView):
    template_name = "delegations/parliament_list.html"
    model = Parliament

    def get_queryset(self):
        of_today = Prefetch(
            "chambers",
            Chamber.objects.fetch_mode(FETCH_RAISE).as_of(today()).select_related("parliament"),
            to_attr="chambers_of_day",
        )
        return super().get_queryset().fetch_mode(FETCH_RAISE).prefetch_related(of_today)


class ParliamentDetail(AsOfDayMixin, PermanentAddressMixin, DetailView):
    template_name = "delegations/parliament_detail.html"
    model = Parliament

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        allocations = SeatAllocation.objects.fetch_mode(FETCH_RAISE).select_related(
            "chamber__parliament", "source"
        )
        chambers = (
            Chamber.objects.fetch_mode(FETCH_RAISE)
            .filter(parliament=self.object)
            .select_related("parliament", "source")
            .prefetch_related(Prefetch("allocations", allocations))
        )
        return context | {
            "chambers_on_day": sum(chamber.covers(context["day"]) for chamber in chambers),
            "chambers": by_time(chambers, context["day"]),
        }


class PersonList(ListView):
    template_name = "delegations/person_list.html"

    def get_queryset(self):
        day = today()
        offices = Office.objects.as_of(day).select_related("parliament")
        memberships = Membership.objects.as_of(day).select_related("chamber__parliament")
        return (
            Person.objects.by_family_name()
            .fetch_mode(FETCH_RAISE)
            .prefetch_related(
                Prefetch("offices", offices.fetch_mode(FETCH_RAISE), to_attr="offices_of_day"),
                Prefetch(
                    "memberships", memberships.fetch_mode(FETCH_RAISE), to_attr="memberships_of_day"
                ),
            )
        )

    def get_context_data(self, **context):
        page = page_of(self.get_queryset(), self.request.GET.get("page", ""))
        return super().get_context_data(page=page, **context)


class PersonDetail(PermanentAddressMixin, DetailView):
    template_name = "delegations/person_detail.html"
    model = Person

    def get_context_data(self, **context):
        day = today()
        facts = {"person": self.object}
        offices = Office.objects.filter(**facts).select_related("parliament", "source")
        memberships = Membership.objects.filter(**facts).select_related(
            "chamber__parliament", "source"
        )
        articles = teasers(self.object.articles.published()[: NEWS_OF_A_PERSON + 1])
        return super().get_context_data(
            offices=by_time(offices.fetch_mode(FETCH_RAISE), day),
            memberships=by_time(memberships.fetch_mode(FETCH_RAISE), day),
            articles=articles[:NEWS_OF_A_PERSON],
            has_more_articles=len(articles) > NEWS_OF_A_PERSON,
            footnotes=Footnotes(),
            anchors=set(),
            **context,
        )
