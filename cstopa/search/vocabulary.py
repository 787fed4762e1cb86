"""The words that texts have: what the beginning of a word may begin.

An index finds whole words at once, but would gather all rows of all words with a beginning before it
shows one. So the words are looked up first, and then looked for.
"""

from itertools import batched

from django.db import connection

from cstopa.http.kept.rows import until_written
from cstopa.search.models import EntryText, KnownWord
from cstopa.search.queries import SHORTEST_BEGINNING

# The shortest of the words with a beginning, so many at most.
MOST = 200
BATCH = 500
LAST = "\U0010ffff"


def learn(words):
    """Remember words, each with its stem, that a beginning may find: a number is none, nor a sign."""
    # Sorted: of two who save at once, the second waits for the first, and not each for the other.
    rows = sorted(each for each in words if not each[0].isdigit() and each[0].isalnum())
    sql = "INSERT INTO search_knownword (word, stem) {} ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(sql.format("VALUES (%s, %s)"), rows)
        else:
            # In one text each: the driver would look at every word of a list.
            columns = [" ".join(column) for column in zip(*rows, strict=True)] or ["", ""]
            both = ", ".join(["string_to_array(%s, ' ')"] * 2)
            cursor.execute(sql.format(f"SELECT * FROM unnest({both})"), columns)


def forget_unused():
    """Forget the words that no text has any more. The whole index is read for it."""
    unused = {*KnownWord.objects.values_list("word", flat=True)}
    for texts in EntryText.objects.values_list("words", "unfinished").iterator():
        for text in texts:
            unused.difference_update(text.split())
    for some in batched(sorted(unused), BATCH):
        KnownWord.objects.filter(word__in=some).delete()


def longer_words(terms, unfinished=False):
    """Return ``{(term, word): known words}`` that begin with a word of the Terms and are no form of it.

    ``unfinished``: of a word that somebody is still typing, at the desk, any beginning counts.
    """
    shortest = 1 if unfinished else SHORTEST_BEGINNING
    return {
        (term, word): _beginning_with(word)
        for term in terms
        for word in term.every_word
        if term.may_begin(word, shortest)
    }


@until_written(100)
def _beginning_with(word):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM search_knownword WHERE word >= %s AND word < %s AND stem <> %s"
            " ORDER BY length(word), word LIMIT %s",
            [word.folded, word.folded + LAST, word.stem, MOST],
        )
        return [found for (found,) in cursor.fetchall()]
