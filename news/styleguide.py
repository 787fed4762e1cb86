"""The style page: tokens, and every component in every state, made of the real partials.

It is there where the setting STYLEGUIDE says so, asks no database, and what it shows is made up.
"""

import datetime as dt
import re
from itertools import cycle
from types import SimpleNamespace

from django import forms
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cstopa.http.addresses import absolute
from cstopa.http.pagination import Page
from cstopa.languages import Text
from cstopa.models.periods import period_in_words
from cstopa.search.excerpts import marked
from cstopa.search.queries import parse
from cstopa.search.results import Result
from delegations.as_of_views import Footnotes
from delegations.changes.models import Change
from delegations.composition import ChamberSeats, Composition
from delegations.filters import MISREAD, DayForm
from delegations.timeline import Timeline
from news.filters import Chip

TOKEN = re.compile(r"^  (--[\w-]+): (.+);$", re.MULTILINE)
DAY = dt.date(2024, 3, 1)
MOMENT = dt.datetime(2024, 3, 1, 14, 30, tzinfo=dt.UTC)

# One of them has no translation, whatever the language of the page.
ARTICLES = [
    ("en", "The Assembly met", "What was decided, and by whom, in a sentence or two."),
    ("ru", "Ассамблея провела заседание", "Что решили и кто, в одном или двух предложениях."),
]


class Made(SimpleNamespace):
    """A made-up row: whatever a partial asks of one."""

    __hash__ = object.__hash__

    def get_absolute_url(self):
        return reverse("styleguide")

    def name_on(self, day):
        return self.name

    title_on = name_on


def tokens():
    """Return ``{kind: names}`` of the colours, sizes and spaces in tokens.css."""
    with open(finders.find("css/tokens.css"), encoding="utf-8") as file:
        stated = dict(TOKEN.findall(file.read().partition("@media")[0]))
    return {
        "colours": [name for name, value in stated.items() if value.startswith("#")],
        "sizes": [name for name in stated if name.startswith("--size-")],
        "spaces": [name for name in stated if name.startswith("--space-")],
    }


class Filters(forms.Form):
    """A field of each kind: with words, with a choice that was misread, and with a day."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(
        choices=[("", "—"), ("a", "A")], required=False, error_messages=MISREAD
    )
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))


def source(title, **known):
    stated = {"publisher": "", "url": "", "published_on": None, "read_on": None}
    return Made(title=title, **stated | known)


def fact(document, valid_from=None, ends=(), **stated):
    evidence = {"checked_on": None, "corrected_at": None}
    return Made(
        source=document,
        code=f"example-{id(document)}-{len(stated)}",
        is_undated=not (valid_from or ends),
        period_in_words=period_in_words(valid_from, list(ends)),
        **evidence | stated,
    )


class StyleGuide(TemplateView):
    template_name = "styleguide/page.html"

    def get_context_data(self, **context):
        decision = source(
            _("Decision of the chamber"),
            publisher=_("Parliament of Atlantis"),
            url="https://parliament.example/decisions/1",
            published_on=DAY,
            read_on=DAY,
        )
        undated = source(_("Composition of the delegations"))
        people = cycle(
            Made(name=Text(name, "en"), code=name) for name in ("Ann Example", "Bob Example")
        )
        articles = [
            Made(
                headline=Text(headline, language),
                summary=Text(summary, language),
                language=language,
                published_at=MOMENT,
            )
            for language, headline, summary in ARTICLES
        ]
        differing = [
            Made(source=undated, differs=True, says="6", why=_("it is newer"), checked_on=None),
            Made(source=undated, differs=False, says="", why="", checked_on=DAY),
        ]
        facts = [
            fact(decision, DAY, checked_on=DAY, person=next(people)),
            fact(undated, person=next(people), kind=1),
            fact(
                decision,
                DAY,
                [(DAY + dt.timedelta(days=500), True)],
                corrected_at=MOMENT,
                person=next(people),
            ),
        ]
        return super().get_context_data(
            tokens=tokens(),
            form=Filters({"q": "belarus", "kind": "x", "day": DAY.isoformat()}, auto_id="page:%s"),
            page=Page([], "newer", "older", is_misread=True),
            chips=[
                Chip("topic", _("Topic"), _("Laws")),
                Chip("from", _("From"), "x", is_understood=False),
            ],
            articles=articles,
            results=results(),
            footnotes=Footnotes(),
            anchors=set(),
            facts=facts,
            further_sources={**dict.fromkeys(facts, ()), facts[-1]: differing},
            compositions=compositions(decision, undated),
            timeline=Timeline(
                [DAY - dt.timedelta(days=200 * number) for number in range(9, -1, -1)], DAY, DAY
            ),
            entries=entries(decision, next(people)),
            changed=MOMENT,
            day=DAY,
            asked=DAY,
            today=DAY + dt.timedelta(days=1),
            day_form=DayForm({"date": DAY.isoformat()}, auto_id="page:%s"),
            lasting_query=f"?date={DAY.isoformat()}",
            lasting_address=absolute(reverse("styleguide")),
            **context,
        )


def compositions(decision, undated):
    """Return delegations of every state: counted, vacant, too many, not recorded in part and whole."""

    def chamber(name, seats=None, members=0, is_complete=False):
        made = Made(title=name, name=name, code=name)
        allocation = seats and fact(
            decision, DAY, seats=seats, in_words=_("Seats: %(seats)d") % {"seats": seats}
        )
        return ChamberSeats(made, allocation, fact(undated) if is_complete else None, members)

    lower, upper = _("House of Examples"), _("Council of Examples")
    return [
        Composition(Made(name=name, slug="example"), DAY, chambers, None, None)
        for name, chambers in (
            (_("Filled, with a vacancy"), [chamber(lower, 7, 7), chamber(upper, 4, 3, True)]),
            (_("Not recorded in part"), [chamber(lower, 8, 5), chamber(upper)]),
            (_("More members than seats"), [chamber("", 7, 8)]),
            (_("Nothing recorded"), []),
        )
    ]


def results():
    """Return an article that a search found by its headline, and one that it found by its text."""
    query = parse("met решили")
    return [
        Result(
            Made(published_at=MOMENT),
            reverse("styleguide"),
            marked(Text(headline, language), query),
            marked(Text(summary, language), query),
        )
        for language, headline, summary in ARTICLES
    ]


def entries(decision, person):
    """Return an entry of the log for each way in which a version changes something."""
    return [
        Made(
            change=change,
            heading=_("Membership"),
            subject=[(person.name, reverse("styleguide"))],
            parliament=None,
            differences=[(_("Seats"), 6, 7)] if change == Change.CORRECTED else [],
            reason=_("misread") if change == Change.CORRECTED else "",
            period=period_in_words(DAY, []),
            recorded_at=MOMENT,
            source=decision,
            ended_by=[],
        )
        for change in Change
    ]
