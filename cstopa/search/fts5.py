"""What a query is to FTS5, of SQLite: a table in which the rowid is the place of an entry."""

from cstopa.search.places import REGION_BITS, is_dated, region
from cstopa.search.vocabulary import longer_words


def places(wanted, unwanted, model, unfinished):
    """Return ``(sql, params)`` of the places of a model's entries that hold all wanted Terms, and none of the unwanted."""
    sql = "SELECT rowid FROM search_entrytext WHERE search_entrytext MATCH %s"
    params = [expression(wanted, unwanted, unfinished)]
    if not is_dated(model):
        start = -(region(model) << REGION_BITS)
        sql += " AND rowid BETWEEN %s AND %s"
        params += [start - (1 << REGION_BITS), start]
    return sql, params


def next_places(cursor, query, start, end, limit, *, newest_first):
    """Return the first places between two that answer a Query, in order."""
    order = "DESC" if newest_first else "ASC"
    cursor.execute(
        "SELECT rowid FROM search_entrytext WHERE search_entrytext MATCH %s"
        f" AND rowid BETWEEN %s AND %s ORDER BY rowid {order} LIMIT %s",
        [expression(query.wanted, query.unwanted), start, end, limit],
    )
    return [place for (place,) in cursor.fetchall()]


def expression(wanted, unwanted, unfinished=False):
    """Return what is wanted, and what is not, in the language of FTS5."""
    stems, words = ("stems", "words")
    if unfinished:
        stems, words = "{stems unfinished_stems}", "{words unfinished}"
    longer = longer_words([*wanted, *unwanted], unfinished)

    def a_word(term, word):
        columns = [(stems, [word.stem]), (words, longer.get((term, word), ()))]
        forms = [f'{column} : "{each}"' for column, some in columns for each in some]
        return f"({' OR '.join(forms)})"

    def a_reading(term, reading):
        if term.is_phrase:
            return f'{stems} : "{" ".join(word.stem for word in reading)}"'
        return " AND ".join(a_word(term, word) for word in reading)

    def a_term(term):
        return " OR ".join(f"({a_reading(term, reading)})" for reading in term.readings)

    held = " AND ".join(f"({a_term(term)})" for term in wanted)
    return "".join([f"({held})", *(f" NOT ({a_term(term)})" for term in unwanted)])
