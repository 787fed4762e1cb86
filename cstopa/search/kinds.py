"""Words of the code that say what a row is: read when they are asked for, so no index repeats them."""

from functools import cache

from django.utils import translation

from cstopa.languages import LANGUAGES
from cstopa.search.excerpts import stands_in
from cstopa.search.words import BREAK, compounds


def is_said_in(labels, term):
    """Return whether a Term stands in one of the code's own texts, in any language."""
    return stands_in(term, _in_each_language(tuple(labels)))


def choices_said_in(choices, term):
    """Return those of some choices whose label, in any language, a Term stands in."""
    return [choice for choice in choices if is_said_in([choice.label], term)]


@cache
def words_said(labels):
    """Return ``{word: its stem}`` of the code's own texts, in each language."""
    texts = _in_each_language(labels)
    return {word.folded: word.stem for text in texts for some in compounds(text) for word in some}


@cache
def _in_each_language(labels):
    texts = []
    for language in LANGUAGES:
        with translation.override(language):
            texts.append(BREAK.join(map(str, labels)))
    return texts
