"""An account reads when something was done at the desk in a time zone of its own, if it has chosen one.

What readers see, and from when, is said and typed in the Assembly's zone, which is Django's current one everywhere.
"""

import datetime as dt
from contextvars import ContextVar
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.accounts.models import Preferences
from cstopa.middleware import at_desk

# Of those that are here the desk says the place in its language.
PLACES = {
    "Europe/Kaliningrad": gettext_lazy("Kaliningrad"),
    "Europe/Minsk": gettext_lazy("Minsk"),
    "Europe/Moscow": gettext_lazy("Moscow"),
    "Asia/Yerevan": gettext_lazy("Yerevan"),
    "Europe/Samara": gettext_lazy("Samara"),
    "Asia/Almaty": gettext_lazy("Astana, Almaty"),
    "Asia/Dushanbe": gettext_lazy("Dushanbe"),
    "Asia/Yekaterinburg": gettext_lazy("Yekaterinburg"),
    "Asia/Bishkek": gettext_lazy("Bishkek"),
    "Asia/Omsk": gettext_lazy("Omsk"),
    "Asia/Krasnoyarsk": gettext_lazy("Krasnoyarsk"),
    "Asia/Irkutsk": gettext_lazy("Irkutsk"),
    "Asia/Yakutsk": gettext_lazy("Yakutsk"),
    "Asia/Vladivostok": gettext_lazy("Vladivostok"),
    "Asia/Magadan": gettext_lazy("Magadan"),
    "Asia/Kamchatka": gettext_lazy("Petropavlovsk-Kamchatsky"),
}
REGIONS = (
    *("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/"),
    *("Europe/", "Indian/", "Pacific/"),
)

reading = ContextVar("reading", default=None)


def own_zone_middleware(get_response):
    """Let what the desk answers know for whom it says when something was done."""

    def middleware(request):
        token = reading.set(request.user if at_desk(request) else None)
        try:
            return get_response(request)
        finally:
            reading.reset(token)

    return middleware


def own_zone():
    """Return the zone that the account which reads has chosen, or None."""
    # Nobody has signed in at the sign-in, and most have chosen none.
    chosen = getattr(reading.get(), "preferences", None)
    return ZoneInfo(chosen.zone) if chosen and chosen.zone in known() else None


@cache
def known():
    return {*PLACES, *(name for name in available_timezones() if name.startswith(REGIONS))}


def own(moment):
    """Return a moment in the zone of the account which reads."""
    return timezone.localtime(moment, own_zone())


def own_start_of(day):
    """Return when a day begins there."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min), own_zone())


def when(moment, pattern="DATETIME_FORMAT", seconds=False):
    """Return when something was done, in words, with the zone where it is not as the Assembly's."""
    local = own(moment)
    words = date_format(local, pattern) + (f":{local:%S}" if seconds else "")
    is_same = local.utcoffset() == timezone.localtime(moment).utcoffset()
    return words if is_same else f"{words} {local:UTC%:z}"


def _choices():
    now = timezone.now()

    def labelled(names):
        zones = sorted((now.astimezone(ZoneInfo(each)).utcoffset(), each) for each in names)
        return [
            (name, f"{PLACES.get(name, name)} ({now.astimezone(ZoneInfo(name)):UTC%:z})")
            for _offset, name in zones
        ]

    others = [(each, each.replace("_", " ")) for each in sorted(known() - {*PLACES})]
    return [
        ("", _("as the Assembly’s")),
        *labelled(PLACES),
        (_("Others, by their English names"), others),
    ]


class ZoneForm(forms.Form):
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False, choices=_choices)


def time_zone(request):
    """Let an account choose its own zone."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    account = request.user
    chosen = Preferences.objects.filter(account=account).first()
    form = ZoneForm(
        request.POST if request.method == "POST" else None,
        initial={"zone": chosen.zone if chosen else ""},
    )
    if form.is_valid():
        name = form.cleaned_data["zone"]
        Preferences.objects.update_or_create(account=account, defaults={"zone": name})
        zone = ZoneInfo(name) if name else None
        now = f"{timezone.localtime(timezone.now(), zone):%H:%M}"
        words = _("It is %(time)s for you now: in this zone the desk says when something was done.")
        messages.success(request, words % {"time": now})
        return HttpResponseRedirect(request.path)
    context = {**admin.site.each_context(request), "title": _("Time zone"), "form": form}
    return TemplateResponse(request, "admin/time_zone.html", context)
