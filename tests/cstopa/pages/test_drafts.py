"""A draft over a written page: proposed, reviewed and published, while readers see what is public."""

import datetime as dt
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from cstopa.pages.models import Page, PageDraft
from cstopa.publishing.models import Review
from cstopa.publishing.models.links import PreviewLink
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled
from tests.news.desk import signed_in
from tests.reading import parsed, spaced, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = reverse("admin:written_pagedraft_add")
LIST = reverse("admin:written_page_changelist")
TOMORROW = {"goes_public_at": "2027-03-02 09:00"}


@pytest.fixture
def about():
    # Its key has two digits.
    return make.page(pk=37)


def begin(client, live, **words):
    """Begin a draft as somebody, with other words in its form, and return it."""
    form = client.get(NEW, {"live": live.pk})
    assert client.post(NEW, filled(form, **words)).status_code == 302
    return PageDraft.objects.get(live=live)


def send(client, row, **values):
    form = page(row, "change")
    return client.post(form, filled(client.get(form), **values), follow=True)


def reads(client, words):
    return words in text(client.get("/about/"))


def test_an_editor_proposes_what_nobody_reads_and_a_publisher_publishes_it_whole(
    editor, publisher, client, about
):
    shown = text(editor.get(page(about, "change")))
    assert f"{NEW}?live={about.pk}" in shown
    assert 'name="_save"' not in shown
    draft = begin(editor, about, title_en="Anew")
    answer = send(editor, draft, body_en="<p>At length</p>", _review="submitted")
    assert "Submitted for review." in text(answer)
    assert not reads(client, "Anew")
    assert [each.title_en for each in draft.history.all()] == ["Anew", "Anew"]
    [[_address, row, step]] = publisher.get(reverse("admin:index")).context["waiting"]
    assert (row, step.state) == (draft, "submitted")
    assert "public, draft for review" in text(publisher.get(LIST))
    assert publisher.get(page(about, "change")).headers["Location"] == page(draft, "change")
    answer = send(publisher, draft, title_en="Anew, mended", _publish="")
    assert "Public in English. Not there in Russian." in text(answer)
    assert reads(client, "Anew, mended")
    assert reads(client, "At length")
    assert not PageDraft.objects.exists()
    assert not Review.objects.filter(is_newest=True).exists()
    assert about.history.first().history_user.username == "publisher"


def test_the_list_says_who_changed_what_last(editor, publisher, about, clock):
    make.page("contacts")
    draft = begin(editor, about, title_en="Anew")

    def listed():
        rows = parsed(publisher.get(LIST)).find(".//table[@id='result_list']/tbody")
        return [
            [row.find(f"td[@class='field-{name}']").text for name in ("changed_by", "publication")]
            for row in rows
        ]

    assert listed() == [["editor", "public, a draft waits"], ["–", "public"]]
    clock.shift(60)
    form = f"{page(about, 'change')}?live"
    publisher.post(form, filled(publisher.get(form), body_en="<p>Mended</p>"))
    assert listed()[0][0] == "publisher"
    clock.shift(60)
    editor.post(page(draft, "delete"), {"post": "yes"})
    assert listed()[0] == ["editor", "public"]


def test_it_is_returned_with_a_comment_and_approved(editor, publisher, about):
    draft = begin(editor, about, title_en="Anew", _review="submitted")
    assert "Say what is to be changed." in text(send(publisher, draft, _review="returned"))
    send(publisher, draft, _review="returned", review_comment="Who says so?")
    [[_address, row, step]] = editor.get(reverse("admin:index")).context["waiting"]
    assert (row, step.comment) == (draft, "Who says so?")
    send(editor, draft, title_en="The Chairman says", _review="submitted")
    send(publisher, draft, _review="approved")
    assert Review.objects.current_of(draft).state == "approved"


def test_what_a_publisher_typed_in_the_page_is_kept_as_a_draft(publisher, client, about):
    form = page(about, "change")
    answer = publisher.post(form, filled(publisher.get(form), title_en="Later", _draft=""))
    assert answer.status_code == 302
    assert PageDraft.objects.get().title_en == "Later"
    assert about.history.count() == 1
    assert reads(client, "Title of about")


def test_one_version_goes_public_at_its_moment(editor, publisher, client, about, clock):
    draft = begin(publisher, about, title_en="Approved", **TOMORROW)
    assert "without this" in text(send(editor, draft, title_en="Not yet"))
    assert not reads(client, "Approved")
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert reads(client, "Approved")
    assert PageDraft.objects.get().title_en == "Not yet"
    assert about.history.first().history_user.username == "publisher"


def test_the_calendar_and_the_log_have_it_and_a_link_shows_it(editor, publisher, client, about):
    draft = begin(editor, about, title_en="Sent by link", _review="submitted")
    assert page(draft, "change") in text(publisher.get(reverse("admin:calendar")))
    links = page(draft, "links", draft.pk)
    editor.post(links, filled(editor.get(links)))
    [link] = PreviewLink.objects.of(draft)
    shown = text(client.get(f"{reverse('preview:page', args=[link.token])}page/"))
    assert "Sent by link" in shown
    assert "Body of about" in shown
    send(publisher, draft, **TOMORROW)
    assert page(draft, "change") in text(publisher.get(reverse("admin:calendar")))
    assert "scheduled" in text(publisher.get(reverse("admin:log")))


def test_what_was_changed_meanwhile_is_named_and_stays(editor, publisher, about):
    draft = begin(editor, about, title_en="Mine")
    form = f"{page(about, 'change')}?live"
    publisher.post(form, filled(publisher.get(form), title_en="Theirs", body_en="<p>Mended</p>"))
    shown = publisher.get(page(draft, "change"))
    assert "what is public has changed: Title (in English)." in text(shown)
    publisher.post(page(draft, "change"), filled(shown, _publish=""))
    about.refresh_from_db()
    assert (about.title_en, about.body_en) == ("Mine", "<p>Mended</p>")


def test_a_draft_is_deleted_and_restored_and_the_page_stays(editor, publisher, client, about):
    draft = begin(editor, about, title_en="Anew")
    answer = editor.post(page(draft, "delete"), {"post": "yes"}, follow=True)
    assert "Public in English." in text(answer)
    assert not PageDraft.objects.exists()
    assert reads(client, "Title of about")
    editor.post(reverse("admin:restore"), {"row": f"written.pagedraft:{draft.pk}"})
    assert PageDraft.objects.get().title_en == "Anew"


def test_a_publication_is_undone(publisher, client, about):
    draft = begin(publisher, about, title_en="Too early")
    answer = send(publisher, draft, _publish="")
    [button] = (
        form for form in parsed(answer).iter("form") if form.get("action") == "/admin/undo/"
    )
    sent = {each.get("name"): each.get("value") for each in button.iter() if each.get("name")}
    publisher.post("/admin/undo/", sent)
    assert reads(client, "Title of about")
    assert PageDraft.objects.get().title_en == "Too early"


@pytest.mark.parametrize("who", ["editor", "publisher"])
def test_an_earlier_version_comes_back_as_a_draft(request, client, about, who):
    first = about.history.first()
    about.title_en = "Changed"
    about.save()
    somebody = request.getfixturevalue(who)
    back = page(about, "bring_back", about.pk, first.pk)
    assert back in text(somebody.get(page(about, "simple_history", about.pk, first.pk)))
    answer = somebody.post(back, follow=True)
    draft = PageDraft.objects.get()
    assert answer.redirect_chain == [(page(draft, "change"), 302)]
    assert draft.title_en == "Title of about"
    assert reads(client, "Changed")


def test_two_who_began_at_once_have_one_draft_and_both_texts(editor, publisher, about):
    forms = [each.get(NEW, {"live": about.pk}) for each in (editor, publisher)]
    editor.post(NEW, filled(forms[0], title_en="First"))
    answer = publisher.post(NEW, filled(forms[1], title_en="Second"))
    assert "editor wrote this too: choose" in spaced(text(answer))
    assert 'value="Second"' in text(answer)
    assert PageDraft.objects.get().title_en == "First"


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999", "-1"])
def test_a_draft_is_of_a_page_that_there_is(editor, key):
    answer = editor.get(NEW, {"live": key}, follow=True)
    assert "A draft is begun from what is public" in text(answer)
    assert editor.post(NEW, {"live": key}, follow=True).status_code == 200
    assert not PageDraft.objects.exists()


def test_the_preview_is_the_page_with_what_was_typed(editor, about):
    draft = begin(editor, about, title_en="Anew")
    form, preview = page(draft, "change"), page(draft, "preview", draft.pk)
    answer = editor.post(preview, filled(editor.get(form), title_en="Typed"), follow=True)
    [frame] = parsed(answer).iter("iframe")
    shown = text(editor.get(frame.get("src")))
    assert "Typed" in shown
    assert "Body of about" in shown
    assert PageDraft.objects.get().title_en == "Anew"


def test_an_editor_changes_no_page_and_publishes_no_draft(editor, client, about):
    form = page(about, "change")
    typed = {"title_en": "Forged", "title_ru": "", "body_en": "<p>x</p>", "body_ru": ""}
    for forged in ({}, {"_publish": ""}, {"status": "published"}):
        assert editor.post(form, typed | forged).status_code == 403
    draft = begin(editor, about, title_en="Anew")
    for forged in ({"_publish": ""}, TOMORROW):
        data = filled(editor.get(page(draft, "change")))
        assert editor.post(page(draft, "change"), data | forged).status_code == 403
        new = {"live": make.page("contacts").pk} | typed
        assert editor.post(NEW, new | forged).status_code == 403
        Page.objects.get(slug="contacts").delete()
    assert reads(client, "Title of about")
    draft.refresh_from_db()
    assert (draft.goes_public_at, Page.objects.get().history.count()) == (None, 1)


def test_a_writer_sees_pages_and_drafts_and_writes_none(writer, about):
    draft = make.page_draft(about, title_en="Anew")
    for row in (about, draft):
        for name in ("change", "history"):
            assert writer.get(page(row, name)).status_code == 200
        for step in ({}, {"_publish": ""}, {"_review": "submitted"}, {"_draft": ""}):
            assert (
                writer.post(page(row, "change"), {"title_en": "Forged", **step}).status_code == 403
            )
        assert writer.post(page(row, "delete"), {"post": "yes"}).status_code == 403
    assert writer.get(NEW, {"live": about.pk}).status_code == 403
    assert writer.post(NEW, {"live": about.pk, "title_en": "Forged"}).status_code == 403
    back = page(about, "bring_back", about.pk, about.history.first().pk)
    assert writer.post(back).status_code == 403
    draft.refresh_from_db()
    assert draft.title_en == "Anew"


@pytest.mark.parametrize("group", [None, "Keeper of facts"])
def test_nobody_else_sees_a_draft(client, about, group):
    draft = make.page_draft(about, title_en="Anew")
    for somebody in (client, signed_in("somebody", group)):
        for address in (
            *(page(draft, name) for name in ("change", "history", "delete")),
            *(page(draft, name, draft.pk) for name in ("preview", "preview_page", "working_copy")),
        ):
            for method in (somebody.get, somebody.post):
                answer = method(address, {"post": "yes", "working_copy": uuid4().hex})
                assert answer.status_code in {302, 403, 409}, address
                assert "Anew" not in text(answer)


def test_the_words_of_a_draft_are_kept_while_they_are_written(editor, publisher, about):
    draft = begin(editor, about, title_en="Anew")
    address = page(draft, "working_copy", draft.pk)
    data = filled(editor.get(page(draft, "change")), title_en="Being written")
    assert editor.post(address, data).status_code == 200
    assert "Being written" not in text(publisher.get(page(draft, "change")))
    draft.refresh_from_db()
    assert draft.title_en == "Anew"
    # It is published meanwhile: what she wrote is not lost.
    send(publisher, draft, _publish="")
    answer = editor.post(page(draft, "change"), data, follow=True)
    assert "What you wrote is kept" in text(answer)


def test_what_was_to_be_a_draft_is_not_made_public_where_its_writer_may_write_none(about):
    somebody = signed_in("somebody", permissions=["view_page", "change_page", "publish_page"])
    form = page(about, "change")
    data = filled(somebody.get(form), title_en="Not yet")
    assert "_draft" not in data
    assert somebody.post(form, data | {"_draft": ""}).status_code == 403
    assert Page.objects.get().title_en == "Title of about"


def test_who_could_change_pages_before_may_do_so_still_but_an_editor_proposes():
    new = Permission.objects.filter(codename__in=["publish_page", "review_page"])
    new.delete()
    ours, account = Group.objects.create(name="Ours"), User.objects.create_user("hand")
    change = Permission.objects.get(codename="change_page")
    ours.permissions.add(change)
    account.user_permissions.add(change)
    Group.objects.get(name="Writer").permissions.clear()
    import_module("news.migrations.0010_rights_of_pages").let_go_on(apps, None)
    assert {
        (group, each) for group, each in new.values_list("group__name", "codename") if group
    } == {
        *(
            (name, each)
            for name in ("Ours", "Publisher", "Administrator")
            for each in ("publish_page", "review_page")
        ),
        ("Editor", "review_page"),
    }
    assert set(account.user_permissions.all()) == {change, *new.all()}
    assert [each.codename for each in Group.objects.get(name="Writer").permissions.all()] == [
        "view_page"
    ]
