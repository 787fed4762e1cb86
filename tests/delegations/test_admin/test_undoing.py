"""What was confirmed is undone in one click: all that was written, as long as nobody has written it since."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from cstopa.models.history import because
from delegations.models import (
    FurtherSource,
    Membership,
    Parliament,
    Person,
    Role,
    SeatAllocation,
    Source,
)
from tests import make
from tests.cstopa.admin.rows import page
from tests.delegations.test_admin.conftest import table
from tests.news.desk import signed_in
from tests.reading import main, parsed, spaced

pytestmark = pytest.mark.django_db

DECISION = {"source_title_en": "Invented decision"}
KEPT = (SeatAllocation, Membership, Role, Person, Source, FurtherSource)


@pytest.fixture(autouse=True)
def today(clock):
    clock.move_to("2026-06-01T09:00Z")


def record():
    """Return what is on record, by models."""
    return {model: [*model.objects.order_by("pk").values()] for model in KEPT}


def button(client, answer):
    """Return what the button of the message sends, and where."""
    assert answer.status_code == 302
    [form] = parsed(client.get(answer.headers["Location"])).findall(".//form[@class='undo']")
    [value] = [each.get("value") for each in form.iter("input") if each.get("name") == "take-back"]
    return form.get("action"), {"take-back": value}


def undo(client, answer):
    address, data = button(client, answer)
    return client.post(address, data, follow=True)


def said(answer):
    return " ".join(spaced(each) for each in answer.context["messages"])


def followed(desk, row, **values):
    step = desk("follow", row)
    return step.confirm(step.preview(valid_from="2026-03-01", **values, **DECISION))


def test_all_of_a_step_is_taken_back(desk, editor, client, chamber, utopia):
    gone = make.membership(chamber_=chamber, valid_from="2020-01-01")
    make.role(gone.person, parliament=utopia, valid_from="2020-01-01")
    before = record()
    step = desk("follow", gone)
    name = {"given_name_en": "Cy", "family_name_en": "Newcomer", "valid_from": "2026-03-01"}
    preview = step.preview(**name, **DECISION)
    chosen = dict.fromkeys((f"decide-{key}" for key in preview.context["answers"].fields), "end")
    answer = step.confirm(step.confirm(preview, **chosen), **chosen)
    assert Role.objects.get().valid_to
    undone = undo(editor, answer)
    assert "Undone. On record again:" in said(undone)
    assert undone.redirect_chain[0][0] == page(utopia, "change")
    assert record() == before
    # Readers read what they read before, and also that it was corrected.
    again = main(client.get(utopia.get_absolute_url()))
    assert str(gone.person) in again
    assert "Reason: Entered by mistake, and taken back." in again
    # Who keeps facts may delete none, and what was new can come back all the same.
    assert "Newcomer" in editor.get(reverse("admin:trash")).text
    version = gone.history.first()
    assert (version.is_correction, version.history_change_reason) == (True, "undo")
    assert version.history_user.pk == int(editor.session["_auth_user_id"])
    assert "taken back" in version.reason
    assert LogEntry.objects.filter(object_id=gone.pk, change_message="Undone.").exists()


def test_why_it_was_taken_back_reads_in_the_language_of_the_page(desk, editor, client, chamber):
    editor.cookies["django_language"] = "ru"
    row = SeatAllocation.objects.get()
    undo(editor, followed(desk, row, seats=3))
    english, russian = "Entered by mistake, and taken back.", "Внесено по ошибке и отменено."
    assert {version.reason for version in row.history.all()} == {"", english}
    address = "/delegations/utopia/changes/"
    for name in ("", "feed.atom", "changes.csv"):
        for of, words, other in (("", english, russian), ("/ru", russian, english)):
            answer = client.get(of + address + name)
            text = b"".join(answer).decode()
            assert (words in text, other in text) == (True, False), (of, name)
    told = client.get(f"{address}changes.json").json()["entries"]
    assert english in {each["reason"] for each in told}
    for language, words in (("en", english), ("ru", russian)):
        editor.cookies["django_language"] = language
        assert words in editor.get(page(row, "history")).text


@pytest.mark.parametrize(
    ("stored", "english"),
    [
        ("Внесено по ошибке и отменено.", "Entered by mistake, and taken back."),
        ("Слияние отменено.", "The merging was taken back."),
    ],
)
def test_why_it_was_once_stored_in_russian_reads_so_too(client, chamber, stored, english):
    row = SeatAllocation.objects.get()
    row.seats = 3
    with because(stored, corrects=True):
        row.save()
    for of, words in (("", english), ("/ru", stored)):
        assert words in client.get(f"{of}/delegations/utopia/changes/").text


def test_an_end_is_taken_back(desk, editor, utopia):
    row = make.role(parliament=utopia, valid_from="2020-01-01")
    before = record()
    step = desk("end", row)
    undo(editor, step.confirm(step.preview(valid_to="2026-02", **DECISION)))
    assert record() == before


def test_what_followed_nothing_goes(desk, editor, utopia):
    before, head = record(), make.person()
    step = desk("begin_role", utopia)
    values = {"person": head.pk, "kind": "head", "valid_from": "2026-03-01"}
    undone = undo(editor, step.confirm(step.preview(**values, **DECISION)))
    assert said(undone).startswith("Undone. The record is as it was before.")
    assert record() | {Person: []} == before


def test_it_is_undone_once(desk, editor, chamber):
    row = SeatAllocation.objects.get()
    address, data = button(editor, followed(desk, row, seats=3))
    assert "On record again" in said(editor.post(address, data, follow=True))
    before = record()
    assert "it is undone already" in said(editor.post(address, data, follow=True))
    assert record() == before


@pytest.mark.parametrize("written", ["old", "new", "gone", "named"])
def test_nothing_is_undone_where_somebody_has_written_since(desk, editor, chamber, written):
    answer = followed(desk, SeatAllocation.objects.get(), seats=3)
    old, new = SeatAllocation.objects.order_by("pk")
    match written:
        case "old":
            old.checked_on = "2026-05-01"
            old.save()
        case "new":
            new.seats = 4
            new.save()
        case "gone":
            new.delete()
        case "named":
            make.role(source=new.source)
    before = record()
    words = "is named elsewhere since" if written == "named" else "was written since"
    assert f"{words}: nothing of it was undone" in said(undo(editor, answer))
    assert record() == before


@pytest.mark.parametrize("kind", ["person", "chamber"])
def test_what_a_text_names_since_is_not_undone(desk, editor, chamber, utopia, kind):
    if kind == "person":
        name = {"given_name_en": "Cy", "family_name_en": "Newcomer"}
        answer = followed(desk, make.membership(chamber_=chamber, valid_from="2020-01-01"), **name)
        words = Person.objects.get(family_name_en="Newcomer").get_absolute_url()
    else:
        step = desk("replace_chambers", Parliament.objects.get())
        new = {"name_en": "Council", "last_day": "2026-02-28", "first_day": "2026-03-01"}
        preview = step.preview(number="1", **{"first-seats": "3"}, **new, **DECISION)
        answer = step.confirm(preview)
        words = f"[[deputies:{utopia.chambers.latest('pk').code}]]"
    article = make.article(body_en=f'<p><a href="{words}">It</a> {words}</p>')
    before, (address, data) = record(), button(editor, answer)
    undone = editor.post(address, data, follow=True)
    assert "is named elsewhere since: nothing of it was undone" in said(undone)
    assert record() == before
    article.delete()
    assert "Undone." in said(editor.post(address, data, follow=True))


def test_only_the_doer_undoes_it_and_only_with_the_rights(desk, editor, chamber):
    address, data = button(editor, followed(desk, SeatAllocation.objects.get(), seats=3))
    assert editor.get(address).status_code == 403
    assert editor.post(address, {"take-back": "forged"}).status_code == 403
    assert signed_in("keeper", "Keeper of facts").post(address, data).status_code == 403
    user = LogEntry.objects.first().user
    user.groups.clear()
    may = Permission.objects.filter(content_type__app_label="delegations")
    user.user_permissions.set(may.exclude(codename="change_seatallocation"))
    assert editor.post(address, data).status_code == 403
    assert SeatAllocation.objects.count() == 2


def test_a_new_composition_is_taken_back(desk, editor, chamber, utopia):
    make.membership(chamber_=chamber, valid_from="2020-01-01")
    before = record()
    step = desk("new_composition", utopia)
    day = {"first_day": "2026-03-01", "is_complete": "on"}
    file = table(f"Cy Newcomer,{chamber.code},head", f"Dee Newcomer,{chamber.code},")
    preview = step.preview(file=file, **day, **DECISION)
    answer = step.confirm(preview)
    assert Person.objects.count() == 3
    undo(editor, answer)
    assert record() == before
