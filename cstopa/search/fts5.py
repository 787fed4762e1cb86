"""What a query is to FTS5, of SQLite: a table in which the rowid is the place of an entry."""

from cstopa.search.places import REGION_BITS, is_dated, region


def places(asked, model, of_a_moment=True):
    """Return ``(sql, params)`` of the places of a model's entries that hold what is Asked.

    ``of_a_moment``: also of those that have one.
    """
    sql = "SELECT rowid FROM search_entrytext WHERE search_entrytext MATCH %s"
    params = [expression(asked)]
    if not (of_a_moment and is_dated(model)):
        start = -(region(model) << REGION_BITS)
        sql += " AND rowid BETWEEN %s AND %s"
        params += [start - (1 << REGION_BITS), start]
    return sql, params


def regions(asked, models):
    """Return ``(sql, params)`` of the regions of models in which entries hold what is Asked."""
    values = ", ".join(f"({region(model)})" for model in models)
    sql = (
        f"WITH region (number) AS (VALUES {values}) SELECT number FROM region WHERE EXISTS (SELECT *"
        " FROM search_entrytext WHERE search_entrytext MATCH %s"
        f" AND rowid BETWEEN -(number + 1 << {REGION_BITS}) AND -(number << {REGION_BITS}))"
    )
    return sql, [expression(asked)]


def next_places(cursor, asked, start, end, limit, *, newest_first):
    """Return the first places between two that hold what is Asked, in order."""
    order = "DESC" if newest_first else "ASC"
    cursor.execute(
        "SELECT rowid FROM search_entrytext WHERE search_entrytext MATCH %s"
        f" AND rowid BETWEEN %s AND %s ORDER BY rowid {order} LIMIT %s",
        [expression(asked), start, end, limit],
    )
    return [place for (place,) in cursor.fetchall()]


def expression(asked):
    """Return what is Asked in the language of FTS5."""
    stems, words = ("stems", "words")
    if asked.unfinished:
        stems, words = "{stems unfinished_stems}", "{words unfinished}"

    def a_word(term, word):
        columns = [(stems, [word.stem]), (words, asked.longer.get((term, word), ()))]
        forms = [f'{column} : "{each}"' for column, some in columns for each in some]
        return f"({' OR '.join(forms)})"

    def a_reading(term, reading):
        if term.is_phrase:
            return f'{stems} : "{" ".join(word.stem for word in reading)}"'
        return " AND ".join(a_word(term, word) for word in reading)

    def a_term(term):
        readings = [f"({a_reading(term, reading)})" for reading in term.readings]
        return f"({' OR '.join(readings)})"

    held = (" OR " if asked.is_any else " AND ").join(map(a_term, asked.wanted))
    return "".join([f"({held})", *(f" NOT {a_term(term)}" for term in asked.unwanted)])
