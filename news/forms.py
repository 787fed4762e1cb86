"""The forms in which the desk edits an article, and a draft over a public one."""

from collections import Counter

from django.forms import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstopa.admin.asking import Finding
from cstopa.admin.conflicts import ConflictCheckedForm
from cstopa.admin.days import UntilField
from cstopa.admin.slugs import SlugForm
from cstopa.library.documents.linking import LinkingForm
from cstopa.models.periods import day_in_words
from cstopa.publishing.checks import CheckedForm, warnings
from cstopa.publishing.forms import DraftForm
from cstopa.publishing.models import this_minute
from cstopa.publishing.reviewing import ReviewedForm
from cstopa.publishing.withdrawing import WithdrawingForm
from delegations.composition import Chronicle
from news.models import Article
from news.numbers import typed_numbers
from news.publicity import comes_at_once, leaves_until
from news.references import left_out, passing


def _of_numbers(name, phrases):
    """Yield a Finding of each number that is typed at a field beside deputies or seats."""
    for phrase in dict.fromkeys(phrases):
        text = gettext(
            "“%(phrase)s”: a number is typed beside deputies or seats. Insert a “Number from the record”"
            " instead, or leave it so if it is quoted as it was said."
        )
        yield Finding(name, text % {"phrase": phrase})


class ContentForm(LinkingForm, CheckedForm, ReviewedForm, ConflictCheckedForm):
    """The content of an article, in which a number that rows state is no number that is typed."""

    is_brought_back = False

    def clean(self):
        cleaned = super().clean()
        if not (self.is_publishing or self.is_brought_back):
            self.ask_of_words([*self._new_numbers(cleaned)])
        return cleaned

    def values_of(self, row):
        return model_to_dict(row, row.CONCERNS)

    def warnings_of(self, row, cleaned):
        found = warnings(row, left_out)
        if not any(cleaned.get(name) for name in row.CONCERNS):
            text = gettext(
                "It concerns no delegation, nobody and no topic: the list of news alone leads here."
            )
            found.append(Finding(row.CONCERNS[0], text))
        for name in row.text_fields():
            found += _of_numbers(name, typed_numbers(getattr(row, name)))
        return [*found, *self._of_passing_numbers(row)]

    @staticmethod
    def _of_passing_numbers(row):
        chronicle = Chronicle()
        for name in row.text_fields():
            for tag, first, later in passing(getattr(row, name), row.day, chronicle):
                text = (
                    gettext(
                        "%(tag)s reads “%(first)s” on %(day)s alone, and “%(later)s” from the day after on:"
                        " what it counts has no dates. Have a keeper of facts date it, or record that it"
                        " was checked by then."
                    )
                    if first != later
                    else gettext(
                        "%(tag)s reads “%(first)s” as of %(day)s: what it counts is not known to have been so"
                        " on that day."
                    )
                )
                words = {"tag": tag, "first": first, "later": later}
                words |= {"day": day_in_words(row.day)}
                yield Finding(name, text % words)

    def _new_numbers(self, cleaned):
        """Yield a Finding of each number that is typed in this save."""
        before = self.instance if self.instance.pk else self.public_row(cleaned)
        for name in Article.text_fields():
            if name in self.changed_data:
                was = typed_numbers(getattr(before, name)) if before else ()
                new = Counter(typed_numbers(cleaned.get(name) or "")) - Counter(was)
                yield from _of_numbers(name, new)


class ArticleForm(WithdrawingForm, ContentForm, SlugForm):
    class Meta:
        field_classes = {"leads_until": UntilField}

    slug_from = ("headline",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        moment = self.fields.get("published_at")
        if moment and "status" in self.fields:
            moment.help_text = f"{moment.help_text} {_('Leave it empty to publish at once.')}"

    def clean(self):
        cleaned = super().clean()
        if not self.goes_public(None, cleaned):
            return cleaned
        if cleaned.get("published_at", False) is None:
            cleaned["published_at"] = this_minute()
        if moment := cleaned.get("published_at"):
            if self.instance.is_public:
                self._ask_of_leaving(moment)
            elif self.instance.status == Article.Status.PUBLISHED:
                self._ask_of_coming(moment)
        return cleaned

    def _ask_of_coming(self, moment):
        """Ask whether what waits for its moment goes public now."""
        if moment > timezone.now():
            return
        words = comes_at_once(self.instance)
        self.ask([Finding("published_at", words)])

    def _ask_of_leaving(self, moment):
        """Ask whether readers, who see it, shall not see it up to a moment."""
        if moment <= timezone.now():
            return
        words = leaves_until(moment, self.links_to(self.instance))
        self.is_publishing = False
        self.ask([Finding("published_at", words)])

    def goes_public(self, row, cleaned):
        return cleaned.get("status") == Article.Status.PUBLISHED

    def _made(self, cleaned):
        words = {name: left_out(cleaned.get(name) or "") for name in self._names()}
        return super()._made(cleaned | words)


class ArticleDraftForm(DraftForm, ContentForm):
    stands_for = {"status": "headline_en"}
