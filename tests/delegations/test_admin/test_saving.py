"""What was saved in a form of the record is undone from its message, with the rows inside the form."""

import pytest
from django.contrib.auth.models import Permission, User

from cstopa.models.trash import deletions, restore
from delegations.models import FurtherSource, Membership, Parliament, ParliamentName, SeatAllocation
from tests import make
from tests.cstopa.admin.rows import page
from tests.delegations.test_admin.test_undoing import button, record, said, undo
from tests.forms import filled
from tests.reading import parsed, spaced

pytestmark = pytest.mark.django_db

WRONG = {"what_happened": "correction", "reason": "A slip of the hand."}
NEW = {"what_happened": "change", "first_day": "2026-03-01"}


@pytest.fixture(autouse=True)
def today(clock):
    clock.move_to("2026-06-01T09:00Z")


def save(client, address, **values):
    answer = client.post(address, filled(client.get(address), **values))
    assert answer.status_code == 302
    return answer


def further(source):
    """Return what is sent of one further source, inside the form of a fact."""
    values = {"TOTAL_FORMS": 1, "0-source": source.pk, "0-checked_on": "2026-05-01"}
    return {f"further_sources-{name}": value for name, value in values.items()}


def test_what_was_added_goes_with_what_was_added_inside_it(editor, chamber):
    source = make.source()
    SeatAllocation.objects.update(valid_to="2025-12-31")
    before = record()
    values = {"chamber": chamber.pk, "seats": 3, "valid_from": "2026-01-01", "source": source.pk}
    address = page(SeatAllocation, "add")
    answer = save(editor, address, **values, **further(make.source()), _continue="1")
    assert FurtherSource.objects.count() == 1
    undone = undo(editor, answer)
    assert "The record is as it was before." in said(undone)
    assert undone.redirect_chain == [(page(SeatAllocation, "changelist"), 302)]
    assert [*SeatAllocation.objects.values()] == before[SeatAllocation]
    assert not FurtherSource.objects.exists()
    # It was typed: nothing of it is lost.
    assert "What was new is in the trash." in said(undone)
    [version] = deletions(SeatAllocation)
    restore(version, None)
    assert (SeatAllocation.objects.latest("pk").seats, FurtherSource.objects.count()) == (3, 1)


@pytest.mark.parametrize("meant", [WRONG, NEW])
def test_what_was_changed_is_as_before(editor, seats, meant):
    source = make.source()
    before = record()
    answer = save(editor, page(seats, "change"), seats=3, **meant, **further(source))
    assert FurtherSource.objects.count() == 1
    undone = undo(editor, answer)
    assert f"On record again: {spaced(seats)}" in said(undone)
    assert undone.redirect_chain == [(page(seats, "change"), 302)]
    assert record() == before


@pytest.mark.parametrize("field", ["family_name_en", "memberships-0-valid_to"])
def test_a_person_and_the_facts_in_the_form_are_as_before(editor, chamber, field):
    row = make.membership(chamber_=chamber, valid_from="2020-01-01")
    before = record()
    value = "2026-05-01" if "valid_to" in field else "Other"
    answer = save(editor, page(row.person, "change"), **{field: value})
    assert record() != before
    undo(editor, answer)
    assert record() == before


def test_a_name_of_a_parliament_goes(editor, utopia):
    address = page(ParliamentName, "add")
    values = {"parliament": utopia.pk, "name_en": "Diet", "name_ru": "Сейм"}
    answer = save(editor, address, **values, source=make.source().pk)
    undo(editor, answer)
    assert not ParliamentName.objects.exists()


@pytest.mark.parametrize("words", ["[[seats:elbonia]]", "/delegations/elbonia/"])
def test_a_parliament_whose_delegation_a_text_names_stays(admin_client, words):
    names = {"state_en": "Elbonia", "name_en": "Diet", "slug": "elbonia"}
    answer = save(admin_client, page(Parliament, "add"), **names)
    address, data = button(admin_client, answer)
    in_link = words.startswith("/")
    text = {"body_en": f'<p><a href="{words}">It</a></p>'} if in_link else {"headline_en": words}
    article = make.article(**text)
    undone = admin_client.post(address, data, follow=True)
    assert "is named elsewhere since: nothing of it was undone" in said(undone)
    article.delete()
    assert "Undone." in said(admin_client.post(address, data, follow=True))
    assert not Parliament.objects.exists()


def test_nothing_is_undone_where_somebody_has_written_since(editor, seats):
    answer = save(editor, page(seats, "change"), seats=3, **WRONG, **further(make.source()))
    seats.further_sources.get().delete()
    before = record()
    assert "was written since: nothing of it was undone" in said(undo(editor, answer))
    assert record() == before


def test_who_may_write_it_no_more_takes_nothing_back(editor, seats):
    answer = save(editor, page(seats, "change"), seats=3, **WRONG, **further(make.source()))
    address, data = button(editor, answer)
    user = User.objects.get(pk=editor.session["_auth_user_id"])
    user.groups.clear()
    may = Permission.objects.filter(content_type__app_label="delegations")
    # Neither the fact nor what stands inside its form.
    for name in ("change_seatallocation", "add_furthersource"):
        user.user_permissions.set(may.exclude(codename=name))
        assert editor.post(address, data).status_code == 403
    assert FurtherSource.objects.count() == 1
    user.user_permissions.set(may)
    assert "Undone." in said(editor.post(address, data, follow=True))
    assert not FurtherSource.objects.exists()


def test_what_was_saved_with_a_deletion_has_no_button(admin_client, chamber):
    row = make.membership(chamber_=chamber, valid_from="2020-01-01")
    address = page(row.person, "change")
    answer = save(admin_client, address, **{"memberships-0-DELETE": "on"})
    assert not Membership.objects.exists()
    assert not parsed(admin_client.get(answer.headers["Location"])).findall(
        ".//form[@class='undo']"
    )


def test_where_nothing_was_written_nothing_is_undone(editor, seats):
    answer = save(editor, page(seats, "change"))
    assert not parsed(editor.get(answer.headers["Location"])).findall(".//form[@class='undo']")
