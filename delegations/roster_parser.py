"""A list of a delegation as an editor pastes it: a line for each person, with chamber and role."""

import csv
import io
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstopa.languages import LANGUAGES
from cstopa.models.fields import NOT_TEXT
from cstopa.search.words import fold
from delegations.models import Chamber, Person, Role

MOST_LINES = 500
ERRORS_SHOWN = 20


def folded(words):
    return " ".join(fold(words))


def all_folded(words):
    return {key: {folded(each) for each in names} for key, names in words.items()}


HEADINGS = all_folded(
    {
        "name": ["name", "full name", "person", "ФИО", "Ф. И. О.", "имя", "фамилия имя отчество"],
        "chamber": ["chamber", "house", "палата"],
        "role": ["role", "function", "роль", "должность", "функция"],
    }
)
MEMBER = ""
ROLES = all_folded(
    {
        MEMBER: [
            *("member", "member of the delegation", "senator"),
            *("член", "член делегации", "депутат", "сенатор"),
        ],
        Role.Kind.HEAD: [
            *("head", "head of delegation", "head of the delegation"),
            *("глава", "глава делегации", "руководитель", "руководитель делегации"),
        ],
        Role.Kind.DEPUTY_HEAD: [
            *("deputy head", "deputy head of delegation", "deputy head of the delegation"),
            *("заместитель", "замглавы", "заместитель главы", "заместитель главы делегации"),
            *("заместитель руководителя", "заместитель руководителя делегации"),
        ],
        Role.Kind.ALTERNATE: [
            *("alternate", "alternate member", "alternate member of the delegation", "substitute"),
            *("запасной", "запасной член", "запасной член делегации", "запасной делегат"),
        ],
    }
)
HOUSES = all_folded(
    {
        Chamber.House.LOWER: ["lower", "lower house", "нижняя", "нижняя палата"],
        Chamber.House.UPPER: ["upper", "upper house", "верхняя", "верхняя палата"],
    }
)
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
PATRONYMIC = re.compile(r"(?:[вьй]ич|ична|[ео]вна|[vy]ich|ichna|[eo]vna)$", re.IGNORECASE)
LONGEST_NAME = Person._meta.get_field("family_name_en").max_length


@dataclass(frozen=True)
class FullName:
    """A name as it was read: its parts, and the language in which it is written."""

    given: str
    patronymic: str
    family: str
    language: str

    def __str__(self):
        return " ".join(part for part in (self.given, self.patronymic, self.family) if part)

    @property
    def columns(self):
        """The columns of a person of this name."""
        return {
            f"given_name_{self.language}": self.given,
            f"patronymic_{self.language}": self.patronymic,
            f"family_name_{self.language}": self.family,
        }

    @property
    def other_way_round(self):
        """The name of two words with the family name in the other place, or None."""
        if self.given and not self.patronymic:
            return FullName(self.family, "", self.given, self.language)
        return None


@dataclass(frozen=True)
class Line:
    """One person of the list. Without a ``chamber`` there is no seat; ``role`` may be "".

    ``unseated`` is the chamber of an alternate, who holds no seat of it.
    """

    number: int
    name: FullName
    chamber: Chamber | None
    role: str
    unseated: Chamber | None = None


def full_name(words, family_first=False):
    """Read a name: two words in the order that is said, more with the family name first.

    A patronymic in the middle tells that the family name comes last.
    """
    language = "ru" if CYRILLIC.search(words) else "en"
    family, comma, rest = words.partition(",")
    if comma:
        given, _space, patronymic = " ".join(rest.split()).partition(" ")
        return FullName(given, patronymic, " ".join(family.split()), language)
    parts = words.split()
    if len(parts) == 1:
        return FullName("", "", parts[0], language)
    if len(parts) == 2:
        family, given = parts if family_first else reversed(parts)
        return FullName(given, "", family, language)
    if len(parts) == 3 and PATRONYMIC.search(parts[1]):
        return FullName(*parts, language)
    family, given, *patronymic = parts
    return FullName(given, " ".join(patronymic), family, language)


class Reader:
    """Reads a list for the ``chambers`` that are in force, by any name that they ever had."""

    def __init__(self, chambers, former=(), family_first=False):
        self.chambers, self.family_first = chambers, family_first
        self.by_name = {}
        for chamber in (*former, *chambers):
            for name in self._names(chamber):
                self.by_name.setdefault(name, []).append(chamber)

    def _names(self, chamber):
        rows = [chamber, *chamber.names.all()]
        if len(self.chambers) == 1:
            rows += [chamber.parliament, *chamber.parliament.names.all()]
        words = {getattr(row, f"name_{language}") for row in rows for language in LANGUAGES}
        return {folded(word) for word in (*words, chamber.code) if word} | HOUSES.get(
            chamber.house, set()
        )

    def read(self, text):
        """Return the lines; ValidationError tells each that cannot be read, with its number."""
        rows = self._rows(text)
        columns = dict(zip(("name", "chamber", "role"), range(3), strict=True))
        if rows and (heading := self._heading(rows[0][1])):
            columns = heading
            del rows[0]
        if not rows:
            raise ValidationError(_("The list names nobody."))
        if len(rows) > MOST_LINES:
            raise ValidationError(
                _("The list has %(number)d lines, and %(most)d are the most that fit.")
                % {"number": len(rows), "most": MOST_LINES}
            )
        lines, errors = [], []
        for number, cells in rows:
            try:
                lines.append(self._line(number, cells, columns))
            except ValidationError as error:
                errors.append(
                    _("Line %(number)d: %(what)s") % {"number": number, "what": error.message}
                )
        heads = [str(line.number) for line in lines if line.role == Role.Kind.HEAD]
        if len(heads) > 1:
            errors.append(
                _("A delegation has one head, and these lines name one: %(lines)s.")
                % {"lines": ", ".join(heads)}
            )
        if rest := len(errors[ERRORS_SHOWN:]):
            more = ngettext(
                "%(number)d more line cannot be read.",
                "%(number)d more lines cannot be read.",
                rest,
            )
            errors[ERRORS_SHOWN:] = [more % {"number": rest}]
        if errors:
            raise ValidationError(errors)
        return lines

    def _rows(self, text):
        if NOT_TEXT.search(text):
            raise ValidationError(_("This is no text: save the table as CSV, or paste the list."))
        delimiter = next((each for each in "\t;" if each in text), ",")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = []
        try:
            for cells in reader:
                if any("\n" in cell for cell in cells):
                    raise ValidationError(
                        _("A quotation mark before line %(number)d is not closed.")
                        % {"number": reader.line_num}
                    )
                cells = [" ".join(cell.split()) for cell in cells]
                if any(cells):
                    rows.append((reader.line_num, cells))
        except csv.Error as error:
            raise ValidationError(
                _("Line %(number)d cannot be read.") % {"number": reader.line_num}
            ) from error
        return rows

    def _heading(self, cells):
        """Return ``{column: position}`` where the row names the columns."""
        words = [folded(cell) for cell in cells]
        found = {
            column: place
            for place, word in enumerate(words)
            for column, names in HEADINGS.items()
            if word in names
        }
        return found if "name" in found else None

    def _line(self, number, cells, columns):
        name, chamber, role = (
            cells[columns[column]] if columns.get(column, len(cells)) < len(cells) else ""
            for column in ("name", "chamber", "role")
        )
        if not fold(name):
            raise ValidationError(_("There is no name."))
        name = full_name(name, self.family_first)
        if any(len(part) > LONGEST_NAME for part in (name.given, name.patronymic, name.family)):
            raise ValidationError(_("The name is too long."))
        if not name.family:
            raise ValidationError(_("There is no family name."))
        if chamber and not role and folded(chamber) not in self.by_name:
            # Two columns, of a parliament with one chamber: name and role.
            kind = read_role(chamber)
            if kind is not None:
                chamber, role = "", chamber
        kind = read_role(role)
        if kind is None:
            raise ValidationError(_("“%(words)s” is no role.") % {"words": role})
        chamber = self._chamber(chamber, kind)
        if kind == Role.Kind.ALTERNATE:
            return Line(number, name, None, kind, unseated=chamber)
        return Line(number, name, chamber, kind)

    def _chamber(self, words, kind):
        if not words:
            if len(self.chambers) == 1 and kind != Role.Kind.ALTERNATE:
                return self.chambers[0]
            if kind:
                return None
            raise ValidationError(_("Which chamber is it?"))
        found = self.by_name.get(folded(words), [])
        in_force = [chamber for chamber in found if chamber in self.chambers]
        if len(in_force) > 1:
            raise ValidationError(_("“%(words)s” is a name of two chambers.") % {"words": words})
        if in_force:
            return in_force[0]
        if found:
            raise ValidationError(_("“%(words)s” is not in force on that day.") % {"words": words})
        raise ValidationError(_("The parliament has no chamber “%(words)s”.") % {"words": words})


def read_role(words):
    """Return the kind of role, "" for a member, or None where the words say neither."""
    words = folded(words)
    if not words:
        return MEMBER
    return next((kind for kind, names in ROLES.items() if words in names), None)
