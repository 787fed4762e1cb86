"""Questions to the search, and what its page marks."""

from tests.reading import parsed, words


def search(client, query, language=""):
    return client.get(f"{language}/search/", {"q": query})


def marks(response):
    """Return the excerpt of the one result, and the words that are marked on the page."""
    tree = parsed(response)
    [excerpt] = tree.findall(".//main//p[@class='search__excerpt']")
    return words(excerpt), [words(mark) for mark in tree.find(".//main").iter("mark")]
