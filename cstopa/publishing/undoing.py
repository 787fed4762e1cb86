"""Undo: a button takes back what one click did to rows, of those that nobody has written since."""

from datetime import datetime
from typing import NamedTuple

from django.apps import apps
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cstopa.admin.base import desk_link
from cstopa.admin.collisions import others_are_saving, tried_again
from cstopa.admin.undoing import AT_ONCE
from cstopa.admin.values import row_in_words
from cstopa.models import trash
from cstopa.publishing.models.drafts import Draft, is_there
from cstopa.publishing.models.versions import newest, value

NAME = "deeds"


class Deed(NamedTuple):
    """What one click did to a row: the version that it wrote, and the fields that it was about, if not all.

    ``draft`` is the deletion by which it ended a draft: the name of the model, the number of the version.
    """

    model: str
    key: int
    version: int
    fields: tuple = ()
    draft: tuple = ()


def deed(row, fields=(), draft=None):
    """Return what was just done to a row, ``draft`` with the version that ended it."""
    ended = (draft.instance_type._meta.label, draft.pk) if draft else ()
    return Deed(row._meta.label, row.pk, newest(row), tuple(fields), ended)


def with_undo(request, words, deeds, back):
    """Return what was done in words, with the button that undoes it; it leads ``back`` to an address."""
    if not 0 < len(deeds) <= AT_ONCE:
        return words
    signed = signing.dumps([back, deeds], salt=_salt(request), compress=True)
    button = {"address": reverse("admin:undo"), "name": NAME, "values": [signed], "words": words}
    return render_to_string("admin/_undo.html", button, request)


def _salt(request):
    # What somebody did is undone by its doer; others have the pages of the row.
    return f"undo-{request.user.pk}"


class WithUndo:
    """Pages of a model whose rows have undo; ``publicity_fields`` are the fields that say what readers see."""

    publicity_fields = ()

    def may_undo(self, request, row, fields):
        """Return whether somebody may take back what was done to fields of a row, if not to all."""
        is_about_public = not fields or {*fields} & {*self.publicity_fields}
        may = self.may_publish(request) if is_about_public else True
        return may and self.has_change_permission(request, row)

    def undone(self, row, done):
        """Do what follows from an undo of what was ``done`` to the row, or to that whose draft it is."""

    def after_undoing(self, row):
        """Return what is said of a row that is as it was, or nothing."""
        return ""


def _put_off(self, request):
    messages.error(request, others_are_saving())
    return HttpResponseRedirect(reverse("admin:index"))


class Undo:
    """The answer to the button."""

    def __init__(self, site):
        self.site = site

    def register(self):
        self.site.register_page("undo/", self.view, name="undo")

    @tried_again(_put_off)
    @transaction.atomic
    def view(self, request):
        if request.method != "POST":
            raise PermissionDenied
        try:
            back, deeds = signing.loads(request.POST.get(NAME, ""), salt=_salt(request))
        except signing.BadSignature as error:
            raise PermissionDenied from error
        # In one order, so that two who undo do not wait for each other.
        deeds = sorted(Deed(*each) for each in deeds)
        undone = [row for each in deeds if (row := self._undo(request, each))]
        if undone:
            self._say(request, undone)
        return HttpResponseRedirect(back)

    def _undo(self, request, done):
        """Return the row as it was before, or None where that is refused, which is said."""
        model = apps.get_model(done.model)
        pages = self.site.get_model_admin(model)
        row = model._base_manager.select_for_update().filter(pk=done.key).first()
        if row is None or newest(row) != done.version:
            said = row or model.history.filter(id=done.key, history_id=done.version).first()
            words = {"row": row_in_words(getattr(said, "instance", said)) if said else done.key}
            messages.warning(
                request, _("“%(row)s” was written since: nothing of it was undone.") % words
            )
            return None
        if not pages.may_undo(request, row, done.fields):
            raise PermissionDenied
        words = {"row": row_in_words(row)}
        try:
            with transaction.atomic():
                row = take_back(row, done, request.user)
                pages = self.site.get_model_admin(type(row))
                pages.undone(row, done)
        except ValidationError as error:
            messages.error(request, _("“%(row)s” cannot be as it was:") % words)
            for message in error.messages:
                messages.error(request, message)
            return None
        pages.log_change(request, row, str(_("Undone.")))
        return row

    def _say(self, request, rows):
        if len(rows) > 1:
            messages.success(request, _("Undone. Rows: %(number)d.") % {"number": len(rows)})
            return
        [row] = rows
        messages.success(request, format_html(_("Undone: {}."), desk_link(row)))
        pages = self.site.get_model_admin(type(row))
        if said := pages.after_undoing(row):
            messages.info(request, said)


def take_back(row, done, by):
    """Write a row as it was before what was done, and the draft that this ended; return what is edited now.

    ValidationError where something is in the way; a transaction around it takes back the rest.
    """
    before = type(row).history.filter(id=row.pk, history_id__lt=done.version)
    before = before.order_by("-history_id").first()
    written = type(row).history.get(history_id=done.version).history_date
    names = done.fields or [each.name for each in _fields(row)]
    moments = [getattr(before, name, None) for name in names] if before else []
    moments = [each for each in moments if isinstance(each, datetime)]
    if any(written < each <= timezone.now() for each in moments):
        # It would be public, or public no more, this very moment.
        raise ValidationError(_("The moment that it had before is past by now: choose another."))
    if before and isinstance(row, Draft) and [*done.fields] == ["goes_public_at"]:
        row.move(before.goes_public_at)
        if before.goes_public_at and row.scheduled_version is None:
            row.schedule(before.goes_public_at, by)
        return row
    fields = [each for each in _fields(row) if not done.fields or each.name in done.fields]
    related = {}
    for field in fields:
        if field.many_to_many:
            said = value(before, field) if before else ()
            related[field.name] = [key for key in said if is_there(field, key)]
        else:
            setattr(
                row,
                field.attname,
                getattr(before, field.attname) if before else field.get_default(),
            )
    row.full_clean()
    row._history_user, row._change_reason = by, "undo"
    row.save()
    for name, keys in related.items():
        getattr(row, name).set(keys)
    if not done.draft:
        return row
    label, number = done.draft
    [draft, *_others] = trash.restore(apps.get_model(label).history.get(history_id=number), by)
    return draft


def _fields(row):
    version = type(row).history.model
    fields = (*version.tracked_fields, *version._history_m2m_fields)
    return [field for field in fields if not field.primary_key]


def register():
    Undo(admin.site).register()
