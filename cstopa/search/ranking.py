"""Which of the newest hits come first: simple enough to be told to the reader."""

# Of the hits of a query the newest are ranked: no query may cost more, however much it finds.
RANKED = 400


def rank(text, query, fields):
    """Return what tells a better hit from a lesser one, as a tuple that is greater.

    In this order: how many of the terms the first of the row's ``fields`` holds, then the second,
    and so on; whether the words stand side by side, as in the query; how often they stand there.
    Of the languages, each of which has a line in the entry's text for each field, the better one counts.
    """
    words, stems = text.words.splitlines(), text.stems.splitlines()
    terms = [_needles(term) for term in query.wanted]
    together = "".join(f" {word.stem}" for term in query.wanted for word in term.words)

    def in_one_language(first):
        texts = list(zip(words, stems, strict=True))[first : first + fields]
        held = [sum(bool(_count(term, *text)) for term in terms) for text in texts]
        is_together = any(f"{together} " in text[1] for text in texts)
        return *held, is_together, sum(_count(term, *text) for term in terms for text in texts)

    return max(map(in_one_language, range(0, len(words), fields)), default=())


def _needles(term):
    """Return ``(stems, beginnings)``, texts by whose number in a line a term is counted."""
    if term.is_phrase:
        return [f" {' '.join(word.stem for word in words)} " for words in term.readings], []
    beginnings = [f" {word.folded}" for word in term.words if term.may_begin(word)]
    return [f" {word.stem} " for word in term.words], beginnings


def _count(needles, words, stems):
    """Return how often a term stands in a line, of which a part says the same once more."""
    forms, beginnings = needles
    return max(
        max(sum(stems.count(each) for each in forms), sum(words.count(each) for each in beginnings))
        for words, stems in zip(words.split("||"), stems.split("||"), strict=True)
    )
