"""Undo: a button takes back what one click did to rows, of those that nobody has written since."""

from datetime import datetime
from typing import NamedTuple

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import router, transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cstopa.admin.base import desk_address, desk_link
from cstopa.admin.linked import addresses_of, found_in_texts
from cstopa.admin.undoing import AT_ONCE, SignedUndo
from cstopa.admin.values import row_in_words
from cstopa.models import trash
from cstopa.models.history import UNDO
from cstopa.models.written import forget
from cstopa.publishing.models.drafts import Draft, is_there
from cstopa.publishing.models.moments import PUBLISHED
from cstopa.publishing.models.versions import newest, value
from cstopa.publishing.publicity import moment as in_words


class Deed(NamedTuple):
    """What one click did to a row: the version that it wrote, and the fields that it was about, if not all.

    ``draft`` is the deletion by which it ended a draft: the name of the model, the number of the version.
    ``scheduled`` is the version of a draft that waited for its moment before.
    """

    model: str
    key: int
    version: int
    fields: tuple = ()
    draft: tuple = ()
    scheduled: int = 0


def deed(row, fields=(), draft=None, scheduled=None):
    """Return what was just done to a row, ``draft`` with the version that ended it."""
    ended = (draft.instance_type._meta.label, draft.pk) if draft else ()
    return Deed(row._meta.label, row.pk, newest(row), tuple(fields), ended, scheduled or 0)


def with_undo(request, words, deeds, back):
    """Return what was done in words, with the button that undoes it; it leads ``back`` to an address."""
    if not 0 < len(deeds) <= AT_ONCE:
        return words
    # The message of the save needs no other.
    forget()
    return Undo().button(request, [back, deeds], words)


class WithUndo:
    """Pages of a model whose rows have undo; at its ``moments`` readers see a row, or cease to."""

    moments = ()

    def undoable(self, request, words, places):
        done = [Deed(*place[:3]) for place in places]
        if {each.model for each in done} != {self.opts.label} or not all(map(_was_before, places)):
            return words
        return with_undo(request, words, done, self.address_before(places))

    def undone(self, row, done):
        """Do what follows from an undo of what was ``done`` to the row, or to that whose draft it is."""

    def after_undoing(self, row):
        """Return what is said of a row that is as it was, or nothing."""
        return ""


class Undo(SignedUndo):
    """What was done are the address to which it leads, and Deeds."""

    name = "undo"

    def undo(self, request, done):
        deeds = _deeds(done)
        if len(deeds) == 1:
            # Of many all texts would be read for each, while nobody else can save.
            _refuse_what_texts_link(*deeds)
        undone = [row for each in deeds if (row := self._undo(request, each))]
        if undone:
            self._say(request, undone)

    def address_after(self, done):
        return _back(done[0], _deeds(done))

    def _undo(self, request, done):
        """Return the row as it was before, without a key where it was new; None where that is refused, which is said."""
        model = apps.get_model(done.model)
        pages = admin.site.get_model_admin(model)
        row = model._base_manager.select_for_update().filter(pk=done.key).first()
        if row is None or newest(row) != done.version:
            said = row or model.history.filter(id=done.key, history_id=done.version).first()
            words = {"row": row_in_words(getattr(said, "instance", said)) if said else done.key}
            text = (
                _("“%(row)s”: it is undone already.")
                if _is_undone(model, done)
                else _("“%(row)s” was written since: nothing of it was undone.")
            )
            messages.warning(request, text % words)
            return None
        # What is one's own is taken back without the right to delete.
        is_new = not done.fields and _is_new(model, done)
        others = () if is_new else pages.get_readonly_fields(request, row)
        if _is_changed(row, done, others) or not pages.has_change_permission(request, row):
            raise PermissionDenied
        words = {"row": row_in_words(row)}
        try:
            with transaction.atomic():
                if is_new:
                    pages.log_deletions(request, [row])
                    _delete(row, request.user)
                    return row
                row = take_back(row, done, request.user, pages.moments)
                pages = admin.site.get_model_admin(type(row))
                pages.undone(row, done)
        except ValidationError as error:
            messages.error(request, _("“%(row)s” cannot be as it was:") % words)
            for message in error.messages:
                messages.error(request, message)
            return None
        pages.log_change(request, row, str(_("Undone.")))
        return row

    def _say(self, request, rows):
        [row, *others] = rows
        named = desk_link(row) if row.pk else row_in_words(row)
        words = _("Undone. Rows: %(number)d.") % {"number": len(rows)}
        messages.success(request, words if others else format_html(_("Undone: {}."), named))
        if any(each.pk is None for each in rows):
            messages.info(request, _("What was new is in the trash."))
        elif not others and (said := admin.site.get_model_admin(type(row)).after_undoing(row)):
            messages.info(request, said)


def _deeds(done):
    # In one order, so that two who undo do not wait for each other.
    return sorted(Deed(*each) for each in done[1])


def _was_before(place):
    """Return whether there is a version to go back to, or the row was new."""
    versions = apps.get_model(place.model).history
    return place.is_new or versions.filter(id=place.key, history_id__lt=place.version).exists()


def _is_new(model, done):
    return model.history.filter(history_id=done.version, history_type="+").exists()


def _is_undone(model, done):
    after = model.history.filter(id=done.key, history_id__gt=done.version)
    reasons = after.order_by("history_id").values_list("history_change_reason", flat=True)
    return reasons.first() == UNDO


def _back(back, deeds):
    """Return where it leads: to what a draft was of, where the draft did not come back."""
    for done in deeds:
        if done.draft:
            label, number = done.draft
            ended = apps.get_model(label).history.filter(history_id=number).first()
            row = apps.get_model(done.model)._base_manager.filter(pk=done.key).first()
            is_back = ended and ended.instance_type._base_manager.filter(pk=ended.id).exists()
            if row and not is_back:
                return desk_address(row)
    return back


def take_back(row, done, by, moments=()):
    """Write a row as it was before what was done, and the draft that this ended; return what is edited now.

    ``moments`` are the fields at whose moments readers see it, or cease to. ValidationError where
    something is in the way; a transaction around it takes back the rest.
    """
    before = _before(row, done)
    written = type(row).history.get(history_id=done.version)
    since = written.history_date
    fields = _fields(row, done)
    lapsed = _lapsed(before, row, fields, since) if before else []
    if {*lapsed} & {*moments} and getattr(before, "status", PUBLISHED) == PUBLISHED:
        # It would be public, or public no more, this very moment.
        raise ValidationError(_("The moment that it had before is past by now: choose another."))
    if isinstance(row, Draft) and done.fields:
        moment = before.goes_public_at if before and done.scheduled else None
        _refuse_what_came(written.goes_public_at, since=since)
        row._change_reason = UNDO
        row.move(moment)
        row.schedule(moment, row.scheduled_by or by, done.scheduled)
        return row
    came = [getattr(row, name) for name in moments if getattr(row, "is_public", False)]
    related = {}
    for field in fields:
        if field.many_to_many:
            said = value(before, field) if before else ()
            related[field.name] = [key for key in said if is_there(field, key)]
        else:
            was = getattr(before, field.attname) if before else field.get_default()
            setattr(row, field.attname, None if field.name in lapsed else was)
    if came and not row.is_public:
        _refuse_what_came(*came, since=since)
    row.full_clean()
    row._history_user, row._change_reason = by, UNDO
    row.save()
    for name, keys in related.items():
        getattr(row, name).set(keys)
    return _draft_again(row, done, by) if done.draft else row


def _refuse_what_came(*moments, since):
    for moment in moments:
        if _is_lapsed(moment, since):
            text = _("Readers see it since %(moment)s: to take it from them, withdraw it.")
            raise ValidationError(text % {"moment": in_words(moment)})


def is_named(row):
    """Return whether others name a row, or would go with it."""
    collector = NestedObjects(using=router.db_for_write(type(row), instance=row))
    collector.collect([row])
    naming = (
        model
        for model in collector.model_objs
        # What joins it to others is its own.
        if model._meta.auto_created is not type(row) is not model
        if model._meta.auto_created or admin.site.is_registered(model)
    )
    # A version that goes public at a moment keeps nothing by itself.
    return any(naming) or bool(collector.protected) or getattr(row, "is_scheduled", False)


def _refuse_what_texts_link(done):
    model = apps.get_model(done.model)
    row = model._base_manager.filter(pk=done.key).first()
    if row and not done.fields and _is_new(model, done) and found_in_texts(addresses_of(row)):
        raise ValidationError(_("Others name it by now."))


def _delete(row, by):
    """Delete a row that was new; ValidationError where others name it by now."""
    if is_named(row):
        raise ValidationError(_("Others name it by now."))
    row._history_user, row._change_reason = by, UNDO
    row.delete()


def _lapsed(before, row, fields, since):
    """Return the names of the moments that would come back, and have passed ``since``."""
    is_as_public = getattr(before, "status", None) == getattr(row, "status", None)
    return [
        field.name
        for field in fields
        if not field.many_to_many and _is_lapsed(was := getattr(before, field.attname), since)
        # What it has by now as well is not due again.
        if not is_as_public or was != getattr(row, field.attname)
    ]


def _is_lapsed(moment, since):
    return isinstance(moment, datetime) and since < moment <= timezone.now()


def _draft_again(row, done, by):
    label, number = done.draft
    model = apps.get_model(label)
    if other := model._base_manager.filter(live=row).first():
        link = desk_link(other, _("draft"))
        raise ValidationError(format_html(_("Another {draft} of it was begun since."), draft=link))
    [draft, *_others] = trash.restore(model.history.get(history_id=number), by)
    return draft


def _before(row, done):
    versions = type(row).history.filter(id=row.pk, history_id__lt=done.version)
    return versions.order_by("-history_id").first()


def _fields(row, done):
    """Return the fields that what was done was about: of a draft not its moment, which is moved by itself."""
    version = type(row).history.model
    fields = (*version.tracked_fields, *version._history_m2m_fields)
    if done.fields:
        return [each for each in fields if each.name in done.fields]
    beside = {"id", *(("goes_public_at",) if isinstance(row, Draft) else ())}
    return [each for each in fields if each.name not in beside]


def _is_changed(row, done, names):
    """Return whether what was done has changed a field of some names."""
    fields = [each for each in _fields(row, done) if each.name in names]
    before = fields and _before(row, done)
    return any(not before or value(before, each) != value(row, each) for each in fields)


def register():
    Undo().register()
