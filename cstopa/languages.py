"""Two languages, stated once: which one a page speaks, and what it shows where words are missing.

Text that an editor writes is a ``TranslatedField`` with one column for each language. Read without
naming a language, it comes as :class:`Text`, which knows its language: put into a page of another
language, it is marked, so that no page pretends.
"""

from functools import cache, reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField
from translated_fields import to_attribute as attribute_of

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
IN_LANGUAGE = {"en": _("in English"), "ru": _("in Russian")}
# The name of the column of a text in a language: found by a pattern, and asked for with each text.
to_attribute = cache(attribute_of)


def reading_order():
    """Return the codes of the languages, the reader's first."""
    reader = translation.get_language()
    return sorted(LANGUAGES, key=lambda language: language != reader)


class Text(str):
    """Words that know their language.

    ``{{ parliament.name }}`` marks them in a page of another language, with ``lang`` for machines
    and a note for readers. ``plain`` is for titles and attributes, which hold no markup.
    """

    __slots__ = ("language",)

    def __new__(cls, words, language):
        text = super().__new__(cls, words)
        text.language = language
        return text

    def __getnewargs__(self):
        # A form copies the labels of its choices.
        return str(self), self.language

    @property
    def plain(self):
        return str(self)

    @property
    def in_language(self):
        return IN_LANGUAGE[self.language]

    def __html__(self):
        if not self or self.language == translation.get_language():
            return conditional_escape(str(self))
        return format_html(
            '<span lang="{}">{}</span> <span class="language-note">({})</span>',
            self.language,
            str(self),
            self.in_language,
        )


def in_reading_order(name, field):
    """Read a translated field in the reader's language, or else in one that has it."""

    def read(instance):
        return first_text(lambda language: getattr(instance, to_attribute(name, language)))

    return read


def first_text(words_in):
    """Return as Text what ``words_in(language)`` gives first, in the order of reading."""
    for language in reading_order():
        if words := words_in(language):
            return Text(words, language)
    return Text("", translation.get_language())


def in_whole_language(name, field):
    """Read a translated field in the one language in which its whole row is shown."""

    def read(row):
        return Text(getattr(row, to_attribute(name, row.language)), row.language)

    return read


class SingleLanguageMixin(models.Model):
    """A row whose ``TRANSLATED`` are shown together, in one language in which all of them exist."""

    TRANSLATED = ()

    class Meta:
        abstract = True

    @property
    def complete_languages(self):
        """The codes of the languages in which the whole row exists."""
        return [
            language
            for language in LANGUAGES
            if all(getattr(self, to_attribute(name, language)) for name in self.TRANSLATED)
        ]

    @property
    def language(self):
        """The language in which the row is shown: the reader's, where it is complete in it."""
        complete = self.complete_languages
        for language in reading_order():
            if language in complete or (
                not complete and getattr(self, to_attribute(self.TRANSLATED[0], language))
            ):
                return language
        return translation.get_language()

    def missing_in(self, language):
        """Return the names of the fields that lack words in a language."""
        fields = (self._meta.get_field(to_attribute(name, language)) for name in self.TRANSLATED)
        return [str(each.verbose_name) for each in fields if not getattr(self, each.name)]


def translated(field, attrgetter=in_reading_order):
    """Return ``field`` in every language, each of which may stay empty."""
    return TranslatedField(field, attrgetter=attrgetter)


def language_of(field):
    """Return the language of which a field of a model is, or "" where it is of none."""
    return getattr(field, "_translated_field_language_code", "")


def text_of(field):
    """Return the name of the translated field of which this is one language; "" of any other field."""
    language = language_of(field)
    return language and field.name.removesuffix(f"_{language}")


def has_words(*names, language=None):
    """Return the condition that all the named fields have words in one language."""
    condition = Q()
    for each in [language] if language else LANGUAGES:
        condition |= Q(*(~Q(**{to_attribute(name, each): ""}) for name in names))
    return condition


def lacks_words(*names, language):
    """Return the condition that not all the named fields have words in a language."""
    conditions = (Q(**{to_attribute(name, language): ""}) for name in names)
    return reduce(or_, conditions)
