"""The preview of a step names the public articles whose numbers it changes."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegations.models import Delegation, SeatAllocation
from tests import make
from tests.delegations.test_admin.conftest import Desk
from tests.forms import filled
from tests.news.desk import signed_in
from tests.reading import main, spaced

pytestmark = pytest.mark.django_db

STEP = {"seats": 3, "valid_from": "2026-03-01", "source_title_en": "Invented decision"}


@pytest.fixture(autouse=True)
def today(clock):
    clock.move_to("2026-06-01T09:00Z")


@pytest.fixture
def utopia():
    chamber = make.chamber(make.parliament("utopia"), valid_from="2020-01-01")
    make.allocation(chamber, seats=2, valid_from="2020-01-01")
    return Delegation.objects.get(pk=chamber.parliament_id)


@pytest.fixture
def step(utopia):
    return Desk(signed_in("keeper", "Keeper of facts"), "follow", SeatAllocation.objects.get())


def article(slug, body, day="2026-04-01", **values):
    return make.article(slug, body_en=f"<p>{body}</p>", published_at=f"{day}T09:00Z", **values)


def texts(preview):
    return {
        text.address: [(spaced(was), spaced(now)) for was, now in text.turns]
        for text in preview.context["effects"].texts
    }


def test_articles_whose_numbers_change_are_named(step, utopia):
    own = article("own", f"[[seats:{utopia.code}]] seats", headline_en="Of the seats")
    total = article("total", "[[total]] in all, [[total]]")
    chamber = utopia.chambers.get()
    words = article("words", f"[[deputies:{chamber.code}]]")
    article("before", f"[[seats:{utopia.code}]] seats", day="2026-02-28")
    article("other", f"[[parliament:{utopia.code}]], [[seats:erewhon]]")
    article("draft", "[[total]]", status="draft")
    article("scheduled", "[[total]]", day="2026-07-01")
    preview = step.preview(**STEP)
    assert texts(preview) == {
        own.get_absolute_url(): [("2", "3")],
        total.get_absolute_url(): [("2", "3")],
        words.get_absolute_url(): [("2 deputies", "3 deputies"), ("2 депутата", "3 депутата")],
    }
    assert "Of the seats. Now: 2. Then: 3." in main(preview)
    # Nothing of it was written.
    assert SeatAllocation.objects.get().seats == 2


def test_a_correction_names_those_of_all_the_days_of_the_fact(utopia):
    client = signed_in("keeper", "Keeper of facts")
    then = article("then", f"[[seats:{utopia.code}]]", day="2021-04-01")
    article("earlier", f"[[seats:{utopia.code}]]", day="2019-04-01")
    step = Desk(client, "correct", SeatAllocation.objects.get())
    assert [*texts(step.preview(seats=4, reason="A slip."))] == [then.get_absolute_url()]


def test_a_new_composition_names_them_too(utopia):
    own = article("own", f"[[seats:{utopia.code}]] seats")
    step = Desk(signed_in("keeper", "Keeper of facts"), "new_composition", utopia)
    seats = {f"seats-{utopia.chambers.get().pk}": 3}
    decision = {"first_day": "2026-03-01", "source_title_en": "Invented decision"}
    preview = step.preview(**seats, **decision)
    assert texts(preview) == {own.get_absolute_url(): [("2", "3")]}
    assert SeatAllocation.objects.get().seats == 2


@pytest.mark.parametrize("ends", [True, False])
def test_what_each_reference_will_say_is_what_readers_then_read(client, utopia, ends):
    chamber = utopia.chambers.get()
    make.roster(chamber, valid_from="2020-01-01")
    member = make.membership(chamber_=chamber, valid_from="2020-01-01")
    name = make.name(utopia, "Old Diet", valid_from="2020-01-01")
    kinds = ("seats", "members", "vacant", "parliament")
    own = article("own", " ".join(f"‹[[{kind}:{utopia.code}]]›" for kind in kinds))

    def read():
        return re.findall("‹(.*?)›", spaced(main(client.get(own.get_absolute_url()))))

    before, decision = read(), {"source_title_en": "Invented decision"}
    assert len(before) == len(kinds)
    keeper = signed_in("keeper", "Keeper of facts")
    if ends:
        step, values = Desk(keeper, "end", member), {"valid_to": "2026-02-28"}
    else:
        step = Desk(keeper, "follow", name)
        values = {"name_en": "New Diet", "name_ru": "Новый сейм", "valid_from": "2026-03-01"}
    preview = step.preview(**values, **decision)
    assert step.confirm(preview).status_code == 302
    turns = {pair for pair in zip(before, read(), strict=True) if pair[0] != pair[1]}
    assert len(turns) == (2 if ends else 1)
    assert turns <= {*texts(preview)[own.get_absolute_url()]}


def test_of_many_twenty_are_named_with_the_same_queries(step, utopia):
    article("first", "[[total]]")
    form = step.form

    def queries():
        with CaptureQueriesContext(connection) as found:
            preview = step.client.post(step.address, filled(form, _preview="1", **STEP))
        return len(found), main(preview)

    before, shown = queries()
    assert "more." not in shown
    for number in range(21):
        article(f"another-{number}", "[[total]]")
    after, shown = queries()
    assert "And 2 more." in shown
    assert after <= before
