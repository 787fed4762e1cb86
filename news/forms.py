"""The forms in which the desk edits an article, and a draft over a public one."""

from collections import Counter
from copy import copy

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import desk_address
from cstopa.admin.conflicts import ConflictCheckedForm
from cstopa.admin.slugs import SlugForm
from cstopa.publishing.reviewing import ReviewedForm
from news.models import Article, ArticleDraft
from news.numbers import typed_numbers
from news.references import left_out

# The button that makes a draft public.
PUBLISH = "_publish"


class Answer(forms.BooleanField):
    """The answer to a question that is asked only where it arises. It is no change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class ContentForm(ReviewedForm, ConflictCheckedForm):
    """The content of an article, in which a number that rows state is no number that is typed."""

    quoted = Answer(
        label=_("These numbers are quoted as they were said"),
        help_text=_(
            "Tick it to keep the words that are named below. Others use a reference, which is shown"
            " as the number of the article’s day."
        ),
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        self._ask_of_numbers(cleaned)
        return cleaned

    def _ask_of_numbers(self, cleaned):
        """Have the numbers that are typed in this save confirmed, or replaced by references."""
        quoted = cleaned.pop("quoted", False)
        for name in Article.text_fields():
            if name not in self.changed_data:
                continue
            before = typed_numbers(getattr(self.instance, name))
            new = Counter(typed_numbers(cleaned.get(name) or "")) - Counter(before)
            for phrase in new.elements():
                self.fields["quoted"].widget = forms.CheckboxInput()
                if not quoted:
                    self.add_error(
                        name,
                        _(
                            "“%(phrase)s”: a number stands beside deputies or seats. Pick a"
                            " reference instead, or tick that it is quoted."
                        )
                        % {"phrase": phrase},
                    )


class Remark(forms.CharField):
    """What is said of a save, and is no change by itself."""

    def has_changed(self, initial, data):
        return False


class ArticleForm(ContentForm, SlugForm):
    slug_from = ("headline",)

    reason = Remark(
        label=_("reason for withdrawing it"),
        help_text=_("Why it is made a draft again. The history keeps it."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if moment := self.fields.get("published_at"):
            moment.help_text = f"{moment.help_text} {_('Leave it empty to publish at once.')}"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == Article.Status.PUBLISHED and (
            cleaned.get("published_at", False) is None
        ):
            cleaned["published_at"] = timezone.now()
        return cleaned

    def _made(self, cleaned):
        words = {name: left_out(cleaned.get(name) or "") for name in self._names()}
        return super()._made(cleaned | words)


class Carried(forms.IntegerField):
    """A number that the form carries, and no change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class ArticleDraftForm(ContentForm):
    """The content of a draft; a new one carries its article, and the version that its editor has seen."""

    begun_from = Carried(required=False, min_value=1, max_value=2**31)

    class Meta:
        widgets = {"live": forms.HiddenInput}

    def clean(self):
        cleaned = super().clean()
        live = cleaned.get("live") or getattr(self.instance, "live", None)
        if live is None:
            return cleaned
        if not self.instance.pk and (draft := ArticleDraft.objects.filter(live=live).first()):
            self.add_error(
                None,
                format_html(
                    '{} <a href="{}">{}</a>',
                    _("There is a draft of this article already. What you wrote is still here."),
                    desk_address(draft),
                    _("Open it."),
                ),
            )
        moment = cleaned.get("goes_public_at")
        if moment and "goes_public_at" in self.changed_data and moment <= timezone.now():
            self.add_error("goes_public_at", _("This moment is past: publish it instead."))
        if PUBLISH in self.data or moment:
            self._try(live, cleaned)
        return cleaned

    def _try(self, live, cleaned):
        """Say at their fields what would be wrong with the article if it said what the draft says."""
        article = copy(live)
        for name in article.text_fields():
            setattr(article, name, cleaned.get(name) or "")
        try:
            article.full_clean(validate_unique=False)
        except ValidationError as error:
            for name, errors in error.update_error_dict({}).items():
                at = name if name in self.fields else "headline_en" if name == "status" else None
                if not self.has_error(at or NON_FIELD_ERRORS):
                    self.add_error(at, errors)
