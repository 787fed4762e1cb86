"""The style page: tokens, and every component in every state, made of the real partials.

It is there where the setting STYLEGUIDE says so, and its rows are not saved: no database is asked but by
the footer, which does without an answer.
"""

import datetime as dt
import re
from functools import partial

from django import forms
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cstopa.forms import MISREAD, DayField, DayForm
from cstopa.http.addresses import absolute
from cstopa.http.pagination import Page
from cstopa.http.structured_data import PICTURE
from cstopa.languages import Text, to_attribute
from cstopa.library.documents.showing import ShownDocument
from cstopa.library.showing import ShownPicture
from cstopa.publishing.links.forms import AnswerForm
from cstopa.search.excerpts import marked
from cstopa.search.queries import parse
from cstopa.search.results import Held, Result
from delegations.as_of_views import Footnotes
from delegations.changes.log import EntryInWords
from delegations.changes.models import Change, LogEntry
from delegations.composition import ChamberSeats, Composition, Group, Unrecorded
from delegations.models import (
    Chamber,
    CompleteRoster,
    Delegation,
    FurtherSource,
    Membership,
    Parliament,
    Person,
    SeatAllocation,
    Source,
)
from delegations.timeline import Timeline
from news.filters import Chip
from news.models import Article

TOKEN = re.compile(r"^  (--[\w-]+): (.+);$", re.MULTILINE)
DAY = dt.date(2024, 3, 1)
MOMENT = dt.datetime(2024, 3, 1, 14, 30, tzinfo=dt.UTC)

# One of them has no translation, whatever the language of the page.
ARTICLES = [
    ("en", "The Assembly met", "What was decided, and by whom, in a sentence or two."),
    ("ru", "Ассамблея провела заседание", "Что решили и кто, в одном или двух предложениях."),
]
# All that an editor may write.
BODY = """<p>{0} <strong>{0}</strong> <em>{0}</em> <a href="#page:content">{0}</a></p>
<h2>{0}</h2><ul><li>{0}</li><li>{0}</li></ul>
<h3>{0}</h3><ol><li>{0}</li><li>{0}</li></ol>
<h4>{0}</h4><blockquote><p>{0}</p></blockquote>
<figure><blockquote><p>{0}</p></blockquote><figcaption>{0}</figcaption></figure>
<table><caption>{0}</caption>
<thead><tr><th scope="col">{0}</th><th scope="col">{0}</th></tr></thead>
<tbody><tr><th scope="row">{0}</th><td>1,234</td></tr><tr><th scope="row">{0}</th><td>56</td></tr></tbody>
</table>"""


def unsaved(model, code, **values):
    """Return a row that no database knows: its code is its key, by which pages tell rows apart.

    ``values`` of a translated field stand in the language of the page.
    """
    row = model(pk=code, code=code)
    for name, value in values.items():
        setattr(row, name, value)
    return row


def tokens():
    """Return ``{kind: names}`` of the colours, sizes and spaces in tokens.css."""
    with open(finders.find("css/tokens.css"), encoding="utf-8") as file:
        stated = dict(TOKEN.findall(file.read().partition("@media")[0]))
    return {
        "colours": [name for name, value in stated.items() if value.startswith("#")],
        "sizes": [name for name in stated if name.startswith("--size-")],
        "spaces": [name for name in stated if name.startswith("--space-")],
    }


class MadeUpPicture(ShownPicture):
    """A picture that no library has: what other sites show of a page that has none."""

    def address(self, each):
        return static(PICTURE)


def picture():
    """Return a picture of which all is said, in the language of the page."""
    drawn = [
        {"shape": shape, "kind": "png", "width": 1200, "height": 630} for shape in ("whole", "wide")
    ]
    said = (_("The emblem of the Assembly"), _("What is to be seen."), _("The Assembly"))
    return MadeUpPicture("", drawn, *(Text(words, get_language()) for words in said))


class Filters(forms.Form):
    """A field of each kind: with words, with a choice that was misread, and with a day."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(
        choices=[("", "—"), ("a", "A")], required=False, error_messages=MISREAD
    )
    day = DayField()


class Rows:
    """The rows of the page, and as ``get(model, code)`` those that its log names."""

    further_sources = {}

    def __init__(self):
        self.decision = unsaved(
            Source,
            "decision",
            title=_("Decision of the chamber"),
            publisher=_("Parliament of Atlantis"),
            url="https://parliament.example/decisions/1",
            published_on=DAY,
            read_on=DAY,
        )
        self.undated = unsaved(Source, "undated", title=_("Composition of the delegations"))
        self.people = [
            unsaved(
                Person,
                name,
                slug=name,
                given_name=name,
                family_name="Example",
                portrait_source=self.decision,
            )
            for name in ("Ann", "Bob")
        ]
        parliament = unsaved(
            Parliament, "atlantis", slug="atlantis", name=_("Parliament of Atlantis")
        )
        self.chamber = unsaved(
            Chamber, "atlantis-house", parliament=parliament, name=_("House of Examples")
        )

    def get(self, model, code):
        rows = [self.decision, self.undated, *self.people, self.chamber]
        return next(row for row in rows if isinstance(row, model) and row.code == code)

    def memberships(self):
        """Return facts of every kind of evidence: checked, undated, corrected."""
        ann, bob = self.people
        seat = partial(unsaved, Membership, chamber=self.chamber, corrected_at=None)
        return [
            seat("checked", person=ann, source=self.decision, valid_from=DAY, checked_on=DAY),
            seat("undated", person=bob, source=self.undated),
            seat(
                "corrected",
                person=ann,
                source=self.decision,
                valid_from=DAY,
                valid_to=DAY + dt.timedelta(days=500),
                valid_to_is_latest=True,
                corrected_at=MOMENT,
            ),
        ]

    def further_sources_of(self, facts):
        """Return ``{fact: its further sources}``; two, of which one differs, of the last."""
        about = partial(unsaved, FurtherSource, source=self.undated)
        return {fact: [] for fact in facts} | {
            facts[-1]: [
                about("differing", differs=True, says="6", why=_("it is newer")),
                about("agreeing", checked_on=DAY),
            ]
        }

    def compositions(self):
        """Return delegations of every state: vacant, not recorded in part and whole, too many."""

        def composition(state, *chambers):
            code = f"delegation-{state}"
            delegation = unsaved(
                Delegation, code, slug="atlantis", state=state, name=self.chamber.parliament.name
            )
            return Composition(delegation, DAY, list(chambers), None, None)

        def chamber(name, seats=None, members=0, is_complete=False):
            parliament = self.chamber.parliament
            row = unsaved(Chamber, name or "only", parliament=parliament, name=name)
            about = {"chamber": row, "source": self.decision, "valid_from": DAY}
            allocation = seats and unsaved(SeatAllocation, "seats", seats=seats, **about)
            roster = unsaved(CompleteRoster, "roster", **about) if is_complete else None
            return ChamberSeats(row, allocation, roster, members)

        lower, upper = _("House of Examples"), _("Council of Examples")
        return [
            composition(
                _("Filled, with a vacancy"), chamber(lower, 7, 7), chamber(upper, 4, 3, True)
            ),
            composition(_("Not recorded in part"), chamber(lower, 8, 5), chamber(upper)),
            composition(_("More members than seats"), chamber("", 7, 8)),
            composition(_("Nothing recorded")),
        ]

    def entries(self):
        """Return an entry of the log for each way in which a version changes something."""
        period = {"valid_from": DAY.isoformat(), "valid_to": None, "valid_to_is_latest": False}
        about = {"chamber": self.chamber.code, "source": self.decision.code, **period}
        return [
            EntryInWords(
                LogEntry(
                    kind=SeatAllocation.fact_kind,
                    change=change,
                    recorded_at=MOMENT,
                    reason=_("misread") if change == Change.CORRECTED else "",
                    values=about | {"seats": 7},
                    before=about | {"seats": 6} if change == Change.CORRECTED else None,
                ),
                self,
            )
            for change in Change
        ]


def of_library(language):
    """Return a picture and the link of a document as a text in a language has them."""
    with translation.override(language):
        figure = render_to_string("_figure.html", {"picture": picture()})
        return f"{figure}<p>{documents()[0].html}</p>"


def articles():
    """Return an article with a picture above its text, and one without."""
    first, second = (
        unsaved(
            Article,
            language,
            slug="example",
            published_at=MOMENT,
            **{
                to_attribute(name, language): words
                for name, words in zip(
                    Article.TRANSLATED,
                    (headline, summary, BODY.format(headline) + of_library(language)),
                    strict=True,
                )
            },
        )
        for language, headline, summary in ARTICLES
    )
    first.picture = picture()
    return [first, second]


def documents():
    """Return a document in the language of the page, and one that does not say its language."""
    title = Text(_("The rules of the Assembly"), get_language())
    return [
        ShownDocument("rules", title, particulars, "#page:content", language)
        for particulars, language in (("PDF, 1.2 MB", get_language()), ("DOCX, 48 KB", ""))
    ]


def results(articles):
    """Return an article that a search found by its headline, and one that it found by its text."""
    query = parse("met решили")
    return [
        Result(
            article,
            article.get_absolute_url(),
            marked(article.headline, query),
            marked(article.summary, query),
        )
        for article in articles
    ]


class StyleGuide(TemplateView):
    template_name = "styleguide/page.html"

    def get_context_data(self, **context):
        rows, shown = Rows(), articles()
        facts = rows.memberships()
        return super().get_context_data(
            tokens=tokens(),
            form=Filters({"q": "belarus", "kind": "x", "day": DAY.isoformat()}, auto_id="page:%s"),
            page=Page([], "newer", "older", is_misread=True),
            chips=[
                Chip("topic", _("Topic"), _("Laws")),
                Chip("from", _("From"), "x", is_understood=False),
            ],
            articles=shown,
            documents=documents(),
            results=results(shown),
            footnotes=Footnotes(),
            anchors=set(),
            facts=facts,
            further_sources=rows.further_sources_of(facts),
            compositions=rows.compositions(),
            group=Group(None, rows.compositions()),
            letters=[(letter, letter != "b") for letter in "abc"],
            letter="c",
            holdings=[Held(_("News"), reverse("news:list"), 2, [(_("Laws"), "#")])],
            unrecorded=[Unrecorded(_("Participation"), [rows.compositions()[0].delegation])],
            timeline=Timeline(
                [DAY - dt.timedelta(days=200 * number) for number in range(9, -1, -1)], DAY, DAY
            ),
            entries=rows.entries(),
            changed=MOMENT,
            day=DAY,
            asked=DAY,
            today=DAY + dt.timedelta(days=1),
            answer_form=AnswerForm(),
            day_form=DayForm({"date": DAY.isoformat()}, auto_id="page:%s"),
            lasting_query=f"?date={DAY.isoformat()}",
            lasting_address=absolute(reverse("styleguide")),
            **context,
        )
