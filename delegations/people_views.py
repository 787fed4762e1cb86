"""The pages of people, as of a day."""

from functools import cached_property
from urllib.parse import urlencode

from django.db.models import FETCH_RAISE, Prefetch
from django.utils.translation import get_language
from django.views.generic import TemplateView

from cstopa.http.kept.rows import until_written
from cstopa.http.pagination import page_of
from cstopa.library.showing import shown
from cstopa.models.sorting import LETTERS
from delegations import composition, structured_data
from delegations.as_of_views import AsOfDayMixin, RowOfDayView, by_time, row_templates
from delegations.changes import log
from delegations.common_evidence import CommonEvidence
from delegations.composition import holders
from delegations.filters import PersonFilter
from delegations.models import Person
from delegations.models.people import person_fact_models


@until_written(size=100)
def people(position, language, letter, chosen, day):
    """Return a Page of people by their family names: those of a letter, and of what is chosen on a day."""
    rows = Person.objects.by_family_name().fetch_mode(FETCH_RAISE)
    if letter:
        rows = rows.starting_with(letter)
    if chosen:
        # Both together: who is head of one delegation may be a member of another.
        answers = dict(chosen)
        rows = rows.filter(holders(answers.get("role", ""), answers.get("delegation", ""), day))
    return page_of(rows, position)


class PersonList(AsOfDayMixin, TemplateView):
    template_name = "delegations/person_list.html"

    @cached_property
    def filters(self):
        return PersonFilter(self.request.GET, Person.objects.all())

    @property
    def day_form(self):
        return self.filters.form

    @cached_property
    def letter(self):
        """The letter that was asked for, or "" where the alphabet of the page has no such."""
        letter = self.request.GET.get("letter", "").lower()
        return letter if letter in [*LETTERS[get_language()]] else ""

    @property
    def narrowing_query(self):
        place = {"letter": self.letter, "page": self.request.GET.get("page")}
        place = {name: value for name, value in place.items() if value}
        return self.filters.query + (f"{urlencode(place)}&" if place else "")

    def get_context_data(self, **context):
        chosen = tuple(self.filters.chosen.items())
        page = people(
            self.request.GET.get("page", ""),
            get_language(),
            self.letter,
            chosen,
            self.day if chosen else None,
        )
        standings = composition.standings(page, self.day)
        return super().get_context_data(
            page=page,
            people=standings.items(),
            filters=self.filters,
            letter=self.letter,
            is_no_letter=bool(self.request.GET.get("letter")) and not self.letter,
            letters=letters_in_use(get_language()),
            of_day=[fact for each in standings.values() for fact in (*each.facts, *each.possible)],
            # A position in it means nothing in the other language, nor does a letter.
            is_by_name=True,
            **context,
        )


@until_written(size=2)
def letters_in_use(language):
    """Return the letters of a language, each with whether a name starts with it."""
    used = Person.objects.letters()
    return [(letter, letter in used) for letter in LETTERS[language]]


class PersonDetail(RowOfDayView):
    template_name = "delegations/person_detail.html"
    model = Person

    @classmethod
    def rows(cls):
        facts = (
            Prefetch(model.relation(), model.objects.with_evidence().with_related())
            for model in person_fact_models()
        )
        portrait = ("portrait__renditions", "portrait_source")
        return super().rows().select_related(*portrait).prefetch_related(*facts)

    def get_context_data(self, **context):
        person, day = self.object, self.day
        portrait = shown(person.portrait)
        held = {model: getattr(person, model.relation()).all() for model in person_fact_models()}
        facts = [fact for rows in held.values() for fact in rows]
        of_day = [fact for fact in facts if fact.covers(day)]
        sections = [
            {
                "name": model.relation(),
                "heading": model.page_heading(),
                "groups": by_time(rows, day),
                "row": row_templates(model),
            }
            for model, rows in held.items()
        ]
        return super().get_context_data(
            sections=sections,
            gaps=[section["heading"] for section in sections if not section["groups"]],
            # Of one alone its note says the same.
            common=CommonEvidence.of(facts) if len(facts) > 1 else None,
            removed=log.removed_of(person),
            of_day=of_day,
            of_other_days=facts,
            further_sources={fact: fact.further_sources.all() for fact in facts},
            portrait=portrait,
            described=structured_data.person(
                person, [fact for fact in of_day if fact.holds(day)], day, portrait
            ),
            **context,
        )
