"""The calendar of the desk: what goes public or expires at which moment, and what it waits for."""

import datetime as dt
from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cstopa.admin.base import desk_address
from cstopa.admin.days import in_words
from cstopa.admin.first_page import MOST as MOST_SHOWN
from cstopa.admin.first_page import Line, Section
from cstopa.languages import IN_LANGUAGE, LANGUAGES
from cstopa.models.days import read_day
from cstopa.models.history import of_version
from cstopa.models.periods import (
    EARLIEST,
    LATEST,
    ONE_DAY,
    day_in_words,
    month_in_words,
    start_of,
    today,
)
from cstopa.publishing.models import Draft, Review
from cstopa.publishing.reviewing import APPROVED, RETURNED, SUBMITTED

MONTH, WEEK = "month", "week"
# So many of a day are shown, and so many of a kind that wait without a moment.
MOST = {MONTH: 5, WEEK: 40}
MOST_WAITING = 20

WAITS = {
    SUBMITTED: gettext_lazy("waits for review, from %(who)s"),
    RETURNED: gettext_lazy("returned, waits for %(who)s"),
    APPROVED: gettext_lazy("approved, waits to be published"),
}


class OnCalendar:
    """Pages of a model whose rows are in the calendar, at the moments of the fields ``moments``."""

    moments = ()

    def state_at(self, row, name):
        """Return in words what a moment of a row means to readers."""
        if name == "expires_at":
            return _("expires")
        if isinstance(row, Draft):
            is_newest = row.scheduled_version == row.newest_version
            scheduled = pgettext("a draft", "scheduled")
            return scheduled if is_newest else _("scheduled, as it was written before")
        raise NotImplementedError

    def lacking(self, row):
        """Return sentences of what a row lacks to be whole in every language."""
        said = []
        for language in LANGUAGES:
            names = row.missing_in(language)
            words = {"missing": ", ".join(names), "language": IN_LANGUAGE[language]}
            if len(names) == len(row.TRANSLATED):
                said.append(_("nothing %(language)s") % words)
            elif names:
                said.append(_("lacks %(missing)s %(language)s") % words)
        return said

    def waiting(self, rows):
        """Return those of the rows that are still to be public, and have no moment, the newest first."""
        return rows.none()

    def is_waiting(self, row, name):
        """Return whether a row is not to be public before somebody does something."""
        return False

    def is_movable(self, row, name):
        """Return whether a moment of a row may become another one: it lies ahead."""
        moment = getattr(row, name)
        return moment is not None and moment > timezone.now()

    def may_move(self, request, row):
        """Return whether somebody may choose other moments of a row."""
        return self.may_publish(request) and self.has_change_permission(request, row)


@dataclass
class Entry:
    """What happens to a row at a moment of its field ``name``."""

    pages: OnCalendar
    row: models.Model
    name: str
    step: Review | None
    may_move: bool = False

    @property
    def moment(self):
        return timezone.localtime(getattr(self.row, self.name))

    @property
    def address(self):
        return desk_address(self.row)

    @property
    def state(self):
        return self.pages.state_at(self.row, self.name) if self.name else ""

    @property
    def waits(self):
        if self.step is None or (self.name and not self.pages.is_waiting(self.row, self.name)):
            return ""
        who = self.step.submitted_by or _("not recorded")
        return WAITS[self.step.state] % {"who": who}

    @property
    def lacks(self):
        return [] if self.name == "expires_at" else self.pages.lacking(self.row)

    @property
    def token(self):
        """What a form sends of it: whatever was written since is seen by the version."""
        label = self.row._meta.label_lower
        return f"{label}:{self.row.pk}:{self.name}:{self.row.newest_version or 0}"


@dataclass
class Day:
    """A day of the calendar with its first entries, and how many ``more`` it has."""

    day: dt.date
    entries: list
    more: int
    is_of_month: bool

    @property
    def words(self):
        return in_words(self.day)

    @property
    def is_today(self):
        return self.day == today()


def pages_seen(request):
    """Return the pages that have moments, of the rows that their reader may see."""
    return [
        pages
        for pages in admin.site._registry.values()
        if isinstance(pages, OnCalendar) and pages.has_view_or_change_permission(request)
    ]


def _rows(pages, keys):
    rows = pages.model._base_manager
    rows = rows.annotate(newest_version=of_version(pages.model, "history_id"))
    return (rows.select_related(*pages.joined) if pages.joined else rows).in_bulk(keys)


def _steps(pages, keys):
    steps = Review.objects.current(pages.model).filter(key__in=keys)
    return {step.key: step for step in steps.select_related("submitted_by")}


def entries_between(request, first, last, most):
    """Return ``{day: (its first entries, number of all)}`` from a day to another."""
    shown, numbers = defaultdict(list), defaultdict(int)
    for pages in pages_seen(request):
        found = []
        for name in pages.moments:
            within = {f"{name}__gte": start_of(first), f"{name}__lt": start_of(last + ONE_DAY)}
            moments = pages.model._base_manager.filter(**within).order_by(name, "pk")
            for day, of_day in groupby(moments.values_list(name, "pk"), _day_of):
                of_day = [(name, key) for _moment, key in of_day]
                numbers[day] += len(of_day)
                found += of_day[:most]
        keys = {key for _name, key in found}
        rows, steps = _rows(pages, keys), _steps(pages, keys)
        for name, key in found:
            row = rows.get(key)
            if row and pages.has_view_or_change_permission(request, row):
                may_move = pages.is_movable(row, name) and pages.may_move(request, row)
                entry = Entry(pages, row, name, steps.get(key), may_move)
                shown[entry.moment.date()].append(entry)
    by_moment = partial(sorted, key=lambda entry: entry.moment)
    return {day: (by_moment(shown[day])[:most], number) for day, number in numbers.items()}


def _day_of(found):
    return timezone.localdate(found[0])


def waiting(request):
    """Return ``(pages, entries, whether there are more)`` of what waits without a moment."""
    for pages in pages_seen(request):
        keys = list(
            pages.waiting(pages.model._base_manager).values_list("pk", flat=True)[
                : MOST_WAITING + 1
            ]
        )
        rows, steps = _rows(pages, keys[:MOST_WAITING]), _steps(pages, keys)
        found = [
            Entry(pages, rows[key], "", steps.get(key))
            for key in keys
            if key in rows and pages.has_view_or_change_permission(request, rows[key])
        ]
        if found:
            yield pages, found, len(keys) > MOST_WAITING


def address(view, day):
    return f"{reverse('admin:calendar')}?{urlencode({'view': view, 'day': day.isoformat()})}"


def _asked(request):
    """Return the view and the day that an address asks for; of what it does not say, the likely."""
    view = request.GET.get("view")
    try:
        day = read_day(request.GET.get("day", ""))
    except ValidationError:
        day = today()
    # The weeks of the first and of the last month are whole.
    is_far = not EARLIEST + 31 * ONE_DAY <= day <= LATEST - 31 * ONE_DAY
    return view if view in MOST else MONTH, today() if is_far else day


def calendar_view(request):
    if request.method not in {"GET", "HEAD"} or not pages_seen(request):
        raise PermissionDenied
    view, day = _asked(request)
    monday = day - day.weekday() * ONE_DAY
    weeks = Calendar().monthdatescalendar(day.year, day.month)
    if view == WEEK:
        weeks = [[monday + number * ONE_DAY for number in range(7)]]
        before, after = monday - 7 * ONE_DAY, monday + 7 * ONE_DAY
        caption = _("Week from %(first)s to %(last)s") % {
            "first": day_in_words(weeks[0][0]),
            "last": day_in_words(weeks[0][-1]),
        }
    else:
        before = (day.replace(day=1) - ONE_DAY).replace(day=1)
        after = (day.replace(day=28) + 4 * ONE_DAY).replace(day=1)
        caption = capfirst(month_in_words(day))
    found = entries_between(request, weeks[0][0], weeks[-1][-1], MOST[view])
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar"),
        "caption": caption,
        "view": view,
        "is_empty": not found,
        "weekdays": [WEEKDAYS[number] for number in range(7)],
        "weeks": [
            [_day(each, found, view == WEEK or each.month == day.month) for each in week]
            for week in weeks
        ],
        "waiting": [(pages.opts, entries, is_more) for pages, entries, is_more in waiting(request)],
        "steps": [
            (_("Previous"), address(view, before)),
            (_("Today"), address(view, today())),
            (_("Next"), address(view, after)),
        ],
        "views": [
            (_("Month"), address(MONTH, day), view == MONTH),
            (_("Week"), address(WEEK, day), view == WEEK),
        ],
    }
    return TemplateResponse(request, "admin/calendar.html", context)


def _day(day, found, is_of_month):
    entries, number = found.get(day, ([], 0))
    return Day(day, entries, number - len(entries), is_of_month), address(WEEK, day)


def due_today(request):
    """Return as a Section of the first page what readers see from today on, or no longer."""
    entries, number = entries_between(request, today(), today(), MOST[WEEK]).get(today(), ([], 0))
    lines = [
        Line(entry.address, str(entry.row), (f"{entry.moment:%H:%M}", entry.state))
        for entry in entries
    ]
    rest = (_("The whole day"), address(WEEK, today())) if number > MOST_SHOWN else ()
    return Section(_("Today"), lines, rest)


def register():
    admin.site.register_page(
        "calendar/", calendar_view, "calendar", gettext_lazy("Calendar"), pages_seen
    )
    admin.site.register_section(due_today)
