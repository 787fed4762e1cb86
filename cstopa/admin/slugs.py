"""Slugs that the desk makes where the editor writes none."""

from django.utils.translation import gettext_lazy as _

from cstopa.admin.asking import AskingForm
from cstopa.admin.conflicts import ConflictCheckedForm
from cstopa.languages import LANGUAGES
from cstopa.models.codes import (
    FORMER_SLUG,
    LONGEST_NUMBER,
    is_former_slug,
    next_code,
    transliterated,
)

LENGTH = 80


class SlugForm(AskingForm, ConflictCheckedForm):
    """Makes an empty slug from the row's words, in English or else transliterated.

    Of another slug it asks first, where texts link to the row.

    ``slug_from`` names the translated fields, the last of which must have words.
    """

    slug_from = ("name",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A form of an article that may not be changed has no fields.
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = f"{slug.help_text} {_('Leave it empty to have it made.')}".strip()

    def clean(self):
        cleaned = super().clean()
        model, pk = self._meta.model, self.instance.pk
        if "slug" in cleaned and not cleaned["slug"]:
            if stem := self._made(cleaned):
                cleaned["slug"] = next_code(model, stem, field="slug", numbered=False, row=pk)
            elif any(cleaned.get(name) for name in self._names()):
                self.add_error("slug", _("No slug can be made of these words: write one."))
        elif "slug" in self.changed_data and is_former_slug(model, cleaned.get("slug"), pk):
            self.add_error("slug", FORMER_SLUG)
        if pk and cleaned.get("slug", self.instance.slug) != self.instance.slug:
            text = (
                _("These link to the address of before, which leads on to the new one: {links}")
                if getattr(self.instance, "is_public", True)
                else _("These link to the address of before, which will lead nowhere: {links}")
            )
            self.ask_of_links("slug", text)
        return cleaned

    def _names(self, language=None):
        languages = [language] if language else LANGUAGES
        return [f"{name}_{each}" for each in languages for name in self.slug_from]

    def _made(self, cleaned):
        for language in LANGUAGES:
            words = [cleaned.get(name) or "" for name in self._names(language)]
            if words[-1] and (slug := transliterated(" ".join(words), self._length())):
                return slug
        return ""

    def _length(self):
        return min(LENGTH, self._meta.model._meta.get_field("slug").max_length - LONGEST_NUMBER)
