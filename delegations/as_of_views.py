"""How a page shows dated facts: as of which day, in which order, and after which documents."""

from functools import cached_property

from django.db.models import FETCH_RAISE
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from cstopa.forms import DayForm, IsoDaysMixin
from cstopa.http.addresses import PermanentAddressMixin, absolute
from cstopa.http.kept.rows import until_written
from cstopa.models.periods import day_in_words, today


class Footnotes(dict):
    """The sources that a page cites, numbered as it first cites them.

    ``marked`` are the numbers whose first place on the page has an id, to lead back to.
    """

    def __init__(self):
        super().__init__()
        self.marked = set()

    def number(self, source):
        # As text: a template looks up how a number is written each time.
        return self.setdefault(source, str(len(self) + 1))


class AsOfDayMixin(IsoDaysMixin):
    """Shows the facts as of ``?date=``, under the names of the day; the links of the page keep it.

    A day that is misread is told at its field.
    """

    @cached_property
    def day_form(self):
        return DayForm(self.request.GET, auto_id="page:%s")

    @property
    def asked_day(self):
        """The day that was asked for, or None."""
        return self.day_form.asked

    @cached_property
    def day(self):
        return self.day_form.day

    @property
    def narrowing_query(self):
        """What else the address of this page asks, with an ampersand after it, or ""."""
        return ""

    @property
    def lasting_query(self):
        """What asks for this page as it is on the day of which it speaks, whenever that is read."""
        return f"?{self.narrowing_query}date={self.day.isoformat()}"

    def get_context_data(self, of_day=(), of_other_days=(), **context):
        """Add what the partials of such a page need, by the facts that it shows: those ``of_day``, and
        beside them those ``of_other_days``.
        """
        facts = list(of_day)
        all_facts = [*facts, *of_other_days]
        return super().get_context_data(
            undated=some_or_all(facts, lambda fact: fact.is_undated),
            not_known_to_hold=some_or_all(facts, lambda fact: not fact.holds(self.day)),
            holds_today_alone=self.day == today()
            and any(fact.is_dated_by_nothing for fact in facts),
            has_facts=bool(all_facts),
            evidence=newest_evidence(all_facts),
            form=self.day_form,
            asked=self.asked_day,
            day=self.day,
            today=today(),
            lasting_query=self.lasting_query,
            lasting_address=absolute(self.request.path) + self.lasting_query,
            footnotes=Footnotes(),
            anchors=set(),
            **context,
        )


class RowOfDayView(AsOfDayMixin, PermanentAddressMixin, DetailView):
    """The page of one of the ``rows()``, which is found by its slug and shared by all who ask."""

    @classmethod
    def rows(cls):
        return cls.model.objects.fetch_mode(FETCH_RAISE)

    def get_object(self, queryset=None):
        try:
            return _row(type(self), self.kwargs["slug"])
        except self.model.DoesNotExist as error:
            raise Http404 from error


@until_written(size=200)
def _row(view, slug):
    return view.rows().get(slug=slug)


def newest_evidence(facts):
    """Return the last day on which a document or a check said so of any of the facts, or None.

    Never the day on which somebody read or recorded it.
    """
    days = (day for fact in facts for day in (fact.source.published_on, fact.checked_on))
    return max(filter(None, days), default=None)


def some_or_all(facts, condition):
    """Return whether "some" or "all" of ``facts`` meet a condition, or "" where none does."""
    met = [condition(fact) for fact in facts]
    if not any(met):
        return ""
    return "all" if all(met) else "some"


def row_templates(model):
    """Return the names of the templates that say what a fact of a kind says, its own one first."""
    return f"delegations/facts/{model._meta.model_name}.html", "delegations/_statement.html"


def by_time(facts, day):
    """Return ``(heading, facts)`` of those in force on ``day``, undated, possible, ended and to come.

    What is undated is never among those in force, and a heading without facts is left out.
    """

    def when(fact):
        if fact.covers(day) and not fact.holds(day):
            return "possible"
        if fact.is_undated:
            return "undated"
        if fact.covers(day):
            return "in force"
        return "ended" if fact.ends and fact.last_day < day else "to come"

    headings = {
        # Translators: the heading of facts that are in force on a day: "On 21 May 2021".
        "in force": _("On %(day)s") % {"day": day_in_words(day)},
        "undated": _("Dates not given"),
        "possible": _("Possibly on %(day)s") % {"day": day_in_words(day)},
        "ended": _("Earlier"),
        "to come": _("Later"),
    }
    groups = {moment: [] for moment in headings}
    for fact in facts:
        groups[when(fact)].append(fact)
    return [(headings[moment], chosen) for moment, chosen in groups.items() if chosen]


class Nearest(list):
    """Those of ``facts``, ``number`` at most, that lie nearest to ``day``, in their order.

    ``left_out`` is the number of the others.
    """

    def __init__(self, facts, day, number):
        def distance(fact):
            if fact.ends and fact.last_day < day:
                return day - fact.last_day
            return max(fact.valid_from - day, day - day) if fact.valid_from else day - day

        chosen = set(sorted(facts, key=distance)[:number])
        super().__init__(fact for fact in facts if fact in chosen)
        self.left_out = len(facts) - len(self)
