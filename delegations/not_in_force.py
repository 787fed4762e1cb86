"""What is on record of a delegation, and does not count on the day that its page speaks of."""

from dataclasses import dataclass

from delegations.as_of_views import nearest
from delegations.models import CompleteRoster, Office, Participation, Role, SeatAllocation

# Of each kind; the others are found by their days.
SHOWN = 20


@dataclass(frozen=True)
class OtherDays:
    """The facts of each kind, those nearest to the day; ``left_out`` is the number of the others."""

    allocations: list
    rosters: list
    representatives: list
    roles: list
    participations: list
    left_out: int

    def __bool__(self):
        return any(
            (
                *(self.allocations, self.rosters, self.representatives),
                *(self.roles, self.participations),
            )
        )


def on_other_days(delegation, day):
    """Return the OtherDays of a delegation, at a fixed number of queries."""
    facts = {
        "allocations": SeatAllocation.objects.filter(chamber__parliament=delegation),
        "rosters": CompleteRoster.objects.filter(chamber__parliament=delegation),
        "representatives": Office.objects.filter(parliament=delegation),
        "roles": Role.objects.filter(parliament=delegation),
        "participations": Participation.objects.filter(parliament=delegation),
    }
    related = {
        "allocations": ("chamber__parliament", "source"),
        "rosters": ("chamber__parliament", "source"),
        "representatives": ("person", "parliament", "source"),
        "roles": ("person", "parliament", "source"),
        "participations": ("source",),
    }
    left_out = 0
    for name, rows in facts.items():
        of_others = [
            fact
            for fact in rows.with_evidence().select_related(*related[name])
            if not fact.covers(day)
        ]
        facts[name] = nearest(of_others, day, SHOWN)
        left_out += len(of_others) - len(facts[name])
    return OtherDays(**facts, left_out=left_out)
