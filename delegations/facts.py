"""How a page shows dated facts: in which order, and after which documents."""

from django.utils.translation import gettext as _

from cstopa.periods import day_in_words


class Footnotes(dict):
    """The sources that a page cites, numbered as it first cites them."""

    def number(self, source):
        return self.setdefault(source, len(self) + 1)


def by_time(facts, day):
    """Return ``(heading, facts)`` of those in force on ``day``, undated, ended and to come.

    What is undated is never among those in force, and a heading without facts is left out.
    """

    def when(fact):
        if fact.is_undated:
            return "undated"
        if fact.covers(day):
            return "in force"
        return "ended" if fact.ends and fact.last_day < day else "to come"

    headings = {
        # Translators: the heading of facts that are in force on a day: "On 21 May 2021".
        "in force": _("On %(day)s") % {"day": day_in_words(day)},
        "undated": _("On record, undated"),
        "ended": _("Earlier"),
        "to come": _("Later"),
    }
    groups = {moment: [] for moment in headings}
    for fact in facts:
        groups[when(fact)].append(fact)
    return [(headings[moment], chosen) for moment, chosen in groups.items() if chosen]
