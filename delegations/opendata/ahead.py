"""What lies ahead, as one document."""

from typing import Literal

from cstopa.models.periods import today
from cstopa.opendata.resources import Document
from cstopa.opendata.schemas import Day, Schema, Words, YesOrNo, in_each_language, member
from delegations.ahead import events_after
from delegations.models.facts import fact_models


class Event(Schema):
    id: str = member("Its name, which stays.", at="key")
    day: Day = member("The first day of the fact, or its last one.")
    change: Literal["start", "end"] = member("Whether the fact starts or ends.")
    is_latest: YesOrNo = member("Whether the day is only the latest possible end.")
    is_earliest: YesOrNo = member(
        "Whether the day is only the earliest possible start, of which the month or year is known."
    )
    resource: Literal[*(model.api.name for model in fact_models().values())] = member(
        "The resource that has the fact.", at="fact.api.name"
    )
    fact: str = member("The code of the fact.", at="fact.code")
    delegation: str | None = member(
        "The code of its delegation; null for what is the Assembly's.",
        at="described.parliament.code",
    )
    in_words: Words = member("The fact in words.")

    @staticmethod
    def resolve_change(event, day):
        return "end" if event.is_end else "start"

    @staticmethod
    def resolve_in_words(event, day):
        return in_each_language(lambda: event.described)


class Ahead(Schema):
    after: Day = member("What starts after this day, or ends with it or after it.")
    events: list[Event]


def read(day):
    day = day or today()
    return {
        "after": day.isoformat(),
        "events": [Event.read(event) for event in events_after(day)],
    }


AHEAD = Document(
    "ahead",
    "What is decided and lies ahead of a day, today's by default: which facts start and end, as far as "
    "that is on record now.",
    Ahead,
    read,
)
