"""What the site has of who works at the desk: given as a file, and erased, so that what they did names nobody."""

import json
from threading import Thread

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from cstopa.accounts import erasing, factors
from cstopa.accounts.models import Preferences
from cstopa.library.documents import models as documents
from cstopa.library.documents.reading import document_in
from cstopa.library.models import Picture, Upload
from cstopa.library.reading import picture_in
from cstopa.models import trash
from cstopa.publishing.models import Answer, PreviewLink, Review, newest
from news.models import Article, ArticleDraft
from tests import make
from tests.cstopa.accounts.codes import with_app
from tests.cstopa.accounts.conftest import LOGIN, RIGHT
from tests.cstopa.admin.rows import page
from tests.cstopa.library.documents.documentfile import pdf
from tests.cstopa.library.picturefile import picture, saved
from tests.forms import filled
from tests.reading import spaced

pytestmark = pytest.mark.django_db

DATA, LOG = reverse("admin:personal-data"), reverse("admin:log")


@pytest.fixture
def worked(anna):
    """The browser of somebody of whom there is a row in each table that has some of an account."""
    User.objects.filter(pk=anna.pk).update(
        first_name="Anna", last_name="Petrova", email="anna@a.example"
    )
    anna.groups.add(Group.objects.get(name="Publisher"))
    browser = Client(headers={"user-agent": "Firefox/140.0"}, REMOTE_ADDR="198.51.100.7")
    browser.post(LOGIN, {"username": "anna", "password": "a wrong one"})
    browser.post(LOGIN, {"username": "anna", "password": RIGHT})
    topic = make.topic()
    address = page(topic, "change")
    assert browser.post(address, filled(browser.get(address), name_en="Laws")).status_code == 302
    kept = {"working_copy": "a" * 32, "working_copy_account": str(anna.pk)}
    kept |= {"working_copy_step": "1", "name_en": "Not saved"}
    browser.post(f"/admin/news/topic/{topic.pk}/working-copy/", kept)
    draft = make.article(status="draft", published_at=None)
    Review.objects.take(draft, Review.State.SUBMITTED, anna, "Please read it.")
    link = PreviewLink.objects.make(draft, newest(draft), anna, 7)
    # It is of whom she gave the link.
    Review.objects.create(
        **{"model": "news.article", "key": draft.pk, "version": link.version, "by": anna},
        **{"link": link, "outsider": "Boris", "comment": "Of Boris.", "state": "commented"},
        is_newest=False,
    )
    Answer.objects.keep(draft, anna, 0, ["a question"])
    Upload.objects.keep(anna, picture_in(saved(picture())), "petrova.png", alternative_ru="Петрова")
    documents.Upload.objects.keep(anna, document_in(pdf()), "petrova.pdf")
    Preferences.objects.create(account=anna, zone="Asia/Yerevan", language="ru")
    with_app(anna)
    return browser


def of(account):
    return f"{DATA}?account={account.pk}"


def erase(account):
    return reverse("admin:erase", args=[account.pk])


def test_a_file_has_all_of_it(worked, anna):
    answer = worked.get(DATA, {"file": ""})
    assert "attachment" in answer.headers["Content-Disposition"]
    found = json.loads(answer.text)
    assert found["account"]["email"] == "anna@a.example"
    assert found["account"]["groups"] == ["Publisher"]
    assert [each["outcome"] for each in found["sign_ins"]] == ["refused", "done"]
    assert [each["address"] for each in found["sessions"]] == ["198.51.100.7"]
    assert (found["time_zone"], found["language"]) == ("Asia/Yerevan", "ru")
    assert [each["type"] for each in found["second_factors"]] == ["totp"]
    assert "Not saved" in found["unsaved_texts"][0]["fields"]
    assert len(found["versions"]["news.topic"]) == 1
    assert [each["comment"] for each in found["reviews"]] == ["Please read it."]
    assert "Boris" not in answer.text
    assert [each["question"] for each in found["answers"]] == ["a question"]
    assert len(found["links_for_approval"]) == 1
    assert PreviewLink.objects.get().code not in answer.text
    assert [each["name"] for each in found["uploads"]] == ["petrova.png", "petrova.pdf"]
    assert found["uploads"][0]["alternative_ru"] == "Петрова"
    assert found["log"][-1]["done"] == "Added authenticator app “anna”."
    assert "secret" not in answer.text
    assert anna.password not in answer.text


def test_of_somebody_else_it_is_given_with_a_line_in_the_log(anna, sign_in):
    administrator = sign_in("Administrator")
    for address in (DATA, of(anna)):
        assert (
            administrator.get(f"{address}{'&' if '?' in address else '?'}file").status_code == 200
        )
    entries = administrator.get(LOG, {"kind": "auth.user"}).context["entries"]
    assert [(each.who, each.reason) for each in entries] == [
        ("editor", "Added file of personal data “anna”.")
    ]


def test_erased_it_is_nobodys_and_what_was_done_stays(
    worked, anna, sign_in, django_capture_on_commit_callbacks
):
    administrator = sign_in("Administrator")
    files = [each.objects.get().file for each in (Upload, documents.Upload)]
    administrator.post(page(anna, "change"), filled(administrator.get(page(anna, "change"))))
    assert DATA in administrator.get(page(anna, "change")).text
    assert erase(anna) in administrator.get(of(anna)).text
    # It asks first.
    assert "former member of staff" in administrator.get(erase(anna)).text
    assert User.objects.filter(username="anna").exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.post(erase(anna)).status_code == 302
    assert not [file.name for file in files if file.storage.exists(file.name)]
    assert worked.get(reverse("admin:index")).status_code == 302
    for model in apps.get_models():
        for row in model._base_manager.values():
            said = {str(each).casefold() for each in row.values() if each is not None}
            assert not [each for each in said if "anna" in each or "petrova" in each], model
    anna.refresh_from_db()
    assert (anna.is_active, anna.has_usable_password(), anna.groups.count()) == (False, False, 0)
    assert not factors.of(anna)
    assert not Preferences.objects.exists()
    # It is never somebody's again.
    assert administrator.get(page(anna, "change")).status_code == 200
    for address in (page(anna, "change"), f"{page(anna, 'change')[:-7]}password/", erase(anna)):
        assert administrator.post(address, {"username": "berta"}).status_code == 403
    said = spaced(strip_tags(administrator.get(LOG).text))
    assert f"former member of staff {anna.pk}" in said
    topic = apps.get_model("news", "topic").objects.get()
    administrator.cookies["django_language"] = "ru"
    history = spaced(strip_tags(administrator.get(page(topic, "history")).text))
    assert f"бывший сотрудник {anna.pk}" in history
    for address in (LOG, page(User, "changelist"), page(anna, "change")):
        said = spaced(strip_tags(administrator.get(address).text))
        assert f"бывший сотрудник {anna.pk}" in said
        assert "former member" not in said


def test_a_picture_that_a_saved_text_has_waits_for_who_erases_the_account(
    anna, sign_in, django_capture_on_commit_callbacks
):
    for name in ("in a text", "in none", "in one once"):
        Upload.objects.keep(anna, picture_in(saved(picture())), name)
    upload, once = (Upload.objects.get(name=name) for name in ("in a text", "in one once"))
    article = make.article(status="draft", body_en=f"<p>[[picture:{once.code}]]</p>")
    article.body_en = f"<p>[[picture:{upload.code}]]</p>"
    article.save()
    assert Upload.objects.filter(is_named=True).count() == 2
    administrator = sign_in("Administrator")
    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.post(erase(anna)).status_code == 302
    assert [each.name for each in Upload.objects.all()] == ["in a text"]
    assert upload.file.storage.exists(upload.file.name)
    assert upload.token in administrator.get(page(Picture, "changelist")).text
    shown = administrator.get(reverse("admin:library_picture_file_of", args=[upload.code]))
    assert shown.status_code == 200
    add = reverse("admin:library_picture_add")
    form = administrator.get(add, {"uploaded": upload.token})
    said = {"alternative_en": "Parliament", "alternative_ru": "Парламент"}
    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.post(add, filled(form, **said)).status_code == 302
    row = Picture.objects.get()
    assert (row.code, [each.owner for each in row.placements.all()]) == (upload.code, [article])
    assert not Upload.objects.exists()


def test_who_may_not_describe_what_a_text_has_takes_nothing_over(
    anna, sign_in, django_capture_on_commit_callbacks
):
    changer = sign_in(permissions=["change_user", "delete_user", "view_user"])
    upload = Upload.objects.keep(anna, picture_in(saved(picture())))
    article = make.article(status="draft", body_en=f"<p>[[picture:{upload.code}]]</p>")
    with django_capture_on_commit_callbacks(execute=True):
        answer = changer.post(erase(anna), follow=True)
    assert "cannot take them over" in answer.text
    assert User.objects.filter(username="anna", is_active=True).exists()
    assert Upload.objects.get().account == anna
    assert upload.file.storage.exists(upload.file.name)
    # It may come back from the trash, with all that it said.
    article.delete()
    assert "cannot take them over" in changer.post(erase(anna), follow=True).text
    for version in trash.deletions(Article):
        trash.purge(version)
    changer.post(erase(anna))
    assert not User.objects.filter(username="anna").exists()
    assert not Upload.objects.exists()


def test_what_goes_public_at_a_moment_has_its_pictures(anna, admin_user):
    upload = Upload.objects.keep(anna, picture_in(saved(picture())))
    draft = ArticleDraft.objects.create(
        live=make.article(), body_en=f"<p>[[picture:{upload.code}]]</p>"
    )
    draft.goes_public_at, draft.scheduled_version = timezone.now(), newest(draft)
    draft.scheduled_by = anna
    draft.body_en = "<p>Without it, later.</p>"
    draft.save()
    erasing.erase(anna, by=admin_user)
    assert Upload.objects.get().account == admin_user


def test_the_last_who_manages_accounts_stays(anna, sign_in, django_user_model):
    """Also where two erase one another: the second who comes to it finds nobody else."""
    administrator = sign_in("Administrator")
    own = django_user_model.objects.get(username="editor")
    assert administrator.post(erase(own)).status_code == 403
    other = django_user_model.objects.create_user("other", is_staff=True)
    other.groups.add(Group.objects.get(name="Administrator"))
    erasing.erase(own, by=other)
    with pytest.raises(ValidationError, match="Nobody else may manage accounts"):
        erasing.erase(other, by=own)
    assert not django_user_model.objects.get(pk=own.pk).is_active
    assert django_user_model.objects.get(pk=other.pk).is_active


@pytest.mark.django_db(transaction=True)
def test_of_two_who_erase_one_another_one_stays(django_user_model):
    one, other = (django_user_model.objects.create_superuser(name) for name in ("one", "other"))
    refused = []

    def second():
        try:
            erasing.erase(one, by=other)
        except ValidationError as error:
            refused.append(error.code)
        finally:
            connection.close()

    thread = Thread(target=second)
    with transaction.atomic():
        erasing.erase(other, by=one)
        thread.start()
        thread.join(0.5)
    thread.join()
    assert refused == ["last"]
    assert django_user_model.objects.filter(is_active=True).get() == one


@pytest.mark.parametrize("right", ["change_user", "delete_user"])
def test_who_may_not_both_change_and_delete_accounts_erases_none(anna, sign_in, right):
    changer = sign_in(permissions=[right, "view_user"])
    assert erase(anna) not in changer.get(of(anna)).text
    assert erase(anna) not in changer.get(page(anna, "change")).text
    assert changer.get(erase(anna)).status_code == changer.post(erase(anna)).status_code == 403
    assert User.objects.filter(username="anna", is_active=True).exists()


def test_nobody_asks_about_whom_she_may_not_change(anna, sign_in):
    above = User.objects.create_superuser("above")
    administrator = sign_in("Administrator")
    for ask in (administrator.get, administrator.post):
        assert ask(erase(above)).status_code == 403
    assert administrator.get(of(above)).status_code == 403
    editor = Client()
    editor.force_login(anna)
    for address in (of(above), f"{of(above)}&file"):
        assert editor.get(address).status_code == 403
    assert editor.post(erase(above)).status_code == 403
    for nobody in ("0", "x", "9" * 20, ""):
        assert administrator.get(DATA, {"account": nobody}).status_code == 404
    for ask, address in ((editor.put, DATA), (editor.post, DATA), (administrator.put, erase(anna))):
        assert ask(address).status_code == 405


def test_nobody_takes_the_name_of_who_was_erased(admin_client):
    sent = {"username": "former member of staff 7", "usable_password": "false"}
    assert admin_client.post(page(User, "add"), sent).status_code == 200
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        (
            "/privacy/",
            ["for 77 days", "or 14 hours after", "not saved, for 30 days", "for 180 days"],
        ),
        ("/ru/privacy/", ["77 дней", "14 часов после", "30 дней; никто", "180 дней"]),
    ],
)
def test_privacy_says_what_is_kept_as_the_settings_have_it(client, settings, address, sentences):
    settings.SIGN_INS_KEPT, settings.SESSION_COOKIE_AGE = 77, 14 * 3600
    make.page("privacy", title_ru="О данных", body_ru="<p>Текст</p>")
    said = spaced(strip_tags(client.get(address).text))
    for sentence in sentences:
        assert sentence in said
