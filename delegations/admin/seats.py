"""Where there are more members than seats, which no delegation can have: said, and not refused."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cstopa.models.periods import day_in_words, today
from delegations.composition import compositions
from delegations.models import Delegation, Membership, SeatAllocation


def mark(part):
    """Return the mark of a chamber with more members than seats; nothing where it has not."""
    if not part.surplus:
        return ""
    return format_html('<strong class="too-many">{}</strong>', _("More members than seats."))


def memberships_link(chamber, words):
    """Return a link to the memberships of a chamber."""
    address = reverse("admin:delegations_membership_changelist")
    return format_html('<a href="{}?chamber__id__exact={}">{}</a>', address, chamber.pk, words)


def warn_of_surplus(request, rows):
    """Warn of each chamber of the saved rows that has more members than seats while they are in force."""
    crowded = {}
    for day, chamber in {
        (_day_of(row), row.chamber) for row in rows if isinstance(row, (Membership, SeatAllocation))
    }:
        [composition] = compositions(Delegation.objects.filter(pk=chamber.parliament_id), day)
        for part in composition.chambers:
            if part.chamber == chamber and part.surplus:
                crowded.setdefault(chamber.pk, (day, part))
    for day, part in crowded.values():
        words = _("More members than seats. %(chamber)s, %(day)s: %(words)s.") % {
            "chamber": part.chamber,
            "day": day_in_words(day),
            "words": part.in_words,
        }
        messages.warning(request, words)


def _day_of(row):
    return today() if row.covers(today()) else row.valid_from or row.last_day or today()


class SeatsCompared:
    """Compares the seats that a saved row belongs to, on a day on which it is in force."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        forms = (form, *(each for formset in formsets for each in formset.forms))
        warn_of_surplus(request, [getattr(each, "saved", None) for each in forms])
