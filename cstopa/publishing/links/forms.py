import unicodedata

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Letters by their kind, which no font draws.
BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"
# The buttons: to approve, or to say something alone.
APPROVE, COMMENT = "approve", "comment"


class AnswerForm(forms.Form):
    """What somebody answers who was sent a version; the button says whether it is an approval."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=100)
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("For those who wrote it. Readers never see it."),
    )

    def __init__(self, data=None):
        # An id of the page's own.
        super().__init__(data, auto_id="page:%s")

    @property
    def approves(self):
        return self.data.get("answer") == APPROVE

    def clean_name(self):
        # In one line, wherever it is read, and of signs that are seen.
        name = " ".join(_seen(self.cleaned_data["name"]).split())
        if not any(each.isalnum() for each in name):
            raise forms.ValidationError(_("Write your name."))
        return name

    def clean_comment(self):
        comment = self.cleaned_data["comment"]
        return comment if _seen(comment).strip() else ""

    def clean(self):
        cleaned = super().clean()
        if self.data.get("answer") not in {APPROVE, COMMENT}:
            self.add_error(None, _("Approve it, or send a comment."))
        elif not self.approves and not cleaned.get("comment") and "comment" not in self.errors:
            self.add_error("comment", _("Write what you would say."))
        return cleaned


def _seen(text):
    """Return a text without the signs that control or format it, and those that nobody sees."""
    return "".join(
        " " if each.isspace() else each
        for each in text
        if each.isspace() or (unicodedata.category(each)[0] != "C" and each not in BLANK_LETTERS)
    )
