"""A resource: rows of one kind that are public, and what is said of each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.text import capfirst

from cstopa.http.addresses import absolute
from cstopa.languages import LANGUAGES
from cstopa.opendata.fields import (
    ADDRESS,
    CODE,
    MOMENT,
    Field,
    InEachLanguage,
    Record,
    optional,
)
from delegations.models.names import words_of_the_day


@dataclass(frozen=True)
class Resource:
    """``description`` is for people too, who read it in their language.

    ``rows(day)`` are the public ones, with all that the fields read: as of a day, or of any day.

    ``is_as_of_day``: it answers ``?date=``. ``is_dated``: its rows are in force for a time, so that
    a day leaves some out. ``has_versions``: its rows are stored and not derived, so that it answers
    ``?changed_since=``. ``complete`` turns the rows of one page into what the fields read.
    ``seen()`` are those of the versions that the public saw, each with its end as ``until`` and
    ``replaced``; all of them where it is None.
    """

    name: str
    record: str
    description: str
    model: type
    fields: tuple
    rows: Callable
    is_as_of_day: bool = True
    is_dated: bool = False
    has_versions: bool = True
    complete: Callable = list
    seen: Callable | None = None

    def __str__(self):
        return self.name

    @property
    def title(self):
        """Its name for people, in the language of the reader."""
        return capfirst(self.model._meta.verbose_name_plural)

    @property
    def kind(self):
        return Record(self.fields)

    @property
    def parameters(self):
        """The names of what may be asked of the list."""
        asked = {"page": True, "date": self.is_as_of_day, "changed_since": self.has_versions}
        return {name for name, may_be in asked.items() if may_be}


def with_changed_at(rows):
    """Return the rows, each with the moment of its last version, or None, as ``changed_at``."""
    versions = rows.model._meta.concrete_model.history.filter(id=OuterRef("pk"))
    last = versions.order_by("-history_id").values("history_date")[:1]
    return rows.annotate(changed_at=Subquery(last))


def addresses(row):
    """Return ``{language: address}`` of the page that shows a row."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = absolute(row.get_absolute_url())
    return found


def in_short(*names):
    """Return the kind of another row that is named by its code and a few words."""
    return Record((Field("code", CODE, "Its code."), *names))


NAME_OF_DAY = Field(
    "name",
    InEachLanguage(),
    "Its name on the day asked for, or else today's.",
    words_of_the_day,
)
CODE_FIELD = Field("code", CODE, "Its stable code: it never changes and is never used again.")
SLUG = Field("slug", CODE, "Its name in the addresses of pages, which an editor may change.")
PAGE = Field(
    "page",
    InEachLanguage(ADDRESS),
    "The address of the page that shows it, in each language.",
    addresses,
    in_tables=False,
)
CHANGED_AT = Field(
    "changed_at",
    optional(MOMENT),
    "The moment of its last version, with the offset of Moscow; null where no version is kept.",
)
PARLIAMENT = in_short(NAME_OF_DAY)
CHAMBER = in_short(NAME_OF_DAY)
PERSON = in_short(
    Field(
        "name",
        InEachLanguage(),
        "Given name, patronymic and family name.",
        lambda person: {language: person.name_in(language) for language in LANGUAGES},
    )
)
TOPIC = in_short(Field("name", InEachLanguage(), "Its name."))
SOURCE = in_short(
    Field("title", InEachLanguage(), "Its title."),
    Field("url", optional(ADDRESS), "Its address; null where it is not known."),
)
