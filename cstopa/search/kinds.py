"""Words of the code that say what a row is: read when they are asked for, so no index repeats them."""

from django.utils import translation

from cstopa.languages import LANGUAGES
from cstopa.search.excerpts import stands_in


def is_said_in(labels, term):
    """Return whether a Term stands in one of the code's own texts, in any language."""
    for language in LANGUAGES:
        with translation.override(language):
            if stands_in(term, map(str, labels)):
                return True
    return False
