"""The jobs of the desk, counted in a browser beside what they took when it was reviewed, and in Wagtail 8.0.

A job begins on the first page of the desk, or where its name says; the page where it begins is no
part of it. Counted are clicks, keys that are no content, fields typed, pages asked for and requests
of an empty cache. A list of choices takes two clicks; what happens in the dialog of the system takes none.
"""

from typing import NamedTuple

from django.test import Client
from django.urls import reverse

from tests.reading import spaced


class Figures(NamedTuple):
    """Clicks and keys: ``at_most`` here, as the review counted them in November 2026, and Wagtail's."""

    at_most: tuple
    review: str = "–"
    wagtail: str = "–"


JOBS = {
    "write from Word, and publish": Figures((8, 0), "5 + 2, plain text", "12 + 1"),
    "mend a typo of a public page, from that page": Figures((3, 2), "4 + 1", "6 + 0"),
    "mend a typo of a public page, found by search": Figures((3, 4), "6 + 2"),
    "propose to mend one, as an Editor, from that page": Figures((3, 2), "cannot"),
    "schedule for tomorrow": Figures((5, 0), "5 + 1", "6 + 1"),
    "a new picture with its alternative, from the article's form": Figures(
        (4, 1), "cannot", "8 + 0"
    ),
    "a new document below the text, from the article's form": Figures((4, 2)),
    "bring back the version before, from the form": Figures((3, 0), "10 + 3, copied", "6 + 0"),
    "look at a draft as readers would, from its form": Figures((2, 0), "cannot"),
    "bring back what was deleted": Figures((2, 0), "cannot"),
    "find an article by a word of its text": Figures((3, 1), "3 + 1"),
    "translate, from the public page": Figures((5, 0), "5 + 0"),
    "withdraw with a reason, from the public page": Figures((3, 0), "3 + 1"),
    "give another address, from the public page": Figures((4, 0), "3 + 1"),
    "submit for review": Figures((3, 0)),
    "see what waits for me": Figures((1, 0), "2 + 0, not named"),
    "seats 7 → 8: a correction": Figures((5, 1), "6 + 2"),
    "seats 7 → 8: a change from a day": Figures((5, 3), "6 + 3"),
    "a member follows a member": Figures((5, 9)),
    "a new head": Figures((5, 9), "6 + 3; 11 + 3"),
    "an office ends": Figures((5, 3)),
    "a new name of a parliament": Figures((5, 4)),
    "a new person with a membership": Figures((5, 10), "9 + 2"),
    "a new composition of 12 names, one chamber misspelt": Figures(
        (10, 0), "8 + 1, nothing misspelt"
    ),
    "one chamber for two, the source forgotten at first": Figures((10, 1), "11 + 0"),
    "a table of memberships is imported, one row wrong at first": Figures((12, 0)),
}


class Job:
    """Somebody at the desk whose work is counted."""

    def __init__(self, tab, site, record):
        self.tab, self.site, self.record = tab, site, record
        tab.context.on("request", self._asked)
        self._begin()

    def _begin(self):
        self.clicks = self.keys = self.fields = self.pages = self.requests = 0

    def _asked(self, request):
        if not request.url.startswith(self.site):
            return
        self.requests += 1
        # Where an answer leads elsewhere, that is the same page.
        if request.is_navigation_request() and not request.redirected_from:
            self.pages += 1

    def sign_in(self, user):
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": self.site}
        self.tab.context.add_cookies([cookie])

    def open(self, path=None):
        """Begin at a page."""
        self.tab.goto(self.site + (path or reverse("admin:index")))
        self.tab.wait_for_load_state("networkidle")
        self._begin()

    def _found(self, what):
        return (self.tab.locator(what) if isinstance(what, str) else what).first

    def click(self, what):
        self.clicks += 1
        self._found(what).click()
        self.tab.wait_for_load_state("networkidle")

    def link(self, name):
        self.click(self.tab.get_by_role("link", name=name, exact=True))

    def button(self, name):
        self.click(self.tab.get_by_role("button", name=name, exact=True))

    def press(self, key):
        self.keys += 1
        self.tab.keyboard.press(key)

    def enter(self):
        self.press("Enter")
        self.tab.wait_for_load_state("networkidle")

    def type(self, what, words, *keys):
        """Write over what a field holds: after these keys, or a click unless it has the focus."""
        for key in keys:
            self.press(key)
        field = self._found(what)
        if not field.evaluate("field => field === document.activeElement"):
            assert not keys, f"{keys} do not lead to {what}"
            self.clicks += 1
            field.click()
        self.fields += 1
        field.fill(words)

    def write(self, words):
        """Type where the cursor is."""
        self.fields += 1
        self.tab.keyboard.type(words)

    def select(self, what, choice, *keys):
        """Choose by typing after these keys, or by two clicks."""
        for key in keys:
            self.press(key)
        if keys:
            self.write(choice)
        else:
            self.clicks += 2
            self._found(what).select_option(choice)

    def choose(self, what, **file):
        """Give a field a file, as the dialog would that its button opens."""
        self.clicks += 1
        self._found(what).set_input_files(file)
        self.tab.wait_for_load_state("networkidle")

    def said(self):
        self.tab.locator(".messagelist").wait_for()
        return spaced(self.tab.locator(".messagelist").inner_text())

    def done(self, name):
        self.record("job", [name, self.clicks, self.keys, self.fields, self.pages, self.requests])
        clicks, keys = JOBS[name].at_most
        assert self.clicks <= clicks, name
        assert self.keys <= keys, name


def table(counted):
    """Return what was counted as the lines of a table, the last count of each job."""
    counted = {name: numbers for name, *numbers in counted}
    yield "| job | clicks + keys | fields | pages | requests | in the review | Wagtail |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, figures in JOBS.items():
        if name in counted:
            clicks, keys, *others = counted[name]
            row = [name, f"{clicks} + {keys}", *others, figures.review, figures.wagtail]
            yield f"| {' | '.join(map(str, row))} |"
