"""A whole small site: a row of everything, and the address of every page that people read."""

import datetime as dt
import re

from cstopa.models.history import because
from delegations.models import Delegation
from delegations.models.facts import fact_models
from tests import make
from tests.public import addresses

MACHINES = re.compile(
    "atom|rss|sitemap|robots|favicon|manifest|healthz|readyz|set_language|opendata|csv|json|calendar|svg|timegate|timemap"
)
# Pages as they are answered, misread or not found. Of Armenia's parliament no fact is on record.
QUESTIONS = [
    "/?date=2021-05-21",
    "/?date=x",
    "/delegations/?date=2021-05-21",
    "/delegations/belarus/?date=2021-05-21",
    "/delegations/belarus/?date=2150-01-01",
    "/parliaments/?date=2021-05-21",
    "/parliaments/belarus/?date=2019-12-31",
    "/people/?date=2021-05-21",
    "/people/viktor-kogut/?date=2021-05-21",
    "/people/ann-example/?date=x",
    "/delegations/?date=x&chambers=3",
    "/delegations/armenia/",
    "/parliaments/armenia/",
    "/people/?page=x",
    "/people/?letter=k",
    "/people/?role=head&delegation=belarus",
    "/people/?role=deputy_head",
    "/changes/?kind=x&page=x",
    "/changes/?change=corrected",
    "/delegations/belarus/changes/on-record/?date=2021-05-21&version=0",
    "/delegations/belarus/changes/on-record/?date=2021-05-21&version=20",
    "/delegations/belarus/changes/on-record/?date=x&recorded=2190-01-01",
    "/delegations/armenia/changes/",
    "/news/?q=none",
    "/news/?q=headline&topic=laws&person=viktor-kogut&from=2021-01-01",
    "/news/?from=x",
    "/compare/?from=2019-01-01&to=2021-05-21&delegation=belarus",
    "/compare/?from=2019-01-01&to=2021-05-21",
    "/compare/?from=x",
    "/search/?q=a",
    "/search/?q=none",
]
UNKNOWN = "/atlantis/"
GONE = "/news/withdrawn/"


def pages():
    """Return the addresses, in both languages, of pages that answer 200."""
    known = {
        address
        for name, some in addresses().items()
        for address in some
        if not MACHINES.search(name)
    }
    return [*sorted(known), *QUESTIONS, *(f"/ru{question}" for question in QUESTIONS)]


def fill():
    """Make the rows, in English; some names are in Russian too, so that each page has both."""
    belarus = make.parliament("belarus")
    make.parliament("armenia", state_ru="Республика Армения", name_ru="Национальное собрание")
    source = make.source(code="decision", url="https://example.org/")
    since = {"valid_from": dt.date(2020, 1, 1), "source": source}
    house = make.chamber(belarus, house="lower", website="https://house.example/", **since)
    make.chamber(belarus, house="upper", name_en="Council")
    allocation = make.allocation(house, **since)
    make.allocation(house, 6, valid_to=dt.date(2019, 12, 31))
    old = make.chamber(belarus, house="lower", name_en="Old House", valid_to=dt.date(2019, 6, 30))
    make.name(belarus, "Supreme Council", name_ru="Верховный Совет", valid_to=dt.date(2020, 1, 31))
    make.name(old, "Chamber of Deputies", valid_to=dt.date(2010, 1, 31))
    make.further_source(allocation=allocation)
    make.further_source(
        allocation=allocation,
        differs=True,
        says_en="6\N{NO-BREAK SPACE}deputies",
        why_en="it is the decision itself",
    )
    allocation.seats = 8
    with because("misread"):
        allocation.save()
    make.roster(house)
    kogut = make.person("viktor-kogut")
    make.membership(kogut, house)
    make.role(kogut, "head", parliament=belarus)
    make.role(make.person("bob-example"), "alternate", parliament=belarus)
    make.office(kogut)
    make.office(kogut, "representative", parliament=belarus)
    make.participation(belarus)
    known = [model for model in fact_models().values() if model.objects.exists()]
    about = {"parliament": belarus, "chamber": house, "person": kogut}
    list(make.facts_of_further_kinds(*known, **about))
    make.person("ann-example", family_name_ru="Пример")
    concerned = {
        "delegations": [Delegation.objects.get(slug="belarus")],
        "people": [kogut],
        "topics": [make.topic("laws")],
        "published_at": dt.datetime(2021, 5, 21, tzinfo=dt.UTC),
    }
    body = "<p>It sends [[seats:belarus]] of [[total]], [[deputies:none]] among them.</p>"
    make.article("conference", source=source, body_en=body, **concerned)
    make.page("about", title_ru="О сайте", body_ru="<p>Текст</p>")
    make.page("contacts")
    # More than one page of them.
    for _ in range(20):
        make.article(**concerned)
    withdrawn = make.article("withdrawn", **concerned)
    withdrawn.status = "draft"
    withdrawn.save()
