"""One way to fold words, for the texts and for the queries, on both databases alike."""

import re
import unicodedata


def fold(text):
    """Return the words of ``text``: case folded, accents dropped, ё as е, no punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    # Casefold once more: NFKD turns some signs into capital letters.
    return re.findall(r"[^\W_]+", plain.casefold())
