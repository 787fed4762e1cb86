"""What stands in the calendar gets another moment: by a form, or another day by a drag."""

import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.base import desk_address, desk_link
from cstopa.admin.collisions import say_and_go_to, tried_again
from cstopa.admin.days import DayField, DayInput, MomentField, in_sentence
from cstopa.admin.hardening import is_key
from cstopa.models.periods import today
from cstopa.publishing.calendar import MONTH, MOST, address, pages_seen
from cstopa.publishing.models import Draft, newest
from cstopa.publishing.undoing import deed, with_undo


class MoveForm(forms.Form):
    """Another moment, or another ``day`` at the same time. It is not past."""

    moment = MomentField(
        label=gettext_lazy("Another moment"), widget=DayInput(attrs={"autofocus": True})
    )

    def __init__(self, before, data=None):
        super().__init__(data, initial={"moment": timezone.localtime(before)})
        self.before = before
        if data and "day" in data:
            self.fields = {"day": DayField(widget=DayInput)}

    def clean(self):
        cleaned = super().clean()
        if day := cleaned.get("day"):
            time = timezone.localtime(self.before).timetz()
            cleaned["moment"] = dt.datetime.combine(day, time)
        moment = cleaned.get("moment")
        if moment and moment <= timezone.now():
            self.add_error(
                next(iter(self.fields)),
                _("This moment is past: what waits for readers is moved to one that lies ahead."),
            )
        return cleaned


class Moving:
    """A move: of the row, the field and the version that ``entry`` names."""

    def __init__(self, site):
        self.site = site

    def register(self):
        self.site.register_page("calendar/move/", self.view, name="move")

    @tried_again(say_and_go_to("admin:calendar"))
    @transaction.atomic
    def view(self, request):
        if request.method not in {"GET", "HEAD", "POST"}:
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        pages, row, name, number = self._asked(request, sent.get("entry", ""))
        if row is None:
            raise Http404
        if not pages.may_move(request, row):
            raise PermissionDenied
        before = getattr(row, name)
        view = sent.get("view") if sent.get("view") in MOST else MONTH
        if why_not := self._why_not(pages, row, name, number):
            messages.warning(request, why_not)
            return _back(view, before)
        form = MoveForm(before, request.POST if request.method == "POST" else None)
        if form.is_valid() and form.cleaned_data["moment"] == before:
            return _back(view, before)
        if form.is_valid() and self._move(pages, row, name, form):
            self._say(request, pages, row, name, view)
            return _back(view, getattr(row, name))
        if "day" in form.fields:
            # It was dragged: there is no form that would come back.
            for message in (each for errors in form.errors.values() for each in errors):
                messages.error(request, message)
            return _back(view, before)
        return self._page(request, pages, row, form, sent, address(view, _day_of(before)))

    def _asked(self, request, token):
        label, key, name, number = [*token.split(":"), "", "", "", ""][:4]
        seen = {each.model._meta.label_lower: each for each in pages_seen(request)}
        if not seen:
            raise PermissionDenied
        pages = seen.get(label)
        if not pages or name not in pages.moments or not is_key(pages.model, key):
            raise Http404
        rows = pages.model._base_manager
        if request.method == "POST":
            rows = rows.select_for_update()
        return pages, rows.filter(pk=key).first(), name, number

    def _why_not(self, pages, row, name, number):
        words = {"row": row}
        if str(newest(row)) != number:
            text = _("“%(row)s” was written since: look at it, and move it once more.")
            return text % words
        if not pages.is_movable(row, name):
            return _("“%(row)s”: this moment is past, and stays.") % words
        return ""

    def _move(self, pages, row, name, form):
        """Write the moment, and return whether it could be; the form says why not."""
        moment = form.cleaned_data["moment"]
        try:
            with transaction.atomic():
                if isinstance(row, Draft) and name == "goes_public_at":
                    row.move(moment)
                else:
                    setattr(row, name, moment)
                    row.full_clean()
                    row.save()
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        return True

    def _say(self, request, pages, row, name, view):
        words = _("Moved to %(moment)s.") % {"moment": in_sentence(getattr(row, name))}
        pages.log_change(request, row, words)
        back = address(view, _day_of(getattr(row, name)))
        said = format_html("{}: {}", desk_link(row), words)
        # The same words wait for it.
        scheduled = getattr(row, "scheduled_version", None)
        done = [deed(row, (name,), scheduled=scheduled)]
        messages.success(request, with_undo(request, said, done, back))

    def _page(self, request, pages, row, form, sent, back):
        context = {
            **self.site.each_context(request),
            "title": _("Another moment"),
            "subtitle": str(row),
            "opts": pages.opts,
            "row": row,
            "row_address": desk_address(row),
            "form": form,
            "entry": sent.get("entry"),
            "view": sent.get("view", ""),
            "back": back,
        }
        return TemplateResponse(request, "admin/move.html", context)


def _day_of(moment):
    return timezone.localdate(moment) if moment else today()


def _back(view, moment):
    return HttpResponseRedirect(address(view, _day_of(moment)))


def register():
    Moving(admin.site).register()
