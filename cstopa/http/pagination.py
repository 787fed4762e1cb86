"""Pages of a long list, never counted: each starts where the reader stood, not at a number."""

from dataclasses import dataclass

from django.core import signing
from django.db.models import Q
from django.utils.translation import get_language

SIZE = 20


@dataclass(frozen=True)
class Page:
    """One page of a list. ``previous`` and ``next`` are positions for ``?page=``, or None.

    ``is_misread``: the position in the address could not be read, so this is the first page.
    """

    rows: list
    previous: str | None
    next: str | None
    is_misread: bool = False

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def numbered(rows, position, size):
    """Return the Page with a number of a whole list, which is in memory; the first one is 1."""
    last = max(-(-len(rows) // size), 1)
    number = int(position) if position.isascii() and position.isdigit() and len(position) < 7 else 0
    is_misread = bool(position) and not 1 <= number <= last
    number = 1 if is_misread or not position else number
    return Page(
        rows[size * (number - 1) : size * number],
        str(number - 1) if number > 1 else None,
        str(number + 1) if number < last else None,
        is_misread,
    )


def first_rows(rows, number, border=None, forward=True):
    """Return so many rows of an ordered queryset, those after the ``border`` where there is one."""
    return list(rows[:number])


def page_of(queryset, position="", size=SIZE, never_empty=True, signed=None, take=first_rows):
    """Return the Page of an ordered queryset at a position that another Page gave.

    The order is by names that no two rows share all of, and in which no row has NULL. Where the
    last rows have gone in between, the first page comes instead, or, if not ``never_empty``, none:
    a machine that follows every ``next`` would go round for ever.

    ``signed``: the order in a row's own words, where the queryset is sorted by other columns of the
    same values. A position is one of that order, whichever columns a list goes by. ``take`` reads
    the rows, as ``first_rows()`` does, for who knows better than the database which come first.
    """
    order = queryset.query.order_by or queryset.model._meta.ordering
    signed = signed or order
    names = [term.removeprefix("-") for term in signed]
    # Signed, so that what comes back is a position in this very list, and no other value.
    salt = ["page", queryset.model._meta.label, ",".join(signed)]
    if queryset.query.annotations.keys() & set(names):
        # What is sorted as the reader sees it comes in another order in another language.
        salt.append(get_language())
    signer = signing.Signer(sep=".", salt=":".join(salt))

    def position_at(row, forward):
        return signer.sign_object([forward, *(str(getattr(row, name)) for name in names)])

    def first_page(**flags):
        rows = take(queryset, size + 1)
        following = position_at(rows[size - 1], True) if len(rows) > size else None
        return Page(rows[:size], None, following, **flags)

    if not position:
        return first_page()
    try:
        forward, *words = signer.unsign_object(position)
    except (signing.BadSignature, ValueError):
        return first_page(is_misread=True)
    border = [
        _field(queryset, name).to_python(word) for name, word in zip(names, words, strict=True)
    ]
    if forward:
        rows = take(_from(queryset, _beyond(order, border)), size + 1, border)
        if not rows:
            return first_page() if never_empty else Page([], None, None)
        following = position_at(rows[size - 1], True) if len(rows) > size else None
        return Page(rows[:size], position_at(rows[0], False), following)
    backwards = [term[1:] if term.startswith("-") else f"-{term}" for term in order]
    rows = _from(queryset.order_by(*backwards), _beyond(backwards, border))
    rows = take(rows, size + 1, border, forward=False)
    if len(rows) <= size:
        # Rows may have come or gone in between: the first page is always a full one.
        return first_page()
    rows = rows[:size][::-1]
    return Page(rows, position_at(rows[0], False), position_at(rows[-1], True))


def _from(queryset, condition):
    """Return the rows under a condition more, which stands before all others.

    SQLite enters an index at the first bound alone, and goes on row by row to any other.
    """
    before = len(queryset.query.where.children)
    rows = queryset.filter(condition)
    conditions = rows.query.where.children
    conditions[:] = conditions[before:] + conditions[:before]
    return rows


def _field(queryset, name):
    annotation = queryset.query.annotations.get(name)
    if annotation is not None:
        return annotation.output_field
    meta = queryset.model._meta
    return meta.pk if name == "pk" else meta.get_field(name)


def _beyond(order, border):
    """Return the condition that a row comes after the border in the order."""
    condition = None
    for term, value in reversed(list(zip(order, border, strict=True))):
        name, direction = (term[1:], "lt") if term.startswith("-") else (term, "gt")
        beyond = Q(**{f"{name}__{direction}": value})
        if condition is not None:
            # "Not before it" is implied, and lets the database start inside the index.
            beyond = Q(**{f"{name}__{direction}e": value}) & (beyond | condition)
        condition = beyond
    return condition
