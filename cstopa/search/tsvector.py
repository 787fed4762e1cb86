"""What a query is to PostgreSQL: lexemes of a tsvector that a GIN index has.

The lexemes of an entry are its stems; "=" and a word as it is written; "~" before either of what is
unfinished; "@" and the number of a period in which its moment is, or of the model that has none.
"""

from cstopa.search.places import REGION_BITS, SPANS, is_dated, region


def places(asked, model, of_a_moment=True):
    """Return ``(sql, params)`` of the places of a model's entries that hold what is Asked.

    ``of_a_moment``: also of those that have one.
    """
    within = [] if of_a_moment and is_dated(model) else [f"@{REGION_BITS}.{region(model)}"]
    condition, params = holding(*conditions(asked), within)
    return f"SELECT rowid FROM search_entrytext WHERE {condition}", params


def regions(asked, models):
    """Return ``(sql, params)`` of the regions of models in which entries hold what is Asked."""
    within = [f"@{REGION_BITS}.{region(model)}" for model in models]
    condition, params = holding(*conditions(asked), within)
    # Of a small table PostgreSQL reads every row, and those of articles are long.
    return (
        f"SELECT DISTINCT -rowid >> {REGION_BITS} FROM search_entrytext"
        f" WHERE rowid < 0 AND {condition}",
        params,
    )


def next_places(cursor, asked, start, end, limit, *, newest_first):
    """Return the first places between two that hold what is Asked, in order.

    GIN knows no order, and the planner, left to choose, reads the entries one by one in order until
    enough are found: of a rare word all. So one statement asks for some days, then weeks, a year and
    a half, and the rest, each from GIN, and ends where there are enough.
    """
    order, nearest = ("DESC", "max") if newest_first else ("ASC", "min")
    cursor.execute(
        f"SELECT {nearest}(rowid) FROM search_entrytext WHERE rowid BETWEEN %s AND %s", [start, end]
    )
    [(first,)] = cursor.fetchall()
    if first is None:
        return []
    parts, params, stated = [], [], conditions(asked)
    for periods, low, high in _windows(first, start, end, newest_first):
        condition, some = holding(*stated, periods)
        # OFFSET 0 keeps the planner from reading in order.
        parts.append(
            f"(SELECT rowid FROM (SELECT rowid FROM search_entrytext WHERE {condition} OFFSET 0) held"
            f" WHERE rowid BETWEEN %s AND %s ORDER BY rowid {order} LIMIT %s)"
        )
        params += [*some, low, high, limit]
    cursor.execute(f"{' UNION ALL '.join(parts)} LIMIT %s", [*params, limit])
    return [place for (place,) in cursor.fetchall()]


def _windows(first, start, end, newest_first):
    """Yield ``(lexemes, first place, last place)`` of wider and wider periods, from a place on."""
    for span in SPANS:
        period = first >> span
        if newest_first:
            low, high, neighbour = period - 1 << span, first, period - 1
            first = low - 1
        else:
            low, high, neighbour = first, (period + 2 << span) - 1, period + 1
            first = high + 1
        yield [f"@{span}.{period}", f"@{span}.{neighbour}"], max(low, start), min(high, end)
    yield [], *((start, first) if newest_first else (first, end))


def conditions(asked):
    """Return ``(lexemes, sql, params)``: what is found by lexemes, and what else is asked of an entry.

    A tsvector that is made of a text has no positions: the words of a phrase are found by lexemes,
    and then looked for side by side.
    """
    marks = ("", "~") if asked.unfinished else ("",)
    columns = ("stems", "unfinished_stems") if asked.unfinished else ("stems",)

    def a_word(term, word):
        lexemes = [word.stem, *(f"={each}" for each in asked.longer.get((term, word), ()))]
        return any_of([f"{mark}{each}" for mark in marks for each in lexemes])

    def a_term(term):
        readings = [" & ".join(a_word(term, word) for word in each) for each in term.readings]
        return f"({' | '.join(readings)})"

    wanted = [a_term(term) for term in asked.wanted]
    if asked.is_any:
        return f"({' | '.join(wanted)})", [], []
    unwanted = [f"!{a_term(term)}" for term in asked.unwanted if not term.is_phrase]
    sql, params = [], []
    for sign, terms in ("", asked.wanted), ("NOT ", asked.unwanted):
        for term in terms:
            if term.is_phrase:
                phrases = [" ".join(word.stem for word in each) for each in term.readings]
                stand = [f"{column} LIKE %s" for column in columns for _phrase in phrases]
                sql.append(f"{sign}({' OR '.join(stand)})")
                params += [f"% {phrase} %" for phrase in phrases] * len(columns)
    return " & ".join([*wanted, *unwanted]), sql, params


def holding(lexemes, sql, params, within):
    """Return ``(sql, params)`` of conditions, within entries that have one of more lexemes."""
    both = f"{lexemes} & {any_of(within)}" if within else lexemes
    return " AND ".join(["tokens @@ %s::tsquery", *sql]), [both, *params]


def any_of(lexemes):
    return f"({' | '.join(f"'{each}'" for each in lexemes)})"
