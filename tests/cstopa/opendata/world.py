"""A parliament of two chambers that became one, with a row of every kind."""

import datetime as dt

from django.contrib.auth.models import User

from cstopa.models.history import because
from delegations.models import Delegation
from delegations.models.facts import fact_models
from tests import make

END, START = dt.date(2026, 6, 30), dt.date(2026, 10, 1)
# Words of the desk, none of which is for the public.
SECRET = {"secret-editor", "secret-reason", "secret-draft", "secret-ahead", "secret-half"}


def fill():
    """Make the rows; the code of each is written here, so that tests can name it."""
    User.objects.create_user("secret-editor", email="secret-editor@example.org")
    decision = make.source(
        code="decision", title_ru="Решение", url="https://example.org/", publisher_en="Parliament"
    )
    said = {"source": decision, "checked_on": dt.date(2026, 1, 15)}
    state = make.parliament(
        "state", state_ru="Государство", name_en="Parliament", name_ru="Парламент"
    )
    make.name(state, "Council", name_ru="Совет", code="state-name", valid_from=START, **said)
    lower = make.chamber(
        state, code="lower", house="lower", valid_to=END, website="https://lower.example/", **said
    )
    upper = make.chamber(state, code="upper", house="upper", name_en="Senate", valid_to=END, **said)
    make.chamber(state, code="only", name_en="", valid_from=START, **said)
    make.name(lower, "Mazhilis", code="lower-name", valid_from=dt.date(2020, 1, 1), **said)
    seats = make.allocation(lower, 7, code="lower-seats", valid_from=dt.date(2020, 1, 1), **said)
    seats.seats = 2
    with because("secret-reason"):
        seats.save()
    make.allocation(upper, 1, code="upper-seats", **said)
    make.roster(lower, code="lower-roster", valid_from=dt.date(2024, 1, 1), **said)
    ann = make.person("ann", family_name_ru="Пример", given_name_ru="Анна", patronymic_ru="Б.")
    bob = make.person("bob")
    member = make.membership(ann, lower, code="ann-seat", valid_from=dt.date(2024, 1, 1), **said)
    for each in range(2):
        make.membership(make.person(f"sen-{each}"), upper, code=f"sen-{each}-seat", **said)
    make.office(bob, code="bob-deputy", **said)
    make.office(bob, "representative", parliament=state, code="bob-represents", **said)
    make.role(ann, parliament=state, code="ann-heads", valid_from=dt.date(2024, 1, 1), **said)
    make.participation(state, code="state-takes-part", **said)
    make.further_source(
        code="other-source",
        membership=member,
        source=make.source(code="other"),
        differs=True,
        says_en="bob",
        why_en="it is older",
    )
    concerned = {
        "delegations": [Delegation.objects.get(pk=state.pk)],
        "people": [ann],
        "topics": [make.topic("laws")],
        "source": decision,
    }
    known = [model for model in fact_models().values() if model.objects.exists()]
    about = {"parliament": state, "chamber": lower, "person": ann, "code": "further"}
    list(make.facts_of_further_kinds(*known, **about))
    make.article("open", headline_ru="secret-half", **concerned)
    make.article("hidden", headline_en="secret-draft", status="draft", **concerned)


CODES = {model.api.name: "further" for model in fact_models().values()} | {
    "delegations": "state",
    "parliaments": "state",
    "parliament-names": "state-name",
    "chambers": "lower",
    "chamber-names": "lower-name",
    "allocations": "lower-seats",
    "rosters": "lower-roster",
    "people": "ann",
    "memberships": "ann-seat",
    "offices": "bob-deputy",
    "roles": "ann-heads",
    "participations": "state-takes-part",
    "sources": "decision",
    "further-sources": "other-source",
    "articles": "open",
    "topics": "laws",
}
