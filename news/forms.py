"""The form in which the desk edits an article."""

from collections import Counter

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cstopa.admin.slugs import SlugForm
from news.models import Article
from news.numbers import typed_numbers
from news.references import left_out


class Answer(forms.BooleanField):
    """The answer to a question that is asked only where it arises. It is no change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class ArticleForm(SlugForm):
    slug_from = ("headline",)

    quoted = Answer(
        label=_("These numbers are quoted as they were said"),
        help_text=_(
            "Tick it to keep the words that are named below. Others use a reference, which is shown"
            " as the number of the article’s day."
        ),
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
        self._ask_of_numbers(cleaned)
        return cleaned

    def _made(self, cleaned):
        words = {name: left_out(cleaned.get(name) or "") for name in self._names()}
        return super()._made(cleaned | words)

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
