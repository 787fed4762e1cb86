"""Two people who are one: every fact is shown before it moves, both addresses lead there, and it is undone."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cstopa.models import trash
from cstopa.publishing.models import Review
from delegations.models import Membership, Person, Role
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page
from tests.delegations.test_admin.conftest import groups, problems
from tests.news.desk import signed_in
from tests.reading import main, parsed, spaced

pytestmark = pytest.mark.django_db

REASON = {"reason": "One passport."}
ASKED = ("app_label", "model_name", "field_name", "without")


@pytest.fixture
def kept():
    return make.person("viktor-kogut")


@pytest.fixture
def gone(kept):
    """The same person again, who has a seat and is in the news."""
    gone = make.person("v-kogut", given_name_en="Victor", family_name_en="Kogut")
    gone.slug = "victor-kogut"
    gone.save()
    make.membership(gone, make.chamber(), valid_from="2020-01-01")
    make.article(people=[gone])
    make.article("of-both", people=[gone, kept])
    return gone


@pytest.fixture
def merged(desk, kept, gone):
    """What the desk answers when they have been merged."""
    step = desk("merge", kept)
    return step.confirm(step.preview(other=gone.pk, **REASON))


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_what_no_page_sends_is_no_way_to_ask_for_it(admin_client, kept, method):
    assert getattr(admin_client, method)(page(kept, "merge", kept.pk)).status_code == 405


def test_the_other_ones_of_her_name_are_told_apart(admin_client, kept):
    chosen = parsed(admin_client.get(page(kept, "merge", kept.pk))).find(
        ".//select[@id='id_other']"
    )
    data = {name: chosen.get(f"data-{name.replace('_', '-')}") for name in ASKED} | {
        "term": "kogut"
    }
    make.person("second", given_name_en="Viktor", family_name_en="Kogut")
    with CaptureQueriesContext(connection) as few:
        [found] = admin_client.get(chosen.get("data-url"), data).json()["results"]
    assert found["text"] == "Viktor Kogut"
    make.person("third", given_name_en="Viktor", family_name_en="Kogut")
    with CaptureQueriesContext(connection) as more:
        found = admin_client.get(chosen.get("data-url"), data).json()["results"]
    assert [each["text"] for each in found] == ["Viktor Kogut (second)", "Viktor Kogut (third)"]
    assert len(more) == len(few)


def button(client, answer):
    """Return what the button of the message sends, and where."""
    shown = client.get(answer.headers["Location"])
    [form] = parsed(shown).findall(".//form[@class='undo']")
    [value] = [each.get("value") for each in form.iter("input") if each.get("name") == "unmerge"]
    return form.get("action"), {"unmerge": value}


def undo(client, answer):
    address, data = button(client, answer)
    return client.post(address, data, follow=True)


def said(answer):
    return " ".join(spaced(each) for each in answer.context["messages"])


def leads(client, slug):
    answer = client.get(reverse("delegations:person-detail", args=[slug]))
    assert answer.status_code == 301
    return answer.headers["Location"]


def concerned(person):
    return {*Article.objects.filter(people=person).values_list("slug", flat=True)}


def test_every_fact_is_shown_before_it_moves(desk, kept, gone):
    preview = desk("merge", kept).preview(other=gone.pk, **REASON)
    [moves] = [rows for heading, rows in groups(preview).items() if heading == "Moves"]
    assert len(moves) == 1
    assert "Articles and drafts that concern the person, and move: 2." in main(preview)
    assert Membership.objects.get().person == gone


def test_what_is_of_the_one_is_of_the_other(client, merged, kept, gone):
    assert merged.status_code == 302
    row = Membership.objects.get()
    version = row.history.first()
    assert row.person == kept
    assert (version.is_correction, version.reason) == (True, "One passport.")
    assert len(concerned(kept)) == 2
    assert not Person.objects.filter(pk=gone.pk).exists()
    kept.refresh_from_db()
    assert kept.slug == "viktor-kogut"
    for slug in ("victor-kogut", "v-kogut"):
        assert leads(client, slug) == kept.get_absolute_url()
    # One save of a text is one version.
    assert [each.history.count() for each in Article.objects.all()] == [2, 2]


def test_it_is_no_deletion(editor, merged, gone):
    """Who keeps facts may delete nobody: the row is kept in the history, and in no trash."""
    assert not User.objects.get(pk=editor.session["_auth_user_id"]).has_perm(
        "delegations.delete_person"
    )
    assert Person.history.filter(id=gone.pk).first().family_name_en == "Kogut"
    assert not trash.deletions(Person).exists()


def test_a_name_is_added_in_a_language_in_which_there_was_none(desk, editor, kept, gone):
    gone.given_name_ru, gone.family_name_ru = "Виктор", "Когут"
    gone.save()
    step = desk("merge", kept)
    preview = step.preview(other=gone.pk, **REASON)
    assert "A name is added: Виктор Когут." in main(preview)
    answer = step.confirm(preview)
    kept.refresh_from_db()
    assert (kept.name_in("ru"), kept.name_in("en")) == ("Виктор Когут", "Viktor Kogut")
    undo(editor, answer)
    kept.refresh_from_db()
    assert (kept.name_in("ru"), kept.name_in("en")) == ("", "Viktor Kogut")


def test_what_was_approved_stays_so(desk, editor, kept, gone):
    draft = make.draft(make.article())
    draft.people.set([gone])
    with transaction.atomic():
        Review.objects.take(draft, Review.State.APPROVED, None)
    step = desk("merge", kept)
    answer = step.confirm(step.preview(other=gone.pk, **REASON))
    assert Review.objects.current_of(draft).state == Review.State.APPROVED
    undo(editor, answer)
    assert [*draft.people.all()] == [gone]
    assert Review.objects.current_of(draft).state == Review.State.APPROVED


def test_it_can_be_undone(editor, client, merged, kept, gone):
    assert "Victor Kogut is there again" in said(undo(editor, merged))
    assert Person.objects.get(slug="victor-kogut").pk == gone.pk
    assert Membership.objects.get().person == gone
    assert (len(concerned(gone)), concerned(kept)) == (2, {"of-both"})
    assert client.get(gone.get_absolute_url()).status_code == 200
    assert leads(client, "v-kogut") == gone.get_absolute_url()


@pytest.mark.parametrize("has_source", [False, True])
def test_a_portrait_moves_to_who_has_none_and_back(editor, desk, kept, gone, has_source):
    portrait = {"portrait": make.picture(), "portrait_source": make.source()}
    Person.objects.filter(pk=gone.pk).update(**portrait)
    source = make.source() if has_source else None
    Person.objects.filter(pk=kept.pk).update(portrait_source=source)
    step = desk("merge", kept)
    preview = step.preview(other=gone.pk, **REASON)
    assert f"The portrait of {gone.slug} is added." in main(preview)
    said = f"The source of a portrait that {kept.slug} has, without a portrait, is replaced."
    assert (said in main(preview)) == has_source
    answer = step.confirm(preview)
    kept.refresh_from_db()
    assert (kept.portrait, kept.portrait_source) == (*portrait.values(),)
    undo(editor, answer)
    kept.refresh_from_db()
    gone = Person.objects.get(slug="victor-kogut")
    assert (kept.portrait, kept.portrait_source) == (None, source)
    assert (gone.portrait, gone.portrait_source) == (*portrait.values(),)


def test_the_source_that_comes_back_with_a_merging_has_to_be_there(editor, desk, kept, gone):
    source = make.source()
    portrait = {"portrait": make.picture(), "portrait_source": make.source()}
    Person.objects.filter(pk=gone.pk).update(**portrait)
    Person.objects.filter(pk=kept.pk).update(portrait_source=source)
    action = desk("merge", kept)
    answer = action.confirm(action.preview(other=gone.pk, **REASON))
    source.delete()
    undone = undo(editor, answer)
    assert "The source of the portrait was deleted since: restore it first." in said(undone)
    assert not Person.objects.filter(pk=gone.pk).exists()


def test_of_two_portraits_one_goes_which_is_said(desk, kept, gone):
    for person in (kept, gone):
        portrait = {"portrait": make.picture(), "portrait_source": make.source()}
        Person.objects.filter(pk=person.pk).update(**portrait)
    said = f"The portrait of {gone.slug} goes with it: that of {kept.slug} stays."
    assert said in main(desk("merge", kept).preview(other=gone.pk, **REASON))


def test_it_is_undone_once(editor, merged):
    address, data = button(editor, merged)
    for words in ("is there again", "It was undone already"):
        assert words in said(editor.post(address, data, follow=True))


def test_of_two_one_after_the_other_the_last_is_undone_first(editor, desk, kept, gone):
    def merged(one, other):
        step = desk("merge", one)
        return button(editor, step.confirm(step.preview(other=other.pk, **REASON)))

    third = make.person("third", given_name_en="Third", family_name_en="Kogut")
    first, last = merged(gone, third), merged(kept, gone)
    before = [*Person.objects.values()]
    address, data = first
    assert "one of the two was deleted" in said(editor.post(address, data, follow=True))
    assert [*Person.objects.values()] == before
    for (address, data), person in ((last, gone), (first, third)):
        answer = editor.post(address, data, follow=True)
        assert "is there again" in said(answer)
        assert Person.objects.filter(pk=person.pk, slug=person.slug).exists()


def test_who_came_back_and_was_deleted_does_not_come_back_by_it(desk, editor, kept):
    gone = make.person("ann", given_name_en="Ann", family_name_en="Petrova")
    step = desk("merge", kept)
    address, data = button(editor, step.confirm(step.preview(other=gone.pk, **REASON)))
    assert "is there again" in said(editor.post(address, data, follow=True))
    Person.objects.get(pk=gone.pk).delete()
    assert "It was undone already" in said(editor.post(address, data, follow=True))
    assert not Person.objects.filter(pk=gone.pk).exists()


def test_nothing_is_undone_where_a_fact_was_written_since(editor, merged, gone):
    row = Membership.objects.get()
    row.valid_from = "2021-01-01"
    row.save()
    assert "was written since: nothing of it was undone" in said(undo(editor, merged))
    assert not Person.objects.filter(pk=gone.pk).exists()


def test_facts_that_would_overlap_are_in_the_way(desk, kept, gone):
    make.membership(kept, valid_from="2021-01-01")
    step = desk("merge", kept)
    preview = step.preview(other=gone.pk, **REASON)
    [words] = [rows for heading, rows in groups(preview).items() if heading == "In the way"]
    assert "A person holds one seat on any day, and this is in the way" in words[0]
    assert step.confirm(preview).status_code == 200
    assert Membership.objects.filter(person=gone).count() == 1


def test_a_draft_that_is_scheduled_with_the_name_is_in_the_way(desk, kept, gone):
    draft = make.draft()
    draft.people.set([gone])
    draft.schedule(timezone.now() + dt.timedelta(hours=1), None)
    # The version that waits names her still.
    with transaction.atomic():
        draft.save()
        draft.people.clear()
    step = desk("merge", kept)
    preview = step.preview(other=gone.pk, **REASON)
    [words] = [rows for heading, rows in groups(preview).items() if heading == "In the way"]
    assert "take its moment from it first" in words[0]
    assert step.confirm(preview).status_code == 200
    draft.move(None)
    assert step.confirm(step.preview(other=gone.pk, **REASON)).status_code == 302


def test_a_fact_that_came_meanwhile_is_shown_first(desk, kept, gone):
    step = desk("merge", kept)
    preview = step.preview(other=gone.pk, **REASON)
    make.role(gone)
    again = step.confirm(preview)
    assert "The records have changed since." in main(again)
    assert step.confirm(again).status_code == 302
    assert Role.objects.get().person == kept


@pytest.mark.parametrize("field", ["other", "reason"])
def test_what_is_missing_is_told_at_its_field(desk, kept, gone, field):
    values = {"other": gone.pk, **REASON, field: ""}
    assert [*problems(desk("merge", kept).preview(**values))] == [field]
    assert [*problems(desk("merge", kept).preview(slug="nobody", **REASON))] == ["slug"]
    assert desk("merge", kept).preview(slug=gone.slug, **REASON).context["plan"].gone == gone
    both = desk("merge", kept).preview(other=gone.pk, slug=gone.slug, **REASON)
    assert [*problems(both)] == ["slug"]
    same = desk("merge", kept).preview(other=kept.pk, **REASON)
    assert [*problems(same)] == ["other"]


def test_only_keepers_of_facts_may(editor, merged, kept):
    address, data = button(editor, merged)
    assert editor.get(address).status_code == 403
    assert editor.post(address, {"unmerge": "forged"}).status_code == 403
    for group in ("Writer", "Publisher"):
        client = signed_in(group, group)
        assert client.get(page(kept, "change").replace("change", "merge")).status_code == 403
        assert client.post(address, data).status_code == 403
    # What another did is undone by nobody else.
    assert signed_in("keeper", "Keeper of facts").post(address, data).status_code == 403
