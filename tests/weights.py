"""What pages of the desk weigh in a browser that has nothing yet, pictures and all, beside the review and Wagtail 8.0."""

from typing import NamedTuple

KB = 1024


class Figures(NamedTuple):
    """Bytes and requests: here at most, and as the review measured them in November 2026."""

    at_most: tuple
    review: tuple


# Goals: 300 KB and 20 requests for words, the editor included, 150 KB for facts; a list is no heavier than it was.
WORDS, FACTS, PLAIN = (300 * KB, 20), (150 * KB, 20), (40 * KB, 13)
WEIGHTS = {
    "article form": Figures(WORDS, (193_523, 39)),
    "empty article form": Figures(WORDS, ()),
    "written page form": Figures(WORDS, (138_686, 24)),
    "parliament form": Figures(FACTS, (195_881, 37)),
    "chamber form": Figures(FACTS, ()),
    "person form": Figures(FACTS, (194_304, 37)),
    "seat allocation form": Figures(FACTS, (192_466, 37)),
    "empty membership form": Figures(FACTS, ()),
    "list of articles": Figures((140_504, 27), (140_504, 27)),
    "list of people": Figures((134_206, 24), (134_206, 24)),
    "first page": Figures(PLAIN, (31_705, 13)),
    "sign-in": Figures(PLAIN, (26_028, 10)),
}
# Of its edit form.
WAGTAIL = {"article form": (920_466, 40)}


def weight(tab, address):
    """Return the bytes and the requests of a first visit to an address, and the bytes of its scripts."""
    network = tab.context.new_cdp_session(tab)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds, sizes = {}, {}
    network.on(
        "Network.responseReceived",
        lambda event: kinds.update({event["requestId"]: event["type"]}),
    )
    network.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    network.detach()
    scripts = sum(size for key, size in sizes.items() if kinds.get(key) == "Script")
    return sum(sizes.values()), len(sizes), scripts


def table(weighed):
    """Return what was weighed as the lines of a table."""
    weighed = {name: numbers for name, *numbers in weighed}
    yield "| page | bytes | requests | bytes of scripts | in the review | Wagtail |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, figures in WEIGHTS.items():
        if name in weighed:
            size, requests, scripts = weighed[name]
            others = [
                "{:,} in {}".format(*each) if each else "–"
                for each in (figures.review, WAGTAIL.get(name))
            ]
            yield f"| {name} | {size:,} | {requests} | {scripts:,} | {' | '.join(others)} |"
