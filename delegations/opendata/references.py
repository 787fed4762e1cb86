"""How a row is named in what is said of another, and what is common to facts."""

from cstopa.languages import LANGUAGES
from cstopa.models.partial_dates import is_exact
from cstopa.models.periods import today
from cstopa.opendata.schemas import (
    Address,
    Day,
    InEachLanguage,
    Moment,
    NamedReference,
    Reference,
    Schema,
    Shown,
    Words,
    YesOrNo,
    language_schema,
    member,
)
from delegations.models import Chamber, DatedFact, Person, Source


class OfDay(InEachLanguage):
    @classmethod
    def read_member(cls, row, name, day):
        day = day or today()
        if isinstance(row, Chamber):
            return cls.read(row.own_names_on(row.day_of_name(day)))
        return cls.read(row.names_on(day))


NameOfDay = language_schema("NameOfDay", str | None, OfDay)


NAME_OF_DAY = member(
    "Its name on the day asked for, or else today's; of a chamber or a fact that is not in force on it: on "
    "its own last day, or its first where that is yet to come. An only chamber without a name of its own "
    "has its parliament's."
)
UNDATED_NAME = member("Its name on the days for which no dated one is on record.", at="name")


class HolderReference(Reference):
    """One whose name is that of a day: of a fact that names it, its own day."""

    name: NameOfDay = NAME_OF_DAY

    @classmethod
    def read_member(cls, row, name, day):
        if isinstance(row, DatedFact):
            day = row.day_of_name(day or today())
        return super().read_member(row, name, day)


class PersonReference(Reference):
    name: Words = member("Given name, patronymic and family name.")

    @staticmethod
    def resolve_name(person, day):
        return {language: person.name_in(language) for language in LANGUAGES}


class SourceReference(Reference):
    title: Words = member("Its title.")
    url: Address | None = member("Its address; null where it is not known.")


def reference_to(model):
    """Return the schema of a row of a model in short."""
    if hasattr(model, "names"):
        return HolderReference
    is_named = hasattr(model, f"name_{LANGUAGES[0]}")
    others = {Person: PersonReference, Source: SourceReference}
    return others.get(model, NamedReference if is_named else Reference)


class Dated(Schema):
    holds: YesOrNo | None = member(
        "Whether it holds on the day asked for; false: it only may, which is not known; null: no day "
        "was asked for."
    )
    valid_from: Day | None = member(
        "First day in force; null where the start is not known, or not to the day."
    )
    valid_from_edtf: str | None = member(
        "The same as far as it is known, in EDTF: 2005-03-14, 2005-03 or 2005.", at="start"
    )
    valid_to: Day | None = member(
        "Last day in force; null where no end is known, or not to the day."
    )
    valid_to_edtf: str | None = member("The same as far as it is known, in EDTF.", at="end")
    valid_to_is_latest: YesOrNo = member(
        "Whether valid_to is only the latest possible end, the exact one being unknown."
    )
    last_day: Day | None = member(
        "The day with which it really ends: valid_to, or that of its chamber where this "
        "ends earlier; null where neither is known. Of an end known only to its month or year, the "
        "last day that it may be."
    )
    last_day_is_latest: YesOrNo = member("Whether last_day is only the latest possible end.")

    @staticmethod
    def resolve_holds(fact, day):
        return None if day is None else fact.holds(day)

    @staticmethod
    def resolve_valid_from(fact, day):
        return fact.valid_from if is_exact(fact.start) else None

    @staticmethod
    def resolve_valid_to(fact, day):
        return fact.valid_to if is_exact(fact.end) else None

    @staticmethod
    def resolve_last_day_is_latest(fact, day):
        if not fact.ends:
            return False
        end, is_latest = min(fact.ends)
        return is_latest or not is_exact(end)


class Evidence(Schema):
    source: SourceReference = member("The further document.")
    differs: YesOrNo = member("Whether it says something else than the source that is followed.")
    says: Words = member("What it says; null where it says just what the fact does.")
    why: Words = member("Why the other source is followed, where it differs.")
    checked_on: Day | None = member("The day on which it was last read; null if not known.")


class EvidenceReference(Evidence, Reference):
    pass


class Sourced(Shown):
    source: SourceReference = member("The document that it follows.")
    further_sources: list[EvidenceReference] = member("Other documents about it.")
    checked_on: Day | None = member("The day on which it was last found to be true; null if never.")
    corrected_at: Moment | None = member(
        "The moment at which it was last corrected, having been wrong; null if never."
    )
