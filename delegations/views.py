"""The pages of delegations and parliaments, each as of a day."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import FETCH_RAISE, Prefetch
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import ListView

from cstopa.languages import Text
from cstopa.models.periods import held_and_possible, today
from delegations import composition, structured_data
from delegations.ahead import events_ahead_of, grouped, of_parliament
from delegations.as_of_views import AsOfDayMixin, Nearest, RowOfDayView, by_time
from delegations.chamber_succession import Followed, followed, follows, interval, title_of
from delegations.changes import log
from delegations.changes.memento import of_original
from delegations.common_evidence import CommonEvidence
from delegations.filters import DelegationFilter
from delegations.models import (
    Chamber,
    ChamberName,
    Delegation,
    FurtherSource,
    Membership,
    Parliament,
    ParliamentName,
    PersonFact,
    Role,
    SeatAllocation,
)
from delegations.not_in_force import may_hold, on_other_days, sections_of_day, split_on
from delegations.seat_chart import SeatChart
from delegations.seat_picture import Size, address_of, framed, oembed_address
from delegations.timeline import Timeline, days_of_change

# How many chambers and names the page of a parliament shows, and allocations and names of each.
SHOWN = 20
# How many groups of what lies ahead the page of a delegation shows.
AHEAD = 5


class DelegationList(AsOfDayMixin, ListView):
    template_name = "delegations/list.html"
    model = Delegation

    @cached_property
    def filters(self):
        return DelegationFilter(self.request.GET, self.get_queryset())

    @property
    def day_form(self):
        return self.filters.form

    @property
    def narrowing_query(self):
        return self.filters.query

    def render_to_response(self, context, **options):
        return of_original(super().render_to_response(context, **options), None)

    def get_context_data(self, **context):
        compositions = composition.compositions_on(self.day)
        compositions = [each for each in compositions if self.filters.keeps(each)]
        version = log.last_version()
        shown = [fact for each in compositions for fact in each.facts]
        return super().get_context_data(
            filters=self.filters,
            version=version,
            version_address=not self.narrowing_query
            and log.lasting_address(None, self.day, version),
            compositions=compositions,
            groups=composition.by_participation(compositions),
            has_participations=any(each.participation for each in compositions),
            incomplete=[each for each in compositions if not each.is_complete],
            common=CommonEvidence.of(shown),
            gaps=[*composition.gaps(compositions)],
            timeline=Timeline(days_of_change(), self.day, today(), self.filters.query),
            of_day=[*shown, *(fact for each in compositions for fact in each.may_hold)],
            **context,
        )


class DelegationDetail(RowOfDayView):
    template_name = "delegations/detail.html"
    model = Delegation

    def render_to_response(self, context, **options):
        return of_original(super().render_to_response(context, **options), self.object)

    def get_context_data(self, **context):
        day = self.day
        delegation, record, officers, further_sources = composition.record_of(
            self.object.pk, day, get_language()
        )
        facts = [fact for rows in record.values() for fact in rows]
        holding, possible = split_on(record, day)
        of_day = composition.Composition.of(
            delegation,
            day,
            facts,
            *(
                Counter(fact.chamber.code for fact in kinds[Membership])
                for kinds in (holding, possible)
            ),
        )
        rosters = [
            (part, [fact for fact in holding[Membership] if fact.chamber == part.chamber])
            for part in of_day.chambers
        ]
        memberships = [fact for _part, members in rosters for fact in members]
        roles = composition.by_rank(holding[Role])
        # The head stands first of all, with who represents it.
        others = [fact for fact in roles if fact != of_day.head]
        officers = held_and_possible(officers, day)[0]
        of_others = on_other_days(record, day)
        possibly = may_hold(possible)
        may_be = [fact for section in possibly for fact in section.facts]
        sections = sections_of_day(holding)
        version = log.last_version(delegation)
        further = [fact for section in sections for fact in section.facts]
        named = of_day.chambers_without_seats
        held = [fact for fact in further if isinstance(fact, PersonFact) and fact.is_in_delegation]
        websites = [part.chamber for part in of_day.chambers if part.chamber.website]
        gaps = [
            words
            for words, known in (
                (
                    _("plenipotentiary representative"),
                    of_day.representative or of_day.possible_representatives,
                ),
                (_("head, deputy heads and alternates"), roles or possible[Role]),
                (_("names of the members"), of_day.is_reconciled or possible[Membership]),
                (_("offices of the Assembly held by its people"), officers),
                (
                    _("participation in the Assembly"),
                    of_day.participation or of_day.possible_participations,
                ),
                (_("websites"), websites),
            )
            if not (known or of_day.sends_none)
        ]
        return super().get_context_data(
            name=delegation.name_on(day),
            composition=of_day,
            chart=SeatChart(of_day.chambers),
            interval=interval(record[Chamber], day),
            officers=officers,
            roles=others,
            gaps=gaps,
            common=CommonEvidence.of([*of_day.facts, *others, *officers, *further, *websites]),
            members_common=CommonEvidence.of(memberships),
            rosters=rosters,
            websites=websites,
            sections=sections,
            possible=possibly,
            possible_common=CommonEvidence.of(may_be),
            on_other_days=of_others,
            further_sources=further_sources,
            timeline=Timeline(days_of_change(delegation), day, today()),
            snippet=framed(delegation, self.asked_day, Size.MEDIUM),
            picture_address=address_of(delegation, Size.LARGE, self.asked_day),
            oembed=oembed_address(delegation, self.asked_day),
            ahead=grouped(of_parliament(events_ahead_of(day), delegation))[:AHEAD],
            version=version,
            version_address=log.lasting_address(delegation, day, version),
            version_query=log.asking(day, version),
            # Of whom no name is recorded there is no row in the table of members.
            tables_of_all=[
                "composition",
                *(["memberships"] if memberships or possible[Membership] else []),
            ],
            removed=log.removed(delegation),
            described=structured_data.delegation(of_day, [*roles, *memberships, *held]),
            of_day=[*named, *of_day.facts, *others, *memberships, *officers, *further, *may_be],
            of_other_days=[
                *websites,
                *(fact for section in of_others.sections for fact in section.facts),
            ],
            **context,
        )


class ParliamentList(AsOfDayMixin, ListView):
    template_name = "delegations/parliament_list.html"
    model = Parliament

    def get_queryset(self):
        chambers = Chamber.objects.fetch_mode(FETCH_RAISE).as_of(self.day)
        chambers = chambers.select_related("source").prefetch_related("names")
        parliaments = super().get_queryset().fetch_mode(FETCH_RAISE).with_names()
        return parliaments.prefetch_related(Prefetch("chambers", chambers))

    def get_context_data(self, **context):
        chambers = [each.chambers.all() for each in self.object_list]
        shown = [chamber for each in chambers if len(each) > 1 for chamber in each]
        return super().get_context_data(
            parliaments=[
                (each, *held_and_possible(each.chambers.all(), self.day))
                for each in self.object_list
            ],
            common=CommonEvidence.of(shown),
            of_day=[chamber for each in chambers for chamber in each],
            **context,
        )


@dataclass(frozen=True)
class ShownChamber:
    """What a parliament's page says of a chamber."""

    chamber: Chamber
    heading: Text
    allocations: Nearest
    names: Nearest
    follows: list[Followed]
    followed: Followed | None


def shown_chamber(chamber, day, followed_by):
    return ShownChamber(
        chamber,
        title_of(chamber, day),
        Nearest(chamber.allocations.all(), day, SHOWN),
        Nearest(chamber.names.all(), day, SHOWN),
        follows(chamber, followed_by),
        followed_by.get(chamber),
    )


def gaps_of(shown):
    """Return what is not on record of ShownChambers, and of which, where of others it is."""
    gaps = []
    for words, known in (
        (_("seats in the delegation"), lambda part: part.allocations),
        (_("websites"), lambda part: part.chamber.website),
    ):
        missing = [(part.heading,) for part in shown if not known(part)]
        if len(missing) < len(shown):
            words = missing and format_html("{} ({})", words, format_html_join(", ", "{}", missing))
        gaps.append(words)
    return list(filter(None, gaps))


class ParliamentDetail(RowOfDayView):
    template_name = "delegations/parliament_detail.html"
    model = Parliament

    @classmethod
    def rows(cls):
        names = Prefetch("names", ParliamentName.objects.with_corrections())
        chambers = Chamber.objects.with_corrections().prefetch_related(
            Prefetch("allocations", SeatAllocation.objects.with_corrections()),
            Prefetch("names", ChamberName.objects.with_corrections()),
        )
        return super().rows().prefetch_related(names, Prefetch("chambers", chambers))

    def get_context_data(self, **context):
        parliament, day = self.object, self.day
        every = parliament.chambers.all()
        names, chambers = Nearest(parliament.names.all(), day, SHOWN), Nearest(every, day, SHOWN)
        followed_by = followed(every)
        shown = {chamber: shown_chamber(chamber, day, followed_by) for chamber in chambers}
        holding, possible = held_and_possible(chambers, day)
        on_day = [*holding, *possible]
        allocations = [fact for each in on_day for fact in shown[each].allocations]
        noted = [
            fact
            for each in shown.values()
            for fact in (each.chamber, *each.allocations, *each.names)
        ]
        return super().get_context_data(
            name=parliament.name_on(day),
            of_day=[*on_day, *(fact for fact in allocations if fact.covers(day))],
            of_other_days=[*noted, *names],
            chambers_on_day=len(holding),
            interval=interval(every, day),
            chambers=[
                (heading, [shown[chamber] for chamber in group])
                for heading, group in by_time(chambers, day)
            ],
            left_out=chambers.left_out,
            names=names,
            common=CommonEvidence.of([*noted, *names]),
            gaps=gaps_of(shown.values()),
            further_sources=FurtherSource.objects.of([*names, *noted]),
            described=structured_data.parliament(parliament, holding, day),
            **context,
        )
