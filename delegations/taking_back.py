"""What one confirmation wrote is taken back: rows that it made go, the others say what they said before."""

from collections import defaultdict
from operator import attrgetter

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cstopa.admin.linked import addresses_of_each, found_in_texts
from cstopa.admin.values import row_in_words
from cstopa.models import trash
from cstopa.models.history import UNDO, because
from cstopa.models.reasons import TAKEN_BACK
from cstopa.models.written import Place
from cstopa.publishing.models.versions import newest
from cstopa.publishing.undoing import Deed, is_named
from cstopa.publishing.undoing import take_back as written_as_before
from delegations.models import Chamber, Delegation, Parliament


def place_of(row, is_new=False):
    return Place(row._meta.label, row.pk, newest(row), is_new)


def unwritten(label, key, version):
    """Return the row, which nobody has written since a version of it; ValidationError where somebody has."""
    model = apps.get_model(label)
    row = model._base_manager.select_for_update().filter(pk=key).first()
    if row and newest(row) == version:
        return row
    versions = model.history.filter(id=key).order_by("history_id")
    since = versions.filter(history_id__gt=version).first()
    said = row or next((trash.row_of(each) for each in versions.filter(history_id=version)), None)
    text = (
        _("“%(row)s”: it is undone already.")
        if since and since.history_change_reason == UNDO
        else _("“%(row)s” was written since: nothing of it was undone.")
    )
    raise ValidationError(text % {"row": row_in_words(said) if said else key})


def take_back(places, by):
    """Take back what was written at some places, in the order of writing; return the rows that are as before.

    ValidationError where one of the rows was written since, or others name it; nothing is undone then.
    """
    with transaction.atomic(), because(TAKEN_BACK):
        # Locked in one order, so that two who undo do not wait for each other.
        by_key = sorted(places, key=attrgetter("model", "key"))
        rows = {each: unwritten(*each[:3]) for each in by_key}
        _refuse_what_texts_name([row for place, row in rows.items() if place.is_new])
        back = []
        for place in reversed(places):
            row = rows[place]
            if place.is_new:
                if is_named(row):
                    raise _named(row)
                row._history_user, row._change_reason = by, UNDO
                row.delete()
            else:
                try:
                    back.append(written_as_before(row, Deed(*place[:3]), by))
                except ValidationError as error:
                    words = _("“%(row)s” cannot be as it was: nothing was undone.")
                    said = words % {"row": row_in_words(row)}
                    raise ValidationError([said, *error.messages]) from error
        return back


def _refuse_what_texts_name(rows):
    by_model = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    # No row of its own, it has pages, and references.
    homes = [each.pk for each in by_model[Parliament]]
    by_model[Delegation] = list(Delegation.objects.filter(pk__in=homes))
    words = {f":{row.code}]]": row for model in (Chamber, Parliament) for row in by_model[model]}
    for each in by_model.values():
        words |= {one: row for row, own in addresses_of_each(each) for one in own}
    if found := found_in_texts(words):
        raise _named(words[found])


def _named(row):
    text = _("“%(row)s” is named elsewhere since: nothing of it was undone.")
    return ValidationError(text % {"row": row_in_words(row)})
