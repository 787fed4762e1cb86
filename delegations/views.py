"""The pages of delegations, parliaments and people, each as of a day."""

from urllib.parse import urlencode

from django.db.models import FETCH_RAISE, Prefetch
from django.urls import reverse
from django.views.generic import DetailView, ListView

from cstopa.http.addresses import PermanentAddressMixin, absolute
from cstopa.http.pagination import page_of
from cstopa.models.periods import today
from delegations import composition, structured_data
from delegations.as_of_views import AsOfDayMixin, by_time, nearest, row_templates
from delegations.chamber_succession import followed, follows, interval, title_of
from delegations.changes.log import last_recorded
from delegations.filters import DelegationFilter
from delegations.models import (
    Chamber,
    ChamberName,
    Delegation,
    Parliament,
    ParliamentName,
    Person,
    SeatAllocation,
)
from delegations.models.people import person_fact_models
from delegations.not_in_force import on_other_days, sections_of_day
from delegations.timeline import Timeline, days_of_change

# Of one chamber on the page of its parliament.
ALLOCATIONS = 20


class DelegationList(AsOfDayMixin, ListView):
    template_name = "delegations/list.html"
    model = Delegation

    def get_day_form(self):
        self.filters = DelegationFilter(self.request.GET, self.get_queryset())
        return self.filters.form

    @property
    def narrowing_query(self):
        return self.filters.query

    def get_context_data(self, **context):
        compositions = composition.compositions(self.filters.qs, self.day)
        return super().get_context_data(
            filters=self.filters,
            compositions=compositions,
            seats=composition.total(each.seats for each in compositions if each.seats),
            has_participations=any(each.participation for each in compositions),
            incomplete=[each for each in compositions if not each.is_complete],
            timeline=Timeline(days_of_change(), self.day, today(), self.filters.query),
            of_day=[fact for each in compositions for fact in each.facts_in_short],
            **context,
        )


class DelegationDetail(AsOfDayMixin, PermanentAddressMixin, DetailView):
    template_name = "delegations/detail.html"
    model = Delegation

    @property
    def record(self):
        """The address of what is on record today about the day, whatever is corrected later."""
        path = reverse("delegations:on-record", args=[self.object.slug])
        return f"{absolute(path)}?{urlencode({'date': self.day, 'recorded': today()})}"

    def get_context_data(self, **context):
        delegation, day = self.object, self.day
        [of_day] = composition.compositions(Delegation.objects.filter(pk=delegation.pk), day)
        memberships = composition.members(delegation, day)
        roles = composition.roles(delegation, day)
        officers = composition.officers_of(delegation, day)
        sections = sections_of_day(delegation, day)
        members = {}
        for membership in memberships:
            members.setdefault(membership.chamber, []).append(membership)
        return super().get_context_data(
            composition=of_day,
            interval=None if of_day.chambers else interval(delegation, day),
            officers=officers,
            roles=roles,
            rosters=[(part, members.get(part.chamber, [])) for part in of_day.chambers],
            has_websites=any(part.chamber.website for part in of_day.chambers),
            sections=sections,
            on_other_days=on_other_days(delegation, day),
            timeline=Timeline(days_of_change(delegation), day, today()),
            changed=last_recorded(delegation),
            record=self.record,
            described=structured_data.delegation(of_day, roles, memberships),
            of_day=[
                *(*of_day.facts, *roles, *memberships, *officers),
                *(fact for section in sections for fact in section.facts),
            ],
            **context,
        )


class ParliamentList(AsOfDayMixin, ListView):
    template_name = "delegations/parliament_list.html"
    model = Parliament

    def get_queryset(self):
        chambers = Chamber.objects.fetch_mode(FETCH_RAISE).as_of(self.day)
        of_day = Prefetch(
            "chambers",
            chambers.select_related("parliament", "source"),
            to_attr="chambers_of_day",
        )
        return super().get_queryset().fetch_mode(FETCH_RAISE).prefetch_related(of_day)

    def get_context_data(self, **context):
        of_day = [chamber for each in self.object_list for chamber in each.chambers_of_day]
        return super().get_context_data(of_day=of_day, **context)


class ParliamentDetail(AsOfDayMixin, PermanentAddressMixin, DetailView):
    template_name = "delegations/parliament_detail.html"
    model = Parliament

    def get_context_data(self, **context):
        day = self.day
        related = ("chamber__parliament", "source")
        chambers = (
            Chamber.objects.with_evidence()
            .filter(parliament=self.object)
            .select_related("parliament", "source")
            .prefetch_related(
                Prefetch(
                    "allocations", SeatAllocation.objects.with_evidence().select_related(*related)
                ),
                Prefetch("names", ChamberName.objects.with_evidence().select_related(*related)),
            )
        )
        names = ParliamentName.objects.with_evidence().filter(parliament=self.object)
        followed_by = followed(chambers, names)
        for chamber in chambers:
            allocations = chamber.allocations.all()
            chamber.shown = nearest(allocations, day, ALLOCATIONS)
            chamber.left_out = len(allocations) - len(chamber.shown)
            chamber.followed = followed_by.get(chamber)
            chamber.follows = follows(chamber, followed_by)
            chamber.heading = title_of(chamber, day, names)
        on_day = [chamber for chamber in chambers if chamber.covers(day)]
        allocations = [fact for chamber in on_day for fact in chamber.shown if fact.covers(day)]
        return super().get_context_data(
            of_day=[*on_day, *allocations],
            chambers_on_day=len(on_day),
            interval=None if on_day else interval(self.object, day),
            chambers=by_time(chambers, day),
            names=names,
            described=structured_data.parliament(self.object, on_day),
            **context,
        )


def kinds_of_a_person():
    """Return ``{name: kind}`` of the facts of a person, by the name under which the person has them."""
    return {
        model._meta.get_field("person").remote_field.get_accessor_name(): model
        for model in person_fact_models()
    }


class PersonList(AsOfDayMixin, ListView):
    template_name = "delegations/person_list.html"

    @property
    def narrowing_query(self):
        position = self.request.GET.get("page")
        return f"{urlencode({'page': position})}&" if position else ""

    def get_queryset(self):
        return (
            Person.objects.by_family_name()
            .fetch_mode(FETCH_RAISE)
            .prefetch_related(
                *(
                    Prefetch(
                        name,
                        model.objects.fetch_mode(FETCH_RAISE)
                        .as_of(self.day)
                        .select_related(*model.related(), "source"),
                        to_attr=f"{name}_of_day",
                    )
                    for name, model in kinds_of_a_person().items()
                )
            )
        )

    def get_context_data(self, **context):
        names = kinds_of_a_person()
        page = page_of(self.get_queryset(), self.request.GET.get("page", ""))
        people = [
            (person, [fact for name in names for fact in getattr(person, f"{name}_of_day")])
            for person in page
        ]
        return super().get_context_data(
            page=page,
            people=people,
            of_day=[fact for _person, facts in people for fact in facts],
            # The order is that of the reader's alphabet.
            is_by_name=True,
            **context,
        )


class PersonDetail(AsOfDayMixin, PermanentAddressMixin, DetailView):
    template_name = "delegations/person_detail.html"
    model = Person

    def get_context_data(self, **context):
        facts = {
            name: list(
                model.objects.with_evidence()
                .filter(person=self.object)
                .select_related(*model.related(), "source")
            )
            for name, model in kinds_of_a_person().items()
        }
        sections = [
            {
                "name": name,
                "heading": model.page_heading(),
                "groups": by_time(facts[name], self.day),
                "row": row_templates(model),
            }
            for name, model in kinds_of_a_person().items()
        ]
        of_day = [fact for rows in facts.values() for fact in rows if fact.covers(self.day)]
        return super().get_context_data(
            sections=sections,
            gaps=[section["heading"] for section in sections if not section["groups"]],
            of_day=of_day,
            described=structured_data.person(self.object, of_day),
            **context,
        )
